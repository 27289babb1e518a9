"""The screen of a comparison: two sides, their own words, their topics."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.kwic.compare import ComparedSide, Comparison
from search_cli.kwic.keyness import CERTAIN, KeyWord
from search_cli.rendering.pages.crosstab_table import FEW_CHARACTERS, FEW_NOTES, Unit, rate_text
from search_cli.rendering.pages.no_turns import no_turns_lines
from search_cli.rendering.pages.word_table import log_ratio_note, ratio_text, words_heading
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, filled, line
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
    lines = [*_head(found, width), (), *table(_sides(found), width)]
    for side, words in ((found.left, found.left_words), (found.right, found.right_words)):
        lines += [(), *_words(found, side, words, width)]
    if found.topics:
        lines += [(), *table(_topics(found), width)]
    for note in _notes(found):
        lines += indented(line(Segment(note, Style.DIM)), width, line(" "), 1)
    return [*lines, *(_next_step(found, filters, width) if hints else [])]


def _head(found: Comparison, width: int) -> list[StyledLine]:
    """Lay out what is compared: speaker, turns with 小米."""
    turns = humanize.with_words(_("turns"), found.query, found.match)
    by = Segment(humanize.field(found.by), Style.NAME)
    head = filled(_("{field}, {turns}"), field=by, turns=turns)
    return wrap(line(" ", *head), width)


def _name(side: ComparedSide) -> str:
    """Return the name of a side, with * if there is little of it."""
    few = " *" if side.characters < FEW_CHARACTERS else ""
    return clip(plain(side.value).strip() or humanize.UNNAMED, _NAME) + few


def _sides(found: Comparison) -> list[Column]:
    """Return the columns of the totals: what is counted, and each side."""
    labels = [
        *(_("turns"), _("characters"), _("characters a turn")),
        *(_("interviews"), _("years"), _("turns per 10,000 characters")),
    ]
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
    if not words:
        nothing = _("words of {name}: none is more frequent than on the other side").format(name=_name(side))
        return wrap(line(" ", Segment(nothing, Style.DIM)), width)
    heading = _("words of {name}").format(name=_name(side))
    other = found.right if side is found.left else found.left
    return table(
        [
            Column(heading, [plain(one.word) for one in words], least=8, style=Style.NAME),
            Column(_("count"), [f"{one.count:,}" for one in words], right=True, rank=2),
            Column(words_heading(), [rate_text(one.per_10k) for one in words], right=True, rank=4),
            Column(
                clip(plain(other.value).strip() or humanize.UNNAMED, _NAME),
                [rate_text(one.others_per_10k) if one.others else _NOTHING for one in words],
                right=True,
                rank=5,
            ),
            Column(_("score"), [f"{one.score:,.1f}" for one in words], right=True, rank=1),
            Column(_("log ratio"), [ratio_text(one) for one in words], right=True, rank=3),
        ],
        width,
    )


def _topics(found: Comparison) -> list[Column]:
    """Return the columns of the topics: the share of each side's turns."""
    rows = found.topics
    return [
        Column(humanize.field("topic"), [plain(one.topic) for one in rows], least=8, style=Style.NAME),
        Column(_name(found.left), [_share(one.left, found.left.turns) for one in rows], right=True, rank=1),
        Column(_name(found.right), [_share(one.right, found.right.turns) for one in rows], right=True, rank=2),
    ]


def _share(count: int, turns: int) -> str:
    return humanize.share(count / turns) if count and turns else _NOTHING


def _notes(found: Comparison) -> Iterator[str]:
    """Yield what the numbers mean."""
    if found.left_words or found.right_words:
        score = _("Score: log-likelihood against the words of the other side; {score}: chance 1 in 10,000")
        yield score.format(score=CERTAIN)
        yield log_ratio_note()
        for side in (found.left, found.right):
            if 0 < side.word_turns < side.turns:
                told = _("Words of {name} are counted in {number} of {turns} turns, at random")
                yield told.format(name=_name(side), number=f"{side.word_turns:,}", turns=f"{side.turns:,}")
    if found.both:
        yield _("{turns} on both sides").format(turns=humanize.count(found.both, "turn"))
    if min(found.left.characters, found.right.characters) < FEW_CHARACTERS:
        yield _(FEW_NOTES[Unit.RATE])


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
    return indented(command, width, line(Segment(f" {_('Read on: ')}", Style.DIM)), 3)
