"""Lines that part a transcript's file: a machine's summary begins here, the text itself begins here.

【文字稿】, 以下是访谈实录：, 智能速览; they stand alone on their line and say nothing else.
"""

import re
from collections.abc import Sequence

from indexer.parser import lexicon
from indexer.parser.names import fold
from indexer.readers.script import Line

_LONGEST = 24
_SUMMARY = re.compile(
    r"[#\s]*(?:ai|智能)?(?:全文|会议|内容|智能|发言|要点|章节|问答)?"
    r"(?:摘要|纪要|概要|概览|速览|总结|回顾|待办|待办事项|思维导图|关键词|小结)[:：]?"
)
_TEXT = re.compile(
    r"[#\s【\[◎●■]*(?:以下(?:是|为))?(?:本?(?:次|期|场))?(?:访谈|对话|采访|会议|节目|现场|对谈|座谈|录音|发布会|问答)?(?:的)?"
    r"(?:文字记录|转写(?:结果|内容|原文)?|文字转写|逐字稿|文字稿|文稿|原文|正文|全文|对话内容|文字实录|实录|正文内容)"
    r"(?:如下)?[】\]:：\s]*"
)
_HINT = re.compile("[稿录錄]|文字|[原正全]文|转写|轉寫|对话内容|對話內容")  # folding every short line would take long
_HELP = re.compile(r"常见问题|常见问答|疑难解答|疑问解答|使用帮助|帮助中心|办事指南|(?<![a-z])faqs?(?![a-z])")
_SIGNS = "#【】[]◎●■◆▌|｜:： 　"
_CLOSING = frozenset("：:】]")
_LISTS = lexicon.GUEST_KEYS | lexicon.HOST_KEYS | lexicon.ASKER_KEYS


def is_help(head: Sequence[Line]) -> bool:
    """Tell whether the head of a text says that it answers frequent questions: 常见问题, FAQ."""
    return any(_HELP.search(fold(line.text)) for line in head if len(line.text) <= 2 * _LONGEST)


def summary_begins(folded: str) -> bool:
    """Tell whether a machine's summary begins below this line; `folded` as names are."""
    return bool(_SUMMARY.fullmatch(folded))


def text_begins(folded: str) -> bool:
    """Tell whether the text itself begins below this line: 文字记录, 【文字稿】, 以下是访谈实录：."""
    return bool(_TEXT.fullmatch(folded))


def lists_people(text: str) -> str:
    """Return the word for a part that heads a list of those who take it: 【本期嘉宾】, 主播：; "" for other lines."""
    if len(text) > 2 * _LONGEST or not (text.rstrip()[-1:] in _CLOSING or text.lstrip()[:1] in _SIGNS):
        return ""
    folded = fold(text[: _LONGEST + 1])
    bare = folded.strip(_SIGNS)
    return bare if len(folded) <= _LONGEST and bare in _LISTS and bare != folded else ""


def texts_begin(lines: Sequence[Line]) -> tuple[int, ...]:
    """Return the places of the lines below which the text itself is said to begin."""
    short = ((place, line) for place, line in enumerate(lines) if len(line.text) <= _LONGEST and line.label is None)
    return tuple(place for place, line in short if _HINT.search(line.text) and text_begins(fold(line.text)))
