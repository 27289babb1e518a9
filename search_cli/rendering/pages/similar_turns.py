"""The screen of similar turns: hits with the words they share."""

from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.rendering.pages.hits import Layout, hit_lines
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
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
        label = " Read on: " if similar.found else " Try: "
        lines += indented(line(Segment(command, Style.COMMAND)), width, line(Segment(label, Style.DIM)), 3)
    while lines and not lines[-1]:
        lines.pop()
    return lines


def _head(similar: SimilarTurns, width: int) -> list[StyledLine]:
    """Lay out the turn, an excerpt of it, and what was compared."""
    turn = similar.turn
    name = plain(turn.name or turn.label).strip() or humanize.UNNAMED
    where = "in this interview and others" if similar.same_interview else "in other interviews"
    lines = wrap(line(" Turns similar to ", Segment(plain(turn.address), Style.ADDRESS), f" {where}"), width)
    speaker = Segment(f"{name}  ", Style.NAME)
    text = excerpt(turn.text, (), max(_TURN_LINES * (width - 6) - cells((speaker,)), width), Style.DIM)
    lines += indented(line(speaker, *text), width, line("    "), 4)
    meaning = " Its meaning was compared, too." if similar.by_meaning else ""
    return lines + wrap(line(Segment(f" {_by(similar)}{meaning}", Style.DIM)), width)


def _by(similar: SimilarTurns) -> str:
    """Return what was compared: the turn alone, or with others of its exchange."""
    numbers = [turn.turn for turn in similar.compared]
    match similar.by:
        case Compared.WITH_QUESTION:
            return f"Compared with the question it answers (#{numbers[0]})."
        case Compared.WITH_ANSWER:
            return f"Compared with its answer (#{numbers[-1]})."
        case Compared.EXCHANGE:
            span = f"#{numbers[0]}–#{numbers[-1]}" if numbers[-1] > numbers[0] else f"#{numbers[0]}"
            return f"The turn is short: its exchange ({span}) was compared."
        case _:
            return "Compared by itself: it has no question and no answer."


def _shared(similar: SimilarTurn, width: int) -> list[StyledLine]:
    """Lay out the shared words."""
    if not similar.shared:
        return []
    label = "    shared: "
    words = " · ".join(map(plain, similar.shared))
    return indented(line(Segment(words, Style.DIM)), width, line(Segment(label, Style.DIM)), len(label))


def _nothing(similar: SimilarTurns, width: int, filters: tuple[str, ...]) -> list[StyledLine]:
    """Lay out the message that no turn is similar."""
    narrowed = plain(" ".join(filters))
    where = "No turn" if similar.same_interview else "No turn of another interview"
    like = "shares its words or is near in meaning" if similar.by_meaning else "shares its words"
    return wrap(line(f" {where}{f' with {narrowed}' if narrowed else ''} {like}."), width)


def _next_command(similar: SimilarTurns, filters: tuple[str, ...]) -> str:
    """Return the next command to type, "" if there is none."""
    if similar.found:
        return f"fangtan show {plain(humanize.argument(similar.found[0].hit.turn.address))}"
    address = plain(humanize.argument(similar.turn.address))
    if filters:
        return f"fangtan similar {address}"
    return "" if similar.same_interview else f"fangtan similar {address} --same-interview"
