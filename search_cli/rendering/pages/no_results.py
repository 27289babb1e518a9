"""The screen of a search that found nothing: what was searched, what is like it, what to try."""

from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.models import SearchResult, Suggestion, Suggestions
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class Empty:
    """A search without hits. `filters` are its options as typed; `without` counts the turns it finds without them.

    `command` is what was typed it with: search, kwic.
    """

    result: SearchResult
    near: Suggestions
    filters: tuple[str, ...] = ()
    without: int = 0
    command: str = "search"


def nothing_lines(empty: Empty, width: int, hints: bool = True) -> list[StyledLine]:
    """Return the screen of a search that found nothing."""
    query = plain(empty.result.query).strip()
    narrowed = plain(" ".join(empty.filters))
    having = f" with {narrowed}." if narrowed else "."
    said = line(" No turn contains ", Segment(query, Style.NAME), having) if query else line(f" No turn{having}")
    lines = wrap(said, width)
    lines += wrap(line(" ", _searched(empty)), width)
    if empty.without:
        lines += wrap(line(f" Without {narrowed}: {humanize.count(empty.without, 'turn')}."), width)
    else:
        lines += _like_it(empty.near, width)
    if hints and (step := _step(empty)):
        lines += indented(line(Segment(step, Style.COMMAND)), width, line(Segment(" Try: ", Style.DIM)), 3)
    return lines


def _like_it(near: Suggestions, width: int) -> list[StyledLine]:
    """Return the words and the speakers that are like what was searched."""
    lines: list[StyledLine] = []
    for label, found in (("Near it in the archive", near.words), ("Speakers like it", near.speakers)):
        if found:
            lines += indented(_near(found), width, line(f" {label}: "), 3)
    return lines


def _searched(empty: Empty) -> Segment:
    """Return what was searched, and as what: Searched 8 interviews as: 小咪 (one word)."""
    searched = f"Searched {humanize.count(empty.result.archive_interviews, 'interview')}"
    words = empty.near.searched or empty.result.words
    if words:
        number = _NUMBERS[len(words)] if len(words) < len(_NUMBERS) else str(len(words))
        searched += f" as: {plain(' · '.join(words))} ({number} {'word' if len(words) == 1 else 'words'})"
    return Segment(f"{searched}.", Style.DIM)


def _near(found: tuple[Suggestion, ...]) -> StyledLine:
    """Return names like what was searched, with the turns they have: 小米 (9 turns) · 小明 (2 turns)."""
    pieces: list[Segment] = []
    for near in found:
        pieces += [Segment(" · " if pieces else ""), Segment(plain(near.word), Style.NAME)]
        pieces.append(Segment(f" ({humanize.count(near.turns, 'turn')})", Style.DIM))
    return line(*pieces)


def _step(empty: Empty) -> str:
    """Return the next search to try: without the filters where they were too much, else what is near."""
    if empty.without:
        return f"fangtan {empty.command} {plain(typed(empty.result.query))}".rstrip()
    if empty.near.query:
        return f"fangtan {empty.command} {plain(typed(empty.near.query))}"
    return "fangtan topics" if empty.result.archive_interviews else "fangtan index data/interviews"


def typed(query: str) -> str:
    """Return a query as it can be typed after `fangtan search`: its words bare where a shell leaves them alone."""
    return " ".join(humanize.argument(word) if not word.startswith("-") else word for word in query.split(" ") if word)
