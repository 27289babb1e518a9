"""The screen of a comparison: two sides, their own words, their topics."""

from collections.abc import Iterator, Sequence

from indexer.text.printable import plain
from search_cli.kwic.compare import ComparedSide, Comparison
from search_cli.kwic.keyness import KeyWord
from search_cli.rendering.pages.crosstab_table import FEW_CHARACTERS, PER, rate_text
from search_cli.rendering.pages.no_turns import no_turns_lines
from search_cli.rendering.pages.word_table import keyness_notes, ratio_text
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import clip, indented, wrap

_NOTHING = "·"
_NAME = 20
"""Columns of the name of a side at most."""


def comparison_lines(
    found: Comparison, width: int, filters: Sequence[str] = (), hints: bool = True
) -> list[StyledLine]:
    """Lay out a comparison; `filters` are those of the command as typed."""
    if not found.left.turns and not found.right.turns:
        return no_turns_lines(found.query, filters, width, hints)
    turns = humanize.with_words("turns", found.query, found.match)
    head = line(" ", Segment(found.by, Style.NAME), Segment(f", {turns}", Style.DIM))
    lines = [*wrap(head, width), (), *table(_sides(found), width)]
    for side, words in ((found.left, found.left_words), (found.right, found.right_words)):
        lines += [(), *_words(found, side, words, width)]
    if found.topics:
        lines += [(), *table(_topics(found), width)]
    for note in _notes(found):
        lines += indented(line(Segment(note, Style.DIM)), width, line(" "), 1)
    return [*lines, *(_next_step(found, filters, width) if hints else [])]


def _name(side: ComparedSide) -> str:
    """Return the name of a side, with * if there is little of it."""
    few = " *" if side.characters < FEW_CHARACTERS else ""
    return clip(plain(side.value).strip() or humanize.UNNAMED, _NAME) + few


def _sides(found: Comparison) -> list[Column]:
    """Return the columns of the totals: what is counted, and each side."""
    labels = ["turns", "characters", "characters a turn", "interviews", "years", f"turns per {PER:,} characters"]
    columns = [Column("", labels if found.query else labels[:-1], least=12, style=Style.DIM)]
    for rank, side in enumerate((found.left, found.right)):
        values = [
            f"{side.turns:,}",
            f"{side.characters:,}",
            f"{side.characters / side.turns:,.0f}" if side.turns else _NOTHING,
            f"{side.interviews:,}",
            _years(side),
            rate_text(side.per_10k) if side.turns else _NOTHING,
        ]
        columns.append(Column(_name(side), values if found.query else values[:-1], right=True, rank=1 + rank))
    return columns


def _years(side: ComparedSide) -> str:
    first, last = side.first[:4], side.last[:4]
    return (first if first == last else f"{first}–{last}") or _NOTHING


def _words(found: Comparison, side: ComparedSide, words: Sequence[KeyWord], width: int) -> list[StyledLine]:
    """Lay out the words of a side that the other has less often."""
    heading = f"words of {_name(side)}"
    if not words:
        return wrap(line(" ", Segment(f"{heading}: none is more frequent than on the other side", Style.DIM)), width)
    other = found.right if side is found.left else found.left
    return table(
        [
            Column(heading, [plain(one.word) for one in words], least=8, style=Style.NAME),
            Column("count", [f"{one.count:,}" for one in words], right=True, rank=2),
            Column(f"per {PER:,}", [rate_text(one.per_10k) for one in words], right=True, rank=4),
            Column(
                clip(plain(other.value).strip() or humanize.UNNAMED, _NAME),
                [rate_text(one.others_per_10k) if one.others else _NOTHING for one in words],
                right=True,
                rank=5,
            ),
            Column("score", [f"{one.score:,.1f}" for one in words], right=True, rank=1),
            Column("log ratio", [ratio_text(one) for one in words], right=True, rank=3),
        ],
        width,
    )


def _topics(found: Comparison) -> list[Column]:
    """Return the columns of the topics: the share of each side's turns."""
    rows = found.topics
    return [
        Column("topic", [plain(one.topic) for one in rows], least=8, style=Style.NAME),
        Column(_name(found.left), [_share(one.left, found.left.turns) for one in rows], right=True, rank=1),
        Column(_name(found.right), [_share(one.right, found.right.turns) for one in rows], right=True, rank=2),
    ]


def _share(count: int, turns: int) -> str:
    return humanize.share(count / turns) if count and turns else _NOTHING


def _notes(found: Comparison) -> Iterator[str]:
    """Yield what the numbers mean."""
    if found.left_words or found.right_words:
        yield from keyness_notes("the words of the other side")
        for side in (found.left, found.right):
            if 0 < side.word_turns < side.turns:
                yield f"Words of {_name(side)} are counted in {side.word_turns:,} of {side.turns:,} turns, at random"
    if found.both:
        yield f"{humanize.count(found.both, 'turn')} on both sides"
    if min(found.left.characters, found.right.characters) < FEW_CHARACTERS:
        yield f"* fewer than {FEW_CHARACTERS:,} characters: unreliable"


def _next_step(found: Comparison, filters: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out the command that shows a word of one side in context."""
    side, words = (found.left, found.left_words) if found.left_words else (found.right, found.right_words)
    chosen = f"--{found.by} {humanize.argument(side.value)}"
    if words:
        query = f"{found.query} {words[0].word}".strip()
        both = "--match all" if found.query else ""
        typed = ["fangtan kwic", humanize.query_arguments(query), chosen, *filters, both]
    else:
        typed = ["fangtan search", humanize.query_arguments(found.query), chosen, *filters]
    command = line(Segment(plain(" ".join(filter(None, typed))), Style.COMMAND))
    return indented(command, width, line(Segment(" Read on: ", Style.DIM)), 3)
