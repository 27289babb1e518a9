"""Typst sources: the words of a document, and who says them where its functions name a speaker.

    #let P(words) = say("采", words)          what P[…] has is said by 采
    #P[您这把刨子用了多久？]                    Line("您这把刨子用了多久？", label="采")
    #say("磨刀人")[二十二年。]                  Line("二十二年。", label="磨刀人")
    #more[从这么宽磨到这么窄。]                 goes on with the line above
    // 00:03                                  the time of what follows; other comments are notes

Other code is left out; title, date and author are those of `#set document(…)` or of any other call that has them.
"""

import re
from collections.abc import Iterator, Mapping

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import milliseconds

_LET = re.compile(r'^#let\s+([\w-]+)\s*\([^)\n]*\)\s*=\s*[\w.-]+\(\s*(?:[\w-]+:\s*)?"([^"\n]*)"', re.MULTILINE)
_BREAK = re.compile(r"\r\n|\n|\r")
_CODE = re.compile(r"\s*#(?:import|include|let|set|show|pagebreak|outline|v|h)\b")
_CALL = re.compile(r"\s*#([\w.-]+)\s*(\([^()\[\]]*\))?\s*\[")
_ARGUMENTS = re.compile(r'\(\s*(?:[\w-]+:\s*)?(?:"([^"]*)"|\[([^\[\]]*)\])')
_INNER_CALL = re.compile(r"#[\w.-]+(?:\([^()\[\]]*\))?\[([^\[\]]*)\]")
_COMMENT = re.compile(r"(?<!:)//(.*)$")
_CLOCK = re.compile(r"\d{1,3}:\d{2}(?::\d{2})?")
_HEADING = re.compile(r"\s*=+\s+(.*)")
_TITLE = re.compile(r'\btitle:\s*(?:\[([^\[\]\n]*)\]|"([^"\n]*)")')
_AUTHOR = re.compile(r'\bauthor:\s*+\(?\s*+"([^"\n]*)"')
_DATE = re.compile(r"\bdatetime\(\s*year:\s*(\d{4}),\s*month:\s*(\d{1,2}),\s*day:\s*(\d{1,2})")
_MARK_UP = re.compile(r"(?<!\\)\*(?=\S)|(?<=[^\s\\])\*|(?<![\w\\])_|_(?!\w)|\\(?=\S)")
_MAX_INNER = 8  # calls inside each other
_BLOCK_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a Typst source; raise `ReadingError` if it has no words."""
    decoded = encoding.read_text(source)
    text = decoded.text.removeprefix("\ufeff")
    end = text.rfind("*/") + 2  # each comment that is never closed would look for its end
    text = _BLOCK_COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text[:end]) + text[end:]
    lines = tuple(_lines(text, {match[1]: match[2] for match in _LET.finditer(text)}))
    if not any(line.kind != "annotation" for line in lines):
        raise ReadingError(source.name, _("there is no text in it, only code"))
    yield Script(lines, tuple(_metadata(text)))
    if decoded.damage is not None:
        yield decoded.damage


def _metadata(text: str) -> Iterator[tuple[str, str]]:
    """Yield title, author and date."""
    if title := _TITLE.search(text):
        yield "title", title[1] or title[2] or ""
    if author := _AUTHOR.search(text):
        yield "author", author[1]
    if date := _DATE.search(text):
        yield "date", f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"


def _lines(text: str, speakers: Mapping[str, str]) -> Iterator[Line]:
    """Yield the paragraphs and the calls with content, with the number of the line in which they begin."""
    start: int | None = None
    open_code = open_content = 0
    label: str | None = None
    for number, printed in enumerate(_BREAK.split(text), start=1):
        line = printed
        if comment := _COMMENT.search(line):
            line = line[: comment.start()]
            start, note = _after_comment(comment[1].strip(), start)
            if note:
                yield Line(number, note, kind="annotation")
        if open_code > 0 or (not open_content and _CODE.match(line)):
            open_code = max(open_code + _depth(line, "([{", ")]}"), 0)
            continue
        if not open_content:
            label = None
            if call := _CALL.match(line):
                label = speakers.get(call[1]) or _named(call[2])
                line, open_content = line[call.end() :], 1
        if open_content:
            line, open_content = _content(line, open_content)
        yield from _line(number, line, label, start)
        start = None if line.strip() else start


def _after_comment(comment: str, start: int | None) -> tuple[int | None, str]:
    """Return the time that a comment gives to what follows, else the time before it and the comment as a note."""
    return (milliseconds(comment), "") if _CLOCK.fullmatch(comment) else (start, comment)


def _named(arguments: str | None) -> str | None:
    """Return the speaker among the arguments of a call: its first text."""
    match = _ARGUMENTS.match(arguments) if arguments else None
    return (match[1] or match[2] or "").strip() or None if match else None


def _depth(line: str, opening: str, closing: str) -> int:
    """Return how many brackets a line leaves open, negative if it closes some."""
    return sum((one in opening) - (one in closing) for one in line)


def _content(line: str, depth: int) -> tuple[str, int]:
    """Return a line up to the bracket that closes its content, and how many are open at its end."""
    for index, character in enumerate(line):
        depth += (character == "[") - (character == "]")
        if depth == 0:
            return line[:index] + line[index + 1 :], 0
    return line, depth


def _line(number: int, text: str, label: str | None, start: int | None) -> Iterator[Line]:
    """Yield a line without its mark-up, nothing for a blank one."""
    kind = ""
    if not label and (heading := _HEADING.fullmatch(text)):
        text, kind = heading[1], "heading"
    for _depth in range(_MAX_INNER):
        text, count = _INNER_CALL.subn(r"\1", text)
        if not count:
            break
    is_bold = text.strip().startswith("*") and text.strip().endswith("*")
    text = _MARK_UP.sub("", text).strip()
    if text:
        yield Line(number, text, label, start, kind=kind, bold_prefix_length=len(text) if is_bold else 0)
