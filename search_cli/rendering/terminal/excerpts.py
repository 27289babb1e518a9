"""Excerpts of long turns: whole clauses around the matches, from sentence to sentence if possible."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from indexer.text.printable import plain
from search_cli.models import Span
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line

CUT = "……"
"""Stands where an excerpt omits text."""

# A clause ends with its punctuation and the closing marks after it; not within 6.11 or 1,000.
_CLAUSE = re.compile(
    r"""(?P<body>.*?)
        (?P<end> [。！？；…\n]+[”’」』）》】]*
               | [!?;](?![0-9A-Za-z])["'”’」』）》】)]*
               | \.(?=\s|$)["'”’)]*
               | [，、：—]+ | [,:](?![0-9A-Za-z/])
               | $ )""",
    re.VERBOSE | re.DOTALL,
)
_SENTENCE_ENDS = frozenset(("", *"。！？；…\n!?;."))
# An excerpt joins paragraphs, without a space after a Chinese full stop.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n+")
_WORD = re.compile(r"[0-9A-Za-z]+(?:[-.,'/:@_~]+[0-9A-Za-z]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of the text at whose edges an excerpt may begin or end; `closes` is what ends with it."""

    start: int
    end: int
    size: int
    closes: int


_SENTENCE, _COMMA, _NOTHING = 2, 1, 0


def marked(text: str, marks: Sequence[Span], style: Style = Style.PLAIN, mark: Style = Style.MARK) -> StyledLine:
    """Return the text as segments, safe to print, with the spans of `marks` in the style `mark`."""
    return line(*(Segment(plain(part), part_style) for part, part_style in _styled_parts(text, marks, style, mark)))


def _styled_parts(text: str, marks: Sequence[Span], style: Style, mark: Style) -> Iterator[tuple[str, Style]]:
    """Yield the parts of the text between marks and in them."""
    previous = 0
    for start, end in marks:
        yield text[previous:start], style
        yield text[start:end], mark
        previous = end
    yield text[previous:], style


def excerpt(
    text: str, marks: Sequence[Span], columns: int, style: Style = Style.PLAIN, mark: Style = Style.MARK
) -> StyledLine:
    """Return an excerpt of about `columns` columns with the most distinct matches, with …… for omitted text."""
    start, end = window(text, marks, columns)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
    before, after = CUT if text[:start].strip() else "", CUT if text[end:].strip() else ""
    body = text[start:end].rstrip("\n")
    if after:
        body = _without_comma(body, max((b for _, b in inside), default=0))
    parts = _styled_parts(body, inside, style, mark)
    segments = (Segment(plain(_BREAK.sub("", part)), part_style) for part, part_style in parts)
    return line(Segment(before, style), *segments, Segment(after, style))


def _without_comma(body: str, floor: int) -> str:
    """Drop a comma at the end, before ……; never cut off the last mark."""
    shorter = body.rstrip("，、,：:；;—… ")
    return shorter if len(shorter) >= floor else body


def window(text: str, marks: Sequence[Span], columns: int) -> Span:
    """Return the span of the excerpt: the whole text if it fits in `columns`."""
    from rich.cells import cell_len

    if cell_len(text) <= columns:
        return 0, len(text)
    clauses = _clauses(text, marks, max(columns // 3, 12))
    best, chosen = (-1, False, 0, 0), (0, 1)
    end = used = 0
    for first, clause in enumerate(clauses):
        while end < len(clauses) and (used + clauses[end].size <= columns or end == first):
            used += clauses[end].size
            end += 1
        span = (clause.start, clauses[end - 1].end)
        if (rank := _rank(text, marks, span, clauses, first)) > best:
            best, chosen = rank, (first, end)
        used -= clause.size
    first, end = chosen
    end = _trimmed_end(text, marks, clauses, first, end)
    return clauses[first].start, clauses[end - 1].end


def _rank(
    text: str, marks: Sequence[Span], span: Span, clauses: Sequence[_Clause], first: int
) -> tuple[int, bool, int, int]:
    """Rank a span: by distinct matches, a sentence's start, number of matches, an earlier position."""
    words = _marked_words(text, marks, *span)
    opens = first == 0 or clauses[first - 1].closes == _SENTENCE
    return len(set(words)), opens, len(words), -first


def _trimmed_end(text: str, marks: Sequence[Span], clauses: Sequence[_Clause], first: int, end: int) -> int:
    """Move the end back to that of a sentence, else of a clause, if it costs at most a third and no matched word."""
    start = clauses[first].start
    total = sum(clause.size for clause in clauses[first:end])
    words = set(_marked_words(text, marks, start, clauses[end - 1].end))
    for closing in (_SENTENCE, _COMMA):
        kept = total
        for last in range(end, first, -1):
            if kept < total * 2 / 3 or words - set(_marked_words(text, marks, start, clauses[last - 1].end)):
                break
            if clauses[last - 1].closes >= closing:
                return last
            kept -= clauses[last - 1].size
    return end


def _marked_words(text: str, marks: Sequence[Span], start: int, end: int) -> list[str]:
    """Return the matched words between two offsets, in lower case; marks are in order and do not overlap."""
    first, last = bisect_left(marks, (start, start)), bisect_right(marks, end, key=itemgetter(1))
    return [text[a:b].lower() for a, b in marks[first:last]]


def _is_in_mark(marks: Sequence[Span], offset: int) -> bool:
    """Tell whether a mark spans `offset`."""
    last = bisect_left(marks, offset, key=itemgetter(0)) - 1
    return last >= 0 and marks[last][1] > offset


def _clauses(text: str, marks: Sequence[Span], longest: int) -> list[_Clause]:
    """Split the text into clauses of at most `longest` columns, without cutting words or marks."""
    from rich.cells import cell_len

    clauses: list[_Clause] = []
    for match in _CLAUSE.finditer(text):
        start, end = match.span()
        if start == end:
            continue
        if clauses and _is_in_mark(marks, start):  # a mark may include punctuation
            start = clauses.pop().start
        closes = _SENTENCE if match["end"][:1] in _SENTENCE_ENDS else _COMMA
        size = cell_len(text[start:end])
        if size <= longest:
            clauses.append(_Clause(start, end, size, closes))
        else:
            clauses += _parts(text, marks, start, end, longest, closes)
    return clauses


def _parts(text: str, marks: Sequence[Span], start: int, end: int, longest: int, closes: int) -> list[_Clause]:
    """Split an overlong clause (speech without punctuation) into parts of about `longest` columns."""
    from rich.cells import cell_len

    parts: list[_Clause] = []
    part_start, taken = start, 0
    edge, size = start, 0  # the last offset where the part may end, and its columns up to there
    for word in _WORD.finditer(text, start, end):
        if not _is_in_mark(marks, word.start()):
            edge, size = word.start(), taken
        taken += cell_len(word[0])
        if taken > longest and edge > part_start:
            parts.append(_Clause(part_start, edge, size, _NOTHING))
            part_start, taken = edge, taken - size
            size = 0
    return [*parts, _Clause(part_start, end, taken, closes)]
