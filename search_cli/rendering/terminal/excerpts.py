"""The part of a long turn that answers best: whole clauses around the marks, cut at sentence ends where possible."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from indexer.text.printable import plain
from search_cli.models import Span
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line

CUT = "……"
"""Stands where the turn goes on before or after its excerpt."""

# A clause ends with its punctuation and the closing marks after it. 6.11 and 1,000 hold no clause ends.
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
# Paragraphs run together in an excerpt, without the space that would follow a Chinese full stop.
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\n+")
_WORD = re.compile(r"[0-9A-Za-z]+(?:[-.,'/:@_~]+[0-9A-Za-z]+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of text that may stand at an excerpt's edge; `closes` says what ends with it."""

    start: int
    end: int
    size: int
    closes: int


_SENTENCE, _COMMA, _NOTHING = 2, 1, 0


def marked(text: str, marks: Sequence[Span], style: Style = Style.PLAIN, mark: Style = Style.MARK) -> StyledLine:
    """Return the text as pieces, what `marks` span in the style `mark`; made safe to print."""
    return line(*(Segment(plain(stretch), how) for stretch, how in _stretches(text, marks, style, mark)))


def _stretches(text: str, marks: Sequence[Span], style: Style, mark: Style) -> Iterator[tuple[str, Style]]:
    """Yield the text in order, between the marks and in them."""
    place = 0
    for start, end in marks:
        yield text[place:start], style
        yield text[start:end], mark
        place = end
    yield text[place:], style


def excerpt(
    text: str, marks: Sequence[Span], columns: int, style: Style = Style.PLAIN, mark: Style = Style.MARK
) -> StyledLine:
    """Return about `columns` columns of the text as pieces: the stretch with the most different marks, …… where cut."""
    start, end = window(text, marks, columns)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
    before, after = CUT if text[:start].strip() else "", CUT if text[end:].strip() else ""
    body = text[start:end].rstrip("\n")
    if after:
        body = _open_ended(body, max((b for _, b in inside), default=0))
    said = ((_BREAK.sub("", stretch), how) for stretch, how in _stretches(body, inside, style, mark))
    return line(Segment(before, style), *(Segment(plain(stretch), how) for stretch, how in said), Segment(after, style))


def _open_ended(body: str, floor: int) -> str:
    """Return the text without a comma at its end, where …… follows; never shorter than its last mark."""
    shorter = body.rstrip("，、,：:；;—… ")
    return shorter if len(shorter) >= floor else body


def window(text: str, marks: Sequence[Span], columns: int) -> Span:
    """Return the stretch of the text to show: all of it where it fits in `columns`."""
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
        shown = (clause.start, clauses[end - 1].end)
        if (worth := _worth(text, marks, shown, clauses, first)) > best:
            best, chosen = worth, (first, end)
        used -= clause.size
    first, end = chosen
    end = _closing(text, marks, clauses, first, end)
    return clauses[first].start, clauses[end - 1].end


def _worth(
    text: str, marks: Sequence[Span], shown: Span, clauses: Sequence[_Clause], first: int
) -> tuple[int, bool, int, int]:
    """Return what makes one stretch better: different words found, a sentence's start, marks, an earlier place."""
    found = _found(text, marks, *shown)
    opens = first == 0 or clauses[first - 1].closes == _SENTENCE
    return len(set(found)), opens, len(found), -first


def _closing(text: str, marks: Sequence[Span], clauses: Sequence[_Clause], first: int, end: int) -> int:
    """Return the end moved back to a sentence's, else to a comma's, where that costs no more than a third of the text.

    No word found is lost by it.
    """
    whole = sum(clause.size for clause in clauses[first:end])
    found = set(_found(text, marks, clauses[first].start, clauses[end - 1].end))
    for wanted in (_SENTENCE, _COMMA):
        kept = whole
        for last in range(end, first, -1):
            if kept < whole * 2 / 3 or found - set(_found(text, marks, clauses[first].start, clauses[last - 1].end)):
                break
            if clauses[last - 1].closes >= wanted:
                return last
            kept -= clauses[last - 1].size
    return end


def _found(text: str, marks: Sequence[Span], start: int, end: int) -> list[str]:
    """Return the words marked between two places, in small letters; the marks are in order and do not overlap."""
    first, last = bisect_left(marks, (start, start)), bisect_right(marks, end, key=itemgetter(1))
    return [text[a:b].lower() for a, b in marks[first:last]]


def _inside(marks: Sequence[Span], place: int) -> bool:
    """Tell whether a mark goes on across `place`."""
    last = bisect_left(marks, place, key=itemgetter(0)) - 1
    return last >= 0 and marks[last][1] > place


def _clauses(text: str, marks: Sequence[Span], longest: int) -> list[_Clause]:
    """Return the text's clauses in order, those wider than `longest` columns in parts; no word or mark is cut."""
    from rich.cells import cell_len

    clauses: list[_Clause] = []
    for found in _CLAUSE.finditer(text):
        start, end = found.span()
        if start == end:
            continue
        if clauses and _inside(marks, start):  # a mark across punctuation stays whole
            start = clauses.pop().start
        closes = _SENTENCE if found["end"][:1] in _SENTENCE_ENDS else _COMMA
        size = cell_len(text[start:end])
        if size <= longest:
            clauses.append(_Clause(start, end, size, closes))
        else:
            clauses += _parts(text, marks, start, end, longest, closes)
    return clauses


def _parts(text: str, marks: Sequence[Span], start: int, end: int, longest: int, closes: int) -> list[_Clause]:
    """Return an overlong clause (speech without punctuation) in parts of about `longest` columns."""
    from rich.cells import cell_len

    parts: list[_Clause] = []
    begun, taken = start, 0
    place, size = start, 0  # the last place where a part may end, and the columns up to there
    for word in _WORD.finditer(text, start, end):
        if not _inside(marks, word.start()):
            place, size = word.start(), taken
        taken += cell_len(word[0])
        if taken > longest and place > begun:
            parts.append(_Clause(begun, place, size, _NOTHING))
            begun, taken = place, taken - size
            size = 0
    return [*parts, _Clause(begun, end, taken, closes)]
