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
    r"(?:摘要|纪要|概要|概览|速览|总结|回顾|待办|待办事项|思维导图|关键词|小结)[:：]?"
)
_TEXT = re.compile(
    r"[#\s【\[◎●■]*(?:以下(?:是|为))?(?:本?(?:次|期|场))?(?:访谈|对话|采访|会议|节目|现场|对谈|座谈|录音|发布会|问答)?(?:的)?"
    r"(?:文字记录|转写(?:结果|内容|原文)?|文字转写|逐字稿|文字稿|文稿|原文|正文|全文|对话内容|文字实录|实录|正文内容)"
    r"(?:如下)?[】\]:：\s]*"
)
_HINT = re.compile("[稿录錄]|文字|[原正全]文|转写|轉寫|对话内容|對話內容")  # folding every short line would be slow
_FAQ = re.compile(r"常见问题|常见问答|疑难解答|疑问解答|使用帮助|帮助中心|办事指南|(?<![a-z])faqs?(?![a-z])")
_BULLETS = "#【】[]◎●■◆▌|｜:： 　"
_CLOSING = frozenset("：:】]")
_PARTICIPANT_KEYS = lexicon.GUEST_KEYS | lexicon.HOST_KEYS | lexicon.INTERVIEWER_KEYS


def is_faq(head: Sequence[Line]) -> bool:
    """Return whether a header announces frequently asked questions: 常见问题, FAQ."""
    return any(_FAQ.search(fold(line.text)) for line in head if len(line.text) <= 2 * _MAX_LENGTH)


def is_summary_marker(folded: str) -> bool:
    """Return whether a generated summary starts below this line; `folded` as by `names.fold`."""
    return bool(_SUMMARY.fullmatch(folded))


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
