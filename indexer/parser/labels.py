"""What may be a label at the beginning of a line: every form in which transcripts print who speaks.

    COLON    郑志昊：…   记者: …   何　苗（渡口书屋创办人）：…   Q1：…   36氪：…
    BRACKET  【主持人】…   [岳建平]…
    TIME     说话人1 00:42   陈可(00:00:04): …   [00:00:04] 陈可：…
    STRONG   a line in bold that holds a name and nothing else
    HEADING  a heading that holds a name and nothing else
    BARE     a line that holds a name and nothing else
    STROKE   郑 ｜ …   C | …
    GAP      a name and a wide space: 主席　現在開會。
    FORMAT   the format says who speaks (a subtitle's voice, an ASR segment)

Finding a label here says nothing yet: `evidence` weighs which of them are believed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.parser import lexicon, names
from indexer.readers.script import Line


class Form(StrEnum):
    """How a label is set off from what is said; the value is told to people."""

    COLON = "a colon"
    BRACKET = "brackets"
    TIME = "a time"
    STRONG = "bold type"
    HEADING = "a heading"
    BARE = "a line of its own"
    STROKE = "a stroke"
    GAP = "a gap"
    FORMAT = "the format"


WEAK = frozenset({Form.BARE, Form.GAP})
"""Forms that much else has: a name alone on a line, a name before a wide space. They are counted apart."""

Key = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Label:
    """A label that may open a turn.

    `place` is the line's index in the script. `name` is the speaker, `key` what labels are counted together by: the
    folded name, weak forms apart from labels that are set off. `printed` is the label as it stands,
    `office` what is printed beside the name. The label occupies `start` to `end` of the line's text, with the bullet
    before it and the colon behind; `alone` says that nothing follows it there. `time` is in milliseconds.
    """

    place: int
    key: Key
    name: str
    printed: str
    office: str
    start: int
    end: int
    form: Form
    alone: bool
    time: int | None = None


_NOBODYS = frozenset({"caption", "link", "rule", "note", "code"})
"""Kinds of lines in which nobody is named as a speaker."""

LONGEST = 64
"""Characters within which a label's colon must come: two offices and a name (国务院…发言人 宁小乔) take about 40."""

_SPACE = " \t　\xa0\u200b\ufeff"
_BULLETS = "*•●■◆▲△▶►◇□○※☆★>»▍|▎·\\u2600-\\u27bf\\ufe0f\\U0001f000-\\U0001faff\\-"
_NUMBER = r"(?:\d{1,3}[.、．)）]|[一二三四五六七八九十]{1,3}、|[(（](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）])"

_ON_SCREEN = r"(?:[【\[（(](?:同期声?|现场|采访|出镜)[】\])）][ 　]*(?=[^：:。，]{2,20}[：:]))"  # 【同期】店主 熊师傅：
_BULLET = re.compile(rf"[{_SPACE}]*(?:[{_BULLETS}]+[{_SPACE}]*)?(?:{_NUMBER}[{_SPACE}]*)?{_ON_SCREEN}?")
_OUTLINE = re.compile(rf"[{_SPACE}{_BULLETS}]*{_NUMBER}")
_CLOCK = r"(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s+)?\d{1,3}[:：]\d{2}(?:[:：]\d{2})?(?:[.,]\d{1,3})?"
_RANGE = rf"(?P<time>{_CLOCK})(?:\s*(?:-->|->|[-–—~～至])\s*{_CLOCK})?"
_NAME_TIME = re.compile(
    rf"(?P<name>[^\s：:，。！？,!?(（\[][^：:，。！？,!?(（\[]{{0,30}}?)[{_SPACE}]*"
    rf"(?:[(（\[【]\s*{_RANGE}\s*[)）\]】][{_SPACE}]*[：:]?"
    rf"|[{_SPACE}|｜:：]+{_RANGE.replace('time', 'time2')}(?:[{_SPACE}]+|$))"
)
_TIME_NAME = re.compile(
    rf"[(（\[【]?\s*{_RANGE}\s*[)）\]】]?[{_SPACE}]*"
    rf"(?P<name>[^\s：:，。！？,!?\d][^：:，。！？,!?]{{0,20}}?)[{_SPACE}]*(?:[：:]|$)"
)
_LETTER = re.compile(r"[^\W\d_]")
_OPEN, _CLOSE = "【\\[〔［〖<＜〈", "】\\]〕］〗>＞〉"
_BRACKET = re.compile(
    rf"[{_OPEN}](?P<name>[^{_CLOSE}{_OPEN}]{{1,40}})[{_CLOSE}][{_SPACE}]*[：:]?[{_SPACE}]*"
    rf"|[（(](?P<role>[^（）()]{{1,8}})[）)][{_SPACE}]*[：:]?[{_SPACE}]*"
)
_BRACKETS = frozenset("【[〔［〖<＜〈（(")
_NUMBERED = re.compile(
    rf"(?P<name>[QAqa问答](?:[{_SPACE}]?\d{{1,3}})?)(?:[{_SPACE}]*[.．、：:][{_SPACE}]*|(?<=\d)[{_SPACE}]+)"
)
_PUBLIC = re.compile('(?:网友|網友|观众|觀眾|听众|聽眾|读者|讀者)[“"「『][^”"」』]{1,16}[”"」』]$')  # 网友“山水”：
_ASKS_ANSWERS = frozenset("问答問QA")
_GAP = re.compile(
    r"(?P<name>[^\s：:，。！？,!?（(]{1,8})(?:\t[" + _SPACE + r"]*|　[" + _SPACE + r"]*| {2,}|(?<=^[问答問QA]) )(?=\S)"
)
_STROKE = re.compile(
    rf"(?P<name>[^\s：:，。！？,!?|｜丨∣\d][^：:，。！？,!?|｜丨∣]{{0,15}}?)[{_SPACE}]*[|｜丨∣][{_SPACE}]*(?=\S)"
)
_STROKES = frozenset("|｜丨∣")
_NOT_IN_NAME = re.compile(r"[。！？!?；;…，,“”\"‘’「」『』=＝→+％%@\\]")
_NOTES = re.compile(r"[（(【\[][^（()）【】\[\]]*[）)】\]]")


def numbered(text: str, label: "Label") -> bool:
    """Tell whether a number stands before a label: 1、记者：, （三）避免浪费：."""
    return text[:1] != label.printed[:1] and bool(_OUTLINE.match(text))


def find(place: int, line: Line) -> Label | None:
    """Return what may be a label at the beginning of a line."""
    if line.label is not None:
        return _label(place, line, line.label, 0, Form.FORMAT, line.start) if line.label else None
    if line.kind in _NOBODYS:
        return None
    text = line.text
    bullet = _BULLET.match(text)
    start = bullet.end() if bullet else 0
    colon = _colon(text, start)
    begins = text[start : start + 20]
    if ("|" in begins or "｜" in begins or "丨" in begins) and (label := _before_stroke(place, line, start)):
        return label
    if text[start : start + 1] in _BRACKETS and (label := _in_brackets(place, line, start)):
        return label
    if colon >= 0:
        label = _timed(place, line, start) or _numbered(place, line, start) or _before_colon(place, line, start, colon)
        return label or _before_gap(place, line, start)
    if text[start : start + 1] in _ASKS_ANSWERS:
        return _before_gap(place, line, start) or _without_colon(place, line, start)
    return _without_colon(place, line, start) or _before_gap(place, line, start)


def _in_brackets(place: int, line: Line, start: int) -> Label | None:
    """Return a label in brackets; in round ones, where stage directions stand, only a word for a part: （问）."""
    found = _BRACKET.match(line.text, start)
    if not found or (found["role"] and names.fold(found["role"]) not in lexicon.ROLES):
        return None
    printed = found["name"] or found["role"]
    return _timed(place, line, start) or _label(place, line, printed, found.end(), Form.BRACKET)


def _colon(text: str, start: int) -> int:
    """Return where the first colon stands, -1 where none is near enough."""
    full, half = text.find("：", start, start + LONGEST), text.find(":", start, start + LONGEST)
    return min(full, half) if full >= 0 and half >= 0 else max(full, half)


def _timed(place: int, line: Line, start: int) -> Label | None:
    """Return a label that stands beside a time."""
    text = line.text
    found = _NAME_TIME.match(text, start)
    if not found or not _LETTER.search(found["name"]):  # 2024-01-05 10:00:01 张伟: the name comes behind
        found = _TIME_NAME.match(text, start)
    if not found or len(found["name"]) > 30:
        return None
    time = found["time"] or found.groupdict().get("time2") or ""
    return _label(place, line, found["name"], found.end(), Form.TIME, milliseconds(time))


def milliseconds(clock: str) -> int | None:
    """Return a time as milliseconds: 00:42, 01:02:03, 01:02:03,500; a date before it is passed over."""
    parts = (
        [float(part.replace(",", ".")) for part in clock.rsplit(maxsplit=1)[-1].replace("：", ":").split(":")]
        if clock
        else []
    )
    if len(parts) not in (2, 3):
        return None
    hours, minutes, seconds = ([0.0, *parts])[-3:]
    return round(((hours * 60 + minutes) * 60 + seconds) * 1000)


def _numbered(place: int, line: Line, start: int) -> Label | None:
    """Return a label Q1, A2., 问3."""
    found = _NUMBERED.match(line.text, start)
    return _label(place, line, found["name"], found.end(), Form.COLON) if found else None


def _before_colon(place: int, line: Line, start: int, colon: int) -> Label | None:
    """Return what stands before the colon, where it can be a name: 5:30, http: and a clause with a comma cannot."""
    text = line.text
    if "(" in text[start:colon] or "（" in text[start:colon]:
        colon = _after_notes(text, start, colon)
    printed, after = text[start:colon].strip(_SPACE), text[colon + 1 : colon + 2]
    if not printed or after == "/" or (printed[-1].isdigit() and after.isdigit() and not names.is_machine(printed)):
        return None
    clean = _NOTES.sub("", printed) if printed[-1] in "）)】]" else printed
    opens = clean[:1] in ("（", "(")  # （一：a bracket that stays open
    if opens or (_NOT_IN_NAME.search(clean) and not _PUBLIC.match(clean)):
        return None
    return _label(place, line, printed, colon + 1, Form.COLON)


def _before_stroke(place: int, line: Line, start: int) -> Label | None:
    """Return what stands before the one stroke of a line: C | …; several part the words of a menu."""
    found = _STROKE.match(line.text, start)
    if not found or not _STROKES.isdisjoint(line.text[found.end() : found.end() + LONGEST]):
        return None
    return None if _NOT_IN_NAME.search(found["name"]) else _label(place, line, found["name"], found.end(), Form.STROKE)


def _after_notes(text: str, start: int, colon: int) -> int:
    """Return the colon that follows the brackets a label has: 何苗（著有：…）：."""
    for note in _NOTES.finditer(text, start, start + LONGEST + 40):
        if note.start() < colon < note.end():
            behind = text[note.end() : note.end() + 2].lstrip(_SPACE)
            return text.index(behind[0], note.end()) if behind[:1] in ("：", ":") and behind else colon
    return colon


def _without_colon(place: int, line: Line, start: int) -> Label | None:
    """Return a label without a colon: in bold, as a heading or on a line of its own, Q1 before its question."""
    text = line.text.strip(_SPACE)
    if (found := _NUMBERED.match(line.text, start)) and found["name"][:1].isascii():
        return _label(place, line, found["name"], found.end(), Form.COLON)
    if len(text) > 30 or len(text) <= start or _NOT_IN_NAME.search(_NOTES.sub("", text)):
        return None
    form = Form.HEADING if line.kind == "heading" else Form.STRONG if line.strong >= len(text) else Form.BARE
    if (form is Form.BARE and len(text) > 12) or not _LETTER.search(text):
        return None
    return _label(place, line, text[start:], len(line.text), form)


def _before_gap(place: int, line: Line, start: int) -> Label | None:
    """Return a name that a gap parts from what is said, as in 主席　現在開會."""
    found = _GAP.match(line.text, start)
    if not found or not _LETTER.search(found["name"]) or names.likeness(found["name"])[0] < 2.0:
        return None
    return _label(place, line, found["name"], found.end(), Form.GAP)


def seed(printed: str) -> Label:
    """Return a label that stands nowhere yet: a name to look for."""
    name, office = names.parted(printed)
    return Label(0, (names.fold(name), False), name, printed, office, 0, 0, Form.COLON, alone=False)


def _label(place: int, line: Line, printed: str, end: int, form: Form, time: int | None = None) -> Label | None:
    """Return the label, its name cleaned; None where nothing is left of it."""
    name, office = names.parted(printed)
    if not name:
        return None
    while end < len(line.text) and line.text[end] in _SPACE:
        end += 1
    alone = end >= len(line.text) and form is not Form.FORMAT
    return Label(
        place,
        (names.fold(name), form in WEAK),
        name,
        printed.strip(names.AROUND),
        office,
        0,
        end,
        form,
        alone,
        time,
    )
