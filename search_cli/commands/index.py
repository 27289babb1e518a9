"""`fangtan index`: index transcripts in Elasticsearch."""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import DamagedIndexError, UsageError
from indexer.language.messages import gettext as _
from search_cli.commands.command_options import Encoding, Meta, file_path, parse_encoding, parse_meta
from search_cli.commands.language_choice import speak_english
from search_cli.commands.lost_tags import print_lost_tags
from search_cli.commands.stop_signals import stop_request

if TYPE_CHECKING:
    from indexer.indexing.data_folder import Note
    from indexer.pipeline import IndexOptions
    from indexer.report import IndexReport

_FAILED = 1

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="PATH...", help="Folders of transcripts, or files.", parser=file_path),
]
Rebuild = Annotated[
    bool, typer.Option("--rebuild", help="Read all files again into a new index; the old one is used until then.")
]
Prune = Annotated[bool, typer.Option("--prune", help="Remove interviews below PATH whose files are gone.")]
Keep = Annotated[bool, typer.Option("--keep-duplicates", help="Index duplicate interviews too.")]
FollowLinks = Annotated[
    bool, typer.Option("--follow-links", help="Also read what links lead to that lead out of the folder.")
]
NoTopics = Annotated[bool, typer.Option("--no-topics", help="Do not learn topics for an archive that has none.")]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="With --rebuild: replace a damaged index even if its list cannot be read.")
]
On = Annotated[
    str,
    typer.Option("--on", metavar="ADDRESS", help="Have a Dask cluster prepare the interviews: tcp://HOST:8786"),
]
Json = Annotated[bool, typer.Option("--json", help="Print the report as JSON.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan index`."""
    app.command(rich_help_panel="Index")(index)


def index(
    paths: Paths = None,
    rebuild: Rebuild = False,
    prune: Prune = False,
    keep_duplicates: Keep = False,
    meta: Meta = None,
    encoding: Encoding = "",
    follow_links: FollowLinks = False,
    no_topics: NoTopics = False,
    yes: Yes = False,
    on: On = "",
    json: Json = False,
) -> None:
    """Read transcripts, split them into turns and load them into Elasticsearch.

    Indexed files that have not changed are skipped. To complete a run that was
    interrupted or killed, run it again. Exit code 1 if a file failed: the
    others are indexed.

    An archive without topics gets topics that are learned from its interviews,
    once there are enough of them; later runs use these.

    Copies, reprints and other versions of one interview are recognised as duplicates; only the fullest is searched.

    After a change of topics.toml: fangtan topics apply. After a change of
    words.txt by hand: fangtan index --rebuild (without PATH).

    --meta overrides the metadata of all transcripts below PATH. Overrides are
    kept when the files are read again; KEY= removes one. Metadata of a single
    file can be put in NAME.toml beside it. --encoding is kept in the same way;
    --encoding auto detects it again.

    Examples:
      fangtan index data/interviews
      fangtan index 搜狐IT --meta outlet=搜狐IT --meta authors=雷建平
    """
    from indexer.pipeline import IndexOptions, check

    if json:  # it says why files failed
        speak_english()
    if meta and not paths:
        raise UsageError(_("--meta requires a PATH."), "fangtan index FOLDER --meta outlet=…")
    if encoding and not paths:
        raise UsageError(_("--encoding requires a PATH."), f"fangtan index FOLDER --encoding {encoding}")
    overrides = (*parse_meta(meta, can_remove=True), *parse_encoding(encoding))
    options = IndexOptions(tuple(paths or ()), rebuild, prune, overrides, keep_duplicates, follow_links, yes, on)
    check(options)
    report, stopped = _run_or_ask(options, no_topics)
    _print(report, options, json)
    if report.interrupted:
        raise typer.Exit(stopped)
    if report.failed:
        raise typer.Exit(_FAILED)


def _run_or_ask(options: "IndexOptions", no_topics: bool) -> tuple["IndexReport", int]:
    """Index; ask whether to replace an archive that is damaged so much that nothing is known of it."""
    try:
        return _run(options, no_topics)
    except DamagedIndexError as error:
        if not error.unlisted or not options.paths or not sys.stdin.isatty():
            raise
        from search_cli.rendering.terminal.error_lines import print_note

        print_note(error.message, "")
        question = _("Make a new index of what is below PATH, and delete the damaged one?")
        if not typer.confirm(f" {question}"):
            raise
    return _run(replace(options, can_lose=True), no_topics)


def _run(options: "IndexOptions", no_topics: bool) -> tuple["IndexReport", int]:
    """Index with a progress bar, and return the exit code of a run that a signal stopped after an interview."""
    from indexer import pipeline, settings
    from indexer.indexing import data_folder
    from indexer.topics import first_topics
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.index_progress import progress_bar

    current = settings.load()
    with connected(current) as client:
        current, notes = data_folder.choose(client, current, options)
        print_notes(notes)
        with progress_bar() as on_progress, stop_request(_("Stopping after this interview")) as stop:
            find = None if no_topics else first_topics.finder(client, current)
            callbacks = pipeline.Callbacks(on_progress, stop.is_set)
            report = pipeline.index(options, current, client, callbacks, find)
        print_lost_tags(current, client)
        return report, stop.exit_code


def print_notes(notes: "Iterable[Note]") -> None:
    """Print what is to be known about the folder of the archive's topics, speakers and words, on standard error."""
    from search_cli.rendering.terminal.error_lines import print_note

    for note in notes:
        print_note(note.message, note.next_step)


def _print(report: "IndexReport", options: "IndexOptions", json: bool) -> None:
    """Print the report as text or as JSON."""
    from search_cli.rendering.formats.json_objects import json_text
    from search_cli.rendering.pages.index_report import report_object, show_report

    if json:
        typer.echo(json_text(report_object(report)))
    else:
        show_report(report, options.paths)
