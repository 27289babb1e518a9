"""The lines before the first turn: title, header fields, and the editor's lead, which is narration.

Prose consists of sentences; all else before the first turn belongs to the header: dates, 来源, 文｜, lists of
participants, keywords, word counts, a generated summary, tables of contents. The title is the first heading, or the
first line that can be one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.language.messages import gettext_noop
from indexer.parser import (
    dates,
    footer,
    lexicon,
    line_marks,
    names,
    non_speech,
    section_markers,
    text_without_sentences,
)
from indexer.parser.line_wrapping import LineLayout
from indexer.parser.trace import LineClass, LineSegment
from indexer.readers.script import CorrectionKind, Line

_KEY = re.compile(r"(?P<key>[^：:|丨/]{1,12}?)\s*[：:|丨/]\s*")
_BANNER = re.compile(r"[【\[〖][^】\]〗]*[】\]〗]")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』\"')）】]*\s*$|[a-z]{2}[.!?][\"')]*\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；]|[a-z]{2}[.!?]\s", re.IGNORECASE)
_NOT_TITLE = re.compile(
    r"^[=\-~*]{2}|https?://|www\.|来源|稿源|字号|字体|作者|编辑|发布(?!会)|阅读|浏览|点击|评论|首页|当前位置|您的位置|本文约|全文约|分钟|>\s|^\d+$"
)
_NAVIGATION = re.compile(  # navigation of a web page: 用户登录 | 投稿, 返回
    r"(?:(?:(?:用户|会员)?(?:登录|登陆|注册)|投稿|返回(?:列表|首页|顶部|上一页)?|(?:网站)?首页|收藏|打印|分享(?:到|至)?|手机版|客户端"
    r"|关闭|设为首页|加入收藏|导航|菜单|搜索|繁体|简体|english)(?:本[站页文])?[\s|·/>,，、]*)+"
    r"|.{2,16}(?:主管|主办|承办|官方(?:合作)?网站)"
)
_UNTITLED = tuple(lexicon.FOOTER_STARTS)
# a Feishu export starts with its date and length; a key with its value below starts a list
_END_OF_TITLES = re.compile(r"[|丨]\s*\d+\s*(?:小时|分钟|秒)|^[^：:]{2,8}[：:]$")
_DATE_OR_TIME = re.compile(
    r"\d{1,4}\s?[年月日号时点分秒:：./-]+|星期.|周[一二三四五六日]|上午|下午|晚上|[\d\s|丨()·,，-]+"
)
_MAX_TITLE_LENGTH = 60
_MAX_KEY = 16
_ATTENDED = re.compile(rf"[【\[◎●■*\s]*(?:{'|'.join(names.ATTENDING)}|参加|参与)[^：:，。]{{0,6}}[：:]")
_ENDS_AT_KEY = re.compile(r"[：:][】\]\s]*$")  # the names are on the lines below
_COLON = re.compile(r"[：:]")
_KEY_AND_VALUE = gettext_noop("key and value")
_WITHOUT_SENTENCE = frozenset({_KEY_AND_VALUE, footer.NO_SENTENCE})
_CORRECTED = frozenset({CorrectionKind.KEPT, CorrectionKind.LEFT_OUT})
_KEY_LISTS = (
    *(lexicon.HEADER_KEYS, lexicon.PARTICIPANT_KEYS, lexicon.CREDIT_KEYS),
    *(lexicon.AUTHOR_KEYS, lexicon.GUEST_KEYS, lexicon.HOST_KEYS, lexicon.OUTLET_KEYS),
)
_ALL_KEYS = frozenset().union(*_KEY_LISTS)
_KEY_ENDING = re.compile(r".(?:编号|时间|地点|日期|对象|人员|方式|单位|电话)$")  # 访谈编号：…
_TITLE_KEY = re.compile(r"\s*(?:文章|访谈|訪談)?(?:标题|標題|篇名|题目|題目|题名|題名)\s*[：:]\s*(?=\S)")


_PLUG = re.compile(  # a sentence, and still no lead
    r"[^，。]{0,4}(?:版权|未经(?:授权|许可)|转载(?:请|自)|欢迎(?:关注|订阅|转载|投稿)|点击|关注我们|扫码|更多(?:精彩|内容|资讯|访谈))"
)
_NO_LAYOUT = LineLayout()


@dataclass(frozen=True, slots=True)
class ParsedHeader:
    """The segments of the lines before the first turn, and the title."""

    segments: tuple[LineSegment, ...]
    title: str

    def texts(self, *line_classes: LineClass) -> tuple[str, ...]:
        """Return the texts of the segments of these classes."""
        return tuple(segment.text for segment in self.segments if segment.line_class in line_classes)

    def notes(self, has_speakers: bool) -> frozenset[int]:
        """Return the indices of the segments that are notes: lines in brackets, and lists of those who attended.

        In minutes, where nobody speaks, also the lines without a sentence below the first: agreements, things to do.
        """
        found: set[int] = set()
        in_list = in_minutes = False
        for index, segment in enumerate(self.segments):
            if segment.line_class is not LineClass.HEADER:
                in_list = False
                in_minutes = in_minutes or (segment.line_class is LineClass.NARRATION and not has_speakers)
                noted = non_speech.is_note(segment.text, segment.line_class)
            elif _ATTENDED.match(names.fold(segment.text[:_MAX_KEY])):
                in_list, noted = bool(_ENDS_AT_KEY.search(segment.text)), True
            else:
                in_list = in_list and not _COLON.search(segment.text)  # another field
                noted = in_list or (in_minutes and segment.reason in _WITHOUT_SENTENCE)
            if noted:
                found.add(index)
        return frozenset(found)

    def fields(self, has_speakers: bool) -> tuple[str, ...]:
        """Return the lines of the header; in a text without speakers those before its first sentence, then its end."""
        before = takewhile(lambda segment: has_speakers or segment.line_class is not LineClass.NARRATION, self.segments)
        text = (LineClass.NARRATION, LineClass.FOOTER)
        behind = takewhile(lambda segment: segment.line_class not in text, reversed(self.segments))
        found = [*before, *(() if has_speakers else reversed([*behind]))]
        return tuple(
            segment.text for segment in found if segment.line_class in (LineClass.HEADER, LineClass.STAGE_DIRECTION)
        )


def parse_header(
    lines: Sequence[Line], title: str, layout: LineLayout = _NO_LAYOUT, characters_after: int = 0
) -> ParsedHeader:
    """Parse the lines of a header; `title` is the title in the format, "" if there is none.

    `characters_after` are those from the first label on. Lines that continue the one above are classified together with
    it.
    """
    tags = line_marks.tags(lines)
    summary = section_markers.summary_lines(lines, characters_after)
    untitled = (one for index, one in enumerate(lines) if index not in layout.legend and one.kind not in _CORRECTED)
    chosen = _title_line([line for line in untitled if line.text.strip() not in layout.page_furniture], title)
    segments: list[LineSegment] = []
    line_class, reason = LineClass.HEADER, ""
    for line_index, line in enumerate(lines):
        if line_index not in layout.continuations or not line_index:
            folded = names.fold(line.text[:200])
            line_class, reason = _classify(_with_continuations(lines, line_index, layout.continuations), folded)
            if line_index in layout.legend:
                line_class, reason = LineClass.HEADER, gettext_noop("says who the labels are")
            elif line is chosen:
                line_class, reason = LineClass.TITLE, gettext_noop("first line that can be a title")
            elif line_index in layout.directions:
                line_class, reason = LineClass.STAGE_DIRECTION, gettext_noop("lines in brackets")
            elif line.text.strip() in layout.page_furniture:
                line_class, reason = LineClass.PAGE_FURNITURE, gettext_noop("repeated line")
            elif line_index in summary and line_class is LineClass.NARRATION:
                line_class, reason = LineClass.HEADER, gettext_noop("part of a summary")
            elif line_class is LineClass.NARRATION and _introduces_participant(lines, line_index):
                line_class, reason = LineClass.HEADER, gettext_noop("list of participants")
        segments += _segments(line, line_class, reason, tags)
    segments = text_without_sentences.as_narration(segments, characters_after)
    if not characters_after:
        segments = footer.without_speakers(segments)
    is_title = any(segment.line is chosen and segment.line_class is LineClass.TITLE for segment in segments)
    printed = chosen.text.strip() if chosen and is_title else ""
    if key := _TITLE_KEY.match(printed):
        printed = printed[key.end() :]
    return ParsedHeader(tuple(segments), printed or title)


def _segments(line: Line, line_class: LineClass, reason: str, tags: frozenset[str]) -> Iterator[LineSegment]:
    """Yield the segments of a line: narration without the time or the tag before it."""
    start = 0
    if line_class is LineClass.NARRATION and (mark := line_marks.find(line.text, tags)):
        start, mark_class, mark_reason = mark
        yield LineSegment(line, 0, start, mark_class, mark_reason)
    yield LineSegment(line, start, len(line.text), line_class, reason)


def _introduces_participant(lines: Sequence[Line], line_index: int) -> bool:
    """Return whether a line introduces a participant in a list, with a name and a colon."""
    while line_index and (key := _KEY.match(lines[line_index].text)) and names.is_person(names.fold(key["key"])):
        line_index -= 1
        if section_markers.participant_key(lines[line_index].text):
            return True
    return False


def _with_continuations(lines: Sequence[Line], line_index: int, continuations: frozenset[int]) -> Line:
    """Return a line joined with those that continue it."""
    if line_index + 1 not in continuations or line_index + 1 >= len(lines):
        return lines[line_index]
    text = lines[line_index].text
    for after in range(line_index + 1, len(lines)):
        if after not in continuations:
            break
        text += lines[after].text
    return replace(lines[line_index], text=text)


def _classify(line: Line, folded: str) -> tuple[LineClass, str]:
    """Return the class of one line of the header, and the reason."""
    if line.kind == CorrectionKind.KEPT:
        return LineClass.NARRATION, gettext_noop("kept by a correction")
    if found := non_speech.classify(line):
        is_date = found[0] is LineClass.PAGE_FURNITURE and dates.find(line.text)
        return (LineClass.HEADER, gettext_noop("a date")) if is_date else found
    if footer.start_reason(line.text) and (not is_prose(line.text) or _PLUG.match(folded)):
        return LineClass.HEADER, gettext_noop("credits")
    if line.label is not None or line.start is not None:
        return LineClass.NARRATION, gettext_noop("a cue without a speaker")
    keys = _keys(folded)
    if keys and keys <= lexicon.HEADER_KEYS - lexicon.EDITORIAL_KEYS:
        return LineClass.HEADER, _KEY_AND_VALUE
    if is_prose(line.text):
        return LineClass.NARRATION, gettext_noop("sentences before the first turn")
    return LineClass.HEADER, footer.NO_SENTENCE


def _keys(folded: str) -> frozenset[str]:
    """Return the words before the first colon or bar of a line: 采访、撰文｜佟鸥 has two."""
    match = _KEY.match(folded)
    return frozenset(re.split("[、&及和与]", match["key"].strip("【】[]() "))) if match else frozenset()


def is_prose(text: str) -> bool:
    """Return whether a line consists of sentences: editorial prose, not a title, a list or a value."""
    text = text.strip()
    if len(text) < 5:
        return False
    return bool(_SENTENCE_END.search(text)) or (len(text) >= 40 and bool(_SENTENCE.search(text))) or len(text) >= 120


def _title_line(lines: Sequence[Line], format_title: str) -> Line | None:
    """Return the line of the title: a heading, 标题：…, a line of the title in the format, or the first candidate."""
    headings = [line for line in lines if line.kind == "heading" and line.text.strip()]
    headings = [line for line in headings if not _names_section(line) and not (format_title and _names_role(line))]
    folded_title = names.fold(format_title)
    repeating = (line for line in headings if folded_title.startswith(names.fold(line.text)))
    heading = next(repeating if folded_title else iter(()), headings[0] if headings else None)
    keyed = next((line for line in lines[:12] if _TITLE_KEY.match(line.text)), None)
    if heading or keyed:
        return heading or keyed
    for line in lines[:12]:
        folded = names.fold(line.text[:200])
        if folded_title and len(folded) > 3 and folded in folded_title:
            return line
    if format_title:
        return None
    banner = next((line for line in lines[:4] if line.start is None and _BANNER.fullmatch(line.text.strip())), None)
    candidates = list(_title_candidates(lines))
    if len(candidates) > 1 and _names_outlet(candidates[0]):
        return candidates[1]
    return next(iter(candidates), banner if banner and len(banner.text.strip()) > 7 else None)


def _names_section(line: Line) -> bool:
    """Return whether a heading belongs to a section, not to the text: 前言, 01, 正文."""
    folded = names.fold(line.text)
    return folded in lexicon.EDITORIAL_KEYS or folded.strip(".、 ").isdigit() or section_markers.is_text_marker(folded)


def _names_role(line: Line) -> bool:
    """Return whether a heading only names a role, as above a list of participants: ### 主持人."""
    return names.fold(line.text) in lexicon.ROLE_WORDS | lexicon.GUEST_KEYS


def _names_outlet(line: Line) -> bool:
    """Return whether a line only names an outlet, as above the title of a page: 北岸文学网."""
    text = line.text.strip()
    return len(text) <= 10 and names.likeness(text)[1] == names.OUTLET_ENDING


def _title_candidates(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that can be a title, up to the first prose."""
    for line in lines[:8]:
        text = line.text.strip()
        if (
            line.start is not None
            or line.label is not None
            or ("。" in text and is_prose(text))
            or len(text) > _MAX_TITLE_LENGTH
        ):
            return
        if _END_OF_TITLES.search(names.fold(text)):
            return
        if _can_be_title(line, text):
            yield line


def _can_be_title(line: Line, text: str) -> bool:
    """Return whether a short line can be a title: not a date, a banner, a key with its value, a rule, a link."""
    folded = names.fold(text)
    if non_speech.classify(line) or _BANNER.fullmatch(folded) or _NOT_TITLE.search(folded) or len(folded) < 2:
        return False
    if _NAVIGATION.fullmatch(folded) or folded.lstrip("【[").startswith(_UNTITLED):
        return False
    keys = _keys(folded)
    if keys and all(key in _ALL_KEYS or _KEY_ENDING.search(key) for key in keys):
        return False
    return len(_DATE_OR_TIME.sub("", folded)) >= 2
