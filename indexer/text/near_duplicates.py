"""Detect near-duplicate transcripts from sketches: copies, reprints, the other script, edited versions.

Anchors are everyday pairs of characters (我们, 一个, 可以), one in thirty characters of speech, and the six characters
after an anchor are a shingle: in Simplified, lower case, without punctuation, spaces and fillers (嗯, 的), so that
script, encoding, width, line breaks and light editing do not matter. Anchors move with the text, so a cut or an
insertion changes only the shingles it touches (Theobald et al., SpotSigs, SIGIR 2008). A sketch keeps the smallest
hashes of the shingles (Broder 1997: bottom-k), a few hundred bytes for a transcript of any length.

Text that different interviews have in common does not make them duplicates:
- questions: sentences that end in a question mark are ignored, as the same twenty questions are put to many people;
- an opening, a closing, a notice: shared shingles have to occur in the beginning, middle and end of one of the two;
- a part: an excerpt, or one interview of a book, has less than `MIN_LENGTH_RATIO` of the shingles of the other.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from re import compile as pattern
from struct import pack, unpack
from zlib import crc32

from indexer.text.memo import Memo

SKETCH_SIZE = 64
"""Hashes in a sketch: the estimated similarity is within 0.12 of the true one, nineteen times in twenty."""

MIN_SHINGLES = 10
"""Shorter texts (fewer shingles, about 400 characters) are duplicates only if they are the same to the character."""

MIN_SIMILARITY = 0.2
"""Similarity of duplicates. Measured on 472 real transcripts: two different interviews have at most 0.03, also within
one series; the two scripts of one interview 0.9 and more; a copy in which every second filler, one sentence in twenty
and three characters in a hundred are dropped or changed 0.5, and 0.35 with twice as many changes."""

MIN_LENGTH_RATIO = 0.4
"""Shingles of the shorter transcript, as a share of those of the longer one."""

SHORT_TEXT = 100
"""Characters below which two interviews may have the same words: speakers and date have to be the same as well."""

_MIN_EVENNESS = 0.3
"""Share of common shingles in each third, relative to the share in the whole transcript."""

_SHINGLE, _WINDOW = 6, 20  # characters of a shingle; characters read after an anchor to find them
_USUAL = 9  # characters among which a shingle is mostly found
_QUESTION = 60  # characters: where sentences have no full stops, the answer before a question is not part of it
_ANCHOR = pattern("[我你他这這那就可不没沒什因所如还還但一][们們个個是以为為么麼有果]")
_NOT_LETTERS = pattern(r"[\W_]+")
_PUNCTUATION = "，。！？；：、“”‘’「」『』（）《》〈〉【】…—–·～,.!?;:\"'()[]<>/%&*#@+=~-_ \t\r\v\f　\xa0"
_FILLERS = "嗯啊呃哦喔吧呢嘛吗嗎啦呀的了"


@dataclass(frozen=True, slots=True)
class Sketch:
    """The smallest shingle hashes of a transcript, in order, and the third (0, 1, 2) in which each occurs.

    `count` is the number of all its shingles. `text_hash` is a hash of all the text, if it is too short for shingles.
    """

    hashes: tuple[int, ...] = ()
    thirds: bytes = b""
    count: int = 0
    text_hash: str = ""

    def text(self) -> str:
        """Serialize the sketch as it is stored, "" for an empty one."""
        if not self.hashes:
            return f"={self.text_hash}" if self.text_hash else ""
        packed = pack(f">{len(self.hashes) + 1}I", self.count, *self.hashes)
        return b64encode(packed + self.thirds).decode()

    @classmethod
    def of_text(cls, text: str) -> "Sketch":
        """Parse a sketch as it is stored."""
        if not text or text[0] == "=":
            return cls(text_hash=text[1:])
        data = b64decode(text)
        size = len(data) // 5  # four bytes for the count and each hash, a byte for each third
        count, *hashes = unpack(f">{size + 1}I", data[: 4 * size + 4])
        return cls(tuple(hashes), data[4 * size + 4 :], count)

    def similarity(self, other: "Sketch") -> float:
        """Estimate the share of shingles that two transcripts have in common (Jaccard), 0 to 1."""
        if self.text_hash or other.text_hash:
            return float(self.text_hash == other.text_hash)
        smallest = sorted({*self.hashes, *other.hashes})[:SKETCH_SIZE]
        common = {*self.hashes} & {*other.hashes}
        return sum(one in common for one in smallest) / len(smallest) if smallest else 0.0

    def duplicate_similarity(self, other: "Sketch") -> float:
        """Return the similarity of two transcripts of one interview, 0 if they are not duplicates."""
        similarity = self.similarity(other)
        if self.text_hash or similarity < MIN_SIMILARITY:
            return similarity if self.text_hash else 0.0
        shorter, longer = sorted((self, other), key=lambda one: one.count)
        long_enough = shorter.count >= MIN_LENGTH_RATIO * longer.count
        return similarity if long_enough and shorter._shares_each_third(longer) else 0.0

    def _shares_each_third(self, other: "Sketch") -> bool:
        """Check whether the common shingles are spread over all thirds of this transcript."""
        # above the largest hash of a full sketch, the shingles of that transcript are unknown
        known = min((one.hashes[-1] for one in (self, other) if len(one.hashes) == SKETCH_SIZE), default=2**32)
        theirs = set(other.hashes)
        shared = [(third, one in theirs) for one, third in zip(self.hashes, self.thirds, strict=True) if one <= known]
        least = _MIN_EVENNESS * sum(common for _, common in shared) / len(shared)
        by_third = ([common for at, common in shared if at == third] for third in range(3))
        return all(sum(third) >= max(1, least * len(third)) for third in by_third if len(third) > 2)


def sketch(texts: Iterable[str], attributes: Collection[str] = ()) -> Sketch:
    """Build the sketch of a transcript from the texts of its turns.

    `attributes` (speakers, date) distinguish texts below `SHORT_TEXT`, whose words may not be unique.
    """
    text = "".join(texts).replace("\n", "")
    shingles: dict[int, int] = {}
    windows = _windows(_without_questions(text))
    for index, window in enumerate(windows):
        if len(window) >= _SHINGLE:
            shingles.setdefault(crc32(window[:_SHINGLE].encode()), index)
    if len(shingles) < MIN_SHINGLES:
        return Sketch(text_hash=_text_hash(text, attributes))
    smallest = sorted(shingles)[:SKETCH_SIZE]
    return Sketch(tuple(smallest), bytes(3 * shingles[one] // len(windows) for one in smallest), len(shingles))


def _windows(text: str) -> list[str]:
    """Return the text after each anchor, folded for comparison: all of it where little makes no shingle."""
    ends = [found.end() for found in _ANCHOR.finditer(text)]
    begun = _fold("\n".join([text[end : end + _USUAL] for end in ends])).split("\n")
    pairs = zip(begun, ends, strict=True) if ends else ()
    return [one if len(one) >= _SHINGLE else _fold(text[end : end + _WINDOW]) for one, end in pairs]


def _fold(text: str) -> str:
    """Return a text folded for comparison, without punctuation and fillers."""
    return "".join(map(_folded.__getitem__, text))


def _fold_character(character: str) -> str:
    return character.translate(_folding(_PUNCTUATION + _FILLERS))


_folded = Memo(_fold_character)  # several times as fast as `str.translate`


def _without_questions(text: str) -> str:
    """Remove the sentences that end in a question mark."""
    *before, last = text.replace("?", "？").split("？")
    ends = (max(max(map(one.rfind, "。！；.!;")) + 1, len(one) - _QUESTION) for one in before)
    return "".join(one[:end] for one, end in zip(before, ends, strict=True)) + last


def _text_hash(text: str, attributes: Collection[str]) -> str:
    """Return a hash of all letters of a text, folded for comparison; "" if there are none."""
    letters = _NOT_LETTERS.sub("", text).translate(_folding())
    if not letters:
        return ""
    distinct = sorted(one.translate(_folding()) for one in attributes) if len(letters) < SHORT_TEXT else ()
    return blake2b("\n".join((letters, *distinct)).encode(), digest_size=12).hexdigest()


@cache
def _folding(dropped: str = "") -> dict[int, int | None]:
    """Return a table for `str.translate`: Traditional to Simplified, upper case and full width to lower case ASCII.

    Simplified character by character, without OpenCC's phrases: it is enough that both scripts give the same text.
    """
    from opencc import OpenCC

    han = "".join(map(chr, range(0x3400, 0xA000)))
    changed = {ord(one): ord(to) for one, to in zip(han, OpenCC("t2s").convert(han), strict=True) if one != to}
    wide = {code: ord(chr(code - 0xFEE0).lower()) for code in range(0xFF01, 0xFF5F)}
    small = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
    return {**wide, **small, **changed, **dict.fromkeys(map(ord, dropped))}
