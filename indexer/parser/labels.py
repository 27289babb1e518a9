"""Candidates for speaker labels at the start of a line, in every form that transcripts use.

    COLON    郑志昊：…   记者: …   何　苗（渡口书屋创办人）：…   Q1：…   36氪：…
    BRACKET  【主持人】…   [岳建平]…
    TIME     说话人1 00:42   陈可(00:00:04): …   [00:00:04] 陈可：…
    BOLD     a line in bold with nothing but a name
    HEADING  a heading with nothing but a name
    BARE     a line with nothing but a name
    BAR      郑 ｜ …   C | …
    GAP      a name and a wide space: 主席　現在開會。
    MARK     a name set off without a colon: 甲; …   记者——…   王敏> …   or in bold before the words
    FORMAT   the format names the speaker (a voice in subtitles, a segment of an ASR transcript)
    CORRECTION  a correction of the user names the speaker

`label_scores` decides which candidates are speakers.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.parser import label_prefix, label_times, lexicon, names
from indexer.readers.script import Line


class LabelForm(StrEnum):
    """The typographic form of a label."""

    COLON = "a colon"
    BRACKET = "brackets"
    TIME = "a time"
    BOLD = "bold type"
    HEADING = "a heading"
    BARE = "a line of its own"
    BAR = "a vertical bar"
    GAP = "a gap"
    MARK = "a mark"
    FORMAT = "the format"
    CORRECTION = "a correction"


WEAK_FORMS = frozenset({LabelForm.BARE, LabelForm.GAP, LabelForm.MARK})
"""Forms that are ambiguous: a name alone on a line, before a wide space or a mark. They are counted separately."""

LabelKey = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Label:
    """A label that may open a turn.

    `line_index` is the index of the line in the script. `name` is the speaker, `printed` the label as printed,
    `affiliation` what is printed beside the name. Labels are counted together by `key`: the folded name, weak forms
    separate from the others. `start` and `end` delimit the label in the line, with the bullet before it and the colon
    after it; `on_own_line` is true if no text follows there. `time` is in milliseconds, `caption` the number of
    characters before the label that are a caption attached to it.
    """

    line_index: int
    key: LabelKey
    name: str
    printed: str
    affiliation: str
    start: int
    end: int
    form: LabelForm
    on_own_line: bool
    time: int | None = None
    caption: int = 0


_KINDS_WITHOUT_LABELS = frozenset({"caption", "link", "rule", "note", "annotation", "translation", "code", "left out"})
"""Kinds of lines that have no speaker label."""

MAX_LENGTH = 64
"""Characters that contain the colon of a label; two job titles and a name (国务院…发言人 宁小乔) take about 40."""

_SPACE = " \t　\xa0\u200b\ufeff"
_LETTER = re.compile(r"[^\W\d_]")
_OPENING, _CLOSING = "【\\[〔［〖<＜〈", "】\\]〕］〗>＞〉"
_BRACKET = re.compile(
    rf"[{_OPENING}](?P<name>[^{_CLOSING}{_OPENING}]{{1,40}})[{_CLOSING}][{_SPACE}]*[：:]?[{_SPACE}]*"
    rf"|[（(](?P<role>[^（）()]{{1,8}})[）)][{_SPACE}]*[：:]?[{_SPACE}]*"
)
_BRACKETS = frozenset("【[〔［〖<＜〈（(")
_NUMBERED = re.compile(
    rf"(?P<name>[QAqa问答](?:[{_SPACE}]?\d{{1,3}})?)(?:[{_SPACE}]*[.．、：:][{_SPACE}]*|(?<=\d)[{_SPACE}]+)"
)
_QUOTED_SPEAKER = re.compile(
    '(?:网友|網友|观众|觀眾|听众|聽眾|读者|讀者)[“"「『][^”"」』]{1,16}[”"」』]$'
)  # 网友“山水”：
_QA_CHARACTERS = frozenset("问答問QA")
_GAP = re.compile(
    r"(?P<name>[^\s：:，。！？,!?（(]{1,8})(?:\t[" + _SPACE + r"]*|　[" + _SPACE + r"]*| {2,}|(?<=^[问答問QA]) )(?=\S)"
)
_BAR = re.compile(
    rf"(?P<name>[^\s：:，。！？,!?|｜丨∣\d][^：:，。！？,!?|｜丨∣]{{0,15}}?)[{_SPACE}]*[|｜丨∣][{_SPACE}]*(?=\S)"
)
_POSITION = re.compile(r"(?P<name>[^，,]{2,8})[，,](?P<rest>[^：:]{2,24})")
_LINE_NUMBER = re.compile(rf"[A-Za-z]?\d{{1,4}}[{_SPACE}]+(?=\D)")  # 012 林深：, T3 林深：
_BARS = frozenset("|｜丨∣")
_MAX_BOLD_NAME = 12
_AFTER_NAME = frozenset("：:，,。、（(|｜丨∣·")
_MARKS = frozenset(";；>＞—–")
_MARK = re.compile(
    rf"(?P<name>[^\s;；>＞—–：:，。！？,!?（(“「]{{1,8}})[{_SPACE}]*(?:[;；>＞]|[—–]{{1,2}})[{_SPACE}]*(?=\S)"
)
_NOT_IN_NAME = re.compile(r"[。！？!?；;…，,“”\"‘’「」『』=＝→+％%@\\]")
_PARENTHESES = re.compile(r"[（(【\[][^（()）【】\[\]]*[）)】\]]")


def candidate(line_index: int, line: Line) -> Label | None:
    """Return the label candidate at the start of a line, or None."""
    if line.label is not None:
        return _label(line_index, line, line.label, 0, LabelForm.FORMAT, line.start) if line.label else None
    if line.kind in _KINDS_WITHOUT_LABELS:
        return None
    text = line.text
    start = label_prefix.length(text)
    colon = _colon_index(text, start)
    beginning = text[start : start + 20]
    if ("|" in beginning or "｜" in beginning or "丨" in beginning) and (label := _before_bar(line_index, line, start)):
        return label
    if text[start : start + 1] in _BRACKETS and (label := _bracketed(line_index, line, start)):
        return label
    if 0 < line.bold_prefix_length < len(text) and (label := _bold_name(line_index, line, start)):
        return label
    if colon >= 0:
        label = (
            _beside_time(line_index, line, start)
            or _question_number(line_index, line, start)
            or _before_colon(line_index, line, start, colon)
        )
    elif text[start : start + 1] in _QA_CHARACTERS:
        label = _before_gap(line_index, line, start) or _without_colon(line_index, line, start)
    else:
        label = _without_colon(line_index, line, start)
    return label or _before_gap(line_index, line, start) or _before_mark(line_index, line, start)


def _bracketed(line_index: int, line: Line, start: int) -> Label | None:
    """Return a label in brackets; in round ones, which hold stage directions, only a role word or a person: （问）."""
    match = _BRACKET.match(line.text, start)
    if not match or (match["role"] and not _may_be_in_parentheses(match["role"], line.text[match.end() :])):
        return None
    printed = match["name"] or match["role"]
    return _beside_time(line_index, line, start) or _label(line_index, line, printed, match.end(), LabelForm.BRACKET)


def _may_be_in_parentheses(printed: str, following: str) -> bool:
    """Return whether somebody speaks whose name is in round brackets: （何苗）去码头。 but not （何苗）."""
    folded = names.fold(printed)
    return folded in lexicon.ROLE_WORDS or (bool(following) and names.is_person(folded))


def _colon_index(text: str, start: int) -> int:
    """Return the index of the first colon, -1 if there is none within `MAX_LENGTH`."""
    full, half = text.find("：", start, start + MAX_LENGTH), text.find(":", start, start + MAX_LENGTH)
    return min(full, half) if full >= 0 and half >= 0 else max(full, half)


def _beside_time(line_index: int, line: Line, start: int) -> Label | None:
    """Return a label printed beside a time."""
    found = label_times.name_beside_time(line.text, start)
    return _label(line_index, line, found.name, found.end, LabelForm.TIME, found.time) if found else None


def _question_number(line_index: int, line: Line, start: int) -> Label | None:
    """Return a label of question and answer: Q1, A2., 问3."""
    match = _NUMBERED.match(line.text, start)
    return _label(line_index, line, match["name"], match.end(), LabelForm.COLON) if match else None


def _before_colon(line_index: int, line: Line, start: int, colon: int) -> Label | None:
    """Return the label before a colon if it can be a name: 5:30, http: and a clause with a comma cannot."""
    text = line.text
    if "(" in text[start:colon] or "（" in text[start:colon]:
        colon = _colon_after_parentheses(text, start, colon)
    printed, next_character = text[start:colon].strip(_SPACE), text[colon + 1 : colon + 2]
    if (
        not printed
        or next_character == "/"
        or (printed[-1].isdigit() and next_character.isdigit() and not names.is_machine_label(printed))
    ):
        return None
    bare_name = _PARENTHESES.sub("", printed) if printed[-1] in "）)】]" else printed
    position = _POSITION.fullmatch(bare_name) if "，" in bare_name or "," in bare_name else None
    if position and names.is_introduced(position["name"], position["rest"]):
        return _label(line_index, line, f"{position['name']}（{position['rest']}）", colon + 1, LabelForm.COLON)
    unclosed = bare_name[:1] in ("（", "(")  # （一：a bracket that stays open
    if unclosed or (_NOT_IN_NAME.search(bare_name) and not _QUOTED_SPEAKER.match(bare_name)):
        return None
    if (
        printed[0].isascii()
        and (number := _LINE_NUMBER.match(printed))
        and names.likeness(printed[number.end() :])[0] >= 2.0
    ):
        printed = printed[number.end() :]
    return _label(line_index, line, printed, colon + 1, LabelForm.COLON)


def _before_bar(line_index: int, line: Line, start: int) -> Label | None:
    """Return the label before the only vertical bar of a line: C | …; a menu has several."""
    match = _BAR.match(line.text, start)
    if not match or not _BARS.isdisjoint(line.text[match.end() : match.end() + MAX_LENGTH]):
        return None
    return (
        None
        if _NOT_IN_NAME.search(match["name"])
        else _label(line_index, line, match["name"], match.end(), LabelForm.BAR)
    )


def _colon_after_parentheses(text: str, start: int, colon: int) -> int:
    """Return the index of the colon after the parentheses of a label: 何苗（著有：…）：."""
    for parenthesis in _PARENTHESES.finditer(text, start, start + MAX_LENGTH + 40):
        if parenthesis.start() < colon < parenthesis.end():
            following = text[parenthesis.end() : parenthesis.end() + 2].lstrip(_SPACE)
            return text.index(following[0], parenthesis.end()) if following[:1] in ("：", ":") and following else colon
    return colon


def _without_colon(line_index: int, line: Line, start: int) -> Label | None:
    """Return a label without a colon: in bold, as a heading or on a line of its own, Q1 before its question."""
    text = line.text.strip(_SPACE)
    if (match := _NUMBERED.match(line.text, start)) and match["name"][:1].isascii():
        return _label(line_index, line, match["name"], match.end(), LabelForm.COLON)
    if len(text) > 30 or len(text) <= start or _NOT_IN_NAME.search(_PARENTHESES.sub("", text)):
        return None
    form = (
        LabelForm.HEADING
        if line.kind == "heading"
        else LabelForm.BOLD
        if line.bold_prefix_length >= len(text)
        else LabelForm.BARE
    )
    if (form is LabelForm.BARE and len(text) > 12) or not _LETTER.search(text):
        return None
    return _label(line_index, line, text[start:], len(line.text), form)


def _before_gap(line_index: int, line: Line, start: int) -> Label | None:
    """Return a name that a wide space separates from the speech: 主席　現在開會."""
    match = _GAP.match(line.text, start)
    if not match or not _LETTER.search(match["name"]) or names.likeness(match["name"])[0] < 2.0:
        return None
    return _label(line_index, line, match["name"], match.end(), LabelForm.GAP)


def _before_mark(line_index: int, line: Line, start: int) -> Label | None:
    """Return a short name before a mark that some use instead of a colon: 甲; 去哪里？ and 记者——去哪里？."""
    if _MARKS.isdisjoint(line.text[start : start + 10]):
        return None
    match = _MARK.match(line.text, start)
    if not match or not _LETTER.search(match["name"]):
        return None
    return _label(line_index, line, match["name"], match.end(), LabelForm.MARK)


def _bold_name(line_index: int, line: Line, start: int) -> Label | None:
    """Return a name in bold directly before its words, without a colon: **林深** 去哪里？."""
    end = line.bold_prefix_length
    name, following = line.text[start:end].strip(_SPACE), line.text[end:].lstrip(_SPACE)
    if not 0 < len(name) <= _MAX_BOLD_NAME or following[:1] in _AFTER_NAME or _NOT_IN_NAME.search(name):
        return None
    is_name = ":" not in name and "：" not in name and names.likeness(name)[0] >= 1.0
    return _label(line_index, line, name, end, LabelForm.MARK) if is_name else None


def unplaced(printed: str) -> Label:
    """Return a label without a position: a name to search for."""
    name, affiliation = names.split_affiliation(printed)
    return Label(0, (names.fold(name), False), name, printed, affiliation, 0, 0, LabelForm.COLON, on_own_line=False)


def _label(
    line_index: int, line: Line, printed: str, end: int, form: LabelForm, time: int | None = None
) -> Label | None:
    """Return a label with its name cleaned, None if nothing is left of it."""
    name, affiliation = names.split_affiliation(printed)
    if not name:
        return None
    while end < len(line.text) and line.text[end] in _SPACE:
        end += 1
    on_own_line = end >= len(line.text) and form is not LabelForm.FORMAT
    return Label(
        line_index,
        (names.fold(name), form in WEAK_FORMS),
        name,
        printed.strip(names.SURROUNDING),
        affiliation,
        0,
        end,
        form,
        on_own_line,
        time,
    )
