r"""CHAT transcripts of TalkBank and CHILDES (.cha): an utterance a line, with tiers that depend on it.

    @Participants:	INV Ho_Yat_Ming Investigator, PAR Lam_Sau Participant
    @Date:	12-MAR-2011
    *INV:	你 細 個 住 邊度 呀 ? \x150_2210\x15          Line("你細個住邊度呀?", label="INV", start=0, end=2210)
    %mor:	r|nei5 a|sai3 …                                kind "annotation", as are headers
    %eng:	Where did you live?                            kind "translation"
    %act:	points to the sea                              a stage direction, as is what @Comment says

A line that begins with a tab goes on with the one above. Chinese words are separated by spaces, which are removed.
Codes in brackets ([/], [= 指着门], &=laughs) and pauses are no speech; those with words are annotations.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.formats.annotation import tiers
from indexer.readers.script import Line, Script, stage_direction
from indexer.readers.source import Item, Source

_BREAK = re.compile(r"\r\n|\n|\r")
_TIER = re.compile(r"([*%])([^:\s]{1,12}):[ \t]*(.*)|(@)([^:\t]{1,40}):?[ \t]*(.*)")
_TIME = re.compile(r"[\x15•·]?(?:%\w{3}:\"[^\"]*\")?_?(\d{1,9})_(\d{1,9})[\x15•·]?\s*$")
_MARK = re.compile(r"\x15[^\x15]*\x15?")
_CODE = re.compile(r"\[([^\[\]]*)\]|&=(\S+)")
_CODE_WITH_WORDS = re.compile(r"[=%!:+\s]*(?:[^\W\d_]{2}|[㐀-鿿])")
_NO_SPEECH = re.compile(
    r"\((?:\.{1,3}|\d[\d:.]*)\)"  # pauses
    r"|(?<!\S)(?:\+[\"^<,]|\+\+)(?!\S)"  # how it goes on from the one above, and into the one below
    r"|(?<!\S)\+\.\.(?=[.?])|(?<!\S)\+//?(?=[.?!])|(?<!\S)\+[\"!]/?(?=[.?!])"
    r"|(?<!\S)&[-+~]?(?=\w)|[<>]|(?<=\w)@[a-z:&+$*]+"  # fillers, fragments, what a code refers to, words of a kind
    r"|(?<!\S)0(?=\S*[^\W\d])|(?<!\S)0(?!\S)"  # words that are missing
)
_BETWEEN_HAN = re.compile(r"(?<=[㐀-鿿，。、？！：；])[ \t]+(?=[㐀-鿿，。、？！：；])")
_BEFORE_MARK = re.compile(r"(?<![ \t])[ \t]++(?=[.?!,;，。？！；、…](?:\s|$))")
_DATE = re.compile(r"(\d{1,2})-([A-Z]{3})-(\d{4})", re.IGNORECASE)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_PARTICIPANT = re.compile(r"(\w{1,12})\s+(?:(\S+)\s+)?(\S+)")
_INTERVIEWERS = frozenset({"investigator", "interviewer"})
_TECHNICAL = frozenset(  # headers that say nothing of the talk, or are read elsewhere
    {"UTF8", "Begin", "End", "Languages", "ID", "Date", "PID", "Font", "Window", "Options", "Media", "Types"}
    | {"Color words", "New Episode"}
)
_HAPPENS = frozenset({"act", "com", "exp", "sit", "add", "gpx", "fac", "par", "Comment"})
_TRANSLATIONS = frozenset({"eng", "glo", "tra", "trn", "zho", "cmn", "spa", "fra"})
_WORD = re.compile(r"[^\W_]")


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a CHAT file; raise `ReadingError` if nobody speaks in it."""
    decoded = encoding.read_text(source)
    blocks = list(_blocks(decoded.text.removeprefix("\ufeff")))
    lines = [line for number, text in blocks for line in _lines(number, text)]
    if not any(line.label for line in lines):
        raise ReadingError(source.name, _("no utterances: no line begins with *CODE:"))
    yield Script(tuple(lines), tuple(_metadata([text for _number, text in blocks])))
    if decoded.damage is not None:
        yield decoded.damage


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the tiers with the numbers of their lines, each with the lines that go on with it."""
    first, block = 0, ""
    for number, line in enumerate(_BREAK.split(text), start=1):
        if block and line[:1] not in ("*", "%", "@"):
            block += f" {line.strip()}"
            continue
        if block.strip():
            yield first, block
        first, block = number, line
    if block.strip():
        yield first, block


def _lines(number: int, text: str) -> Iterator[Line]:
    """Yield the speech of a tier, and what is a note."""
    match = _TIER.fullmatch(text.strip())
    if not match:
        yield Line(number, text.strip(), kind="annotation")
        return
    sign, name, content = (part.strip() for part in match.groups() if part is not None)
    if sign == "*":
        yield from _utterance(number, name, content)
    elif content and name in _HAPPENS:
        yield replace(stage_direction(_plain(content)), number=number)
    elif content and name in _TRANSLATIONS:
        yield Line(number, _plain(content), kind="translation")
    elif content and not (sign == "@" and name in _TECHNICAL):
        yield Line(number, f"{sign}{name}: {_plain(content)}", kind="annotation")


def _utterance(number: int, speaker: str, content: str) -> Iterator[Line]:
    """Yield what is said, and the codes with words in it; nothing of an utterance without a word is speech."""
    time = _TIME.search(content)
    start, end = (tiers.in_range(float(time[1])), tiers.in_range(float(time[2]))) if time else (None, None)
    plain = _plain(content[: time.start()] if time else content)
    codes = [match[0] for match in _CODE.finditer(plain) if match[2] or _CODE_WITH_WORDS.match(match[1] or "")]
    said = _joined(_NO_SPEECH.sub(" ", _CODE.sub(" ", plain)))
    if _WORD.search(said):
        yield Line(number, said, label=speaker, start=start, end=end)
    elif said:
        codes = [plain]
    if codes:
        yield Line(number, " ".join(codes), start=start, end=end, kind="annotation")


def _plain(content: str) -> str:
    """Return a text without time marks."""
    return " ".join(_MARK.sub(" ", content).split())


def _joined(text: str) -> str:
    """Return an utterance without the spaces between Chinese words and before marks."""
    return _BEFORE_MARK.sub("", _BETWEEN_HAN.sub("", " ".join(text.split())))


def _metadata(blocks: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield title, date and recording, and the codes of those who ask."""
    for block in blocks:
        match = _TIER.fullmatch(block.strip())
        name, content = (match[5].strip(), match[6].strip()) if match and match[4] else ("", "")
        if name == "Title" and content:
            yield "title", content
        elif name == "Date" and (date := _DATE.search(content)) and date[2].upper() in _MONTHS:
            yield "date", f"{date[3]}-{_MONTHS.index(date[2].upper()) + 1:02}-{int(date[1]):02}"
        elif name == "Media" and content:
            yield "media", content.split(",")[0].strip(' "')
        elif name == "Participants":
            for entry in content.split(","):
                person = _PARTICIPANT.fullmatch(entry.strip())
                if person and person[3].casefold() in _INTERVIEWERS:
                    yield "interviewer", person[1]
