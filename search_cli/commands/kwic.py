"""`fangtan kwic`: a concordance, or the collocates of a word."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands import completion, context, search_output
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from search_cli.archive import Archive
    from search_cli.kwic.collocates import Collocates
    from search_cli.kwic.concordance import Concordance
    from search_cli.kwic.counts import OccurrenceCounts
    from search_cli.rendering.pages.concordance_lines import ConcordancePage
    from search_cli.rendering.terminal.styles import StyledLine

LINES, COLLOCATES, ROWS = 50, 20, 20
"""Lines, collocates and rows of counts on a screen; other forms have all."""

_LINES, _NEAR, _COUNTS = "Lines", "Collocates", "Counts"
_SORTS = "position, left, right, word, speaker, date, oldest"
_ORDERS = "score, near, left, right, all, expected, word"


def _sorts(incomplete: str) -> list[str]:
    """Complete an order."""
    every = dict.fromkeys(f"{_SORTS}, {_ORDERS}".split(", "))
    return [one for one in every if one.startswith(incomplete)]


SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help=f"{_SORTS}; contexts and names by pinyin. Collocates: {_ORDERS}.",
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
        help="Characters on each side (default: all that fit; 40 in --json, --jsonl, --csv). Collocates: words (5).",
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
        help="Maximum number of lines (default 50; collocates 20; all in --json, --jsonl, --csv).",
        rich_help_panel=_LINES,
    ),
]
WideSigns = Annotated[
    bool,
    typer.Option(
        "--wide-signs",
        help="For terminals that print “ ” … — two columns wide.",
        rich_help_panel=_LINES,
    ),
]
CollocatesOption = Annotated[
    bool, typer.Option("--collocates", help="List the words near it instead, by log-likelihood.", rich_help_panel=_NEAR)
]
FunctionWords = Annotated[
    bool,
    typer.Option("--function-words", help="Include 的, 是, 我们 and other function words.", rich_help_panel=_NEAR),
]
CountOption = Annotated[
    list[str] | None,
    typer.Option(
        "--count",
        metavar="FIELD [FIELD]",
        help=f"Count the occurrences by a field or two: {', '.join(completion.FIELDS)}.",
        rich_help_panel=_COUNTS,
        autocompletion=completion.fields,
    ),
]
Minimum = Annotated[
    int | None,
    typer.Option(
        "--min", min=1, metavar="N", help="Minimum number of co-occurrences (default 2).", rich_help_panel=_NEAR
    ),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan kwic`."""
    app.command(cls=KwicCommand, rich_help_panel="Search")(kwic)


class KwicCommand(QueryCommand):
    """A command whose `--count` takes one field or two: --count speaker year."""

    def rewrite(self, args: "Sequence[str]") -> list[str]:
        """Return the arguments with a `--count` before each of several fields."""
        return repeated_count(args)


def repeated_count(args: "Sequence[str]") -> list[str]:
    """Write --count speaker year as --count speaker --count year; a word that is no field ends the list."""
    found: list[str] = []
    in_list = False
    for index, argument in enumerate(args):
        if index and args[index - 1] == "--count":
            found, in_list = [*found, argument], True
        elif in_list and options.is_facet_field(argument):
            found += ["--count", argument]
        else:
            found, in_list = [*found, argument], argument.startswith("--count=")
    return found


@options.with_filters()
def kwic(
    words: options.Words = None,
    *,
    filters: Filters,
    sort: SortOption = "",
    window: WindowOption = None,
    limit: LimitOption = None,
    wide_signs: WideSigns = False,
    collocates: CollocatesOption = False,
    function_words: FunctionWords = False,
    minimum: Minimum = None,
    count: CountOption = None,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """Show every occurrence of a word in its context, one per line.

    The query is as in a search. If it has several words, each has lines of its own, in turns with all of them; if there
    are none, in turns with most or some.

    Examples:
      fangtan kwic 空间
      fangtan kwic 空间 --sort right --speaker 郑志昊
      fangtan kwic '小*' --sort word
      fangtan kwic 合作 -o 合作.csv
      fangtan kwic 小米 --collocates
      fangtan kwic 手机 --count speaker year
    """
    if not collocates and (function_words or minimum):
        raise UsageError(_("--function-words and --min require --collocates."), _("Add --collocates."))
    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    fields = tuple(dict.fromkeys(map(options.facet_field, count or ())))
    if fields and (collocates or sort or window):
        raise UsageError(_("--count has no --sort, --window or --collocates."), _("Leave them out."))
    query = join_words(words)
    archive, hints = context.archive(filters, query), are_hints_on(hints)
    if fields:
        _emit_counts(form, output, archive, query, fields, limit, filters, hints=hints)
        return
    if collocates:
        from search_cli.kwic.collocates import WINDOW as WORDS

        most = limit or (COLLOCATES if form is OutputForm.SCREEN else None)
        found = archive.collocates(
            query, sort or "score", most, window or WORDS, minimum or 2, function_words, **filters
        )
        _emit_collocates(form, output, found, lambda width: _collocates_screen(archive, found, filters, width, hints))
        return
    from search_cli.kwic.concordance import WINDOW
    from search_cli.rendering.formats import kwic_rows
    from search_cli.rendering.pages.concordance_lines import ConcordancePage

    order = sort or "position"
    occurrences = partial(archive.occurrences, query, order, limit, window or WINDOW, **filters)
    lines = partial(archive.kwic, query, order, **filters)
    emit(
        form,
        screen=lambda width: _concordance_screen(
            archive,
            lines(limit=limit or LINES, window=window or width),
            filters,
            ConcordancePage(width, wide_signs, hints),
        ),
        json=lambda: kwic_rows.concordance_object(lines(limit=limit, window=window or WINDOW)),
        lines=lambda: map(kwic_rows.occurrence_object, occurrences()),
        rows=lambda: (kwic_rows.OCCURRENCE_COLUMNS, map(kwic_rows.occurrence_row, occurrences())),
        output=output,
    )


def _concordance_screen(
    archive: "Archive", found: "Concordance", filters: Filters, page: "ConcordancePage"
) -> "list[StyledLine]":
    """Return the screen of a concordance."""
    from search_cli.rendering.pages.concordance_lines import concordance_lines

    if found.lines:
        return concordance_lines(found, page)
    return _no_results(archive, found, filters, page.width, page.hints)


def _emit_counts(
    form: OutputForm,
    output: Path | None,
    archive: "Archive",
    query: str,
    fields: "Sequence[str]",
    limit: int | None,
    filters: Filters,
    *,
    hints: bool,
) -> None:
    """Print the occurrences counted by one field or two."""
    from search_cli.rendering.formats import kwic_rows
    from search_cli.rendering.pages.count_table import count_lines

    if len(fields) > 2:
        raise UsageError(_("Occurrences are counted by one field or two."), f"--count {fields[0]} {fields[1]}")
    rows, columns = (*fields, "")[:2]
    most = limit or (ROWS if form is OutputForm.SCREEN else None)
    found = archive.occurrence_counts(query, rows, columns, most, **filters)

    def screen(width: int) -> "list[StyledLine]":
        return count_lines(found, width) if found.occurrences else _no_results(archive, found, filters, width, hints)

    emit(
        form,
        screen=screen,
        json=lambda: kwic_rows.counts_object(found),
        lines=lambda: map(asdict, found.lines),
        rows=lambda: kwic_rows.counts_table(found),
        output=output,
    )


def _emit_collocates(
    form: OutputForm, output: Path | None, found: "Collocates", screen: "Callable[[int], list[StyledLine]]"
) -> None:
    """Print collocates."""
    from search_cli.rendering.formats import kwic_rows

    emit(
        form,
        screen=screen,
        json=lambda: kwic_rows.collocates_object(found),
        lines=lambda: map(kwic_rows.collocate_object, found.collocates),
        rows=lambda: (kwic_rows.COLLOCATE_COLUMNS, map(kwic_rows.collocate_row, found.collocates)),
        output=output,
    )


def _collocates_screen(
    archive: "Archive", found: "Collocates", filters: Filters, width: int, hints: bool
) -> "list[StyledLine]":
    """Return the screen of collocates."""
    from search_cli.rendering.pages.collocate_table import collocate_lines

    if found.occurrences:
        return collocate_lines(found, width, hints)
    return _no_results(archive, found, filters, width, hints)


def _no_results(
    archive: "Archive", found: "Concordance | Collocates | OccurrenceCounts", filters: Filters, width: int, hints: bool
) -> "list[StyledLine]":
    """Return the screen of a concordance without lines."""
    from search_cli.rendering.pages.no_results import no_results_lines

    nothing = search_output.no_results(
        archive, found, filters, lambda other: archive.kwic(found.query, limit=1, **other).turns, "kwic"
    )
    return no_results_lines(nothing, width, hints)
