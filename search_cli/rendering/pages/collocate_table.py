"""The screen of collocates: a table of counts, expected counts and scores."""

from indexer.text.printable import plain
from search_cli.kwic.collocates import Collocates
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
        lines += wrap(line(f" No word occurs near it{_at_least(found.least)}."), width)
        if hints and found.least > 1:
            again = line(Segment(f"fangtan kwic {_typed(found)} --collocates --min 1", Style.COMMAND))
            lines += indented(again, width, line(Segment(" Try: ", Style.DIM)), 3)
        return lines
    lines += table(_columns(found), width)
    return [*lines, (), *_notes(found, width), *(_next_step(found, width) if hints else [])]


def _at_least(count: int) -> str:
    return {1: "", 2: " at least twice"}.get(count, f" at least {count:,} times")


def _head(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out the counts: words within 5 of 小米 · 14 occurrences · 8 turns · 4 of 15 interviews."""
    parts = [
        f"words within {found.window} of {plain(found.query)}",
        *([f"also {plain(' · '.join(found.also))}"] if found.also else []),
        humanize.count(found.occurrences, "occurrence"),
        f"{found.turns:,} of " * (found.turns < found.of_turns)
        + humanize.count(max(found.turns, found.of_turns), "turn"),
        f"{found.interviews:,} of {humanize.count(found.archive_interviews, 'interview')}",
    ]
    return wrap(line(" ", Segment(" · ".join(parts), Style.DIM)), width)


def _columns(found: Collocates) -> list[Column]:
    """Return the columns; the word and its score are dropped last."""
    shown = found.collocates
    return [
        Column("word", [plain(one.word) for one in shown], least=4, style=Style.NAME),
        Column("near", [f"{one.near:,}" for one in shown], right=True, rank=2),
        Column("before", [f"{one.left:,}" for one in shown], right=True, rank=5),
        Column("after", [f"{one.right:,}" for one in shown], right=True, rank=6),
        Column("in all", [f"{one.all:,}" for one in shown], right=True, rank=3),
        Column("by chance", [_expected(one.expected) for one in shown], right=True, rank=4),
        Column("score", [f"{one.score:,.1f}" for one in shown], right=True, rank=1),
    ]


def _expected(expected: float) -> str:
    """Format an expected count: 38, 3.8, 0.38, 0.04."""
    if expected >= 100:
        return f"{expected:,.0f}"
    return f"{expected:.1f}" if expected >= 1 else f"{expected:.2f}"


def _notes(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out what the numbers mean."""
    score = f"Score: log-likelihood against {found.archive_words:,} words; {_CHANCE}: chance 1 in 10,000"
    notes = [score]
    if found.turns < found.of_turns:
        notes.append("Counted in some interviews at random; in all turns: --csv")
    if found.found > len(found.collocates):
        notes.append(f"{humanize.count(found.found - len(found.collocates), 'more word')}: --limit {found.found}")
    if not found.function_words:
        notes.append("Without function words (的, 是, 我们); with them: --function-words")
    return [row for note in notes for row in indented(line(Segment(note, Style.DIM)), width, line(" "), 1)]


def _next_step(found: Collocates, width: int) -> list[StyledLine]:
    """Lay out the command that shows the first collocate in context."""
    query = f"({found.query})" if " OR " in found.query else found.query
    both = plain(humanize.query_arguments(f"{query} {found.collocates[0].word}"))
    command = line(Segment(f"fangtan kwic {both} --match all", Style.COMMAND))
    return indented(command, width, line(Segment(" Read on: ", Style.DIM)), 3)


def _typed(found: Collocates) -> str:
    """Return the query as typed in a shell."""
    return plain(humanize.query_arguments(found.query))
