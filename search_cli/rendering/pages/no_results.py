"""The screen of a search without hits: what was searched, similar words and names, what to try."""

from dataclasses import dataclass

from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented, wrap
from search_cli.search.suggest import Suggestion, Suggestions

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


@dataclass(frozen=True, slots=True)
class NoResults:
    """A search without hits, in an archive of `interviews` interviews.

    `words` is what was searched. `filters` are the options as typed; `unfiltered` counts the turns found without them.
    `command` is the one that searched: search or kwic.
    """

    query: str
    words: tuple[str, ...]
    interviews: int
    suggestions: Suggestions
    filters: tuple[str, ...] = ()
    unfiltered: int = 0
    command: str = "search"


def no_results_lines(nothing: NoResults, width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the screen of a search without hits."""
    query = plain(nothing.query).strip()
    filters = plain(" ".join(nothing.filters))
    end = f" with {filters}." if filters else "."
    lines = wrap(
        line(" No turn contains ", Segment(query, Style.NAME), end) if query else line(f" No turn{end}"), width
    )
    lines += wrap(line(" ", _searched(nothing)), width)
    if nothing.unfiltered:
        lines += wrap(line(f" Without {filters}: {humanize.count(nothing.unfiltered, 'turn')}."), width)
    else:
        lines += _suggestion_lines(nothing.suggestions, width)
    if hints:
        command = line(Segment(_next_command(nothing), Style.COMMAND))
        lines += indented(command, width, line(Segment(" Try: ", Style.DIM)), 3)
    return lines


def _searched(nothing: NoResults) -> Segment:
    """Return what was searched: Searched 8 interviews as: 小咪 (one word)."""
    searched = f"Searched {humanize.count(nothing.interviews, 'interview')}"
    if words := nothing.words:
        number = _NUMBERS[len(words)] if len(words) < len(_NUMBERS) else str(len(words))
        searched += f" as: {plain(' · '.join(words))} ({number} {'word' if len(words) == 1 else 'words'})"
    return Segment(f"{searched}.", Style.DIM)


def _suggestion_lines(suggestions: Suggestions, width: int) -> list[StyledLine]:
    """Lay out the words and the speakers that are spelled alike."""
    lines: list[StyledLine] = []
    for label, similar in (
        ("Similar words in the archive", suggestions.words),
        ("Similar speakers", suggestions.speakers),
    ):
        if similar:
            lines += indented(_suggestions(similar), width, line(f" {label}: "), 3)
    return lines


def _suggestions(suggestions: tuple[Suggestion, ...]) -> StyledLine:
    """Return words with the turns they occur in: 小米 (9 turns) · 小明 (2 turns)."""
    segments: list[Segment] = []
    for suggestion in suggestions:
        segments += [Segment(" · " if segments else ""), Segment(plain(suggestion.word), Style.NAME)]
        segments.append(Segment(f" ({humanize.count(suggestion.turns, 'turn')})", Style.DIM))
    return line(*segments)


def _next_command(nothing: NoResults) -> str:
    """Return the next command to try: without filters where they exclude all, else with the suggested query."""
    if nothing.unfiltered:
        return f"fangtan {nothing.command} {plain(humanize.query_arguments(nothing.query))}".rstrip()
    if nothing.suggestions.query:
        return f"fangtan {nothing.command} {plain(humanize.query_arguments(nothing.suggestions.query))}"
    return "fangtan topics" if nothing.interviews else "fangtan index data/interviews"
