"""`fangtan index`: transcripts into Elasticsearch."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from search_cli.commands.meta_option import Meta, given

if TYPE_CHECKING:
    from indexer.pipeline import Order
    from indexer.report import IndexReport

_FAILED, _INTERRUPTED = 1, 130

Paths = Annotated[list[Path] | None, typer.Argument(metavar="PATH...", help="Folders of transcripts, or files.")]
Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="Read everything anew into a fresh index; the old one answers until then.")
]
Prune = Annotated[bool, typer.Option("--prune", help="Remove interviews below PATH whose files are gone.")]
Keep = Annotated[
    bool, typer.Option("--keep-duplicates", help="Keep the turns of what is the same interview once more.")
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan index`."""
    app.command(rich_help_panel="Fill the archive")(index)


def index(
    paths: Paths = None,
    rebuild: Rebuild = False,
    prune: Prune = False,
    keep_duplicates: Keep = False,
    meta: Meta = None,
    json: Json = False,
) -> None:
    """Read transcripts, split them into turns and load them into Elasticsearch.

    Files that are in already and did not change are skipped. A run that was stopped, whatever the way, is completed by
    running it again. Exit code 1 if some file failed: the others are in.

    Copies, reprints and other versions of one interview are known as such, and only the fullest is searched.

    After a change of words.txt, topics.toml or speakers.toml: fangtan index --rebuild (PATH is not needed then).

    --meta says what you know better of every transcript below PATH. It is kept, also when they are read again; KEY=
    forgets it. What holds for one file only, and for good, can stand in NAME.toml beside it.

    Examples:
      fangtan index data/interviews
      fangtan index 搜狐IT --meta outlet=搜狐IT --meta authors=雷建平
    """
    from indexer.pipeline import Order, check

    if meta and not paths:
        raise UsageError("--meta needs the PATH it is said of.", "fangtan index FOLDER --meta outlet=…")
    order = Order(tuple(paths or ()), rebuild, prune, given(meta or (), forgetting=True), keep_duplicates)
    check(order)
    report = _run(order)
    _print(report, json)
    if report.interrupted:
        raise typer.Exit(_INTERRUPTED)
    if report.failed:
        raise typer.Exit(_FAILED)


def _run(order: "Order") -> "IndexReport":
    """Index, with a bar on a terminal; Ctrl-C ends the run in order, a second one at once."""
    from indexer import pipeline, settings
    from search_cli.commands.connecting import connected
    from search_cli.rendering.pages.index_progress import shown

    ours = settings.load()
    with connected(ours) as client, shown() as told, _stopping() as stop:
        return pipeline.index(order, ours, client, pipeline.Watch(told, stop))


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Yield what tells whether Ctrl-C was pressed; pressed again, it interrupts as it always does."""
    pressed = False
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # in the background of a script: not for this run to take
        yield lambda: False
        return

    def press(number: int, frame: object) -> None:
        nonlocal pressed
        pressed = True
        signal.signal(signal.SIGINT, before)
        # not through sys.stderr, which this may have interrupted while it was writing
        os.write(2, b"\nStopping after this interview; Ctrl-C again to stop at once.\n")

    before = signal.signal(signal.SIGINT, press)
    try:
        yield lambda: pressed
    finally:
        signal.signal(signal.SIGINT, before)


def _print(report: "IndexReport", json: bool) -> None:
    """Print the report for a person, or as JSON."""
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages.index_progress import report_object, show_report

    if json:
        typer.echo(machine.json_text(report_object(report)))
    else:
        show_report(report)
