"""`fangtan parse`: the turns of a transcript, without indexing it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ReadingError, UsageError
from search_cli.commands.meta import Meta, given

if TYPE_CHECKING:
    from indexer.transcript import Account

_FAILED = 1

File = Annotated[
    Path, typer.Argument(metavar="FILE", help="A transcript; - is standard input.", show_default=False, allow_dash=True)
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object, of a stable form.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="An interview a line, as fangtan index reads it.")]
Explain = Annotated[bool, typer.Option("--explain", help="Tell for each line what it was taken for, and why.")]
Encoding = Annotated[str, typer.Option("--encoding", metavar="NAME", help="Read it so: gb18030, big5, utf-16….")]


def register(app: typer.Typer) -> None:
    """Add `fangtan parse`."""
    app.command(rich_help_panel="Fill the archive")(parse)


def parse(
    file: File,
    json: Json = False,
    jsonl: JsonLines = False,
    explain: Explain = False,
    encoding: Encoding = "",
    meta: Meta = None,
) -> None:
    """Show the turns of a transcript: who speaks which lines, what its head says. Nothing is indexed.

    Where the turns are not what you expect, --explain tells what each line was taken for. A file NAME.toml beside
    NAME.txt (title, date, outlet, authors, guests, url) overrides what the text says, and --meta overrides both.

    Examples:
      fangtan parse data/interviews/qzone-xiaomi.txt
      fangtan parse --explain notes.txt
      fangtan parse --jsonl --meta date=2013-08-02 talk.txt > talk.jsonl
    """
    from indexer import settings, transcript

    if json + jsonl + explain > 1:
        raise UsageError("Only one of --json, --jsonl and --explain can be printed.", "fangtan parse --json FILE")
    wish = transcript.Wish(encoding, given(meta or ()), explain)
    found = list(transcript.accounts(file, settings.load(), wish))
    told = [one for one in found if not isinstance(one, ReadingError)]
    failed = [one for one in found if isinstance(one, ReadingError)]
    if not told and failed:
        raise failed[0]
    if json and len(told) > 1:
        raise UsageError(f"{file} holds {len(told)} interviews; --json prints one.", f"fangtan parse --jsonl {file}")
    _print(told, file, json=json, jsonl=jsonl, explain=explain)
    if failed:
        _tell(failed)
        raise typer.Exit(_FAILED)


def _print(told: "list[Account]", file: Path, *, json: bool, jsonl: bool, explain: bool) -> None:
    """Print the interviews in the form that was asked for."""
    from search_cli.rendering import parsed
    from search_cli.rendering.console import width, write

    for place, account in enumerate(told):
        interview = account.interview
        if json:
            sys.stdout.writelines(parsed.object_text(interview))
        elif jsonl:
            id_ = interview.id or _id(file, place, account.name)
            sys.stdout.writelines(parsed.interchange_text(interview, id_))
        elif explain:
            write(parsed.explained_lines(((p.line, p.text, p.taken, p.why) for p in account.pieces), width()))
        else:
            write([()] if place else [])
            write(parsed.interview_lines(interview, f"{file}/{account.name}" if account.name else str(file), width()))


def _id(file: Path, place: int, inside: str) -> str:
    """Return an id for an interview that has none: the file's name with its place inside, or numbered."""
    name = "stdin" if str(file) == "-" else file.stem.replace("#", "-").strip()
    if inside:
        return f"{name}/{inside}".replace("#", "-").strip()
    return f"{name}-{place + 1}" if place else name


def _tell(failed: list[ReadingError]) -> None:
    """Tell on standard error what could not be read; the rest was printed."""
    from search_cli.rendering.errors import tell

    for error in failed:
        tell(error)
