"""The screen of a search without hits: what was searched, similar words and names, what to try."""

from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, filled, line
from search_cli.rendering.terminal.wrapping import indented, wrap
from search_cli.search.suggest import Suggestion, Suggestions

_NUMBERS = (
    gettext_noop("one"),
    gettext_noop("two"),
    gettext_noop("three"),
    gettext_noop("four"),
    gettext_noop("five"),
    gettext_noop("six"),
    gettext_noop("seven"),
    gettext_noop("eight"),
    gettext_noop("nine"),
)


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
    lines = wrap(line(" ", *_nothing(nothing)), width)
    lines += wrap(line(" ", Segment(_searched(nothing), Style.DIM)), width)
    if nothing.unfiltered:
        turns = humanize.count(nothing.unfiltered, "turn")
        said = _("Without {filters}: {turns}.").format(filters=_filters(nothing), turns=turns)
        lines += wrap(line(f" {said}"), width)
    else:
        lines += _suggestion_lines(nothing.suggestions, width)
    if hints:
        command = line(Segment(_next_command(nothing), Style.COMMAND))
        lines += indented(command, width, line(Segment(f" {_('Try: ')}", Style.DIM)), 3)
    return lines


def _nothing(nothing: NoResults) -> StyledLine:
    """Return what no turn contains."""
    query, filters = Segment(plain(nothing.query).strip(), Style.NAME), _filters(nothing)
    if not query.text:
        return filled(_("No turn with {filters}."), filters=filters) if filters else line(_("No turn."))
    if filters:
        return filled(_("No turn contains {query} with {filters}."), query=query, filters=filters)
    return filled(_("No turn contains {query}."), query=query)


def _filters(nothing: NoResults) -> str:
    return plain(" ".join(nothing.filters))


def _searched(nothing: NoResults) -> str:
    """Return what was searched: Searched 8 interviews as: 小咪 (one word)."""
    interviews = humanize.count(nothing.interviews, "interview")
    if not (words := nothing.words):
        return _("Searched {interviews}.").format(interviews=interviews)
    number = _(_NUMBERS[len(words) - 1]) if len(words) <= len(_NUMBERS) else str(len(words))
    searched = ngettext(
        "Searched {interviews} as: {words} ({number} word).",
        "Searched {interviews} as: {words} ({number} words).",
        len(words),
    )
    return searched.format(interviews=interviews, words=plain(" · ".join(words)), number=number)


def _suggestion_lines(suggestions: Suggestions, width: int) -> list[StyledLine]:
    """Lay out the words and the speakers that are spelled alike."""
    lines: list[StyledLine] = []
    for label, similar in (
        (_("Similar words in the archive: "), suggestions.words),
        (_("Similar speakers: "), suggestions.speakers),
    ):
        if similar:
            lines += indented(_suggestions(similar), width, line(f" {label}"), 3)
    return lines


def _suggestions(suggestions: tuple[Suggestion, ...]) -> StyledLine:
    """Return words with the turns they occur in: 小米 (9 turns) · 小明 (2 turns)."""
    segments: list[Segment] = []
    for suggestion in suggestions:
        segments += [Segment(" · " if segments else ""), Segment(plain(suggestion.word), Style.NAME)]
        turns = _(" ({turns})").format(turns=humanize.count(suggestion.turns, "turn"))
        segments.append(Segment(turns, Style.DIM))
    return line(*segments)


def _next_command(nothing: NoResults) -> str:
    """Return the next command to try: without filters where they exclude all, else with the suggested query."""
    if nothing.unfiltered:
        return f"fangtan {nothing.command} {plain(humanize.query_arguments(nothing.query))}".rstrip()
    if nothing.suggestions.query:
        return f"fangtan {nothing.command} {plain(humanize.query_arguments(nothing.suggestions.query))}"
    return "fangtan topics" if nothing.interviews else "fangtan index data/interviews"
