"""Text without punctuation, such as captions saved one a line: it has no sentences, and still is the text.

    大家好
    今天我们来到
    一座旧书店

Above a conversation, lines without a sentence are keywords, lists and navigation. If they are most of a file, they are
what it says: they become narration, so that no text is lost for want of punctuation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.parser import footer
from indexer.parser.trace import LineClass, LineSegment

_MIN_LINES = 6
_OF_A_LIST = re.compile(r"\s*(?:[*•●■◆·\-–—]|\d{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}、)|[^：:]{1,12}[：:|丨｜/]")


def as_narration(segments: Sequence[LineSegment], characters_after: int) -> list[LineSegment]:
    """Return the segments of a header, the lines without a sentence as narration if they are most of the file.

    `characters_after` are those from the first label on. If nothing else is left, any line but a field is the text.
    """
    if not characters_after and not any(_is_text(segment) for segment in segments):
        return [_narration(segment) if _may_be_text(segment) else segment for segment in segments]
    plain = [
        segment for segment in segments if segment.reason == footer.NO_SENTENCE and not _OF_A_LIST.match(segment.text)
    ]
    others = sum(len(segment.text) for segment in segments if _is_text(segment)) + characters_after
    if len(plain) < _MIN_LINES or sum(len(segment.text) for segment in plain) <= others:
        return list(segments)
    return [_narration(segment) if segment.reason == footer.NO_SENTENCE else segment for segment in segments]


def _is_text(segment: LineSegment) -> bool:
    return segment.line_class is LineClass.NARRATION


def _may_be_text(segment: LineSegment) -> bool:
    """Return whether a line may be what a file without sentences says: not its title, a field, furniture or a rule."""
    return (
        segment.reason in (footer.NO_SENTENCE, "part of a summary") or segment.line_class is LineClass.STAGE_DIRECTION
    )


def _narration(segment: LineSegment) -> LineSegment:
    return replace(segment, line_class=LineClass.NARRATION, reason="text without punctuation")
