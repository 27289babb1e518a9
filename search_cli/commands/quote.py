"""`fangtan quote`: quotations checked against the archive."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import ReadingError, UsageError
from search_cli.citation import CitationStyle
from search_cli.commands import common_options as given
from search_cli.commands import completion, context
from search_cli.commands.search_output import OutputForm, form_of

if TYPE_CHECKING:
    from search_cli.quotations.extract import Extracted
    from search_cli.quotations.quotation import Checked

_FAILED = 1
_FILE_NAME = re.compile(r"\S+\.(?:txt|text|md|markdown|html?|docx?|pdf|epub|srt|vtt|rtf|odt|jsonl?)", re.IGNORECASE)

Quoted = Annotated[
    list[str],
    typer.Argument(metavar="FILE|TEXT", help="An article, - for standard input, or one quotation.", show_default=False),
]
Speaker = Annotated[
    str,
    typer.Option(
        "--speaker",
        metavar="NAME",
        help="Who is said to have said it; else whom the article names.",
        autocompletion=completion.speakers,
        show_default=False,
    ),
]
StyleOption = Annotated[CitationStyle, typer.Option("--style", help="How to cite.")]
Shortest = Annotated[
    int, typer.Option("--shortest", min=1, metavar="N", help="Letters from which what stands in marks is checked.")
]
Lines = Annotated[bool, typer.Option("--lines", help="Take each line of a file for a quotation.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan quote`."""
    app.command(rich_help_panel="Ask")(quote)


def quote(
    quoted: Quoted,
    speaker: Speaker = "",
    style: StyleOption = CitationStyle.PLAIN,
    shortest: Shortest = 8,
    lines: Lines = False,
    json: given.Json = False,
    jsonl: given.JsonLines = False,
    csv: given.Csv = False,
    hints: given.Hints = True,
) -> None:
    """Check quotations: verbatim, near (with the changes) or absent; who said it, when, where, how to cite it.

    Of a FILE (text, Markdown, a web page, Word) all that stands in quotation
    marks is checked, or every line where nothing does. Punctuation, spaces and
    script (Traditional or Simplified) make no difference; …… and [略] leave
    something out; （…） and […] may be the editor's. Who is named beside a
    quotation (郑志昊表示：“…”) must be the one who said it.

    Exit code: 0 if all are verbatim and nobody else's, 1 if some are not.

    Examples:
      fangtan quote 与小米的合作是QQ空间在社交营销方面的尝试
      fangtan quote article.docx --style gb7714
      fangtan quote 月活跃用户数6.11亿 --speaker 郑志昊
      fangtan quote article.md --csv > quotations.csv
    """
    form = form_of(json=json, jsonl=jsonl, csv=csv)
    extracted, errors = _extracted(quoted, shortest, lines=lines)
    checked = context.archive().quote(extracted.quotations, speaker)
    if form is not OutputForm.SCREEN:
        _pour(checked, style, form)
    else:
        from search_cli.rendering.pages.quotation_report import QuotationSource, quote_lines
        from search_cli.rendering.terminal.console import width, write

        source = QuotationSource(extracted.marked, extracted.short) if extracted.quotations[0].line else None
        write(quote_lines(checked, source, style, width(), context.hints(hints)))
    _tell(errors)
    if errors or not all(one.good for one in checked):
        raise typer.Exit(_FAILED)


def _extracted(quoted: Sequence[str], shortest: int, *, lines: bool) -> "tuple[Extracted, list[ReadingError]]":
    """Return what is quoted, in a file or as typed, and what of the file cannot be read."""
    from search_cli.quotations import extract

    if len(quoted) > 1 and any(map(_is_file, quoted)):
        raise UsageError("A file is checked by itself.", f"fangtan quote {next(filter(_is_file, quoted))}")
    if len(quoted) > 1 or not _is_file(quoted[0]):
        return extract.Extracted((extract.typed(" ".join(quoted)),), marked=False), []
    path = Path(quoted[0])
    paragraphs, errors = _read(path)
    found = extract.from_file(paragraphs, shortest, lines)
    if not found.quotations:
        what = f"nothing of {shortest} letters or more is quoted in it" if found.short else "nothing is quoted in it"
        raise ReadingError(str(path), what, next_step="Add --shortest 1." if found.short else "fangtan quote --help")
    return found, errors


def _is_file(text: str) -> bool:
    """Tell whether a file is meant; raise `ReadingError` for a folder, and a name like a file's that is not there."""
    if text == "-":
        return True
    try:
        if Path(text).is_dir():
            raise ReadingError(text, "a folder", next_step="Name a file in it.")
        there = Path(text).exists()
    except (OSError, ValueError):  # too long for a name, or no name at all
        return False
    if not there and _FILE_NAME.fullmatch(text):
        raise ReadingError(text, "there is no such file", next_step=f"To check these words: fangtan quote '“{text}”'")
    return there


def _read(path: Path) -> tuple[list[tuple[int, str]], list[ReadingError]]:
    """Return the lines of a file with their numbers, and what of it cannot be read; raise where nothing can."""
    from indexer.indexing import transcript

    paragraphs: list[tuple[int, str]] = []
    errors: list[ReadingError] = []
    for one in transcript.paragraphs(path):
        if isinstance(one, ReadingError):
            errors.append(one)
        else:
            paragraphs.append(one)
    if errors and not paragraphs:
        raise errors[0]
    return paragraphs, errors


def _pour(checked: "Sequence[Checked]", style: CitationStyle, form: OutputForm) -> None:
    """Print the checks for another program."""
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages import quotation_rows

    if form is OutputForm.CSV:
        context.pour(machine.csv_table(quotation_rows.COLUMNS, quotation_rows.rows(checked, style)))
        return
    objects = [quotation_rows.quotation_object(one, style) for one in checked]
    whole = [quotation_rows.whole_object(checked, style)]
    context.pour(machine.json_text(one) + "\n" for one in (whole if form is OutputForm.JSON else objects))


def _tell(errors: Sequence[ReadingError]) -> None:
    """Tell on standard error what could not be read; the rest was checked."""
    from search_cli.rendering.terminal.error_lines import tell

    for error in errors:
        tell(error)
