"""`fangtan compare`: two speakers, outlets, years, topics or interviews side by side."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from search_cli.commands import chart_output, context, search_output
from search_cli.commands import command_options as options
from search_cli.commands.output import are_hints_on, emit, output_form
from search_cli.commands.query_command import QueryCommand, join_words
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.charts.drawing import Drawing
    from search_cli.kwic.compare import Comparison

_WORDS = 10

Left = Annotated[str, typer.Argument(metavar="A", help="A speaker, or a value of --by.", show_default=False)]
Right = Annotated[str, typer.Argument(metavar="B", help="What it is compared with.", show_default=False)]
Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="[QUERY]...", help="Compare only turns that match, as in a search.", show_default=False),
]
By = Annotated[
    Literal["speaker", "role", "topic", "outlet", "interview", "author", "language", "year"],
    typer.Option("--by", help="The field that A and B are values of."),
]
LimitOption = Annotated[
    int, typer.Option("--limit", "-n", min=1, metavar="N", help="Words of each side, and topics, at most.")
]
FunctionWords = Annotated[
    bool, typer.Option("--function-words", help="Include 的, 是, 我们, the and other function words.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan compare`."""
    app.command(cls=QueryCommand, rich_help_panel="Browse")(compare)


@options.with_filters()
def compare(
    left: Left,
    right: Right,
    words: Words = None,
    *,
    filters: Filters,
    by: By = "speaker",
    limit: LimitOption = _WORDS,
    function_words: FunctionWords = False,
    json: options.Json = False,
    jsonl: options.JsonLines = False,
    csv: options.Csv = False,
    output: options.Output = None,
    svg: chart_output.Svg = None,
    png: chart_output.Png = None,
    hints: options.Hints = True,
) -> None:
    """Compare two speakers, outlets, years, topics or interviews.

    Shows how much either says, the words that one says more often than the
    other (by log-likelihood), and the shares of their topics. With a query,
    only turns that match, and their rate per 10,000 characters.

    Examples:
      fangtan compare 郑志昊 邵启年
      fangtan compare 2018 2024 手机 --by year
      fangtan compare 北岸周刊 夜航科技 --by outlet --role 受访
      fangtan compare 教育 医疗服务 --by topic -o topics.csv
      fangtan compare 2018 2024 --by year --svg years.svg
    """
    from search_cli.rendering.formats.count_rows import COMPARISON_COLUMNS, comparison_objects, comparison_rows
    from search_cli.rendering.pages.comparison_page import comparison_lines

    form = output_form(json=json, jsonl=jsonl, csv=csv, output=output)
    chart_output.check_charts(form, svg, png)
    query = join_words(words)
    found = context.archive(filters, query).compare(left, right, by, query, limit, function_words, **filters)
    if (found.left.turns or found.right.turns) and chart_output.write_charts(lambda: _chart(found), svg, png):
        return
    typed = search_output.typed_filters(filters)
    emit(
        form,
        screen=lambda width: comparison_lines(found, width, typed, are_hints_on(hints)),
        json=lambda: asdict(found),
        lines=lambda: comparison_objects(found),
        rows=lambda: (COMPARISON_COLUMNS, comparison_rows(found)),
        output=output,
    )


def _chart(found: "Comparison") -> "Drawing":
    from search_cli.charts.butterfly_chart import butterfly_chart

    return butterfly_chart(found)
