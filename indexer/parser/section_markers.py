"""Lines that divide a file into sections: the start of a generated summary, of the text, of a list of participants.

【文字稿】, 以下是访谈实录：, 智能速览; they stand alone on their line.
"""

import re
from collections.abc import Sequence

from indexer.parser import lexicon
from indexer.parser.names import fold
from indexer.readers.script import Line

_MAX_LENGTH = 24
_SUMMARY = re.compile(
    r"[#\s]*(?:ai|智能)?(?:全文|会议|内容|智能|发言|要点|章节|问答)?"
    r"(?:摘要|纪要|概要|概览|速览|总结|回顾|待办|待办事项|思维导图|小结)[:：]?"
)
_KEYWORDS = re.compile(r"[#\s【\[]*关键词[】\]:：\s]*")
_TEXT = re.compile(
    r"[#\s【\[◎●■]*(?:\d{1,2}[.、]\s*)?(?:完整(?:的)?)?(?:以下(?:是|为))?(?:本?(?:次|期|场))?(?:访谈|对话|采访|会议|节目|现场|对谈|座谈|录音|发布会|问答)?(?:的)?"
    r"(?:文字记录|转写(?:结果|内容|原文)?|文字转写|逐字稿|文字稿|文稿|原文|正文|全文|对话内容|文字实录|实录|正文内容)"
    r"(?:如下)?[】\]:：\s]*"
)
_HINT = re.compile("[稿录錄]|文字|[原正全]文|转写|轉寫|对话内容|對話內容")  # folding every short line would be slow
_FAQ = re.compile(r"常见问题|常见问答|疑难解答|疑问解答|使用帮助|帮助中心|办事指南|(?<![a-z])faqs?(?![a-z])")
_RULE = re.compile(r"</?hr ?/?>|[-=_*~—–─━]{3,}")
_MINUTES_TITLE = re.compile(r".{0,40}(?:议事录|会议(?:纪录|记录))")
_MINUTES_KEY = re.compile(
    r"(?:会议)?(?:时间|日期|地点|出席|列席|请假|缺席|主席|记录|纪录|专门委员|讨论事项|报告事项|决议|提案人|连署人)"
    r"[^：:，。]{0,6}(?:[：:]|$)"
)
_MINUTES_END = re.compile(r"(?:散会|休会|闭会)[。.]?")
_MIN_MINUTES_KEYS, _MAX_MINUTES_LINES = 3, 400
_LINK_LIST = re.compile(
    r"[#\s【\[◎●■▌|*-]*(?:(?:推荐|延伸|相关|扩展|更多)(?:阅读|文章|报道|链接|内容|推荐)|往期(?:回顾|推荐|精选|文章|内容|节目)|热门文章"
    r"|猜你喜欢|参考(?:文献|资料)|本文参考)[】\]:：\s]*"
)
_LINK_HINT = frozenset("阅閱读讀章报報链鏈顾顧荐薦容选選欢歡献獻料考目")  # folding every short line would be slow
_MAX_LINK_TITLE = 60
_BULLETS = "#【】[]◎●■◆▌|｜:： 　"
_CLOSING = frozenset("：:】]")
_PARTICIPANT_KEYS = lexicon.GUEST_KEYS | lexicon.HOST_KEYS | lexicon.INTERVIEWER_KEYS


def is_faq(head: Sequence[Line]) -> bool:
    """Return whether a header announces frequently asked questions: 常见问题, FAQ."""
    return any(_FAQ.search(fold(line.text)) for line in head if len(line.text) <= 2 * _MAX_LENGTH)


def is_summary_marker(folded: str) -> bool:
    """Return whether a generated summary starts below this line; `folded` as by `names.fold`."""
    return bool(_SUMMARY.fullmatch(folded))


def summary_lines(lines: Sequence[Line], characters_after: int) -> frozenset[int]:
    """Return the indices of the lines of generated summaries, and of keywords.

    A summary ends at the line that starts the text. Without one it goes on to the end of `lines`, where the first
    speaker begins, but not if it were longer than what is said then (`characters_after`): it ends at the next heading,
    and if there is none, the lines are the text.
    """
    folded = [fold(line.text[: 2 * _MAX_LENGTH]) if len(line.text) <= _MAX_LENGTH else "" for line in lines]
    texts = [index for index, text in enumerate(folded) if _HINT.search(text) and is_text_marker(text)]
    found: set[int] = set()
    for index, text in enumerate(folded):
        if text and _KEYWORDS.fullmatch(text):
            found |= {index, index + 1}
        elif text and is_summary_marker(text):
            found.update(range(index, _summary_end(lines, index, texts, characters_after)))
    return frozenset(found)


def _summary_end(lines: Sequence[Line], start: int, text_markers: Sequence[int], characters_after: int) -> int:
    """Return the index behind the last line of a summary."""
    if marker := next((index for index in text_markers if index > start), 0):
        return marker
    if sum(len(line.text) for line in lines[start + 1 :]) <= characters_after:
        return len(lines)
    return next((n for n in range(start + 1, len(lines)) if lines[n].kind in ("heading", "rule")), start + 1)


def inserted_minutes(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of the lines of minutes that are printed within a record, as of the meeting before.

    They stand between two rules, or between a line that ends with 议事录 and 散会, and have three keys of minutes or
    more.
    """
    if not any(line.text.lstrip()[:1] in "时時地出" and _MINUTES_KEY.match(_tight(line)) for line in lines):
        return frozenset()
    found: set[int] = set()
    for start in range(1, len(lines)):
        if start not in found and (is_rule(lines[start]) or _heads_minutes(lines[start])):
            found.update(_minutes_from(lines, start))
    return frozenset(found)


def _heads_minutes(line: Line) -> bool:
    return line.text.rstrip()[-1:] in ("录", "錄") and bool(_MINUTES_TITLE.fullmatch(_tight(line)))


def _minutes_from(lines: Sequence[Line], start: int) -> range:
    """Return the indices of minutes that begin at a line, none if they do not."""
    keys = 0
    for index in range(start + 1, min(start + _MAX_MINUTES_LINES, len(lines))):
        text = _tight(lines[index])
        keys += bool(_MINUTES_KEY.match(text))
        if is_rule(lines[index]) or _MINUTES_END.fullmatch(text):
            return range(start, index + 1) if keys >= _MIN_MINUTES_KEYS else range(0)
    return range(0)


def link_list_start(lines: Sequence[Line]) -> int:
    """Return the index of the line that heads a list of links at the end, 推荐阅读：; the number of lines if none does.

    Below it are only titles: short lines.
    """
    for index in range(len(lines) - 1, -1, -1):
        if len(lines[index].text) > _MAX_LINK_TITLE:
            break
        may_head = len(lines[index].text) <= _MAX_LENGTH and not _LINK_HINT.isdisjoint(lines[index].text)
        if may_head and _LINK_LIST.fullmatch(fold(lines[index].text)):
            return index
    return len(lines)


def is_rule(line: Line) -> bool:
    """Return whether a line is a rule, as mark-up or in a plain text."""
    return line.kind == "rule" or bool(_RULE.fullmatch(line.text.strip()))


def _tight(line: Line) -> str:
    """Return a line without the spaces that pad its key, in normal form: 出　　席."""
    return fold("".join(line.text[: 2 * _MAX_LENGTH].split()))


def is_text_marker(folded: str) -> bool:
    """Return whether the text starts below this line: 文字记录, 【文字稿】, 以下是访谈实录：."""
    return bool(_TEXT.fullmatch(folded))


def participant_key(text: str) -> str:
    """Return the key of a line that heads a list of participants: 【本期嘉宾】, 主播：; "" for other lines."""
    if len(text) > 2 * _MAX_LENGTH or not (text.rstrip()[-1:] in _CLOSING or text.lstrip()[:1] in _BULLETS):
        return ""
    folded = fold(text[: _MAX_LENGTH + 1])
    key = folded.strip(_BULLETS)
    return key if len(folded) <= _MAX_LENGTH and key in _PARTICIPANT_KEYS and key != folded else ""


def text_markers(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the indices of the lines that mark the start of the text."""
    short = ((index, line) for index, line in enumerate(lines) if len(line.text) <= _MAX_LENGTH and line.label is None)
    return tuple(index for index, line in short if _HINT.search(line.text) and is_text_marker(fold(line.text)))
