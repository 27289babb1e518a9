"""How alike two transcripts are, told from a sketch of each: the copy, the reprint, the other script, the edited one.

Spots are looked up where everyday pairs of characters stand (我们, 一个, 可以), one in thirty characters of speech, and
the eight characters from there are a shingle: in Simplified, lower case, without punctuation and spaces, so that
neither script, encoding, width nor line breaks matter. Spots move with the text, and so a cut or an insertion changes
only the shingles it touches (Theobald et al., SpotSigs, SIGIR 2008). A sketch keeps the smallest hashes of them (Broder
1997: bottom-k), a few hundred bytes for a transcript of any length.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice
from struct import pack, unpack
from zlib import crc32

KEPT = 64
"""Hashes of a sketch: the likeness told is within 0.12 of the true one, nineteen times in twenty."""

LEAST = 20
"""Shingles below which nothing is told: about 600 characters. Two short notices may well say the same."""

SAME = 0.25
"""Likeness from which two transcripts are one interview. Measured on 472 real transcripts and conversions of them: two
different ones have at most 0.05, those of one series too; the two scripts of one have 0.8 and more."""

_LONG = 8
_SPOT = re.compile(
    "(?=([我你他一这這那就可不没沒什因所如还還但][们們个個是以为為么麼有果]..................))", re.DOTALL
)
_SIGNS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest hashes of a transcript's shingles, in order."""

    hashes: tuple[int, ...] = ()

    def text(self) -> str:
        """Return the sketch as it is stored, "" for one that tells nothing."""
        return b64encode(pack(f">{len(self.hashes)}I", *self.hashes)).decode()

    @classmethod
    def of_text(cls, text: str) -> "Sketch":
        """Return the sketch that was stored."""
        data = b64decode(text)
        return cls(unpack(f">{len(data) // 4}I", data))

    def likeness(self, other: "Sketch") -> float:
        """Return the share of their shingles that two transcripts have in common, 0 to 1."""
        smallest = sorted({*self.hashes, *other.hashes})[:KEPT]
        both = {*self.hashes} & {*other.hashes}
        return sum(one in both for one in smallest) / len(smallest) if smallest else 0.0


def sketch(texts: Iterable[str]) -> Sketch:
    """Return the sketch of a transcript, given the text of its turns; an empty one if it is too short to tell."""
    spots = "\n".join(_SIGNS.sub("", spot) for spot in _SPOT.findall("".join(texts)))
    shingles = {spot[:_LONG] for spot in spots.translate(_simple()).lower().split("\n") if len(spot) >= _LONG}
    if len(shingles) < LEAST:
        return Sketch()
    return Sketch(tuple(islice(sorted({_mixed(crc32(one.encode())) for one in shingles}), KEPT)))


def _mixed(number: int) -> int:
    """Return a number of 32 bits spread over all of them (Knuth's multiplicative hash, and back down)."""
    number = (number ^ (number >> 16)) * 0x45D9F3B & 0xFFFFFFFF
    return number ^ (number >> 16)


@cache
def _simple() -> dict[int, str]:
    """Return Traditional characters to Simplified ones, and full-width letters and digits to narrow ones.

    Character by character, without the words that OpenCC minds: both scripts come to the same text, and that is enough.
    """
    from opencc import OpenCC

    han = "".join(map(chr, range(0x3400, 0xA000)))
    wide = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    changed = {ord(one): to for one, to in zip(han, OpenCC("t2s").convert(han), strict=True) if one != to}
    return wide | changed
