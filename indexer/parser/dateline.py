"""What a head prints without keys, in the line of the date or the byline.

北岸周刊　2019-03-15　记者　韩若溪
《稻上》2018年10月号
島嶼數位誌｜2023年3月20日
2017-06-19　银幕侧写　文/丁知夏
"""

import re
from collections.abc import Iterator, Sequence

from indexer.parser import dates, lexicon, names
from indexer.parser.names import fold

_PART = re.compile(r"[\s　]+|\s*[｜丨|]\s*")
_STROKE = re.compile(r"[｜丨|]")
_ISSUE = re.compile(r"\s*《(?P<outlet>[^《》]{2,14})》\s*[\d〇一二三四五六七八九十]{2,4}年.{0,8}[期号號]")
_ENDS = r"\s　：:｜丨|/／"
_BYLINE = re.compile(
    rf"(?:^|[\s　｜丨|])(?P<key>[^{_ENDS}]{{1,4}})(?:[\s　]+|[/／])(?P<name>[^{_ENDS}]{{2,4}})(?=$|[\s　｜丨|])"
)
_NO_OUTLET = re.compile(r"[\d：:/／,，。（(]|星期|周[一二三四五六日]$|[上下]午|[省市县區区镇村]$|版$|字$")


def authors(head: Sequence[str]) -> tuple[str, ...]:
    """Return the persons beside a word for who writes, a space or a stroke between: 记者　韩若溪, 文/丁知夏."""
    return tuple(dict.fromkeys(name for line in head for name in _bylines(line)))


def _bylines(line: str) -> Iterator[str]:
    """Yield the persons of one line."""
    for match in _BYLINE.finditer(line):
        if fold(match["key"]) in lexicon.AUTHOR_KEYS and names.is_person(fold(match["name"])):
            yield match["name"]


def outlet(head: Sequence[str]) -> str:
    """Return the medium beside the date: its name ends as a medium's does, or a byline or a stroke stands by it."""
    for line in head:
        if issue := _ISSUE.match(line):
            return issue["outlet"]
        if dates.find(line):
            beside = bool(_STROKE.search(line)) or any(_bylines(line))
            for part in _PART.split(line.strip()):
                if _may_be_outlet(part, beside):
                    return part.strip("《》")
    return ""


def _may_be_outlet(part: str, beside: bool) -> bool:
    """Tell whether a part of the date's line names a medium; `beside`: a byline or a stroke stands by it."""
    folded = fold(part)
    if not 2 <= len(folded) <= 14 or _NO_OUTLET.search(folded) or dates.find(part) or names.is_person(folded):
        return False
    if folded in lexicon.HEAD | lexicon.AUTHOR_KEYS | lexicon.TAIL_KEYS:
        return False
    weight = names.likeness(part)[0]
    return part.startswith("《") or weight == 1.5 or (beside and weight == 0.0 and len(folded) >= 3)
