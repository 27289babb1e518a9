"""`fangtan parse`: show the turns of a transcript without indexing it."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.text.shell import argument
from search_cli.commands.command_options import Encoding, Meta, encoding_name, file_path, parse_meta

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.indexing.transcript import ParsedInterview

_FAILED = 1

File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="A transcript; - is standard input.", show_default=False, parser=file_path),
]
Json = Annotated[bool, typer.Option("--json", help="Print a JSON object with stable fields.")]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Print an interview per line, as fangtan index reads it.")]
Explain = Annotated[bool, typer.Option("--explain", help="Explain how each line was classified.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan parse`."""
    app.command(rich_help_panel="Index")(parse)


def parse(
    file: File,
    json: Json = False,
    jsonl: JsonLines = False,
    explain: Explain = False,
    encoding: Encoding = "",
    meta: Meta = None,
) -> None:
    """Show the metadata and turns of a transcript, without indexing it.

    If the turns are not as expected, --explain shows how each line was
    classified. A file NAME.toml beside NAME.txt (title, date, outlet, authors,
    guests, url, media) overrides metadata in the text, and --meta overrides both.

    Examples:
      fangtan parse data/interviews/qzone-xiaomi.txt
      fangtan parse --explain notes.txt
      fangtan parse --jsonl --meta date=2013-08-02 talk.txt > talk.jsonl
    """
    from indexer import settings
    from indexer.indexing import transcript

    if json + jsonl + explain > 1:
        raise UsageError(_("Only one of --json, --jsonl and --explain can be used."), "fangtan parse --json FILE")
    if file.is_dir():
        raise ReadingError(str(file), _("it is a folder"), next_step=f"fangtan index {argument(str(file))}")
    options = transcript.ReadOptions(encoding_name(encoding), parse_meta(meta), explain)
    failed: list[ReadingError] = []
    accounts = _readable(transcript.parse_file(file, settings.load(), options), failed)
    accounts = _with_turns(accounts, file, failed) if jsonl else accounts
    printed = _print(_single(accounts, file) if json else accounts, file, json=json, jsonl=jsonl, explain=explain)
    if not printed:
        raise failed[0] if failed else ReadingError(str(file), _("the file is empty"))
    if failed:
        _print_errors(failed)
        raise typer.Exit(_FAILED)


def _readable(
    items: "Iterator[ParsedInterview | ReadingError]", failed: list[ReadingError]
) -> "Iterator[ParsedInterview]":
    """Yield the interviews, and append the errors to `failed`."""
    for item in items:
        if isinstance(item, ReadingError):
            failed.append(item)
        else:
            yield item


def _with_turns(
    accounts: "Iterator[ParsedInterview]", file: Path, failed: list[ReadingError]
) -> "Iterator[ParsedInterview]":
    """Yield the interviews with turns; append errors for those without, which JSON lines cannot represent."""
    for account in accounts:
        if account.interview.turns:
            yield account
        else:
            path, next_step = _path(file, account.name), f"fangtan parse --explain {argument(str(file))}"
            failed.append(ReadingError(path, _("no turns found"), next_step=next_step))


def _path(file: Path, member: str) -> str:
    return f"{file}/{member}" if member else str(file)


def _single(accounts: "Iterator[ParsedInterview]", file: Path) -> "Iterator[ParsedInterview]":
    """Yield the only interview; raise `UsageError` if there are more, before anything is printed."""
    first = next(accounts, None)
    if more := sum(1 for _account in accounts):
        next_step = f"fangtan parse --jsonl {argument(str(file))}"
        several = _("{file} has {number} interviews; --json prints one.").format(file=file, number=more + 1)
        raise UsageError(several, next_step)
    if first is not None:
        yield first


def _print(accounts: "Iterator[ParsedInterview]", file: Path, *, json: bool, jsonl: bool, explain: bool) -> int:
    """Print the interviews in the requested form, each as soon as it is read; return their number."""
    from search_cli.rendering.pages import parse_report
    from search_cli.rendering.terminal.console import width, write

    index = -1
    for index, account in enumerate(accounts):
        interview = account.interview
        if json:
            sys.stdout.writelines(parse_report.object_text(interview))
        elif jsonl:
            id_ = interview.id or _id(file, index, account.name)
            sys.stdout.writelines(parse_report.interchange_text(interview, id_))
        elif explain:
            write(
                parse_report.explained_lines(((p.line, p.text, p.taken, p.why) for p in account.explanations), width())
            )
            write(parse_report.left_out_lines(account.left_out, width()))
        else:
            write([()] if index else [])
            write(parse_report.interview_lines(interview, _path(file, account.name), width(), account.left_out))
    return index + 1


def _id(file: Path, index: int, member: str) -> str:
    """Return an id for an interview that has none: the name of the file with that of the member, or with a number."""
    name = "stdin" if str(file) == "-" else file.stem.replace("#", "-").strip()
    if member:
        return f"{name}/{member}".replace("#", "-").strip()
    return f"{name}-{index + 1}" if index else name


def _print_errors(failed: list[ReadingError]) -> None:
    """Print reading errors on standard error."""
    from search_cli.rendering.terminal.error_lines import print_error

    for error in failed:
        print_error(error)
