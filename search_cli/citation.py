"""Cite a turn, in the same way in every command. Pure.

Missing metadata leaves no gap; before the address are the times in the recording, if there are any. The date of access
of a web page, which GB/T 7714 requires in brackets, is unknown here: the author adds it.
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the options of commands need `CitationStyle`: `fangtan --help` imports no models
    from search_cli.models import SpokenTurn

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()|~&^$]|^[#+=-])")
_WEB = re.compile(r"https?://\S+", re.IGNORECASE)
_IN_LINK = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "\\": "%5C", '"': "%22", "`": "%60"})


class CitationStyle(StrEnum):
    """The citation styles."""

    PLAIN = "plain"
    """郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"""
    GB7714 = "gb7714"
    """郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT, 2013-08-02. qzone-xiaomi#3."""
    MARKDOWN = "markdown"
    """郑志昊，《[与小米手机合作发布红米手机](https://…)》，搜狐IT，2013-08-02，qzone-xiaomi#3"""


def citation(turn: "SpokenTurn", style: CitationStyle = CitationStyle.PLAIN) -> str:
    """Return the citation of a turn, with its address at the end; not escaped for a terminal."""
    match style:
        case CitationStyle.GB7714:
            return _gb7714(turn)
        case CitationStyle.MARKDOWN:
            return _markdown(turn)
        case CitationStyle.PLAIN:
            title = f"《{_line(turn.title)}》" if _line(turn.title) else ""
            return _joined("，", turn.name, title, turn.outlet, turn.date, _times(turn), turn.address)


def _gb7714(turn: "SpokenTurn") -> str:
    """Return the reference by GB/T 7714—2015: a newspaper article ([N]), or without outlet a web page ([EB/OL]).

    A transcript with neither outlet nor URL is of another kind ([Z]).
    """
    web = _line(turn.url) if _WEB.fullmatch(_line(turn.url)) else ""
    kind = "N" if _line(turn.outlet) else ("EB" if web else "Z")
    title = f"{_line(turn.title) or turn.interview_id}[{kind}{'/OL' if web else ''}]"
    dated = turn.date if kind != "EB" or not turn.date else f"({turn.date})"
    return _joined(". ", turn.name, title, _joined(", ", turn.outlet, dated), web, _times(turn), turn.address) + "."


def _markdown(turn: "SpokenTurn") -> str:
    """Return the plain style in Markdown, with the title as a link if the URL is known."""
    title, url = escaped(turn.title), _line(turn.url)
    if _WEB.fullmatch(url):
        title = f"[{title or escaped(turn.interview_id)}]({url.translate(_IN_LINK)})"
    titled = f"《{title}》" if title else ""
    return _joined(
        "，", escaped(turn.name), titled, escaped(turn.outlet), turn.date, _times(turn), escaped(turn.address)
    )


def _times(turn: "SpokenTurn") -> str:
    """Return when the turn is said in the recording, 00:01:03–00:01:20; "" if its transcript has no times."""
    if turn.start is None:
        return ""
    from indexer.media_address import time_span

    return time_span(turn.start, turn.end)


def escaped(text: str) -> str:
    """Escape a text for Markdown, on one line."""
    return _MARKDOWN.sub(r"\\\1", _line(text))


def _joined(separator: str, *parts: str) -> str:
    """Join the parts that are not empty, each on one line."""
    return separator.join(part for one in parts if (part := _line(one)))


def _line(text: str) -> str:
    return " ".join(text.split())
