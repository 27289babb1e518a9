"""How a turn is cited: one place for every command that does. Pure.

What a transcript does not say leaves no gap. The day a web page was seen, which GB/T 7714 asks for in brackets, is not
known here: who cites adds it.
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the commands' options are made of `Style`: `fangtan --help` reads no records
    from search_cli.models import SpokenTurn

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()|~&^$]|^[#+=-])")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_IN_LINK = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22", "`": "%60"})


class CitationStyle(StrEnum):
    """The ways to cite."""

    PLAIN = "plain"
    """郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"""
    GB7714 = "gb7714"
    """郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT, 2013-08-02. qzone-xiaomi#3."""
    MARKDOWN = "markdown"
    """郑志昊，《[与小米手机合作发布红米手机](https://…)》，搜狐IT，2013-08-02，qzone-xiaomi#3"""


def citation(turn: "SpokenTurn", style: CitationStyle = CitationStyle.PLAIN) -> str:
    """Return the line that cites a turn, its address at the end; not yet safe to print."""
    match style:
        case CitationStyle.GB7714:
            return _gb7714(turn)
        case CitationStyle.MARKDOWN:
            return _markdown(turn)
        case CitationStyle.PLAIN:
            title = f"《{_line(turn.title)}》" if _line(turn.title) else ""
            return _joined("，", turn.speaker, title, turn.outlet, turn.date, turn.address)


def _gb7714(turn: "SpokenTurn") -> str:
    """Return the reference of GB/T 7714—2015: a newspaper's ([N]), or an electronic bulletin ([EB/OL]) of no outlet.

    A transcript of neither outlet nor address on the web is of another kind ([Z]).
    """
    web = _line(turn.url) if _WEB.fullmatch(_line(turn.url)) else ""
    kind = "N" if _line(turn.outlet) else ("EB" if web else "Z")
    title = f"{_line(turn.title) or turn.interview_id}[{kind}{'/OL' if web else ''}]"
    dated = turn.date if kind != "EB" or not turn.date else f"({turn.date})"
    return _joined(". ", turn.speaker, title, _joined(", ", turn.outlet, dated), web, turn.address) + "."


def _markdown(turn: "SpokenTurn") -> str:
    """Return the plain form, its title a link where the transcript names its page, all else without effect."""
    title, url = escaped(turn.title), _line(turn.url)
    if _WEB.fullmatch(url):
        title = f"[{title or escaped(turn.interview_id)}]({url.translate(_IN_LINK)})"
    titled = f"《{title}》" if title else ""
    return _joined("，", escaped(turn.speaker), titled, escaped(turn.outlet), turn.date, escaped(turn.address))


def escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it is."""
    return _MARKDOWN.sub(r"\\\1", _line(text))


def _joined(mark: str, *parts: str) -> str:
    """Return the parts that say something, each on one line, with a mark between."""
    return mark.join(part for one in parts if (part := _line(one)))


def _line(text: str) -> str:
    return " ".join(text.split())
