"""`fangtan parse`: the turns of a transcript, without indexing it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ReadingError, UsageError
from search_cli.commands.meta_option import Meta, given

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.indexing.transcript import Account

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
    from indexer import settings
    from indexer.indexing import transcript

    if json + jsonl + explain > 1:
        raise UsageError("Only one of --json, --jsonl and --explain can be printed.", "fangtan parse --json FILE")
    wish = transcript.Wish(encoding, given(meta or ()), explain)
    failed: list[ReadingError] = []
    told = _told(transcript.accounts(file, settings.load(), wish), failed)
    told = _with_turns(told, file, failed) if jsonl else told
    printed = _print(_only(told, file) if json else told, file, json=json, jsonl=jsonl, explain=explain)
    if not printed:
        raise failed[0] if failed else ReadingError(str(file), "there is nothing in it")
    if failed:
        _tell(failed)
        raise typer.Exit(_FAILED)


def _told(found: "Iterator[Account | ReadingError]", failed: list[ReadingError]) -> "Iterator[Account]":
    """Yield what was read, one after another, and put what could not be read to `failed`."""
    for one in found:
        if isinstance(one, ReadingError):
            failed.append(one)
        else:
            yield one


def _with_turns(told: "Iterator[Account]", file: Path, failed: list[ReadingError]) -> "Iterator[Account]":
    """Yield the interviews with turns, and put those without to `failed`: the interchange has none."""
    for one in told:
        if one.interview.turns:
            yield one
        else:
            place, next_step = _place(file, one.name), f"fangtan parse --explain {file}"
            failed.append(ReadingError(place, "nothing in it is a turn", next_step=next_step))


def _place(file: Path, inside: str) -> str:
    return f"{file}/{inside}" if inside else str(file)


def _only(told: "Iterator[Account]", file: Path) -> "Iterator[Account]":
    """Yield the one interview; raise `UsageError` where there are more, before anything is printed."""
    first = next(told, None)
    if more := sum(1 for _ in told):
        raise UsageError(f"{file} holds {more + 1} interviews; --json prints one.", f"fangtan parse --jsonl {file}")
    if first is not None:
        yield first


def _print(told: "Iterator[Account]", file: Path, *, json: bool, jsonl: bool, explain: bool) -> int:
    """Print the interviews in the form that was asked for, each as soon as it is read; return how many they are."""
    from search_cli.rendering.pages import parse_report
    from search_cli.rendering.terminal.console import width, write

    place = -1
    for place, account in enumerate(told):
        interview = account.interview
        if json:
            sys.stdout.writelines(parse_report.object_text(interview))
        elif jsonl:
            id_ = interview.id or _id(file, place, account.name)
            sys.stdout.writelines(parse_report.interchange_text(interview, id_))
        elif explain:
            write(parse_report.explained_lines(((p.line, p.text, p.taken, p.why) for p in account.pieces), width()))
        else:
            write([()] if place else [])
            write(parse_report.interview_lines(interview, _place(file, account.name), width()))
    return place + 1


def _id(file: Path, place: int, inside: str) -> str:
    """Return an id for an interview that has none: the file's name with its place inside, or numbered."""
    name = "stdin" if str(file) == "-" else file.stem.replace("#", "-").strip()
    if inside:
        return f"{name}/{inside}".replace("#", "-").strip()
    return f"{name}-{place + 1}" if place else name


def _tell(failed: list[ReadingError]) -> None:
    """Tell on standard error what could not be read; the rest was printed."""
    from search_cli.rendering.terminal.error_lines import tell

    for error in failed:
        tell(error)
