"""Less common Markdown, rewritten as the usual one before it is read; line numbers stay the same.

专访罗以宁                   a heading underlined with = or -   -> # 专访罗以宁
==========
[潮汐阅读器][1]              a link by reference                -> [潮汐阅读器](http://…), its definition is removed
> 先从水位说起。             HackMD: who says a quotation       -> > 潘可欣：先从水位说起。
> [name=潘可欣] [time=…]
"""

import re
from collections.abc import Iterator
from itertools import groupby

_UNDERLINE = re.compile(r"[ ]{0,3}(?:={3,}|-{3,})[ \t]*")
_MARKED = re.compile(r"[ \t]*(?:[#>|=\-*+~`]|\d+[.)]\s|!?\[|<|$)")
_MAX_UNDERLINED = 60  # characters; a longer paragraph above a rule is none
_SENTENCE_END = tuple("。！？!?…，,；;：:、")
_DEFINITION = re.compile(
    r"[ ]{0,3}\[(?P<key>[^\]\^\n]{1,60})\]:[ \t]*<?(?P<url>(?:[a-z]+:|www\.|[./#])[^\s<>]*)>?"
    r"(?:[ \t]+[\"'(].*[\"')])?[ \t]*",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"(?<!!)\[(?P<words>[^\[\]\n]{1,200})\][ ]?\[(?P<key>[^\[\]\n]{0,60})\]")
_QUOTE = re.compile(r"(?<![ \t])[ \t]*+(?:>[ \t]?)+")
_TAG = re.compile(r"(?<![ \t])[ \t]*+\[(?:name|time|color)=[^\]\n]{0,80}\]")
_NAME = re.compile(r"\[name=[ \t]*([^\]\n]{1,40}?)[ \t]*\]")


def rewrite(text: str) -> str:
    """Return a text with setext headings, links by reference and HackMD's names in the usual Markdown."""
    lines = text.split("\n")
    if any(map(_UNDERLINE.fullmatch, lines)):
        lines = list(_with_headings(lines))
    if "]:" in text and (urls := _definitions(lines)):
        lines = [_with_links(line, urls) for line in lines]
    if "[name=" in text:
        lines = _with_names(lines)
    return "\n".join(lines)


def _with_headings(lines: list[str]) -> Iterator[str]:
    """Yield the lines, those underlined as headings, and blank ones for their underlines."""
    previous = ""
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _is_underlined(previous, line, following):
            yield f"# {line.strip()}" if following.strip()[0] == "=" else f"## {line.strip()}"
        elif index and _is_underlined(lines[index - 2] if index > 1 else "", previous, line):
            yield ""
        else:
            yield line
        previous = line


def _is_underlined(above: str, line: str, below: str) -> bool:
    """Return whether a line is a heading with an underline below it; a rule below a paragraph is none."""
    text = line.strip()
    if above.strip() or not text or not _UNDERLINE.fullmatch(below) or _MARKED.match(line):
        return False
    if len(text) > _MAX_UNDERLINED:
        return False
    return below.strip()[0] == "=" or (not text.endswith(_SENTENCE_END) and "：" not in text)


def _definitions(lines: list[str]) -> dict[str, str]:
    """Return the addresses of the links by reference, by key."""
    found = (_DEFINITION.fullmatch(line) for line in lines)
    return {match["key"].casefold(): match["url"] for match in found if match}


def _with_links(line: str, urls: dict[str, str]) -> str:
    """Return a line with its links, "" if it is a definition."""
    if _DEFINITION.fullmatch(line):
        return ""

    def linked(match: re.Match[str]) -> str:
        url = urls.get((match["key"] or match["words"]).casefold())
        return f"[{match['words']}]({url})" if url else match[0]

    return _REFERENCE.sub(linked, line) if "][" in line or "] [" in line else line


def _with_names(lines: list[str]) -> list[str]:
    """Return the lines with each name before what the person says."""
    for is_quotation, block in groupby(range(len(lines)), lambda index: bool(_QUOTE.match(lines[index]))):
        if is_quotation:
            _name_quotation(lines, list(block))
    return lines


def _name_quotation(lines: list[str], block: list[int]) -> None:
    """Move the names in a quotation, which end what the person says, or all begin it if the first line is a name."""
    names_first = bool(_NAME.search(lines[block[0]])) and not _QUOTE.sub("", _TAG.sub("", lines[block[0]]))
    start = block[0]
    for index in block:
        if name := _NAME.search(lines[index]):
            lines[index] = _TAG.sub("", lines[index]).rstrip()
            target = index + 1 if names_first and index < block[-1] else start
            lines[target] = _QUOTE.sub(lambda mark: f"{mark[0]}{name[1]}：", lines[target], count=1)
            start = index + 1
