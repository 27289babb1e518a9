"""Find the people whom the text beside a quotation names, known to the archive or not. Pure.

A name is never taken for a longer or another one: of the speakers Audrey Pon and 王明, neither is named by Audrey Tang
and 王明华.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.text.normalize import normalize
from search_cli.quotations.person_names import SAYS, name_end, surname_end

SpeakersByName = Mapping[str, tuple[str, ...]]
"""A name in normal form, or a part of it before or after a point -> the speakers of that name in the archive."""

POINTS = str.maketrans(dict.fromkeys("‧•・", "·"))
"""The points inside foreign names, which are set in many ways."""

_LONGEST = 32  # characters of a name; of longer ones a part is found: 乔丹
_DOTTED = re.compile(r"([一-鿿]+)((?:·[一-鿿]+)+)")
_SAYING = re.compile(rf"(?:{SAYS}|所)+$")
_TITLE_OF_WORK = re.compile("(?<=《)[^》]*")
_LETTER = r"[^\W\d_一-鿿ぁ-ヿ가-힣]"
_LATIN_WORD = re.compile(rf"{_LETTER}+(?:['’\-.]{_LETTER}+)*\.?")
_PARTICLES = frozenset(["de", "da", "di", "van", "von", "der", "den", "bin", "al", "el", "la", "le", "du", "dos"])
_TITLES_AND_OTHERS = """
    mr mrs ms dr prof professor president minister premier prime deputy vice digital chief executive officer ceo cto
    director general secretary senator mayor governor judge justice sir former founder chairman chairwoman chair editor
    author activist hacker according to by and but the when as in on at that then yesterday today while after before
    affairs foreign
"""
_BEFORE_NAMES = frozenset(_TITLES_AND_OTHERS.split())
_WORDS_OF_OTHER_NAMES = """
    house times post university college ministry department institute company inc corp ltd group party council bank
    committee news agency yuan office association foundation union commission court journal daily press reuters taiwan
    china united states government he she they we i you it this these those officials experts critics of for monday
    tuesday wednesday thursday friday saturday sunday open data hub summit forum project
"""
_NOT_PEOPLE = frozenset(_WORDS_OF_OTHER_NAMES.split())


@dataclass(frozen=True, slots=True)
class Person:
    """A person named in a normal text, from `start` to `end`, as `printed` in the original.

    `speakers` are those of that name in the archive; `surname` if only that is named, with a title: 陈先生.
    """

    start: int
    end: int
    printed: str
    speakers: tuple[str, ...] = ()
    surname: str = ""


class Passage:
    """The text before or after a quotation in normal form, with the people it names, in order."""

    def __init__(self, original: str, named: SpeakersByName) -> None:
        self._original, self._normal, self._named = original, normalize(original), named
        self.text = _TITLE_OF_WORK.sub(lambda found: "》" * len(found[0]), self._normal.text.translate(POINTS))
        self._foreign = dict(self._dotted_names())
        self.people = tuple(self._people())

    def _people(self) -> Iterator[Person]:
        """Yield the people named, the longest name at each offset."""
        place = 0
        while place < len(self.text):
            person, end = self._at(place)
            if person is not None:
                yield person
            place = max(end, place + 1)

    def _at(self, start: int) -> tuple[Person | None, int]:
        """Return the person named at `start`, and the offset where to search on."""
        known, word = self._known_end(start), _LATIN_WORD.match(self.text, start)
        if word is not None and known <= word.end():
            return self._latin(start)
        if start in self._foreign and known < self._foreign[start]:
            return self._person(start, self._foreign[start])
        end, called = name_end(self.text, start), surname_end(self.text, start)
        if known > start and not known == start + 2 < end:  # 王明, but not in 王明华
            return self._person(start, known)
        if end > start and end >= called:
            return self._person(start, end)
        return self._person(start, called, self.text[start]) if called > start else (None, start)

    def _person(self, start: int, end: int, surname: str = "") -> tuple[Person, int]:
        printed = self._original[slice(*self._normal.original_span(start, end))]
        name = "".join(self.text[start:end].split())
        return Person(start, end, printed, self._named.get(name, ()), surname), end

    def _known_end(self, start: int) -> int:
        """Return the end of the longest name at `start` that the archive knows; `start` if there is none."""
        sizes = range(min(_LONGEST, len(self.text) - start), 1, -1)
        found = (start + size for size in sizes if self.text[start : start + size] in self._named)
        return next((end for end in found if not _cuts(self.text, start, end)), start)

    def _dotted_names(self) -> Iterator[tuple[int, int]]:
        """Yield start and end of foreign names: 唐纳德·特朗普 in 前总统唐纳德·特朗普说."""
        from rjieba import cut

        for found in _DOTTED.finditer(self.text):
            first = cut(found[1])[-1]
            last = _SAYING.sub("", cut(found[2].rpartition("·")[2])[0])
            start, end = found.end(1) - len(first), found.start(2) + found[2].rindex("·") + 1 + len(last)
            whole = (place for place in range(found.start(), start) if self._known_end(place) > found.end(1))
            yield next(whole, start), end

    def _latin(self, start: int) -> tuple[Person | None, int]:
        """Return the person of a run of Latin words: a known name, or at least two capitalised words."""
        words = self._latin_run(start)
        titles = [index for index, (_, _, word) in enumerate(words) if word in _BEFORE_NAMES]
        names = words[titles[-1] + 1 :] if titles else words
        end = words[-1][1] - (self.text[words[-1][1] - 1] == "." and len(words[-1][2]) > 2)
        for first in range(len(names)):
            known = "".join(word for _, _, word in names[first:]) in self._named
            if known and (first == 0 or first < len(names) - 1):  # Taiwan's Audrey Tang, but not tang of Michael Tang
                return self._person(names[first][0], end)[0], end
        if len(names) > 1 and not any(word.rstrip(".") in _NOT_PEOPLE for _, _, word in names):
            return self._person(names[0][0], end)[0], end
        return None, end

    def _latin_run(self, start: int) -> Sequence[tuple[int, int, str]]:
        """Return start, end and text of the capitalised words from `start` on; only the first may be in lower case."""
        words: list[tuple[int, int, str]] = []
        place = start
        while word := _LATIN_WORD.match(self.text, place):
            if words and not (self._is_capital(place) or word[0] in _PARTICLES):
                break
            words.append((place, word.end(), word[0].rstrip(".") if len(word[0]) > 2 else word[0]))
            if not self._is_capital(place) or self.text[word.end() : word.end() + 1] != " ":
                break
            place = word.end() + 1
        return words

    def _is_capital(self, place: int) -> bool:
        return self._original[slice(*self._normal.original_span(place, place + 1))].isupper()


def _cuts(text: str, start: int, end: int) -> bool:
    """Tell whether a Latin name is part of a longer word."""
    around = (text[max(start - 1, 0) : start + 1], text[end - 1 : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in around)
