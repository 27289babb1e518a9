"""Lines of the body that are not speech: stage directions, captions, subheadings, page furniture, footnotes, rules.

Most are recognised by their own form; page headers and subheadings need their neighbours.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from indexer.language.messages import gettext_noop
from indexer.parser.names import fold
from indexer.parser.trace import LineClass
from indexer.readers.script import CorrectionKind, Line

Classification = tuple[LineClass, str]

_KINDS: dict[str, Classification] = {
    "heading": (LineClass.HEADING, gettext_noop("a heading")),
    "caption": (LineClass.CAPTION, gettext_noop("a caption")),
    "rule": (LineClass.RULE, gettext_noop("a rule")),
    "note": (LineClass.FOOTNOTE, gettext_noop("a footnote")),
    "link": (LineClass.FOOTER, gettext_noop("only a link")),
    CorrectionKind.LEFT_OUT: (LineClass.LEFT_OUT, gettext_noop("by a correction")),
    "annotation": (LineClass.ANNOTATION, gettext_noop("an annotation, not speech")),
    "translation": (LineClass.TRANSLATION, gettext_noop("the same in another language")),
}
_MAY_HOLD_PROSE = frozenset({"heading", "link"})  # whole paragraphs may be set as one
_MAX_HEADING = 60
_SENTENCE_MARK = re.compile(r"[。！？；]")
_MAX_DIRECTION_LINES = 4
_MAX_LENGTH = 80  # characters; longer lines are speech unless marked up otherwise
_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"
_DAY = r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?)"
_PAGE_OR_CLOCK = re.compile(
    rf"[\[(【]?\s*(?:{_DAY}?\s*(?:上午|下午|晚上|晚|早上|中午)?\s*{_CLOCK}|{_DAY})\s*[\])】]?|"
    r"[-—–·~]*\s*\d{1,5}\s*[-—–·~]*|第\s?\d+\s?页(?:.{0,3}共\s?\d+\s?页)?|page \d+(?: of \d+)?|\d+\s?/\s?\d+",
)
# 立法会─2013年11月6日1234, legislative council ─ 6 november 2013; a title has no number behind its date
_RUNNING_HEADER = re.compile(
    rf"\d{{0,5}}\s*[^，。：:！？!?]{{2,24}}?\s*[─—–―-]+\s*{_DAY}\s*\d{{1,5}}"
    rf"|\d{{1,5}}\s*[^，。：:！？!?\d]{{2,24}}?\s*[─—–―-]+\s*{_DAY}"
    r"|(?:\d{1,5} +)?[a-z' ]{3,40}[─—–―-]+ *\d{1,2} [a-z]{3,9} \d{4}(?: +\d{1,5})?"
)
_HAS_PAGE_NUMBER = re.compile(rf"^\d{{1,5}}[ \t　]{{2,}}\S|\S[ \t　]{{2,}}\d{{1,5}}$|[─—–―]\s*{_DAY}|{_DAY}\s*[─—–―]")
_MIN_PAGE, _MAX_SPREAD = 5, 3  # lines of a page, and how much longer one may be than another
_HAS_COLON = re.compile("[：:]")
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"</?hr ?/?>|[\s\-=_*~—–―─━·•.。#+◆◇■□●○★☆※^|]+")
_IN_BRACKETS = re.compile(r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]")
_STAGE_DIRECTION = re.compile(rf"{_IN_BRACKETS.pattern}(?:\s*[（(][^（）()]*[）)])*|\*[^*]+\*|\[[^\[\]]+\]|\\\[.*\\\]")
_EDITORS_NOTE = re.compile(r"[（(\[]\s*(?:编者)?注(?:释)?\s*[：:]")
_CAPTION = re.compile(
    r"(?:图[为源:/|丨]|图自(?!己)|图片(?:来源|说明|由)|照片由|供图|[▲△↑↓▼▽◤◢©]|[左右上下配题头插]图|资料图|封面图|视频截图|"
    r"图\d{1,2}[ :.、]|(?:摄影|绘图|制图)师?[:/|丨 ]|摄[:/|丨]|photo(?: by|:)|"
    r"(?:[前后中]排)?(?:左起|右起|从左[至到]右)[:为,])"
)
_CAPTION_END = re.compile(
    r"(?:[ 　/(（|。].{0,12}摄|(?:记者|摄影师|通讯员) ?[^，。]{2,8}摄|供图|(?:资料|档案|网络|示意)图片?"
    r"|截图|剧照|海报|摄影|合影|照片提供|图片?(?:均)?(?:由|来自|为)[^，。]{1,12})[)）]?$"
)
_CREDIT_IN_CAPTION = re.compile(
    r"(?:[ /|。](?:图|摄影|摄)|图源|图片来源|供图)[:/|丨][^，。]{1,16}$"
)  # 渡口的早晨 图源：…
_SPEAKS = re.compile(r"[我你您咱]")
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]|[①-⑳]\s?[^，。]{0,40}(?:年|出版|页)|注\s?\d{1,3}[:：]")
_ADJOURNED = re.compile(  # a record of a sitting, without a speaker: 下午1时12分散会, 会议于20:45结束
    r"(?:会议|本次会议|本会|立法会|委员会|本院)?(?:遂)?(?:于|在)?\s*"
    r"(?:上午|下午|中午|晚上)?\d{1,2}[时点:](?:\d{1,2}分?|正|整)?\s*"
    r"(?:会议)?(?:散会|休会|暂停会议|暂停|恢复会议|会议开始|会议恢复|会议结束|结束|复会|续会|开会|休庭|闭庭)[。.]?"
    r"|(?:散会|休会|闭会|休庭|闭庭|复会|继续开会)\s*[（(:：]?\s*(?:上午|下午|中午|晚上)?\s*\d{1,2}[时点:]\s*(?:\d{1,2}分?|正|整)?\s*[)）。]?"
    r"|(?:散会|闭会|休庭|闭庭)"
)
# what minutes record of a motion: who moved it, its result, who voted how
_MOTION = re.compile(r"(?:(?:共同)?提案人|连署人|附议人|动议人|和议人|(?:附带|会议)?决议|表决结果)[：:]")
_VOTE = re.compile(r"(?:赞成|反对|弃权|赞成议案|反对议案)[。.]?$")
_VOTE_ENDS = frozenset("成對对權权案")  # folding every line would be slow
_MIN_VOTERS = 3
_ADVERTISEMENT = re.compile(
    r"(?:点击(?!率|量)|扫码|扫一扫|长按|扫描(?:下|上|图|二维码)|识别(?:下|上|图|二维码)|(?:广告|推广)(?:[:/|丨 ]|$)"
    r"|向[上下左右]滑动|[上下左右]{2}滑动|滑动查看|戳(?:下|上|这里|图))"
)
_END_MARKS = '⋯。！？!?…；;：:，,、.”’"』」）)》~～—'
_CONTINUES = re.compile(r"而且|因为|所以|但是?|如果|然后|等于|不过|可是|或者|以及|就是|其实|那么?|对|是的|好|嗯")
_QUOTED = re.compile(
    r"[“「『\"][^“”「」『』\"。！？!?，,：:]{2,22}[”」』\"]"
)  # a quotation as a subheading: “尺子骗人”
_COUNT = re.compile(r"[：:]\s*\d")  # 软件工程：90人 is speech
_SECTION_NUMBER = re.compile(
    r"(?:part\.?\s?\d+|\d{1,2}|[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十]+[章节部分]{1,2})[\s.、：:]*"
)


def classify(line: Line) -> Classification | None:
    """Return the class of a line of the body and the reason, None if it may be speech."""
    text = line.text.strip()
    if line.kind in _KINDS and not (line.kind in _MAY_HOLD_PROSE and _is_prose(text)):
        return _KINDS[line.kind]
    if "、" in text and not _VOTE_ENDS.isdisjoint(text[-2:]) and _is_division(text):
        return LineClass.RECORD, gettext_noop("who voted how")
    if len(text) > (_MAX_LENGTH if "http" not in text else 3 * _MAX_LENGTH):
        return None
    folded = fold(text)
    if _RULE.fullmatch(folded) and not set(folded) <= set(".。…"):
        return LineClass.RULE, gettext_noop("a line of symbols")
    if line.start is None and (
        _PAGE_OR_CLOCK.fullmatch(folded) or _RUNNING_HEADER.fullmatch(folded)
    ):  # a cue may be just 2013
        return LineClass.PAGE_FURNITURE, gettext_noop("a page number or a clock")
    if _STAGE_DIRECTION.fullmatch(folded) and not _EDITORS_NOTE.match(folded):
        if len(folded) <= 50 and _is_caption_line(folded.strip("()（）[]")):
            return LineClass.CAPTION, gettext_noop("a caption in brackets")
        return LineClass.STAGE_DIRECTION, gettext_noop("a line in brackets")
    return _classify_by_wording(folded)


def _is_prose(text: str) -> bool:
    """Return whether a long line consists of two sentences or more."""
    return len(text) > _MAX_HEADING and text[-1] in "。！？…”" and bool(_SENTENCE_MARK.search(text, 0, len(text) - 2))


def _classify_by_wording(folded: str) -> Classification | None:
    """Return whether a short line is a caption, a footnote or an advertisement."""
    if _is_caption_line(folded):
        return LineClass.CAPTION, gettext_noop("worded like a caption")
    if _FOOTNOTE.match(folded):
        return LineClass.FOOTNOTE, gettext_noop("numbered like a footnote")
    if _MOTION.match(folded):
        return LineClass.RECORD, gettext_noop("a motion")
    if _ADJOURNED.fullmatch(folded):
        return LineClass.PAGE_FURNITURE, gettext_noop("start or end of a sitting")
    if len(folded) <= 40 and _ADVERTISEMENT.match(folded) and not _SPEAKS.search(folded):
        return LineClass.FOOTER, gettext_noop("asks to click or scan")
    return None


def broken_directions(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the lines of stage directions that are broken over several lines, each with the index of the first.

    The bracket opens at the start of a line and closes at the end of one of the next, without a blank line between.
    """
    for first, line in enumerate(lines):
        if line.text.lstrip()[:1] not in ("（", "(") or line.start is not None or line.label is not None:
            continue
        last = _end_of_direction(lines, first)
        if last > first and not _EDITORS_NOTE.match(fold(line.text[:20])):
            yield from ((index, first) for index in range(first, last + 1))


def _end_of_direction(lines: Sequence[Line], first: int) -> int:
    """Return the index of the line that ends with the bracket that opens `first`, or `first` if there is none."""
    depth = 0
    for index in range(first, min(first + _MAX_DIRECTION_LINES, len(lines))):
        text = lines[index].text.rstrip()
        if lines[index].number > lines[first].number + index - first:
            return first
        for position, character in enumerate(text, start=1):
            depth += (character in "（(") - (character in "）)")
            if not depth and character in "）)":
                return index if position == len(text) else first
    return first


def _is_division(text: str) -> bool:
    """Return whether a line lists who voted how: 陈一鸣议员、何苗议员及林深议员赞成."""
    voted = _VOTE.search(fold(text[-8:]))
    return bool(voted) and sum(text.count(title) for title in ("议员", "議員", "委员", "委員")) >= _MIN_VOTERS


def _is_caption_line(folded: str) -> bool:
    """Return whether a short line is a caption: not if somebody says 我 or 你 in it, or if it is a sentence."""
    if _SPEAKS.search(folded):
        return False
    if _CAPTION.match(folded):
        return True
    unfinished = len(folded) <= 50 and folded[-1:] not in _END_MARKS.replace(")", "")
    return unfinished and bool(_CAPTION_END.search(folded) or _CREDIT_IN_CAPTION.search(folded))


def is_note(text: str, line_class: LineClass, reason: str = "") -> bool:
    """Return whether a line that nobody speaks belongs to the record: a stage direction, a translation, the sitting."""
    if reason == "minutes of another meeting":
        return False
    if line_class in (LineClass.STAGE_DIRECTION, LineClass.RECORD, LineClass.TRANSLATION):
        return True
    if line_class is LineClass.PAGE_FURNITURE:
        return bool(_ADJOURNED.fullmatch(fold(text.strip())))
    return line_class is LineClass.FOOTER and bool(_IN_BRACKETS.fullmatch(text.strip()))


def is_caption(text: str) -> bool:
    """Return whether a text is worded like a caption."""
    folded = fold(text[:_MAX_LENGTH])
    return bool(_CAPTION.match(folded) or _CAPTION_END.search(folded))


def repeated_lines(lines: Sequence[Line]) -> frozenset[str]:
    """Return the short lines without a colon that occur at least three times: page headers.

    A page header with a page number or a date differs from page to page only in its digits; twice is enough for these.
    Cues are spoken. Where most lines end without punctuation, so may those that somebody says again (对对对对): page
    headers are at even distances there.
    """
    places: dict[str, list[int]] = defaultdict(list)
    finished = unfinished = 0
    for index, line in enumerate(lines):
        text = line.text.strip()
        if text[-1:] in _END_MARKS:
            finished += 1
        elif 4 <= len(text) <= 60 and not (line.label is not None or line.start is not None or _HAS_COLON.search(text)):
            places[text].append(index)
        else:
            unfinished += 1
    shapes: dict[str, list[int]] = defaultdict(list)
    for text, indices in places.items():
        shapes[_shape(text)] += indices
    unpunctuated = unfinished + sum(len(indices) == 1 for indices in places.values()) > finished
    found = {shape: (not unpunctuated or _evenly_spread(sorted(indices))) for shape, indices in shapes.items()}
    return frozenset(
        text for text in places if len(shapes[shape := _shape(text)]) >= (2 if shape != text else 3) and found[shape]
    )


def _evenly_spread(indices: Sequence[int]) -> bool:
    """Return whether lines are at distances as from page to page."""
    distances = [later - earlier for earlier, later in pairwise(indices)]
    return bool(distances) and min(distances) >= _MIN_PAGE and max(distances) <= _MAX_SPREAD * min(distances)


def _shape(text: str) -> str:
    """Return the part of a page header that does not change: 立法會 ─ 2013年11月6日    1235 with 0 for each number."""
    numbered = text[0].isdigit() or text[-1].isdigit() or text[-1] == "日"
    return _DIGITS.sub("0", text) if numbered and _HAS_PAGE_NUMBER.search(text) else text


def is_subheading(line: Line, previous: Line, following: Line | None, opens_turn: bool) -> bool:
    """Return whether an unmarked line between paragraphs is a subheading.

    It is short and ends without punctuation, the `previous` line of speech ends with punctuation, and a new turn
    follows (`opens_turn`); within an answer it must be in bold, or only a number. A quotation as a subheading ends
    with its quotation mark.
    """
    text = line.text.strip()
    if not text or len(text) > 30 or line.start is not None:
        return False
    if _QUOTED.fullmatch(text):
        return line.bold_prefix_length >= len(text) or (opens_turn and previous.text.rstrip()[-1:] in _END_MARKS)
    if text[-1] in _END_MARKS or _COUNT.search(text):
        return False
    if line.bold_prefix_length >= len(text):
        return True
    if previous.text.rstrip()[-1:] not in _END_MARKS:
        return False
    if _CONTINUES.match(fold(text)):
        return False
    if following is None or _SECTION_NUMBER.fullmatch(fold(text)):
        return following is not None
    return opens_turn and len(text) <= 24
