"""`fangtan quote`: check quotations against the archive."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.text.shell import argument
from search_cli.citation import CitationStyle
from search_cli.commands import command_options as options
from search_cli.commands import completion, context
from search_cli.commands.output import are_hints_on, emit, output_form

if TYPE_CHECKING:
    from search_cli.quotations.extract import ExtractedQuotations, UnpairedMark
    from search_cli.quotations.quotation import Quotation

_FAILED = 1
_SUFFIX = (
    "txt|text|md|markdown|html?|docx?|pdf|epub|srt|vtt|ass|ssa|sbv|rtf|odt|jsonl?|csv|tsv|xml|zip|tex|rst|org|log|pages"
)
_FILE_NAME = re.compile(
    rf"[^，。！？；：“”「」『』.]+\.(?:{_SUFFIX})"  # 我的 文章.docx
    r"|[\w.~/\\:-]+\.[a-z][a-z0-9]{0,4}"  # draft.v2, 文章.bak
    r"|[^\s，。！？；：“”「」『』]*(?<![0-9])/[^\s，。！？；：“”「」『』]*",  # drafts/文章, but not 1/3的人
    re.IGNORECASE,
)

Quoted = Annotated[
    list[str],
    typer.Argument(metavar="FILE|TEXT", help="An article (- is standard input), or one quotation.", show_default=False),
]
Speaker = Annotated[
    str,
    typer.Option(
        "--speaker",
        metavar="NAME",
        help="Expected speaker (default: the one the article names).",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]
StyleOption = Annotated[CitationStyle, typer.Option("--style", help="Citation style.")]
Shortest = Annotated[
    int,
    typer.Option("--shortest", min=1, metavar="N", help="Check only quotations of at least N characters."),
]
Lines = Annotated[bool, typer.Option("--lines", help="Check every line of a file as a quotation.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan quote`."""
    app.command(rich_help_panel="Search")(quote)


def quote(
    quoted: Quoted,
    speaker: Speaker = "",
    style: StyleOption = CitationStyle.PLAIN,
    shortest: Shortest = 8,
    lines: Lines = False,
    encoding: options.Encoding = "",
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """Check quotations: verbatim, near (with the changes) or absent; with speaker, date, source and citation.

    In a FILE (text, Markdown, HTML, Word), checks everything in quotation
    marks, or every line if there are none. Punctuation, spaces and script
    (Traditional or Simplified) are ignored; …… and [略] mark omissions; （…） and
    […] may be insertions of the editor. A speaker named beside a quotation
    (郑志昊表示：“…”) must be the one who said it, also one whom the archive
    does not know. A quotation mark without its counterpart is reported.

    Exit code: 0 if all are verbatim and attributed correctly, otherwise 1.

    Examples:
      fangtan quote 与小米的合作是QQ空间在社交营销方面的尝试
      fangtan quote article.docx --style gb7714
      fangtan quote 月活跃用户数6.11亿 --speaker 郑志昊
      fangtan quote article.md -o quotations.csv
    """
    from search_cli.rendering.formats import quotation_rows
    from search_cli.rendering.pages.quotation_report import QuotationSource, quote_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    extracted, errors = _extract(quoted, shortest, lines=lines, encoding=options.encoding_name(encoding))
    checks = context.archive().quote(extracted.quotations, speaker)
    source = QuotationSource(extracted.marked, extracted.short) if extracted.quotations[0].line else None
    emit(
        form,
        screen=lambda width: quote_lines(checks, source, style, width, are_hints_on(hints)),
        json=lambda: quotation_rows.quotations_object(checks, style),
        lines=lambda: (quotation_rows.quotation_object(one, style) for one in checks),
        rows=lambda: (quotation_rows.QUOTATION_COLUMNS, quotation_rows.quotation_rows(checks, style)),
        output=output,
    )
    _print_errors(errors)
    if errors or not all(one.good for one in checks):
        raise typer.Exit(_FAILED)


def _extract(
    quoted: Sequence[str], shortest: int, *, lines: bool, encoding: str = ""
) -> "tuple[ExtractedQuotations, list[ReadingError]]":
    """Extract the quotations of a file or of the arguments; with the errors in the file."""
    from search_cli.quotations import extract

    if len(quoted) > 1 and any(map(_is_file, quoted)):
        next_step = f"fangtan quote {argument(next(filter(_is_file, quoted)))}"
        raise UsageError(_("Only one file can be checked at a time."), next_step)
    if len(quoted) > 1 or not _is_file(quoted[0]):
        return extract.ExtractedQuotations((_typed(" ".join(quoted)),), marked=False), []
    path = Path(quoted[0])
    paragraphs, errors = _read(path, encoding)
    found = extract.from_file(paragraphs, shortest, lines)
    errors += [_not_checked(path, mark) for mark in found.unpaired]
    if not found.quotations and errors:
        raise errors[0]
    if not found.quotations and found.short:
        message = _("it has no quotation of {number} or more characters").format(number=shortest)
        raise ReadingError(str(path), message, next_step=_("Add --shortest 1."))
    if not found.quotations:
        raise ReadingError(str(path), _("it has no quotations"), next_step="fangtan quote --help")
    return found, errors


def _not_checked(path: Path, mark: "UnpairedMark") -> ReadingError:
    """Return the error of a mark without its counterpart in a file."""
    if mark.closes:
        reason = _("{mark} is never opened: what it encloses is not checked")
    else:
        reason = _("{mark} is not closed: what it encloses is not checked")
    return ReadingError(str(path), reason.format(mark=mark.mark), mark.line, _("Close it, or use --lines."))


def _typed(text: str) -> "Quotation":
    """Return a typed quotation; raise `UsageError` for an empty one, or for a mark without its counterpart."""
    from search_cli.quotations import extract

    if not text.strip():
        raise UsageError(_("The quotation is empty: it has no words to check."), "fangtan quote --help")
    if unpaired := extract.unpaired_marks(text):
        first = unpaired[0]
        message = _("The quotation mark {mark} is not closed.")
        if first.closes:
            message = _("The quotation mark {mark} is never opened.")
        raise UsageError(message.format(mark=first.mark), _("Type both marks, or none."))
    return extract.from_typed(text)


def _is_file(text: str) -> bool:
    """Check whether an argument is a file; raise `ReadingError` for a folder or a file that does not exist."""
    if text == "-":
        return True
    if not text.strip():
        return False
    try:
        if Path(text).is_dir():
            raise ReadingError(text, _("it is a folder"), next_step=_("Give a file in it."))
        exists = Path(text).exists()
    except (OSError, ValueError):  # too long, or not a valid name
        return False
    if not exists and _FILE_NAME.fullmatch(text):
        next_step = _("To check these words: fangtan quote '“{text}”'").format(text=text)
        raise ReadingError(text, _("it does not exist"), next_step=next_step)
    return exists


def _read(path: Path, encoding: str) -> tuple[list[tuple[int, str]], list[ReadingError]]:
    """Return the numbered lines of a file, and the errors; raise the first if there are no lines."""
    from indexer import settings
    from indexer.indexing import transcript

    paragraphs: list[tuple[int, str]] = []
    errors: list[ReadingError] = []
    for one in transcript.paragraphs(path, settings.load(), encoding):
        if isinstance(one, ReadingError):
            errors.append(one)
        else:
            paragraphs.append(one)
    if errors and not paragraphs:
        raise errors[0]
    return paragraphs, errors


def _print_errors(errors: Sequence[ReadingError]) -> None:
    """Print reading errors on standard error; the rest was checked."""
    from search_cli.rendering.terminal.error_lines import print_error

    for error in errors:
        print_error(error)
