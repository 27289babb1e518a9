"""The screen of collocates: a table of counts, expected counts and scores."""

from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
from indexer.text.printable import plain
from search_cli.kwic.collocates import Collocates
from search_cli.rendering.pages.occurrence_head import also_searched, part_of_turns
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, wrap

_CHANCE = "15.13"
"""Chi-square of one degree of freedom at p = .0001."""


def collocate_lines(found: Collocates, width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the screen of a word's collocates, or the message that there are none."""
    lines = [*_head(found, width), ()]
    if not found.collocates:
        lines += wrap(line(f" {_nothing_near(found.least)}"), width)
        if hints and found.least > 1:
            again = line(Segment(f"fangtan kwic {_typed(found)} --collocates --min 1", Style.COMMAND))
            lines += indented(again, width, line(Segment(f" {_('Try: ')}", Style.DIM)), 3)
        return lines
    lines += table(_columns(found), width)
    return [*lines, (), *_notes(found, width), *(_next_step(found, width) if hints else [])]


def _nothing_near(least: int) -> str:
    """Return that no word occurs near the query, or none often enough."""
    if least == 1:
        return _("No word occurs near it.")
    if least == 2:
        return _("No word occurs near it at least twice.")
    return _("No word occurs near it at least {number} times.").format(number=f"{least:,}")


def _head(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out the counts: words within 5 of 小米 · 14 occurrences · 8 turns · 4 of 15 interviews."""
    parts = [
        _("words within {number} of {query}").format(number=found.window, query=plain(found.query)),
        *also_searched(found.also),
        pgettext("by itself", "{occurrences}").format(occurrences=humanize.count(found.occurrences, "occurrence")),
        part_of_turns(found.turns, found.of_turns),
        humanize.part_of(found.interviews, found.archive_interviews, "interview"),
    ]
    return wrap(line(" ", Segment(" · ".join(parts), Style.DIM)), width)


def _columns(found: Collocates) -> list[Column]:
    """Return the columns; the word and its score are dropped last."""
    shown = found.collocates
    return [
        Column(_("word"), [plain(one.word) for one in shown], least=4, style=Style.NAME),
        Column(pgettext("of collocates", "near"), [f"{one.near:,}" for one in shown], right=True, rank=2),
        Column(pgettext("of collocates", "before"), [f"{one.left:,}" for one in shown], right=True, rank=5),
        Column(pgettext("of collocates", "after"), [f"{one.right:,}" for one in shown], right=True, rank=6),
        Column(pgettext("of collocates", "in all"), [f"{one.all:,}" for one in shown], right=True, rank=3),
        Column(pgettext("of collocates", "by chance"), [_expected(one.expected) for one in shown], right=True, rank=4),
        Column(_("score"), [f"{one.score:,.1f}" for one in shown], right=True, rank=1),
    ]


def _expected(expected: float) -> str:
    """Format an expected count: 38, 3.8, 0.38, 0.04."""
    if expected >= 100:
        return f"{expected:,.0f}"
    return f"{expected:.1f}" if expected >= 1 else f"{expected:.2f}"


def _notes(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out what the numbers mean."""
    score = _("Score: log-likelihood against {number} words; {score}: chance 1 in 10,000")
    notes = [score.format(number=f"{found.archive_words:,}", score=_CHANCE)]
    if found.turns < found.of_turns:
        notes.append(_("Counted in some interviews at random; in all turns: --csv"))
    if more := found.found - len(found.collocates):
        words = humanize.count(more, "more word")
        notes.append(_("{words}: --limit {number}").format(words=words, number=found.found))
    if not found.function_words:
        notes.append(_("Without function words (的, 是, 我们); with them: --function-words"))
    return [row for note in notes for row in indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]


def _next_step(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out the command that shows the first collocate in context."""
    query = f"({found.query})" if " OR " in found.query else found.query
    both = plain(humanize.query_arguments(f"{query} {found.collocates[0].word}"))
    command = line(Segment(f"fangtan kwic {both} --match all", Style.COMMAND))
    return indented(command, width, line(Segment(f" {_('Read on: ')}", Style.DIM)), 3)


def _typed(found: Collocates) -> str:
    """Return the query as typed in a shell."""
    return plain(humanize.query_arguments(found.query))
