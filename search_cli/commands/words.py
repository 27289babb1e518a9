"""`fangtan words`: list the words of turns, and those that are typical of them."""

from dataclasses import asdict
from typing import Annotated

import typer

from search_cli.commands import command_options as options
from search_cli.commands import context, search_output
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

_WORDS = 20
_SORTS = ("score", "ratio", "count", "word")


def _sorts(incomplete: str) -> list[str]:
    """Complete an order."""
    return [one for one in _SORTS if one.startswith(incomplete)]


SortOption = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="ORDER",
        help=f"{', '.join(_SORTS)} (default score, or count without other turns).",
        autocompletion=_sorts,
        show_default=False,
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit",
        "-n",
        min=1,
        metavar="N",
        help=f"Maximum number of words (default {_WORDS}; all in --json, --jsonl, --csv).",
    ),
]
Minimum = Annotated[int, typer.Option("--min", min=1, metavar="N", help="Minimum count of a word.")]
FunctionWords = Annotated[
    bool, typer.Option("--function-words", help="Include 的, 是, 我们, the and other function words.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan words`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(words)


@options.with_filters()
def words(
    words: options.Words = None,
    *,
    filters: Filters,
    sort: SortOption = "",
    limit: LimitOption = None,
    minimum: Minimum = 3,
    function_words: FunctionWords = False,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    hints: options.Hints = True,
) -> None:
    """List the words of turns, with those first that are typical of them.

    The turns are those that match a query and filters, as facets count them;
    each word is compared with all other turns. The score (log-likelihood) is
    how certain a difference is, the log ratio how large: +1 is twice as
    frequent. Without a query and filters, all words by count.

    Examples:
      fangtan words --speaker 郑志昊
      fangtan words 手机 --sort ratio
      fangtan words --topic 教育 --since 2018 --min 5
      fangtan words -o words.csv
    """
    from search_cli.rendering.formats.count_rows import WORD_COLUMNS, word_row
    from search_cli.rendering.pages.word_table import word_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    query = join_words(words)
    most = limit or (_WORDS if form is OutputForm.SCREEN else None)
    found = context.archive(filters, query).words(query, sort, most, minimum, function_words, **filters)
    typed = search_output.typed_filters(filters)
    emit(
        form,
        screen=lambda width: word_lines(found, width, typed, are_hints_on(hints)),
        json=lambda: asdict(found),
        lines=lambda: map(asdict, found.words),
        rows=lambda: (WORD_COLUMNS, map(word_row, found.words)),
        output=output,
    )
