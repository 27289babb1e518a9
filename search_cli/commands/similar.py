"""`fangtan similar`: more turns like this one.

`--json` prints {"address", "by", "compared": [address, ...], "hits": [hit, ...]}, a hit having "shared" besides what a
search gives; `--csv` has it as its last column.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from search_cli.commands import common_options as given
from search_cli.commands import context, search_output
from search_cli.commands import filter_options as narrow
from search_cli.commands.search_output import OutputForm
from search_cli.commands.why import Address
from search_cli.query.request import Filters

if TYPE_CHECKING:
    from search_cli.models import SimilarTurn, SimilarTurns

SameInterview = Annotated[
    bool, typer.Option("--same-interview", help="Look in its own interview too.", rich_help_panel="Narrow")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan similar`."""
    app.command(rich_help_panel="Ask")(similar)


@narrow.narrowed("match")
def similar(
    address: Address,
    same_interview: SameInterview = False,
    *,
    narrowed: Filters,
    limit: given.Limit = None,
    full: given.Full = False,
    json: given.Json = False,
    jsonl: given.JsonLines = False,
    csv: given.Csv = False,
    ids: given.Ids = False,
    hints: given.Hints = True,
) -> None:
    """Find more turns like this one, in other interviews, with the words they share.

    A turn is compared with the question it answers, or its answer; one that says little (对。) by its exchange.

    Examples:
      fangtan similar qzone-xiaomi#9
      fangtan similar qz#9 --same-interview --role 受访
      fangtan similar qz#9 --since 2014 --csv > similar.csv
    """
    chosen = search_output.form_of(json=json, jsonl=jsonl, csv=csv, ids=ids)
    found = context.archive().similar(address, limit or search_output.LIMIT, same_interview, **narrowed)
    if chosen is not OutputForm.SCREEN:
        context.pour(_lines(found, chosen))
        return
    from search_cli.rendering.pages.hits import Layout
    from search_cli.rendering.pages.similar_turns import Filters, similar_lines
    from search_cli.rendering.terminal.console import width, write

    filters = Filters(search_output.filters_of(narrowed), context.hints(hints))
    write(similar_lines(found, Layout(width(), full), filters))


def _lines(found: "SimilarTurns", form: OutputForm) -> Iterator[str]:
    """Yield the lines of one of the forms for other programs."""
    from search_cli.rendering.formats import machine

    if form is OutputForm.JSON:
        compared = [turn.address for turn in found.compared]
        about = {"address": found.turn.address, "by": found.by, "compared": compared}
        yield machine.json_text({**about, "hits": [_object(one) for one in found.found]}) + "\n"
    elif form is OutputForm.CSV:
        header = (*machine.COLUMNS, "shared")
        yield from machine.csv_table(header, ([*machine.row(one.hit), one.shared] for one in found.found))
    elif form is OutputForm.IDS:
        yield from (machine.address_line(one.hit.turn) for one in found.found)
    else:
        yield from (machine.json_text(_object(one)) + "\n" for one in found.found)


def _object(one: "SimilarTurn") -> dict[str, Any]:
    """Return a turn as `--json` and `--jsonl` print it."""
    from search_cli.rendering.formats import machine

    return {**machine.hit_object(one.hit), "shared": one.shared}
