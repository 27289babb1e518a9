"""Whether a book is one interview or a collection of them: its pages put together to chapters.

A chapter begins on a page with a heading at its top; a page without one goes on with the chapter above. Chapters in
which two people or more speak by turns (沈佳：… 何苗：…) are interviews of their own where there are at least two of
them; all the rest (foreword, contents, afterword) stays together as the book's own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.readers.script import Line

_TOP = 3  # lines of a page among which its heading is
_LABEL = re.compile(r"[\s　]*[【\[]?([^\s：:，。？！、,.?!]{1,12})[】\]]?[ 　]*[：:]")
_OFTEN, _MOST_SAID = 2, 4  # occurrences of a label, and of all such labels together, from which people speak by turns


@dataclass(frozen=True, slots=True)
class Chapter:
    """Lines of a book that belong together; `title` is "" for what is no interview of its own."""

    title: str
    lines: tuple[Line, ...]


def chapters(pages: Iterable[Sequence[Line]]) -> tuple[Chapter, ...]:
    """Return the interviews of a book, and before them what else is in it; one without a title if it is one."""
    parts = list(_parts(pages))
    if sum(_is_conversation(part) for part in parts) < 2:
        whole = tuple(line for part in parts for line in part.lines)
        return (Chapter("", whole),) if whole else ()
    rest = tuple(line for part in parts if not _is_conversation(part) for line in part.lines)
    return (*([Chapter("", rest)] if rest else []), *(part for part in parts if _is_conversation(part)))


def _parts(pages: Iterable[Sequence[Line]]) -> Iterator[Chapter]:
    """Yield the chapters by their headings."""
    title, lines = "", list[Line]()
    for page in pages:
        heading = next((line.text.strip() for line in page[:_TOP] if line.kind == "heading"), "")
        if heading and lines:
            yield Chapter(title, tuple(lines))
            lines = []
        title = heading or title
        lines += page
    if lines:
        yield Chapter(title, tuple(lines))


def _is_conversation(chapter: Chapter) -> bool:
    """Tell whether people speak by turns in a chapter that has a title."""
    found = (_LABEL.match(line.text) for line in chapter.lines)
    labels = Counter(match[1] for match in found if match)
    labels.update(line.label for line in chapter.lines if line.label)
    often = [count for count in labels.values() if count >= _OFTEN]
    return bool(chapter.title) and len(often) >= 2 and sum(often) >= _MOST_SAID
