"""The screen of similar turns: hits with the words they share."""

from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.text.printable import plain
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, filled, line
from search_cli.rendering.terminal.wrapping import indented, wrap
from search_cli.search.more_like_this import Compared, SimilarTurn, SimilarTurns

_TURN_LINES = 2
"""Lines of the turn itself."""


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """The options of the screen: the layout of hits, the filters as typed, and whether to suggest a next step."""

    layout: Layout
    filters: tuple[str, ...] = ()
    hints: bool = True


def similar_lines(similar: SimilarTurns, page: SimilarPage) -> list[StyledLine]:
    """Lay out the screen: the turn, the similar turns, the next step."""
    width = page.layout.width
    lines = [*_head(similar, width), ()]
    for turn in similar.found:
        lines += [*hit_lines(turn.hit, page.layout), *_shared(turn, width), ()]
    if not similar.found:
        lines += [*_nothing(similar, width, page.filters), ()]
    if page.hints and (command := _next_command(similar, page.filters)):
        label = _("Read on: ") if similar.found else _("Try: ")
        lines += indented(line(Segment(command, Style.COMMAND)), width, line(Segment(f" {label}", Style.DIM)), 3)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _head(similar: SimilarTurns, width: int) -> list[StyledLine]:
    """Lay out the turn, an excerpt of it, and what was compared."""
    turn = similar.turn
    name = plain(turn.name or turn.label).strip() or humanize.UNNAMED
    everywhere = _("Turns similar to {address} in this interview and others")
    heading = everywhere if similar.same_interview else _("Turns similar to {address} in other interviews")
    lines = wrap(line(" ", *filled(heading, address=Segment(plain(turn.address), Style.ADDRESS))), width)
    speaker = Segment(f"{name}  ", Style.NAME)
    text = excerpt(turn.text, (), max(_TURN_LINES * (width - 6) - cells((speaker,)), width), Style.DIM)
    lines += indented(line(speaker, *text), width, line("    "), 4)
    by = sentences(_by(similar), _("Its meaning was compared, too.") if similar.by_meaning else "")
    return lines + wrap(line(Segment(f" {by}", Style.DIM)), width)


def _by(similar: SimilarTurns) -> str:
    """Return what was compared: the turn alone, or with others of its exchange."""
    numbers = [turn.turn for turn in similar.compared]
    match similar.by:
        case Compared.WITH_QUESTION:
            return _("Compared with the question it answers (#{turn}).").format(turn=numbers[0])
        case Compared.WITH_ANSWER:
            return _("Compared with its answer (#{turn}).").format(turn=numbers[-1])
        case Compared.EXCHANGE:
            span = f"#{numbers[0]}–#{numbers[-1]}" if numbers[-1] > numbers[0] else f"#{numbers[0]}"
            return _("The turn is short: its exchange ({turns}) was compared.").format(turns=span)
        case _:
            return _("Compared by itself: it has no question and no answer.")


def _shared(similar: SimilarTurn, width: int) -> list[StyledLine]:
    """Lay out the shared words."""
    if not similar.shared:
        return []
    label = line(Segment(f"    {_('shared: ')}", Style.DIM))
    words = " · ".join(map(plain, similar.shared))
    return indented(line(Segment(words, Style.DIM)), width, label, cells(label))


def _nothing(similar: SimilarTurns, width: int, filters: tuple[str, ...]) -> list[StyledLine]:
    """Lay out the message that no turn is similar."""
    turns = _turns(similar, plain(" ".join(filters)))
    nothing = _("No {turns} shares its words or is near in meaning.") if similar.by_meaning else None
    return wrap(line(f" {(nothing or _('No {turns} shares its words.')).format(turns=turns)}"), width)


def _turns(similar: SimilarTurns, filters: str) -> str:
    """Return the turns that were compared: those of another interview with --role 受访."""
    if not filters:
        return _("turn") if similar.same_interview else _("turn of another interview")
    with_filters = _("turn with {filters}"), _("turn of another interview with {filters}")
    return with_filters[not similar.same_interview].format(filters=filters)


def _next_command(similar: SimilarTurns, filters: tuple[str, ...]) -> str:
    """Return the next command to type, "" if there is none."""
    if similar.found:
        return f"fangtan show {plain(humanize.argument(similar.found[0].hit.turn.address))}"
    address = plain(humanize.argument(similar.turn.address))
    if filters:
        return f"fangtan similar {address}"
    return "" if similar.same_interview else f"fangtan similar {address} --same-interview"
