"""Text without punctuation, such as captions saved one a line: it has no sentences, and still is the text.

    大家好
    这次我们走进
    一座旧书店

Above a conversation, lines without a sentence are keywords, lists and navigation. If they are most of a file, they are
what it says: they become narration, so that no text is lost for want of punctuation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.language.messages import gettext_noop
from indexer.parser import footer
from indexer.parser.trace import LineClass, LineSegment

_MIN_LINES = 6
_MIN_SHARE = 1 / 3  # of the sentences, where nobody speaks: subheadings are fewer
_OF_A_LIST = re.compile(r"\s*(?:[*•●■◆·\-–—]|\d{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}、)|[^：:]{1,12}[：:|丨｜/]")


def as_narration(segments: Sequence[LineSegment], characters_after: int) -> list[LineSegment]:
    """Return the segments of a header, the lines without a sentence as narration if they are most of the file.

    `characters_after` are those from the first label on. If nothing else is left, any line but a field is the text.
    """
    plain = [segment for segment in segments if _has_no_sentence(segment) and not _OF_A_LIST.match(segment.text)]
    others = sum(len(segment.text) for segment in segments if _is_text(segment)) + characters_after
    needed = others if characters_after else others * _MIN_SHARE
    if len(plain) >= _MIN_LINES and sum(len(segment.text) for segment in plain) > needed:
        among = not _stands_alone(segments)
        return [_narration(one) if _has_no_sentence(one) or (among and _is_title(one)) else one for one in segments]
    if others:
        return list(segments)
    found = [_narration(segment) if _may_be_text(segment) else segment for segment in segments]
    return found if any(map(_is_text, found)) else [_narration(one) if _is_clause(one) else one for one in found]


def _has_no_sentence(segment: LineSegment) -> bool:
    return segment.reason == footer.NO_SENTENCE


def _is_text(segment: LineSegment) -> bool:
    return segment.line_class is LineClass.NARRATION


def _is_title(segment: LineSegment) -> bool:
    return segment.line_class is LineClass.TITLE


def _is_clause(segment: LineSegment) -> bool:
    """Return whether the only line of a file, taken for its title, is what it says."""
    return _is_title(segment) and "，" in segment.text and segment.line.kind != "heading"


def _stands_alone(segments: Sequence[LineSegment]) -> bool:
    """Return whether the title is a heading or has a blank line below, and so is not one of the captions."""
    for title, below in pairwise(segments):
        if _is_title(title):
            return title.line.kind == "heading" or below.line.number > title.line.number + 1
    return True


def _may_be_text(segment: LineSegment) -> bool:
    """Return whether a line may be what a file without sentences says: not its title, a field, furniture or a rule."""
    return (
        segment.reason in (footer.NO_SENTENCE, "part of a summary") or segment.line_class is LineClass.STAGE_DIRECTION
    )


def _narration(segment: LineSegment) -> LineSegment:
    return replace(segment, line_class=LineClass.NARRATION, reason=gettext_noop("text without punctuation"))
