"""Extract the quotations of an article: the text between the outermost quotation marks, with its context. Pure.

Marks are “ ” ‘ ’ 「 」 『 』 and the like, and the straight " and '. A quotation may continue on the next line, and in
further paragraphs that begin with the mark again. A mark without its counterpart is reported.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from search_cli.quotations.alignment_text import alignment_text
from search_cli.quotations.attribution import is_attributed
from search_cli.quotations.quotation import Quotation

SHORTEST = 8
"""Letters of a quotation at least: shorter ones are mostly words in scare quotes (“红米”, “双十一”)."""

LONGEST = 3000
"""Characters of a quotation at most: an opening mark without a closing one within them is not closed."""

_TYPED_CONTEXT = 30  # characters beside a typed quotation at most that may name its speaker

_CLOSING = dict(zip("“‘「『〝﹁﹃", "”’」』〞﹂﹄", strict=True))
_UNPAIRED = frozenset('“「『〝﹁﹃"＂”」』〞﹂﹄')  # not ‘ and ’, which are apostrophes too
_CLOSES = frozenset("”」』〞﹂﹄")
_OPENS = re.compile("[“‘「『〝﹁﹃\"＂']")
_PARAGRAPH = re.compile(r"\n\s*$")
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9,.;:!?])\n(?=[A-Za-z0-9])")
_SENTENCE = re.compile(
    r"[。！？!?；;]|(?<![：:，,])\n|(?<=[a-z0-9)]{2})(?<!Mrs|rof|Sen|Gov|Rep|Gen)\.(?=\s+[A-Z“\"‘]|\s*$)"
)
_SPOKEN_LINE = re.compile(r"\s*[^“”「」『』\"：:。]{1,30}[：:]\s*[“「『\"]")


@dataclass(frozen=True, slots=True)
class UnpairedMark:
    """A quotation mark without its counterpart, and its line."""

    mark: str
    line: int

    @property
    def closes(self) -> bool:
        """Tell whether it closes what was never opened."""
        return self.mark in _CLOSES


@dataclass(frozen=True, slots=True)
class ExtractedQuotations:
    """The quotations of a text; `short` counts those left out; `marked`: they were in quotation marks.

    `unpaired` are the marks without a counterpart: what they should enclose is in no quotation.
    """

    quotations: tuple[Quotation, ...]
    short: int = 0
    marked: bool = True
    unpaired: tuple[UnpairedMark, ...] = ()


def from_typed(text: str) -> Quotation:
    """Return a quotation as typed, without marks around it; 郑志昊说：“…” and “…”，郑志昊说 name its speaker."""
    text = text.strip()
    spans = list(_spans(text))
    if len(spans) == 1:
        start, end = spans[0]
        before, after = text[:start], text[end:]
        marked = Quotation(_inside(text, start, end), 0, before, after)
        if not alignment_text(after).text and (not start or _SPOKEN_LINE.match(text[: start + 1])):
            return replace(marked, after="")
        if max(len(before), len(after)) <= _TYPED_CONTEXT and is_attributed(marked):
            return marked
    return Quotation(text)


def unpaired_marks(text: str) -> tuple[UnpairedMark, ...]:
    """Return the quotation marks of a text that have no counterpart."""
    return _unpaired(text, list(_spans(text)), [(0, 1)])


def from_file(
    paragraphs: Sequence[tuple[int, str]], shortest: int = SHORTEST, lines: bool = False
) -> ExtractedQuotations:
    """Extract the quotations of a file's numbered lines: between marks, or each line if there are no marks.

    With `lines` each line is a quotation, with or without marks.
    """
    extracted = None if lines else from_marks(paragraphs, shortest)
    if extracted is not None and (extracted.quotations or extracted.short or extracted.unpaired):
        return extracted
    numbered = ((number, from_typed(text)) for number, text in paragraphs)
    quotations = tuple(
        Quotation(quotation.text, number, quotation.before)
        for number, quotation in numbered
        if alignment_text(quotation.text).text
    )
    return ExtractedQuotations(quotations, marked=False)


def from_marks(paragraphs: Iterable[tuple[int, str]], shortest: int = SHORTEST) -> ExtractedQuotations:
    """Extract the quotations of at least `shortest` letters between quotation marks, in reading order."""
    text, starts = _joined(paragraphs)
    spans = list(_spans(text))
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    quotations = [
        Quotation(
            _inside(text, start, end),
            _line(starts, start),
            _SENTENCE.split(text[edges[2 * index] : start])[-1],
            _SENTENCE.split(text[end : edges[2 * index + 3]])[0],
        )
        for index, (start, end) in enumerate(spans)
    ]
    kept = tuple(quotation for quotation in quotations if len(alignment_text(quotation.text).text) >= shortest)
    return ExtractedQuotations(kept, len(quotations) - len(kept), unpaired=_unpaired(text, spans, starts))


def _line(starts: Sequence[tuple[int, int]], place: int) -> int:
    """Return the number of the line at an offset of the joined text."""
    return max(number for start, number in starts if start <= place)


def _joined(paragraphs: Iterable[tuple[int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """Join the lines to one text; also return the offset and the number of each."""
    starts, parts, place = [(0, 0)], [], 0
    for number, paragraph in paragraphs:
        starts.append((place, number))
        parts.append(paragraph)
        place += len(paragraph) + 1
    return "\n".join(parts), starts


def _inside(text: str, start: int, end: int) -> str:
    """Return the text between two marks on one line, without the marks at the beginning of its paragraphs."""
    inside = re.sub(rf"\n\s*{re.escape(text[start])}", "\n", text[start + 1 : end - 1])
    return re.sub(r"\s*\n\s*", "", _WRAPPED.sub(" ", inside)).strip()


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the outermost quotations with their marks."""
    place = 0
    while opened := _OPENS.search(text, place):
        start = opened.start()
        end = _directed(text, start) if text[start] in _CLOSING else _straight(text, start)
        if end:
            yield start, end
        place = end or start + 1


def _unpaired(
    text: str, spans: Sequence[tuple[int, int]], starts: Sequence[tuple[int, int]]
) -> tuple[UnpairedMark, ...]:
    """Return the marks outside the quotations, without those that are inches."""
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    outside = (place for first, last in zip(edges[::2], edges[1::2], strict=True) for place in range(first, last))
    found = (place for place in outside if text[place] in _UNPAIRED and not text[place - 1 : place].isdigit())
    return tuple(UnpairedMark(text[place], _line(starts, place)) for place in found)


def _directed(text: str, start: int) -> int:
    """Return the end of a quotation in opening and closing marks; 0 if it is not closed."""
    opening, closing, depth = text[start], _CLOSING[text[start]], 1
    for place in range(start + 1, min(len(text), start + LONGEST)):
        if text[place] == opening and not _PARAGRAPH.search(text[start:place][-20:]):
            depth += 1
        elif text[place] == closing and not (closing == "’" and _in_word(text, place)):
            depth -= 1
            if not depth:
                return place + 1
    return 0


def _straight(text: str, start: int) -> int:
    """Return the end of a quotation in straight marks: on its line, or on the next if a mark is unpaired there."""
    mark = text[start]
    before = text[start - 1 : start]
    if before.isdigit() or (mark == "'" and before.isascii() and before.isalnum()):
        return 0  # 5" or don't
    line_end = text.find("\n", start) % (len(text) + 1)
    place = _closed(text, mark, start + 1, line_end)
    if not place and mark != "'":
        next_end = text.find("\n", line_end + 1) % (len(text) + 1)
        if text.count(mark, line_end, next_end) % 2:
            place = _closed(text, mark, line_end, next_end)
    return place


def _closed(text: str, mark: str, start: int, end: int) -> int:
    """Return the offset after the closing mark between `start` and `end`; 0 if there is none."""
    at = text.find(mark, start, end)
    while at >= 0 and mark == "'" and _in_word(text, at):
        at = text.find(mark, at + 1, end)
    return at + 1


def _in_word(text: str, place: int) -> bool:
    """Tell whether a mark is an apostrophe, with Latin letters on both sides."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()
