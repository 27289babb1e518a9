"""Header fields without keys, in the line of the date or the byline.

北岸周刊　2019-03-15　记者　韩若溪
《稻上》2018年10月号
島嶼數位誌｜2023年3月20日
2017-06-19　银幕侧写　文/丁知夏
"""

import re
from collections.abc import Iterator, Sequence

from indexer.parser import dates, lexicon, names
from indexer.parser.names import fold

_SEPARATOR = re.compile(r"[\s　]+|\s*[｜丨|]\s*")
_BAR = re.compile(r"[｜丨|]")
_ISSUE = re.compile(r"\s*《(?P<outlet>[^《》]{2,14})》\s*[\d〇一二三四五六七八九十]{2,4}年.{0,8}[期号號]")
_SEPARATORS = r"\s　：:｜丨|/／"
_BYLINE = re.compile(
    rf"(?:^|[\s　｜丨|])(?P<key>[^{_SEPARATORS}]{{1,4}})(?:[\s　]+|[/／])"
    rf"(?P<name>[^{_SEPARATORS}]{{2,4}})(?=$|[\s　｜丨|])"
)
_NOT_AN_OUTLET = re.compile(r"[\d：:/／,，。（(]|星期|周[一二三四五六日]$|[上下]午|[省市县區区镇村]$|版$|字$")


def authors(header: Sequence[str]) -> tuple[str, ...]:
    """Return the persons next to a word for authors, after a space or a slash: 记者　韩若溪, 文/丁知夏."""
    return tuple(dict.fromkeys(name for line in header for name in _bylines(line)))


def _bylines(line: str) -> Iterator[str]:
    """Yield the authors of one line."""
    for match in _BYLINE.finditer(line):
        if fold(match["key"]) in lexicon.AUTHOR_KEYS and names.is_person(fold(match["name"])):
            yield match["name"]


def outlet(header: Sequence[str]) -> str:
    """Return the outlet in the line of the date: it ends like one, or a byline or a bar is beside it."""
    for line in header:
        if issue := _ISSUE.match(line):
            return issue["outlet"]
        if dates.find(line):
            has_byline_or_bar = bool(_BAR.search(line)) or any(_bylines(line))
            for candidate in _SEPARATOR.split(line.strip()):
                if _can_be_outlet(candidate, has_byline_or_bar):
                    return candidate.strip("《》")
    return ""


def _can_be_outlet(candidate: str, has_byline_or_bar: bool) -> bool:
    """Return whether a part of the line of the date can be an outlet."""
    folded = fold(candidate)
    if not 2 <= len(folded) <= 14 or _NOT_AN_OUTLET.search(folded) or dates.find(candidate) or names.is_person(folded):
        return False
    if folded in lexicon.HEADER_KEYS | lexicon.AUTHOR_KEYS | lexicon.CREDIT_KEYS:
        return False
    likeness = names.likeness(candidate)[0]
    return candidate.startswith("《") or likeness == 1.5 or (has_byline_or_bar and likeness == 0.0 and len(folded) >= 3)
