"""Text as quotations are compared: letters and digits in normal form, with their offsets in print. Pure."""

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer.text.normalize import NormalText, normalize
from search_cli.models import Span

# Signs that change the meaning: 6.11 is not 611, 70 % not 70, -5 not 5; 12:30, 1/3, c++. All others are punctuation,
# also the - after a letter: 3日-5日.
_LETTERS = re.compile(
    r"[^\W_] | [%‰$€£¥] | (?<=[0-9])[.:/](?=[0-9]) | (?<=[a-z])[+#] | (?<=[a-z]\+)\+ | (?<![^\W_])[-−](?=[0-9])",
    re.VERBOSE,
)
_SCALES = frozenset("十百千万亿%‰")


@dataclass(frozen=True, slots=True)
class AlignmentText:
    """The letters, digits and meaningful signs of a text; `offsets` are their positions in the normal form."""

    text: str
    offsets: tuple[int, ...]
    normal: NormalText

    def printed(self, start: int, end: int) -> Span:
        """Return the span in print of the letters from `start` to `end` (exclusive)."""
        if start == end:
            place = (
                self.normal.original_span(self.offsets[start], self.offsets[start] + 1)[0]
                if start < len(self.text)
                else 0
            )
            return place, place
        return self.normal.original_span(self.offsets[start], self.offsets[end - 1] + 1)

    def find(self, quoted: str, start: int = 0) -> int:
        """Find the letters `quoted` from `start` on, as whole numbers and Latin words; -1 if absent."""
        while (at := self.text.find(quoted, start)) >= 0 and not self._whole(at, at + len(quoted)):
            start = at + 1
        return at

    def _whole(self, start: int, end: int) -> bool:
        """Tell whether these letters cut no number or Latin word: 5万 is not in 15万, nor 350 in 350万."""
        text, first, last = self.normal.text, self.offsets[start], self.offsets[end - 1]
        return not (_continues_before(text, first) or _continues_after(text, last))


def _continues_before(text: str, place: int) -> bool:
    """Tell whether the word or number at `place` begins earlier."""
    if not place or not text[place].isascii():
        return False
    before = text[place - 1]
    if text[place].isdigit():
        return before in "0123456789" or (before == "." and place > 1 and text[place - 2] in "0123456789")
    return text[place].isalpha() and before.isascii() and before.isalpha()


def _continues_after(text: str, place: int) -> bool:
    """Tell whether the word or number at `place` continues; 万 continues a number."""
    if place + 1 >= len(text) or not text[place].isascii():
        return False
    after = text[place + 1]
    if text[place].isdigit():
        point = after == "." and text[place + 2 : place + 3] in {*"0123456789"}
        return after in "0123456789" or point or after in _SCALES
    return text[place].isalpha() and after.isascii() and after.isalpha()


@lru_cache(maxsize=2048)
def alignment_text(text: str) -> AlignmentText:
    """Return the letters of a text."""
    normal = normalize(text)
    offsets = tuple(match.start() for match in _LETTERS.finditer(normal.text))
    return AlignmentText("".join(normal.text[offset] for offset in offsets), offsets, normal)


# “ inside “ is set as ‘, and each script has its own marks: all count as the same
_QUOTES = str.maketrans(dict.fromkeys("“”„〝〞「」『』﹁﹂﹃﹄«»‘’‚'", '"'))


def punctuated(text: str) -> str:
    """Return a text as its punctuation is compared: normal form without spaces, from the first letter to the last."""
    aligned = alignment_text(text)
    if not aligned.offsets:
        return ""
    inside = aligned.normal.text[aligned.offsets[0] : aligned.offsets[-1] + 1]
    return "".join(inside.translate(_QUOTES).split())
