"""The quotations of an article: what stands between quotation marks, the outermost ones, with what is around it. Pure.

Marks are “ ” ‘ ’ 「 」 『 』 and their kin, and the straight " and '. A quotation may run on over a line's end, and
over paragraphs where each begins with the mark again. A mark that is never closed is passed over.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from search_cli.quotations.letters import letters
from search_cli.quotations.quotation import Quotation

SHORTEST = 8
"""Letters from which a quotation is one: shorter ones are mostly words set off (“红米”, “双十一”)."""

LONGEST = 3000
"""Characters after which an opening mark is taken for one that was never closed."""

_CLOSING = dict(zip("“‘「『〝﹁﹃", "”’」』〞﹂﹄", strict=True))
_OPENS = re.compile("[“‘「『〝﹁﹃\"＂']")
_PARAGRAPH = re.compile(r"\n\s*$")
_WRAPPED = re.compile(r"(?<=[A-Za-z0-9,.;:!?])\n(?=[A-Za-z0-9])")
_SENTENCE = re.compile(r"[。！？!?；;]|(?<![：:，,])\n")
_SPOKEN_LINE = re.compile(r"\s*[^“”「」『』\"：:。]{1,30}[：:]\s*[“「『\"]")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The quotations of a text; `short` counts those that are left out for being short."""

    quotations: tuple[Quotation, ...]
    short: int = 0
    marked: bool = True


def typed(text: str) -> Quotation:
    """Return the quotation a person typed: all of it, without marks around it; 郑志昊说：“…” says who said it."""
    text = text.strip()
    spans = list(_spans(text))
    if len(spans) == 1 and not letters(text[spans[0][1] :]).text:
        start, end = spans[0]
        if start == 0 or _SPOKEN_LINE.match(text[: start + 1]):
            return Quotation(_inside(text, start, end), 0, text[:start], "")
    return Quotation(text)


def from_file(paragraphs: Sequence[tuple[int, str]], shortest: int = SHORTEST, lines: bool = False) -> Extracted:
    """Return the quotations of a file's numbered lines: between marks, or each line where no marks hold any.

    `lines` takes each line for a quotation whatever marks it holds.
    """
    found = None if lines else from_marks(paragraphs, shortest)
    if found is not None and (found.quotations or found.short):
        return found
    kept = ((number, typed(text)) for number, text in paragraphs)
    each = tuple(Quotation(one.text, number, one.before) for number, one in kept if letters(one.text).text)
    return Extracted(each, marked=False)


def from_marks(paragraphs: Iterable[tuple[int, str]], shortest: int = SHORTEST) -> Extracted:
    """Return what stands between quotation marks, at least `shortest` letters of it, in reading order."""
    text, starts = _joined(paragraphs)
    spans = list(_spans(text))
    edges = [0, *(place for span in spans for place in span), len(text)]
    found = [
        Quotation(
            _inside(text, start, end),
            max(number for place, number in starts if place <= start),
            _SENTENCE.split(text[edges[2 * at] : start])[-1],
            _SENTENCE.split(text[end : edges[2 * at + 3]])[0],
        )
        for at, (start, end) in enumerate(spans)
    ]
    kept = tuple(one for one in found if len(letters(one.text).text) >= shortest)
    return Extracted(kept, len(found) - len(kept))


def _joined(paragraphs: Iterable[tuple[int, str]]) -> tuple[str, list[tuple[int, int]]]:
    """Return all lines as one text, and where each begins: (place, its number)."""
    starts, parts, place = [(0, 0)], [], 0
    for number, paragraph in paragraphs:
        starts.append((place, number))
        parts.append(paragraph)
        place += len(paragraph) + 1
    return "\n".join(parts), starts


def _inside(text: str, start: int, end: int) -> str:
    """Return what stands between two marks, on one line, the marks that only begin its paragraphs left out."""
    inside = re.sub(rf"\n\s*{re.escape(text[start])}", "\n", text[start + 1 : end - 1])
    return re.sub(r"\s*\n\s*", "", _WRAPPED.sub(" ", inside)).strip()


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the outermost quotations stand, their marks included."""
    place = 0
    while opened := _OPENS.search(text, place):
        start = opened.start()
        end = _directed(text, start) if text[start] in _CLOSING else _straight(text, start)
        if end:
            yield start, end
        place = end or start + 1


def _directed(text: str, start: int) -> int:
    """Return the end of a quotation whose marks have a direction; 0 where it is never closed."""
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
    """Return the end of a quotation between straight marks: on its line, or on the next if one is open there too."""
    mark = text[start]
    before = text[start - 1 : start]
    if before.isdigit() or (mark == "'" and before.isascii() and before.isalnum()):
        return 0  # 5" and don't
    line_end = text.find("\n", start) % (len(text) + 1)
    place = _closed(text, mark, start + 1, line_end)
    if not place and mark != "'":
        next_end = text.find("\n", line_end + 1) % (len(text) + 1)
        if text.count(mark, line_end, next_end) % 2:
            place = _closed(text, mark, line_end, next_end)
    return place


def _closed(text: str, mark: str, start: int, end: int) -> int:
    """Return the place after the closing mark in a stretch; 0 where there is none."""
    at = text.find(mark, start, end)
    while at >= 0 and mark == "'" and _in_word(text, at):
        at = text.find(mark, at + 1, end)
    return at + 1


def _in_word(text: str, place: int) -> bool:
    """Say whether a mark is an apostrophe: Latin letters on both sides."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and around.isascii() and around.isalnum()
