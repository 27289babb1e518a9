"""Charts of a comparison: the own words of two sides, back to back, and their topics below each other."""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from search_cli.charts.drawing import Drawing, Rect, Rule, Shape, Table, Text
from search_cli.kwic.compare import ComparedSide, Comparison
from search_cli.kwic.keyness import KeyWord
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.wrapping import clip

_WIDTH, _MIDDLE, _GAP = 720.0, 360.0, 8.0
_WORD = 16
"""Columns of a word at most."""
_LONGEST = 190.0
"""Pixels of a bar."""
_ROW, _HEAD = 26, 34
_NAME, _TOPIC, _TOPIC_ROW = 30, 24, 40
_TOPIC_LEFT, _TOPIC_LONGEST = 180.0, 480.0


def butterfly_chart(found: Comparison) -> Drawing:
    """Draw a comparison: words by their score, topics by the share of each side's turns."""
    rows = max(len(found.left_words), len(found.right_words), 1)
    most = max((one.score for one in (*found.left_words, *found.right_words)), default=1.0) or 1.0
    shapes: list[Shape] = [
        Text(_MIDDLE - _GAP, 16, clip(_name(found.left), _NAME), "side-left", "end"),
        Text(_MIDDLE + _GAP, 16, clip(_name(found.right), _NAME), "side-right"),
        Rule(_MIDDLE, 0, _MIDDLE, _HEAD + _ROW * rows, "axis"),
    ]
    shapes += _words(found.left_words, most, left=True)
    shapes += _words(found.right_words, most, left=False)
    top = _HEAD + _ROW * rows + 16
    shapes += _topics(found, top)
    own = humanize.with_words(_("own words and topics"), found.query, found.match)
    return Drawing(
        _("{left} and {right}: {own}").format(left=_name(found.left), right=_name(found.right), own=own),
        _("Words that one side says more often, by log-likelihood; topics by shares of its turns."),
        _WIDTH,
        top + (_HEAD + _TOPIC_ROW * len(found.topics) if found.topics else 0),
        tuple(shapes),
        _table(found),
    )


def _name(side: ComparedSide) -> str:
    return side.value.strip() or humanize.UNNAMED


def _words(words: Sequence[KeyWord], most: float, *, left: bool) -> Iterator[Shape]:
    """Yield the words of a side, their bars growing from the middle, and their scores at the edges."""
    for index, one in enumerate(words):
        top, length = _HEAD + index * _ROW, round(max(_LONGEST * one.score / most, 1), 2)
        score = f"{one.score:,.1f}"
        if left:
            x = _MIDDLE - _GAP - length
            yield Rect(x, top + 4, length, 14, "bar")
            yield Text(x - 8, top + 16, clip(one.word, _WORD), anchor="end")
            yield Text(0, top + 16, score, "number")
        else:
            yield Rect(_MIDDLE + _GAP, top + 4, length, 14, "other")
            yield Text(_MIDDLE + _GAP + length + 8, top + 16, clip(one.word, _WORD))
            yield Text(_WIDTH, top + 16, score, "number", "end")


def _topics(found: Comparison, top: float) -> Iterator[Shape]:
    """Yield the topics, the bar of the left side above that of the right."""
    if not found.topics:
        return
    yield Text(0, top + 16, _("topics, shares of turns"), "number")
    for index, one in enumerate(found.topics):
        y = top + _HEAD + index * _TOPIC_ROW
        yield Text(0, y + 19, clip(one.topic, _TOPIC))
        sides = ((one.left, found.left.turns, "bar"), (one.right, found.right.turns, "other"))
        for number, (count, turns, kind) in enumerate(sides):
            share = count / turns if turns else 0.0
            yield Rect(_TOPIC_LEFT, y + 2 + 15 * number, round(_TOPIC_LONGEST * share, 2), 12, kind)
            text = humanize.share(share) if count else "·"
            yield Text(_TOPIC_LEFT + round(_TOPIC_LONGEST * share, 2) + 6, y + 12 + 15 * number, text, "number")


def _table(found: Comparison) -> Table:
    """Return the words with their scores, then the topics with the turns of each side."""
    left, right = _name(found.left), _name(found.right)
    word, topic = _("word"), humanize.field("topic")
    rows = [(word, one.word, f"{one.score:,.1f}", "") for one in found.left_words]
    rows += [(word, one.word, "", f"{one.score:,.1f}") for one in found.right_words]
    rows += [(topic, one.topic, f"{one.left:,}", f"{one.right:,}") for one in found.topics]
    return Table(("", "", left, right), tuple(rows))
