"""Chapters of a book: one interview, or a collection of them.

A chapter starts on a page with a heading at its top; a page without one continues the chapter above. Chapters with at
least two alternating speakers (沈佳：… 何苗：…) are separate interviews if there are at least two of them; the rest
(foreword, contents, afterword) stays together as a transcript of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.readers.script import Line

_TOP_LINES = 3  # lines of a page that may contain its heading
_LABEL = re.compile(r"[\s　]*[【\[]?([^\s：:，。？！、,.?!]{1,12})[】\]]?[ 　]*[：:]")
_MIN_OCCURRENCES, _MIN_TURNS = 2, 4  # of each label, and of all labels together, in a conversation


@dataclass(frozen=True, slots=True)
class Chapter:
    """Consecutive lines of a book; `title` is "" unless it is a separate interview."""

    title: str
    lines: tuple[Line, ...]


def split_chapters(pages: Iterable[Sequence[Line]]) -> tuple[Chapter, ...]:
    """Return the interviews of a book after the rest of it; one chapter without a title if it is one interview."""
    sections = list(_chapters_by_heading(pages))
    if sum(_is_conversation(section) for section in sections) < 2:
        lines = tuple(line for section in sections for line in section.lines)
        return (Chapter("", lines),) if lines else ()
    rest = tuple(line for section in sections if not _is_conversation(section) for line in section.lines)
    return (*([Chapter("", rest)] if rest else []), *(section for section in sections if _is_conversation(section)))


def _chapters_by_heading(pages: Iterable[Sequence[Line]]) -> Iterator[Chapter]:
    """Yield the chapters by their headings."""
    title, lines = "", list[Line]()
    for page in pages:
        heading = next((line.text.strip() for line in page[:_TOP_LINES] if line.kind == "heading"), "")
        if heading and lines:
            yield Chapter(title, tuple(lines))
            lines = []
        title = heading or title
        lines += page
    if lines:
        yield Chapter(title, tuple(lines))


def _is_conversation(chapter: Chapter) -> bool:
    """Return whether a chapter has a title and alternating speakers."""
    matches = (_LABEL.match(line.text) for line in chapter.lines)
    labels = Counter(match[1] for match in matches if match)
    labels.update(line.label for line in chapter.lines if line.label)
    repeated = [count for count in labels.values() if count >= _MIN_OCCURRENCES]
    return bool(chapter.title) and len(repeated) >= 2 and sum(repeated) >= _MIN_TURNS
