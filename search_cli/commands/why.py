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

from search_cli.commands import completion, opening
from search_cli.commands import narrowing as narrow
from search_cli.commands import search_options as given
from search_cli.commands.typed_query import QueryCommand, query_of
from search_cli.request import Narrowing, Sort

if TYPE_CHECKING:
    from search_cli.explaining.records import Explanation

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
    narrowed: Narrowing,
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
    from search_cli.rendering.console import width, write
    from search_cli.rendering.why import why_lines

    told = opening.archive().why(address, query_of(words), sort=sort, **narrowed)
    if json:
        from search_cli.rendering.machine import json_text

        opening.pour([json_text(_object(told)) + "\n"])
    else:
        write(why_lines(told, width(), opening.hints(hints)))


def _object(told: "Explanation") -> dict[str, Any]:
    """Return an explanation as `--json` prints it."""
    from dataclasses import asdict

    from search_cli.records import Marked
    from search_cli.rendering.machine import turn_object

    return {
        **asdict(told),
        "address": told.turn.address,
        "found": told.found,
        "turn": turn_object(Marked(told.turn)),
    }
