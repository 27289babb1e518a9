"""The screen of exchanges: counts, each question with its answers in full, facets, the next step."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.models import Marked, SpokenTurn
from search_cli.rendering.pages import hits
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import below_hits
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import spread, wrap
from search_cli.search.exchange_search import ExchangeHit, ExchangeResult
from search_cli.search.turn_groups import GroupCounts

_POINTER = "▸"
_PARTS = {"question": "问", "answer": "答", "": "　"}


@dataclass(frozen=True, slots=True)
class GroupPage:
    """The options of the screen: its width, whether to suggest a next step, and whether turns are whole."""

    width: int
    hints: bool = True
    full: bool = False


def exchange_lines(result: ExchangeResult, page: GroupPage) -> list[StyledLine]:
    """Lay out the screen of a page of exchanges; ▸ is beside the turns that match."""
    lines = [*head(result.counts, "exchange", page.width), ()]
    for found in result.found:
        lines += [*_exchange(found, page.width), ()]
    lines += below_hits(result.counts.facets, page.width)
    if page.hints and result.found:
        lines += next_step(result.found[0].address, result.counts, page.width)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def head(counts: GroupCounts, noun: str, width: int) -> list[StyledLine]:
    """Lay out the counts: 16 exchanges · 17 turns with 疫苗, 52 more outside · 34 interviews · page 1/2."""
    turns = humanize.with_words(humanize.count(counts.turns, "turn"), counts.query, counts.match)
    parts = [
        humanize.count(counts.groups, noun),
        f"{turns}{_outside(counts, noun)}",
        *([] if noun == "interview" else [humanize.count(counts.interviews, "interview")]),
    ]
    if counts.also:
        parts.insert(2, humanize.also(counts.also))
    if counts.seed is not None:
        parts.append(humanize.random_order(counts.seed))
    if (pages := -(-counts.groups // counts.limit)) > 1:
        parts.append(humanize.page(counts.page, pages))
    return _joined(parts, width)


def _joined(parts: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out parts on as many lines as they need; a part is broken only if it is wider than a line."""
    rows = [parts[0]]
    for part in parts[1:]:
        if cells(line(f" {rows[-1]} · {part}")) < width:
            rows[-1] += f" · {part}"
        else:
            rows.append(part)
    return [wrapped for row in rows for wrapped in wrap(line(" ", Segment(row, Style.DIM)), width)]


def _outside(counts: GroupCounts, noun: str) -> str:
    """Return the number of turns that match and have no exchange, or no speaker; "" if there are none."""
    where = _(", {number} more in no exchange") if noun == "exchange" else _(", {number} more by nobody named")
    return where.format(number=f"{counts.outside:,}") if counts.outside else ""


def next_step(address: str, counts: GroupCounts, width: int) -> list[StyledLine]:
    """Lay out the next commands: read on, and the next page if there is one."""
    command = f"fangtan show {plain(humanize.argument(address))}"
    read = line(Segment(f" {_('Read on: ')}", Style.DIM), Segment(command, Style.COMMAND))
    if counts.page * counts.limit >= counts.groups:
        return wrap(read, width)
    more = Segment(f"--page {counts.page + 1}", Style.COMMAND)
    together = line(*read, Segment(f" · {_('more: ')}", Style.DIM), more)
    if cells(together) <= width:
        return [together]
    return [*wrap(read, width), line(Segment(f" {_('More: ')}", Style.DIM), more)]


def nothing_lines(result: ExchangeResult, width: int, hints: bool, filters: Sequence[str] = ()) -> list[StyledLine]:
    """Lay out the screen of turns that match and are all outside exchanges; `filters` are the options as typed."""
    counts = result.counts
    turns = humanize.with_words(humanize.count(counts.outside, "turn"), counts.query, counts.match)
    said = _("No exchange: {turns}, in no question's exchange.").format(turns=turns)
    lines = wrap(line(f" {said}"), width)
    if hints:
        command = plain(" ".join(filter(None, ("fangtan search", humanize.query_arguments(counts.query), *filters))))
        lines += wrap(line(Segment(f" {_('Try: ')}", Style.DIM), Segment(command, Style.COMMAND)), width)
    return lines


def _exchange(found: ExchangeHit, width: int) -> list[StyledLine]:
    """Lay out an exchange: the interview with the address, then its turns."""
    number = f"{found.rank:>2}  "
    indent, room = len(number), width - len(number)
    first = found.turns[0].turn
    address = line(Segment(plain(found.address), Style.ADDRESS))
    lines = spread(line(Segment(" · ".join(_published(first)), Style.DIM)), address, room)
    if title := plain(first.title).strip():
        lines += wrap(line(title), room)[:2]
    for turn in found.turns:
        lines += _turn(turn, found, room)
    lines += hits.topics(first, room)
    lines += hits.duplicates(found.versions, room)
    return [(Segment(" " * indent if index else number, Style.DIM), *row) for index, row in enumerate(lines)]


def _published(turn: SpokenTurn) -> list[str]:
    return [plain(part) for part in (turn.date, turn.outlet) if part]


def _turn(marked: Marked, found: ExchangeHit, room: int) -> list[StyledLine]:
    """Lay out a turn in full, below its part, its speaker and its number."""
    turn = marked.turn
    part = Segment(f"{_PARTS[found.part(turn)]} ", Style.DIM)
    pointer = Segment(_POINTER if turn.address in found.matched else " ", Style.MARK)
    about = hits.speaker_line(turn, room - cells(line(part)) - len(f" #{turn.turn}") - 4)
    lines = spread(line(part, *about), line(pointer, Segment(f"#{turn.turn}", Style.ADDRESS)), room)
    return lines + [(Segment("   "), *row) for row in hits.paragraphs(turn.text, marked.marks, room - 3)]
