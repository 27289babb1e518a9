"""Blocks at the end that speak for the site, not for a speaker: subscriptions, donations, lists of links.

No word decides, as people in the media talk about subscribers too. The paragraphs of a block are weighed, from the last
one upwards, and the block must be set off by a rule or a heading, or consist mostly of links, two at least:

    an address or a link                          2
    each word of a promotion, up to three         1     订阅, 捐款, 公众号, 转载
    somebody says 我                             -1
    longer than 150 characters                   -2

Short fragments at the very end of a talk in which everybody ends sentences are the page's too.
"""

import re
from collections.abc import Sequence

from indexer.parser import non_speech
from indexer.parser.names import fold
from indexer.parser.trace import LineClass
from indexer.readers.script import Line

_MIN_WEIGHT = 3.0
_LONG = 150
_MAX_LINES = 40  # of a block
_SHORT = 24  # characters of a line without a sentence that may stand within a block
_ADDRESS = re.compile(r"https?:/|www\.|网址|網址")
_WORDS = re.compile(
    r"订阅|订户|捐款|捐助|赞助|赞赏|打赏|会员|按月|月费|付费|公众号|扫码|二维码|长按|转载|版权|投稿|读者|广告|微信|微博"
    r"|邮箱|编辑室|编辑部|本[报刊站网]|下载|关注|点赞|在看|分享|转发|收听|小宇宙|喜马拉雅|podcast|newsletter|telegram|app"
)
_I = re.compile(r"我(?!们)")
_MAX_FRAGMENT = 30
_MIN_FRAGMENTS, _MIN_SENTENCE, _PUNCTUATED = 2, 5, 0.9
_SENTENCE_ENDS = "。！？!?…～~；;，,、：:”’」』）)》】"
_SPOKEN = re.compile(r"[我你您咱他她]|谢谢|再见|好[的吧啊]|对[的啊]|是[的啊]|[吗呢吧啊呀嘛了]$")
_SENTENCE_END = "。！？!?…”」"


def start(lines: Sequence[Line]) -> int:
    """Return the index of the first line of a promotion at the end of `lines`, their number if there is none."""
    first, total, links = len(lines), 0.0, 0
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _MAX_LINES), -1):
        line = lines[index]
        if line.start is not None:  # cues are spoken
            break
        if _sets_off(line):
            if total >= _MIN_WEIGHT:
                return index
            continue
        weight = _weight(line)
        if weight < 1.0 and not (len(line.text) <= _SHORT and line.text.rstrip()[-1:] not in _SENTENCE_END):
            break
        total += weight
        links += bool(_is_link(line))
        first = index if weight >= 1.0 else first
    return first if total >= _MIN_WEIGHT and links >= 2 and links * 2 >= len(lines) - first else len(lines)


def _sets_off(line: Line) -> bool:
    """Return whether a line sets off a block: a rule or a heading."""
    found = non_speech.classify(line)
    return bool(found and found[0] in (LineClass.RULE, LineClass.HEADING))


def _is_link(line: Line) -> bool:
    return line.kind == "link" or bool(_ADDRESS.search(line.text.lower()))


def _weight(line: Line) -> float:
    """Return the weight of a paragraph."""
    folded = fold(line.text[: 2 * _LONG])
    words = min(3, len(set(_WORDS.findall(folded))))
    return 2.0 * _is_link(line) + words - bool(_I.search(folded)) - 2.0 * (len(line.text) > _LONG)


def fragments_start(lines: Sequence[Line]) -> int:
    """Return the index of the first of several fragments at the end of a talk, the number of lines if there are none.

    Where everybody ends sentences, a few short lines at the end without any are the page's: menus, names, tags.
    """
    start = len(lines)
    while start and _is_fragment(lines[start - 1]):
        start -= 1
    return start if len(lines) - start >= _MIN_FRAGMENTS else len(lines)


def _is_fragment(line: Line) -> bool:
    text = line.text.strip()
    return (
        line.start is None
        and len(text) <= _MAX_FRAGMENT
        and text[-1:] not in _SENTENCE_ENDS
        and not _SPOKEN.search(text)
    )


def is_punctuated(lines: Sequence[Line]) -> bool:
    """Return whether nearly all longer lines end a sentence."""
    ends = [line.text.rstrip()[-1:] in _SENTENCE_ENDS for line in lines if len(line.text) >= _MIN_SENTENCE]
    return len(ends) > _MIN_FRAGMENTS and sum(ends) >= _PUNCTUATED * len(ends)
