"""`fangtan why`: why a turn is found at its rank, or why not.

`--json` prints one object, stable as all forms for other programs are:

    {"query", "address", "found", "match", "sort", "rank", "total", "every", "counted", "score",
     "read": [{"typed", "words": [...], "quoted", "also": [...]}, ...],
     "words": [{"word", "places": [...], "times", "turns", "shared": [...], "also": [...]}, ...],
     "parts": [{"kind", "score", "pieces": [{"term", "score"}, ...]}, ...],
     "passages": [{"id", "first", "last", "says": [[word, times], ...]}, ...],
     "hurdles": [{"kind", "typed", "passed", "has": [...]}, ...], "compared", "instead", "turn": turn}
"""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from search_cli.commands import common_options as given
from search_cli.commands import completion, context
from search_cli.commands import filter_options as narrow
from search_cli.commands.query_command import QueryCommand, query_of
from search_cli.query.request import Filters, Sort

if TYPE_CHECKING:
    from search_cli.explain.explanation import Explanation

Address = Annotated[
    str,
    typer.Argument(
        metavar="ADDRESS",
        help="interview#turn; the beginning of the interview's id will do.",
        autocompletion=completion.interviews,
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add `fangtan why`."""
    app.command(cls=QueryCommand, rich_help_panel="Ask")(why)


@narrow.narrowed()
def why(
    address: Address,
    words: narrow.Words = None,
    *,
    narrowed: Filters,
    sort: given.SortOption = Sort.RELEVANCE,
    json: given.Json = False,
    hints: given.Hints = True,
) -> None:
    """Tell why a search finds a turn at its rank, or why it does not.

    Give the turn's address and the query, with the options that the search had. The numbers add up to the score.

    Examples:
      fangtan why qzone-xiaomi#9 用户 年轻
      fangtan why qz#9 用户 -广告 --speaker 搜狐IT
      fangtan why qz#9 用户 年轻 --json
    """
    from search_cli.rendering.pages.score_report import why_lines
    from search_cli.rendering.terminal.console import width, write

    told = context.archive().why(address, query_of(words), sort=sort, **narrowed)
    if json:
        from search_cli.rendering.formats.machine import json_text

        context.pour([json_text(_object(told)) + "\n"])
    else:
        write(why_lines(told, width(), context.hints(hints)))


def _object(told: "Explanation") -> dict[str, Any]:
    """Return an explanation as `--json` prints it."""
    from dataclasses import asdict

    from search_cli.models import Marked
    from search_cli.rendering.formats.machine import turn_object

    return {
        **asdict(told),
        "address": told.turn.address,
        "found": told.found,
        "turn": turn_object(Marked(told.turn)),
    }
