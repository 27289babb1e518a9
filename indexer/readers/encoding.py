"""Decode text: by the byte order mark, as strict UTF-8, else in the encoding whose result reads like Chinese.

GB18030 and Big5-HKSCS both decode most of each other's bytes without an error, so errors alone decide nothing; the
result does. In real text about a third of the characters outside ASCII are the most common characters and marks, in
wrongly decoded text almost none. A file with a few invalid bytes is read with a warning.
"""

import codecs
import encodings
import re
from dataclasses import dataclass

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, pgettext, sentences
from indexer.readers.source import Source

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: it begins with the same two bytes
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CANDIDATES = ("utf-8", "gb18030", "big5hkscs")
DETECTED = "auto"
"""The name that stands for detection, in place of an encoding."""

_OF_NO_FILE = frozenset(
    ["charmap", "idna", "mbcs", "oem", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"]
)
_COMMON_CHARACTERS = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年"
    "這個們來為國說時會對於後過學還沒麼樣經發現開問實關點當從裡種話後过学还没么样经发现开问实关点当从里种话"
    "，。、：？！；“”「」（）《》…—　"
)
_SAMPLE_BYTES = 200_000  # bytes that are enough to recognise an encoding
_SHORT_BYTES = 2_000  # bytes up to which there may be too few common characters: two cues, a name and a line
_HIGH_BYTES = bytes(range(0x80, 0x100))
_IN_USE = {  # ASCII, punctuation, and the first level of Han characters: 3,755 of GB 2312, 5,401 of Big5
    "gb18030": re.compile(rb"(?:[\x00-\x7f]|[\xa1\xa3\xb0-\xd7][\xa1-\xfe])*"),
    "big5hkscs": re.compile(rb"(?:[\x00-\x7f]|[\xa1\xa4-\xc6][\x40-\x7e\xa1-\xfe])*"),
}
_MAX_DAMAGE = 0.02  # maximum share of undecodable characters in a text
_MAX_ZEROS = 0.02  # maximum share of zero bytes in a text
_REPLACEMENT = "\ufffd"
MAX_LINES = 1_000_000
"""Maximum lines of one file, some 200 MB in memory; 64 MB of line breaks would take 10 GB."""

MAX_COLONS = 500_000
"""Maximum colons of one file: each may open a turn, which takes 1 kB. 20 MB of interviews have 60,000."""

_COLON_SYNTAX = frozenset({".json", ".jsonl", ".xml", ".csv", ".tsv", ".srt", ".vtt", ".sbv", ".ass", ".ssa"})
_SPLIT = gettext_noop("Split the file.")


@dataclass(frozen=True, slots=True)
class DecodedText:
    """The text of a file, and a `ReadingError` if some of its bytes are invalid."""

    text: str
    damage: ReadingError | None = None


def text_encoding(name: str) -> str:
    """Return the name that Python has for an encoding, "" for `auto`; raise `UsageError` if it is none of text."""
    if name.lower() == DETECTED:
        return ""
    if found := _known_encoding(name):
        return found
    from difflib import get_close_matches

    known = {_known_encoding(each) for each in encodings.aliases.aliases.values()} - {""}
    near = get_close_matches(name.lower(), sorted({*known, DETECTED}))
    question = _("Did you mean {names}?").format(names=pgettext("what is typed", " or ").join(near)) if near else ""
    raise UsageError(
        sentences(_("There is no encoding {name}.").format(name=name), question),
        _("--encoding gb18030, big5, utf-8, utf-16 or auto"),
    )


def _known_encoding(name: str) -> str:
    """Return the name that Python has for an encoding of text files, "" if there is none."""
    try:
        found = codecs.lookup(name).name
        "".encode(found)  # refuses what is not of text: base64, zip
    except (LookupError, ValueError):
        return ""
    return "" if found.replace("-", "_") in _OF_NO_FILE else found


def read_text(source: Source) -> DecodedText:
    """Decode the text of a file; raise `ReadingError` if it is not text, or has too many lines."""
    decoded = decode(source.read_bytes(), source)
    if max(decoded.text.count("\n"), decoded.text.count("\r")) > MAX_LINES:
        lines = _("more than {number} lines, too many for a transcript").format(number=f"{MAX_LINES:,}")
        raise ReadingError(source.name, lines, next_step=_(_SPLIT))
    if decoded.text.count("：") + decoded.text.count(":") > MAX_COLONS and source.suffix not in _COLON_SYNTAX:
        colons = _("more than {number} colons, too many for a transcript").format(number=f"{MAX_COLONS:,}")
        raise ReadingError(source.name, colons, next_step=_(_SPLIT))
    return decoded


def decode(data: bytes, source: Source) -> DecodedText:
    """Decode `data` in the forced encoding, that of the byte order mark, or the one whose result reads like Chinese.

    Raise `ReadingError` if it is not text, or not in the forced encoding.
    """
    if source.encoding:
        return DecodedText(_decode_forced(data, source))
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "") or _guess_encoding(data)
    if not encoding:
        next_step = _("Force an encoding: --encoding NAME, for example gb18030 or big5.")
        raise ReadingError(source.name, _reason(data), next_step=next_step)
    try:
        return DecodedText(data.decode(encoding))
    except UnicodeDecodeError as error:
        return _decode_damaged(data, encoding, error, source)


def _decode_forced(data: bytes, source: Source) -> str:
    """Decode text in the encoding chosen by the user."""
    try:
        return data.decode(source.encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = _("not {encoding} text").format(encoding=source.encoding)
        raise ReadingError(source.name, reason, line, _("To detect it: --encoding auto")) from error
    except (LookupError, ValueError) as error:
        reason = _("unknown encoding: {encoding}").format(encoding=source.encoding)
        raise ReadingError(source.name, reason, next_step=_("Try gb18030.")) from error


def _guess_encoding(data: bytes) -> str:
    """Return the encoding of text without a byte order mark, "" if it is not text."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return "" if data.count(0) > _MAX_ZEROS * len(data) else "utf-8"
    if data.count(0) > _MAX_ZEROS * len(data):
        return _guess_utf16(data[:_SAMPLE_BYTES])
    sample = data[:_SAMPLE_BYTES]
    scores = {name: _chinese_score(sample.decode(name, errors="replace")) for name in _CANDIDATES}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 else _guess_short(data)


def _guess_short(data: bytes) -> str:
    """Return the encoding in which a short text has only characters of everyday use, "" if that is none or both."""
    if len(data) > _SHORT_BYTES:
        return ""
    possible = [name for name, in_use in _IN_USE.items() if _has_only(data, in_use)]
    if len(possible) < 2:
        return "".join(possible)
    counts = [sum(one in _COMMON_CHARACTERS for one in data.decode(name, errors="replace")) for name in possible]
    return "" if counts[0] == counts[1] else possible[counts[1] > counts[0]]


def _has_only(data: bytes, in_use: "re.Pattern[bytes]") -> bool:
    """Return whether bytes are ASCII and characters of a set, some of them Han."""
    return bool(in_use.fullmatch(data)) and len(data) > len(data.translate(None, _HIGH_BYTES))


def _guess_utf16(sample: bytes) -> str:
    """Return the byte order of UTF-16 in text with many zero bytes, "" if it is neither."""
    names = ("utf-16-le", "utf-16-be")
    scores = {name: _chinese_score(sample.decode(name, errors="replace")) for name in names}
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] > 0 else ""


def _chinese_score(text: str) -> float:
    """Score how much a text reads like Chinese: the share of common characters, minus undecodable ones.

    Measured on 472 interviews and 24 meetings, each in both encodings: .17 to .55 in the right one; in a wrong one the
    common characters stay below .05, which scores -1.
    """
    non_ascii = [character for character in text if character > "\x7f"]
    if not non_ascii:
        return 1.0
    common = sum(character in _COMMON_CHARACTERS for character in non_ascii) / len(non_ascii)
    lost = text.count(_REPLACEMENT)
    return common - lost / len(text) / _MAX_DAMAGE if common > 0.05 else -1.0


def _decode_damaged(data: bytes, encoding: str, error: UnicodeDecodeError, source: Source) -> DecodedText:
    """Decode a file with invalid bytes, and report the first of them."""
    line = data.count(b"\n", 0, error.start) + 1
    if error.end == len(data) or "incomplete" in error.reason or "truncated" in error.reason:
        reason = _("the file is truncated: its last character is incomplete")
        return DecodedText(data[: error.start].decode(encoding), ReadingError(source.name, reason, line))
    text = data.decode(encoding, errors="replace")
    reason = _("{number} characters are not {encoding} text; they are shown as {mark}").format(
        number=text.count(_REPLACEMENT), encoding=encoding.upper(), mark=_REPLACEMENT
    )
    return DecodedText(text, ReadingError(source.name, reason, line))


def _reason(data: bytes) -> str:
    """Return why bytes are not text."""
    if data.count(0) > _MAX_ZEROS * len(data):
        return _("not text: {share} of its bytes are zero").format(share=f"{data.count(0) / len(data):.0%}")
    return _("not text in a known encoding (UTF-8, UTF-16, GB18030, Big5)")
