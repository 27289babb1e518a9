"""`fangtan kwic`: a concordance, and the words that stand near a word."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from search_cli.commands import common_options as given
from search_cli.commands import context
from search_cli.commands import filter_options as narrow
from search_cli.commands.query_command import QueryCommand, query_of
from search_cli.commands.search_output import OutputForm, form_of
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.archive import Archive

LINES, WORDS = 50, 20
"""Lines and collocates on a screen; other programs get all."""

_LINES, _NEAR = "Lines", "Words near it"
_SORTS = "position, left, right, word, speaker, date"
_ORDERS = "score, near, left, right, all, expected, word"


def _sorts(incomplete: str) -> list[str]:
    """Return the orders that begin so."""
    every = dict.fromkeys(f"{_SORTS}, {_ORDERS}".split(", "))
    return [one for one in every if one.startswith(incomplete)]


SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help=f"{_SORTS}: before and after the word, and names, by pinyin. Of collocates: {_ORDERS}.",
        rich_help_panel=_LINES,
        autocompletion=_sorts,
        show_default=False,
    ),
]
WindowOption = Annotated[
    int | None,
    typer.Option(
        "--window",
        min=1,
        metavar="N",
        help="Characters on each side: as many as fit, 40 for other programs. Of collocates: words, 5.",
        rich_help_panel=_LINES,
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=1,
        metavar="N",
        help="Lines at most: 50 on a screen (collocates: 20), all for other programs.",
        rich_help_panel=_LINES,
    ),
]
WideSigns = Annotated[
    bool,
    typer.Option(
        "--wide-signs",
        help="Where “ ” … — take two columns, as some terminals have it.",
        rich_help_panel=_LINES,
    ),
]
CollocatesOption = Annotated[
    bool, typer.Option("--collocates", help="The words near it instead, by log-likelihood.", rich_help_panel=_NEAR)
]
FunctionWords = Annotated[
    bool,
    typer.Option("--function-words", help="Count 的, 是, 我们 and their like too.", rich_help_panel=_NEAR),
]
Least = Annotated[
    int | None,
    typer.Option("--min", min=1, metavar="N", help="Near at least so often; 2.", rich_help_panel=_NEAR),
]


@dataclass(frozen=True, slots=True)
class _Typed:
    """A concordance as it was typed."""

    query: str
    narrowed: Filters
    form: OutputForm
    sort: str
    limit: int | None
    window: int | None
    hints: bool
    wide_signs: bool = False
    function_words: bool = False
    least: int = 2


def register(app: typer.Typer) -> None:
    """Add `fangtan kwic`."""
    app.command(cls=QueryCommand, rich_help_panel="Ask")(kwic)


@narrow.narrowed()
def kwic(
    words: narrow.Words = None,
    *,
    narrowed: Filters,
    sort: SortOption = "",
    window: WindowOption = None,
    limit: LimitOption = None,
    wide_signs: WideSigns = False,
    collocates: CollocatesOption = False,
    function_words: FunctionWords = False,
    least: Least = None,
    json: given.Json = False,
    jsonl: given.JsonLines = False,
    csv: given.Csv = False,
    hints: given.Hints = True,
) -> None:
    """Show each use of a word on a line, the words below each other.

    The query is as in a search. Each of several words has its own lines, in turns with most of them.

    Examples:
      fangtan kwic 空间
      fangtan kwic 空间 --sort right --speaker 郑志昊
      fangtan kwic '小*' --sort word
      fangtan kwic 合作 --csv > 合作.csv
      fangtan kwic 小米 --collocates
    """
    if not collocates and (function_words or least):
        raise UsageError("--function-words and --min are of collocates.", "Add --collocates.")
    typed = _Typed(
        query_of(words),
        narrowed,
        form_of(json=json, jsonl=jsonl, csv=csv),
        sort,
        limit,
        window,
        context.hints(hints),
        wide_signs,
        function_words,
        least or 2,
    )
    if collocates:
        _collocates(typed)
    elif typed.form is OutputForm.SCREEN:
        _screen(typed)
    else:
        _pour(typed)


def _screen(typed: _Typed) -> None:
    """Print the lines of a concordance as wide as the window."""
    from search_cli.rendering.pages.concordance_lines import ConcordancePage, concordance_lines
    from search_cli.rendering.terminal.console import width, write

    archive, columns = context.archive(), width()
    found = archive.kwic(
        typed.query, typed.sort or "position", typed.limit or LINES, typed.window or columns, **typed.narrowed
    )
    if found.lines:
        write(concordance_lines(found, ConcordancePage(columns, typed.wide_signs, typed.hints)))
    else:
        _nothing(typed, archive, found.words, found.archive_interviews)


def _pour(typed: _Typed) -> None:
    """Print a concordance for another program: all lines, unless limited."""
    from search_cli.kwic.concordance import WINDOW
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages import concordance_lines

    archive, sort, window = context.archive(), typed.sort or "position", typed.window or WINDOW
    if typed.form is OutputForm.JSON:
        found = archive.kwic(typed.query, sort, typed.limit, window, **typed.narrowed)
        context.pour([machine.json_text(concordance_lines.concordance_object(found)) + "\n"])
        return
    lines = archive.occurrences(typed.query, sort, typed.limit, window, **typed.narrowed)
    if typed.form is OutputForm.CSV:
        context.pour(machine.csv_table(concordance_lines.COLUMNS, map(concordance_lines.row, lines)))
    else:
        context.pour(machine.json_text(concordance_lines.line_object(one)) + "\n" for one in lines)


def _collocates(typed: _Typed) -> None:
    """Print the words near a word."""
    from search_cli.kwic.collocates import WINDOW
    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages import collocate_table
    from search_cli.rendering.terminal.console import width, write

    archive = context.archive()
    limit = typed.limit or (WORDS if typed.form is OutputForm.SCREEN else None)
    found = archive.collocates(
        typed.query,
        typed.sort or "score",
        limit,
        typed.window or WINDOW,
        typed.least,
        typed.function_words,
        **typed.narrowed,
    )
    if typed.form is OutputForm.JSON:
        context.pour([machine.json_text(collocate_table.collocates_object(found)) + "\n"])
    elif typed.form is OutputForm.CSV:
        context.pour(machine.csv_table(collocate_table.COLUMNS, map(collocate_table.row, found.collocates)))
    elif typed.form is OutputForm.LINES:
        context.pour(machine.json_text(asdict(one)) + "\n" for one in found.collocates)
    elif found.occurrences:
        write(collocate_table.collocate_lines(found, width(), typed.hints))
    else:
        _nothing(typed, archive, found.words, found.archive_interviews)


def _nothing(typed: _Typed, archive: "Archive", words: tuple[str, ...], interviews: int) -> None:
    """Print what was looked for and what is near, as a search that finds nothing does."""
    from search_cli.commands.search_output import filters_of
    from search_cli.models import SearchResult
    from search_cli.rendering.pages.no_results import Empty, nothing_lines
    from search_cli.rendering.terminal.console import width, write

    filters = filters_of(typed.narrowed)
    without = archive.kwic(typed.query, limit=1).turns if filters else 0
    result = SearchResult(typed.query, (), 0, 0, 0, interviews, 0, 1, 1, words=words)
    near = archive.near(typed.query, **typed.narrowed)
    write(nothing_lines(Empty(result, near, filters, without, "kwic"), width(), typed.hints))
