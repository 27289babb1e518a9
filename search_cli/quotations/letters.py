"""What a text says, apart from how it is punctuated: its letters and digits in normal form, with the way back. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.text.normalize import NormalText, normalize
from search_cli.models import Span

# Signs that change what is said: 6.11 is not 611, nor 70 % 70, nor -5 5; 12:30, 1/3, c++. All else is punctuation,
# also the - after a letter: 3日-5日.
_SAID = re.compile(
    r"[^\W_] | [%‰$€£¥] | (?<=[0-9])[.:/](?=[0-9]) | (?<=[a-z])[+#] | (?<=[a-z]\+)\+ | (?<![^\W_])[-−](?=[0-9])",
    re.VERBOSE,
)
_SCALES = frozenset("十百千万亿%‰")


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a text; `places` says where each stands in the normal form."""

    text: str
    places: tuple[int, ...]
    normal: NormalText

    def printed(self, start: int, end: int) -> Span:
        """Return where the letters `start` to `end` (exclusive) stand in print."""
        if start == end:
            place = (
                self.normal.original_span(self.places[start], self.places[start] + 1)[0]
                if start < len(self.text)
                else 0
            )
            return place, place
        return self.normal.original_span(self.places[start], self.places[end - 1] + 1)

    def find(self, sought: str, start: int = 0) -> int:
        """Return where the letters `sought` stand from `start` on, no number or Latin word cut; -1 if nowhere."""
        while (at := self.text.find(sought, start)) >= 0 and not self._whole(at, at + len(sought)):
            start = at + 1
        return at

    def _whole(self, start: int, end: int) -> bool:
        """Say whether no number or Latin word goes on beyond these letters: 5万 is not in 15万, nor 350 in 350万."""
        text, first, last = self.normal.text, self.places[start], self.places[end - 1]
        return not (_before(text, first) or _after(text, last))


def _before(text: str, place: int) -> bool:
    """Say whether the word or number that begins at `place` began earlier."""
    if not place or not text[place].isascii():
        return False
    before = text[place - 1]
    if text[place].isdigit():
        return before in "0123456789" or (before == "." and place > 1 and text[place - 2] in "0123456789")
    return text[place].isalpha() and before.isascii() and before.isalpha()


def _after(text: str, place: int) -> bool:
    """Say whether the word or number that ends at `place` goes on; 万 goes on a number."""
    if place + 1 >= len(text) or not text[place].isascii():
        return False
    after = text[place + 1]
    if text[place].isdigit():
        point = after == "." and text[place + 2 : place + 3] in {*"0123456789"}
        return after in "0123456789" or point or after in _SCALES
    return text[place].isalpha() and after.isascii() and after.isalpha()


@lru_cache(maxsize=2048)
def letters(text: str) -> Letters:
    """Return the letters of `text`."""
    normal = normalize(text)
    places = tuple(found.start() for found in _SAID.finditer(normal.text))
    return Letters("".join(normal.text[place] for place in places), places, normal)


# “ inside “ is set as ‘, and either script has marks of its own: all are one
_QUOTES = str.maketrans(dict.fromkeys("“”„〝〞「」『』﹁﹂﹃﹄«»‘’‚'", '"'))


def punctuated(text: str) -> str:
    """Return a text as its punctuation is compared: normal form without spaces or what stands at its ends."""
    found = letters(text)
    if not found.places:
        return ""
    inside = found.normal.text[found.places[0] : found.places[-1] + 1]
    return "".join(inside.translate(_QUOTES).split())
