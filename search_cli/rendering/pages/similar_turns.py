"""Turns like one, as hits are shown, each with the words it shares."""

from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.models import Compared, SimilarTurn, SimilarTurns
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_SAID = 2
"""Lines of the turn that others are compared with."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters as they were typed, and whether to suggest a next step."""

    typed: tuple[str, ...] = ()
    hints: bool = True


def similar_lines(similar: SimilarTurns, layout: Layout, filters: Filters | None = None) -> list[StyledLine]:
    """Return the whole screen: the turn, the turns like it, one next step."""
    given = filters or Filters()
    lines = [*_head(similar, layout.width), ()]
    for one in similar.found:
        lines += [*hit_lines(one.hit, layout), *_shared(one, layout.width), ()]
    if not similar.found:
        lines += [*_nothing(similar, layout.width, given), ()]
    if given.hints and (step := _step(similar, given)):
        lines += indented(
            line(Segment(step, Style.COMMAND)), layout.width, line(Segment(_label(similar), Style.DIM)), 3
        )
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _head(similar: SimilarTurns, width: int) -> list[StyledLine]:
    """Return which turn others are compared with, what it says, and what of it was compared."""
    turn = similar.turn
    name = plain(turn.speaker or turn.label).strip() or humanize.UNNAMED
    where = "in this interview and others" if similar.same_interview else "in other interviews"
    lines = wrap(line(" Turns like ", Segment(plain(turn.address), Style.ADDRESS), f" {where}"), width)
    who = Segment(f"{name}  ", Style.NAME)
    said = excerpt(turn.text, (), max(_SAID * (width - 6) - cells((who,)), width), Style.DIM)
    lines += indented(line(who, *said), width, line("    "), 4)
    return lines + wrap(line(Segment(f" {_by(similar)}", Style.DIM)), width)


def _by(similar: SimilarTurns) -> str:
    """Return what was compared."""
    numbers = [one.turn for one in similar.compared]
    match similar.by:
        case Compared.WITH_QUESTION:
            return f"Compared with the question it answers (#{numbers[0]})."
        case Compared.WITH_ANSWER:
            return f"Compared with its answer (#{numbers[-1]})."
        case Compared.EXCHANGE:
            span = f"#{numbers[0]}–#{numbers[-1]}" if numbers[-1] > numbers[0] else f"#{numbers[0]}"
            return f"It says little by itself: its exchange ({span}) was compared."
        case _:
            return "Compared by itself: it answers nothing, and nothing answers it."


def _shared(similar: SimilarTurn, width: int) -> list[StyledLine]:
    """Return the words that a turn shares."""
    if not similar.shared:
        return []
    label = "    shared: "
    words = " · ".join(map(plain, similar.shared))
    return indented(line(Segment(words, Style.DIM)), width, line(Segment(label, Style.DIM)), len(label))


def _nothing(similar: SimilarTurns, width: int, filters: Filters) -> list[StyledLine]:
    """Return that no turn is like it."""
    narrowed = plain(" ".join(filters.typed))
    where = "No turn" if similar.same_interview else "No turn of another interview"
    return wrap(line(f" {where}{f' with {narrowed}' if narrowed else ''} shares its words."), width)


def _label(similar: SimilarTurns) -> str:
    return " Read on: " if similar.found else " Try: "


def _step(similar: SimilarTurns, filters: Filters) -> str:
    """Return what to type next."""
    if similar.found:
        return f"fangtan show {plain(humanize.argument(similar.found[0].hit.turn.address))}"
    address = plain(humanize.argument(similar.turn.address))
    if filters.typed:
        return f"fangtan similar {address}"
    return "" if similar.same_interview else f"fangtan similar {address} --same-interview"
