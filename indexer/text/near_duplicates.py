"""How alike two transcripts are, told from a sketch of each: the copy, the reprint, the other script, the edited one.

Spots are looked up where everyday pairs of characters stand (我们, 一个, 可以), one in thirty characters of speech, and
the six characters that follow are a shingle: in Simplified, lower case, without punctuation, spaces and fillers (嗯,
的), so that neither script, encoding, width, line breaks nor a smoothed sentence matter. Spots move with the text, and
so a cut or an insertion changes only the shingles it touches (Theobald et al., SpotSigs, SIGIR 2008). A sketch keeps
the smallest hashes of them (Broder 1997: bottom-k), a few hundred bytes for a transcript of any length.

What different interviews have in common does not make them one:
- questions: what ends in a question mark is left out, as the same twenty questions are put to many;
- an opening, a closing, a notice: what two transcripts share has to run through one of them, beginning, middle and end;
- a part: an excerpt, or one interview of a book of them, is less than `PART` of the whole and stays on its own.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from re import compile as pattern
from struct import pack, unpack
from zlib import crc32

KEPT = 64
"""Hashes of a sketch: the likeness told is within 0.12 of the true one, nineteen times in twenty."""

LEAST = 10
"""Shingles below which only a text that is the same to the character is recognised: about 400 characters."""

SAME = 0.2
"""Likeness from which two transcripts are one interview. Measured on 472 real transcripts: two different ones have at
most 0.03, those of one series too; the two scripts of one 0.9 and more; one in which every second filler, one sentence
in twenty and three characters in a hundred are dropped or changed 0.5, twice as much edited 0.35."""

PART = 0.4
"""Share of the longer one's shingles that the shorter one has to have."""

SHORT = 100
"""Characters below which the same words may be said twice: who says them, and when, has to be the same as well."""

_EVEN = 0.3
"""How much of what two have in common on the whole they have in common in each third."""

_LONG, _WINDOW = 6, 20
_QUESTION = 60  # characters: where nobody ends sentences, the whole answer before a question is not part of it
_SPOT = pattern("[我你他这這那就可不没沒什因所如还還但一][们們个個是以为為么麼有果]")
_SIGNS = pattern(r"[\W_]+")
_UNSAID = "，。！？；：、“”‘’「」『』（）《》〈〉【】…—–·～,.!?;:\"'()[]<>/%&*#@+=~-_ \t\r\v\f　\xa0"
_FILLERS = "嗯啊呃哦喔吧呢嘛吗嗎啦呀的了"


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a transcript's shingles, in order, and the third of it (0, 1, 2) where each occurs.

    `count` is the number of its shingles. `whole` is a hash of all that is said, in a text too short for shingles.
    """

    hashes: tuple[int, ...] = ()
    thirds: bytes = b""
    count: int = 0
    whole: str = ""

    def text(self) -> str:
        """Return the sketch as it is stored, "" for one of nothing."""
        if not self.hashes:
            return f"={self.whole}" if self.whole else ""
        packed = pack(f">{len(self.hashes) + 1}I", self.count, *self.hashes)
        return b64encode(packed + self.thirds).decode()

    @classmethod
    def of_text(cls, text: str) -> "Sketch":
        """Return the sketch that was stored."""
        if not text or text[0] == "=":
            return cls(whole=text[1:])
        data = b64decode(text)
        kept = len(data) // 5  # count and hashes of four bytes each, a byte each for the third
        count, *hashes = unpack(f">{kept + 1}I", data[: 4 * kept + 4])
        return cls(tuple(hashes), data[4 * kept + 4 :], count)

    def likeness(self, other: "Sketch") -> float:
        """Return the share of their shingles that two transcripts have in common, 0 to 1."""
        if self.whole or other.whole:
            return float(self.whole == other.whole)
        smallest = sorted({*self.hashes, *other.hashes})[:KEPT]
        both = {*self.hashes} & {*other.hashes}
        return sum(one in both for one in smallest) / len(smallest) if smallest else 0.0

    def same(self, other: "Sketch") -> float:
        """Return the likeness of two transcripts that are one interview, 0 where they are not."""
        alike = self.likeness(other)
        if self.whole or alike < SAME:
            return alike if self.whole else 0.0
        shorter, longer = sorted((self, other), key=lambda one: one.count)
        return alike if shorter.count >= PART * longer.count and shorter._runs_through(longer) else 0.0

    def _runs_through(self, other: "Sketch") -> bool:
        """Tell whether what is in both is in each third of this one."""
        # beyond the largest hash that a full sketch keeps, nobody knows what the transcript has
        known = min((one.hashes[-1] for one in (self, other) if len(one.hashes) == KEPT), default=2**32)
        theirs = set(other.hashes)
        here = [(third, one in theirs) for one, third in zip(self.hashes, self.thirds, strict=True) if one <= known]
        least = _EVEN * sum(both for _, both in here) / len(here)
        of_each = ([both for at, both in here if at == third] for third in range(3))
        return all(sum(third) >= max(1, least * len(third)) for third in of_each if len(third) > 2)


def sketch(texts: Iterable[str], about: Collection[str] = ()) -> Sketch:
    """Return the sketch of a transcript, given the text of its turns.

    `about` (its speakers, its date) tells texts apart that are so `SHORT` that many say the same.
    """
    text = "".join(texts).replace("\n", "")
    shingles: dict[int, int] = {}
    spots = _spots(_without_questions(text))
    for place, spot in enumerate(spots):
        if len(spot) >= _LONG:
            shingles.setdefault(crc32(spot[:_LONG].encode()), place)
    if len(shingles) < LEAST:
        return Sketch(whole=_whole(text, about))
    smallest = sorted(shingles)[:KEPT]
    return Sketch(tuple(smallest), bytes(3 * shingles[one] // len(spots) for one in smallest), len(shingles))


def _spots(text: str) -> list[str]:
    """Return what follows each spot, in the form in which it is compared."""
    windows = [text[found.end() : found.end() + _WINDOW] for found in _SPOT.finditer(text)]
    return "\n".join(windows).translate(_folding(_UNSAID + _FILLERS)).split("\n")


def _without_questions(text: str) -> str:
    """Return a text without the sentences that end in a question mark."""
    *before, last = text.replace("?", "？").split("？")
    ends = (max(max(map(one.rfind, "。！；.!;")) + 1, len(one) - _QUESTION) for one in before)
    return "".join(one[:end] for one, end in zip(before, ends, strict=True)) + last


def _whole(text: str, about: Collection[str]) -> str:
    """Return a hash of all characters of a text in the form in which it is compared, "" where there are none."""
    said = _SIGNS.sub("", text).translate(_folding())
    if not said:
        return ""
    told = sorted(one.translate(_folding()) for one in about) if len(said) < SHORT else ()
    return blake2b("\n".join((said, *told)).encode(), digest_size=12).hexdigest()


@cache
def _folding(dropped: str = "") -> dict[int, int | None]:
    """Return Traditional characters to Simplified ones, capital and full-width letters and digits to plain ones.

    Character by character, without the words that OpenCC minds: both scripts come to the same text, and that is enough.
    """
    from opencc import OpenCC

    han = "".join(map(chr, range(0x3400, 0xA000)))
    changed = {ord(one): ord(to) for one, to in zip(han, OpenCC("t2s").convert(han), strict=True) if one != to}
    wide = {code: ord(chr(code - 0xFEE0).lower()) for code in range(0xFF01, 0xFF5F)}
    small = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    return {**wide, **small, **changed, **dict.fromkeys(map(ord, dropped))}
