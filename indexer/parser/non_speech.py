"""Lines inside a talk that nobody speaks: stage directions, captions, sub-heads, page furniture, footnotes, rules.

Each is told by its own shape, so that a line can be judged alone; page headers and sub-heads need their neighbours.
"""

import re
from collections import Counter
from collections.abc import Sequence

from indexer.parser.names import fold
from indexer.parser.trace import Taken
from indexer.readers.script import Line

Aside = tuple[Taken, str]

_KINDS: dict[str, Aside] = {
    "heading": (Taken.HEADING, "a heading"),
    "caption": (Taken.CAPTION, "a caption"),
    "rule": (Taken.RULE, "a rule"),
    "note": (Taken.FOOTNOTE, "a footnote"),
    "link": (Taken.TAIL, "nothing but a link"),
}
_LONGEST = 80  # characters; longer lines are said by somebody unless the mark-up says otherwise
_CLOCK = r"(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)"
_DAY = r"(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?)"
_PAGE = re.compile(
    rf"[\[(【]?\s*(?:{_DAY}?\s*(?:上午|下午|晚上|晚|早上|中午)?\s*{_CLOCK}|{_DAY})\s*[\])】]?|"
    r"[-—–·~]*\s*\d{1,5}\s*[-—–·~]*|第\s?\d+\s?页(?:.{0,3}共\s?\d+\s?页)?|page \d+(?: of \d+)?|\d+\s?/\s?\d+",
)
# 立法会─2013年11月6日1234, legislative council ─ 6 november 2013; a title has no number behind its date
_RUNNING = re.compile(
    rf"\d{{0,5}}\s*[^，。：:！？!?]{{2,24}}?\s*[─—–―-]+\s*{_DAY}\s*\d{{1,5}}"
    rf"|\d{{1,5}}\s*[^，。：:！？!?\d]{{2,24}}?\s*[─—–―-]+\s*{_DAY}"
    r"|(?:\d{1,5} +)?[a-z' ]{3,40}[─—–―-]+ *\d{1,2} [a-z]{3,9} \d{4}(?: +\d{1,5})?"
)
_PAGED = re.compile(rf"^\d{{1,5}}[ \t　]{{2,}}\S|\S[ \t　]{{2,}}\d{{1,5}}$|[─—–―]\s*{_DAY}|{_DAY}\s*[─—–―]")
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[\s\-=_*~—–―─━·•.。#+◆◇■□●○★☆※^|]+")
_STAGE = re.compile(
    r"[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)](?:\s*[（(][^（）()]*[）)])*|\*[^*]+\*|\[[^\[\]]+\]|\\\[.*\\\]"
)
_NOTE = re.compile(r"[（(\[]\s*(?:编者)?注(?:释)?\s*[：:]")
_CAPTION = re.compile(
    r"(?:图[为源自:/|丨]|图片(?:来源|说明|由)|照片由|供图|[▲△↑↓▼▽◤◢]|[左右上下配题头插]图|资料图|封面图|视频截图|"
    r"图\d{1,2}[ :.、]|摄影[:/|丨 ]|摄[:/|丨]|photo(?: by|:))"
)
_CAPTION_END = re.compile(r"(?:[ 　/(（|].{0,12}摄|供图|资料图|截图|剧照|海报|摄影|照片提供)[)）]?$")
_FOOTNOTE = re.compile(r"\[\^?\d{1,3}\]|[①-⑳]\s?[^，。]{0,40}(?:年|出版|页)|注\s?\d{1,3}[:：]")
_ADJOURNED = (
    re.compile(  # what a record prints of a sitting without saying who says it: 下午1时12分散会, 会议于20:45结束
        r"(?:会议|本次会议|本会|立法会|委员会|本院)?(?:遂)?(?:于|在)?\s*"
        r"(?:上午|下午|中午|晚上)?\d{1,2}[时点:](?:\d{1,2}分?|正|整)?\s*"
        r"(?:会议)?(?:散会|休会|暂停会议|暂停|恢复会议|会议开始|会议恢复|会议结束|结束|复会|续会|开会|休庭|闭庭)[。.]?"
    )
)
_AD = re.compile(r"(?:点击|扫码|扫一扫|长按|扫描|识别|广告|推广|向上滑动|向左滑动|上下滑动|左右滑动|滑动查看)")
_END = '⋯。！？!?…；;：:，,、.”’"』」）)》~～—'
_GOES_ON = re.compile(r"而且|因为|所以|但是?|如果|然后|等于|不过|可是|或者|以及|就是|其实|那么?|对|是的|好|嗯")
_QUOTED = re.compile(r"[“「『\"][^“”「」『』\"。！？!?，,：:]{2,22}[”」』\"]")  # a sub-head that quotes: “尺子骗人”
_COUNTS = re.compile(r"[：:]\s*\d")  # 软件工程：90人 belongs to what is said
_NUMBERED_HEAD = re.compile(
    r"(?:part\.?\s?\d+|\d{1,2}|[一二三四五六七八九十]{1,3}|第[一二三四五六七八九十]+[章节部分]{1,2})[\s.、：:]*"
)


def of(line: Line) -> Aside | None:
    """Return what a line inside a talk is if nobody speaks it, by its own shape."""
    if line.kind in _KINDS:
        return _KINDS[line.kind]
    text = line.text.strip()
    if len(text) > (_LONGEST if "http" not in text else 3 * _LONGEST):
        return None
    folded = fold(text)
    if _RULE.fullmatch(folded) and not set(folded) <= set(".。…"):
        return Taken.RULE, "a line of signs"
    if line.start is None and (_PAGE.fullmatch(folded) or _RUNNING.fullmatch(folded)):  # a cue may be just 2013
        return Taken.PAGE, "a page number or a clock"
    if _STAGE.fullmatch(folded) and not _NOTE.match(folded):
        return Taken.STAGE, "a line in brackets"
    return _other(folded)


def _other(folded: str) -> Aside | None:
    """Return whether a short line is a caption, a footnote or an advertisement."""
    if _CAPTION.match(folded) or (len(folded) <= 50 and folded[-1:] not in _END and _CAPTION_END.search(folded)):
        return Taken.CAPTION, "worded as a caption"
    if _FOOTNOTE.match(folded):
        return Taken.FOOTNOTE, "numbered as a footnote"
    if _ADJOURNED.fullmatch(folded):
        return Taken.PAGE, "tells when the sitting begins or ends"
    if _AD.match(folded) and len(folded) <= 40:
        return Taken.TAIL, "asks to click or scan"
    return None


def is_caption(text: str) -> bool:
    """Tell whether a text is worded as a caption."""
    folded = fold(text[:_LONGEST])
    return bool(_CAPTION.match(folded) or _CAPTION_END.search(folded))


def repeated(lines: Sequence[Line]) -> frozenset[str]:
    """Return the short lines that come three times or more and have no colon: a page header on every page.

    Where a page's number or the date stands in it, its digits differ from page to page, and twice is enough.
    """
    texts = [text for line in lines if 4 <= len(text := line.text.strip()) <= 60 and line.label is None]
    counts = Counter(map(_shape, texts))
    return frozenset(
        text
        for text in set(texts)
        if text[-1] not in _END and "：" not in text and ":" not in text
        if counts[shape := _shape(text)] >= (2 if shape != text else 3)
    )


def _shape(text: str) -> str:
    """Return a line as it is the same on every page: 立法會 ─ 2013年11月6日    1235 with a 0 for each number."""
    numbered = text[0].isdigit() or text[-1].isdigit() or text[-1] == "日"
    return _DIGITS.sub("0", text) if numbered and _PAGED.search(text) else text


def is_subhead(line: Line, before: Line, after: Line | None, opens: bool) -> bool:
    """Tell whether an unmarked line between paragraphs is a sub-head.

    It is short, ends without punctuation, stands after a line (`before`, the last that was said) that ends with it, and
    a new turn follows (`opens`); inside an answer it must be in bold, or nothing but a number. One that
    is nothing but a quotation ends with its mark.
    """
    text = line.text.strip()
    if not text or len(text) > 30 or line.start is not None:
        return False
    if _QUOTED.fullmatch(text):
        return line.strong >= len(text) or (opens and before.text.rstrip()[-1:] in _END)
    if text[-1] in _END or _COUNTS.search(text):
        return False
    if line.strong >= len(text):
        return True
    if before.text.rstrip()[-1:] not in _END:
        return False
    if _GOES_ON.match(fold(text)):
        return False
    if after is None or _NUMBERED_HEAD.fullmatch(fold(text)):
        return after is not None
    return opens and len(text) <= 24
