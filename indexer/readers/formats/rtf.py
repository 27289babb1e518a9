r"""Rich text (.rtf), as old word processors, recorders' programs, WordPad and TextEdit write it.

    \'c4\'e3\'ba\'c3       bytes in the character set of the font (\fcharset134 is GBK), else of the file (\ansicpg936)
    \u20320?               a character by its number, with \ucN characters for readers that do not know it
    {\*\generator …}       a group that such readers leave out

Paragraphs in order, headings by their style or outline level, the bold prefix of each counted, tables as speech where
they are. Hidden text, tracked deletions, page headers and pictures are left out; footnotes and comments come last, as
notes. Rich Text Format Specification 1.9.1 (Microsoft, 2008). Written here, as striprtf 0.0.35 gives plain text only:
no bold type, headings or footnotes, hidden text is kept, and a table is a line with bars.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers.formats import markdown
from indexer.readers.formats.rtf_paragraphs import Paragraphs
from indexer.readers.formats.text_runs import TextRun
from indexer.readers.script import Script
from indexer.readers.source import Item, Source

_TOKEN = re.compile(
    r"\\(?:([A-Za-z]{1,32})(-?\d{1,10})?[ ]?|'([0-9A-Fa-f]{2})|([^A-Za-z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = re.compile(
    "a?ftn(?:cn|sepc?)|author|atn(?:author|date|id|parent|ref)|background|blipuid|bkmk(?:start|end)|buptim|category|comment|"
    "color(?:tbl|schememapping)|company|creatim|data(?:field|store)|doccomm|docvar|falt|filetbl|fldinst|fname|font(?:emb|file)|"
    "(?:foot|head)er[flr]?|generator|hlinkbase|keywords|latentstyles|lfolevel|list(?:overridetable|table|text)|manager|m?htmltag|"
    "mmathPr|nonshppict|objdata|operator|panose|pict|pnseclvl|pntext|printim|private|revt(?:bl|im)|rsidtbl|rxe|shprslt|s[npv]|"
    "subject|themedata|tc|txe|userprops|xe|xmlnstbl"
)
"""Destinations whose text is not of the document."""

_OPTIONAL = frozenset(["shpinst", "annotation", "shptxt"])
r"""Destinations that are read although \* precedes them: text boxes, comments."""

_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": "\u2003", "enspace": "\u2002", "qmspace": "\u2005",
    "~": "\xa0", "_": "\u2011", "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
_PARAGRAPH_ENDS = frozenset(["par", "sect", "page", "column", "\n", "\r"])
_CHARSETS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs", 204: "cp1251", 161: "cp1253", 238: "cp1250"}
_CODE_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 951: "big5hkscs", 65001: "utf-8"}
_CHINESE = ("gb18030", "big5hkscs")
_MAX_DEPTH, _MAX_GROUPS, _MAX_WORDS = 500, 500_000, 3_000_000  # a book in Word's rich text has 400,000 words
_HEADING = re.compile(r"heading|title|subtitle|标题|標題|副标题", re.IGNORECASE)
_NAME_OF_STYLE = re.compile(r"([^;{}\\]*);?\s*$")


@dataclass(frozen=True, slots=True)
class _State:
    """The properties in a group: they end with it."""

    destination: str = "body"
    bold: bool = False
    hidden: bool = False
    skip: int = 1
    font: int = -1
    double_font: int = -1
    is_double: bool = False


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a file of rich text."""
    text = source.read_bytes().decode("latin-1")
    if not text.lstrip().startswith("{\\rtf"):
        raise ReadingError(source.name, _("not rich text"), next_step=_("Save it as .docx or .txt."))
    if max(text.count("{"), text.count("\\par"), text.count("\\cell")) > _MAX_GROUPS or _words(text) > _MAX_WORDS:
        reason = _("too many control words for a transcript")
        raise ReadingError(source.name, reason, next_step=_("Split the file."))
    reader = _Reader(source)
    reader.run(text)
    lines = [*reader.body.lines, *(replace(line, kind="note", bold_prefix_length=0) for line in reader.notes.lines)]
    if not reader.body.lines:
        raise ReadingError(source.name, _("there is no text in it"))
    title = "".join(text for text, _bold in reader.title).strip()
    numbered = [replace(line, number=number) for number, line in enumerate(lines, start=1)]
    yield Script(markdown.without_pasted_markup(numbered), (("title", title),) if title else ())


def _words(text: str) -> int:
    r"""Return the number of control words, without the bytes \'xx, of which a text of 60 MB may have 15 million."""
    return text.count("\\") - text.count("\\'")


class _Reader:
    """The state of reading, token by token."""

    def __init__(self, source: Source) -> None:
        self.body, self.notes = Paragraphs(), Paragraphs()
        self.title: list[TextRun] = []
        self._source = source
        self._state, self._stack = _State(), list[_State]()
        self._charsets: dict[int, str] = {}
        self._headings: set[int] = set()
        self._code_page = "cp1252"
        self._double_font = -1  # of Chinese, where a style or a run names none
        self._bytes = bytearray()
        self._left = 0  # characters to skip after \u
        self._is_optional = False  # after \*
        self._number = 0  # of the font or style whose declaration is read

    def run(self, text: str) -> None:
        """Read a file."""
        position = 0
        while match := _TOKEN.match(text, position):
            position = match.end()
            word, argument, byte, sign, brace, run = match.groups()
            if byte or run:
                self._add_bytes(bytes.fromhex(byte) if byte else run.encode("latin-1"), bool(byte))
                continue
            self._flush()
            if brace:
                self._left = 0
                if not self._brace(brace):
                    break
            elif word == "bin":
                position += max(0, int(argument or 0))
            elif word:
                self._word(word, int(argument) if argument else None)
            elif sign == "*":
                self._is_optional = True
            elif sign in _PARAGRAPH_ENDS or sign in _CHARACTERS:
                self._word(sign, None)
        self._flush()
        for paragraphs in (self.body, self.notes):
            paragraphs.end_paragraph()
            paragraphs.in_table = False
            paragraphs.end_table()

    def _brace(self, brace: str) -> bool:
        """Open or close a group; return False after the last one."""
        if brace == "{":
            if len(self._stack) >= _MAX_DEPTH:
                raise ReadingError(self._source.name, _("more than {number} nested groups").format(number=_MAX_DEPTH))
            self._stack.append(self._state)
            return True
        if self._stack:
            left, self._state = self._state, self._stack.pop()
            if left.destination == "note" != self._state.destination:
                self.notes.end_paragraph()
        return bool(self._stack)

    def _word(self, word: str, argument: int | None) -> None:
        """Process a control word."""
        optional, self._is_optional = self._is_optional, False
        if self._left and word not in ("u", "uc"):
            self._left -= 1
        if optional and word not in _OPTIONAL and not self._is_declaration(word):
            self._to("skipped")
        elif word == "u":
            self._character(argument or 0)
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word in _PARAGRAPH_ENDS or word in ("cell", "nestcell", "row", "nestrow"):
            self._end(word)
        elif not self._destination(word):
            self._property(word, argument)

    def _is_declaration(self, word: str) -> bool:
        r"""Return whether a word after \* belongs to the declaration of a style: {\*\cs10 Default;}."""
        return self._state.destination == "styles" and word in ("cs", "ds", "ts")

    def _end(self, word: str) -> None:
        """End a paragraph, a cell or a row."""
        paragraphs = self._paragraphs()
        if paragraphs is None:
            return
        if word in _PARAGRAPH_ENDS:
            paragraphs.end_paragraph()
        elif word.endswith("cell"):
            paragraphs.end_cell()
        else:
            paragraphs.end_row()

    def _destination(self, word: str) -> bool:
        """Change the destination of the text of this group, if the word names one."""
        if _SKIPPED.fullmatch(word):
            self._to("skipped")
        elif word in ("footnote", "annotation"):
            self._to("note")
        elif word in ("fonttbl", "stylesheet", "info", "title"):
            inside = {"fonttbl": "fonts", "stylesheet": "styles", "info": "info", "title": "title"}[word]
            self._to(inside if word != "title" or self._state.destination == "info" else "skipped")
        else:
            return False
        return True

    def _to(self, destination: str) -> None:
        if self._state.destination != "skipped":
            self._state = replace(self._state, destination=destination)

    def _property(self, word: str, argument: int | None) -> None:
        """Change a property of the text, of the paragraph or of the file."""
        is_on, state = argument != 0, self._state
        if word == "b":
            self._state = replace(state, bold=is_on)
        elif word in ("v", "deleted"):
            self._state = replace(state, hidden=is_on)
        elif word == "plain":
            self._state = replace(state, bold=False, hidden=False)
        elif word == "uc":
            self._state = replace(state, skip=min(max(argument or 0, 0), 10))
        elif word in ("dbch", "loch", "hich"):
            self._state = replace(state, is_double=word == "dbch")
        elif word in ("f", "af"):
            self._font(argument or 0)
        elif word == "stshfdbch":
            self._double_font = argument or 0
        elif word == "ansicpg":
            self._code_page = _encoding(argument or 0)
        elif word in ("fcharset", "cpg") and state.destination == "fonts":
            charset = _CHARSETS.get(argument or 0, "") if word == "fcharset" else _encoding(argument or 0)
            if charset:
                self._charsets[self._number] = charset
        else:
            self._paragraph_property(word, argument)

    def _font(self, number: int) -> None:
        """Choose a font, or begin its declaration."""
        if self._state.destination == "fonts":
            self._number = number
        elif self._state.is_double:
            self._state = replace(self._state, double_font=number)
        else:
            self._state = replace(self._state, font=number)

    def _paragraph_property(self, word: str, argument: int | None) -> None:
        if self._state.destination == "styles":
            self._number = (argument or 0) if word == "s" else self._number
        elif (paragraphs := self._paragraphs()) is not None:
            if word == "pard":
                paragraphs.kind, paragraphs.in_table = "", False
            elif word == "intbl":
                paragraphs.in_table = True
            elif (word == "s" and argument in self._headings) or (word == "outlinelevel" and (argument or 0) < 9):
                paragraphs.kind = "heading"

    def _paragraphs(self) -> Paragraphs | None:
        """Return the paragraphs of the destination, None if its text is not of the document."""
        return {"body": self.body, "note": self.notes}.get(self._state.destination)

    def _character(self, number: int) -> None:
        """Add a character by its number, which is negative above 32767; the characters for old readers are skipped."""
        number += 0x10000 if number < 0 else 0
        self._add(chr(number) if 0 < number < 0x110000 else "")
        self._left = self._state.skip

    def _add_bytes(self, data: bytes, is_byte: bool) -> None:
        """Add bytes of text, without those that repeat a character for old readers."""
        if self._left:
            dropped = min(self._left, 1 if is_byte else len(data))
            self._left -= dropped
            data = data[dropped:]
        self._bytes += data

    def _flush(self) -> None:
        """Decode the bytes of text so far."""
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._add(data.decode("ascii") if data.isascii() else self._decoded(data))

    def _decoded(self, data: bytes) -> str:
        """Decode bytes in the character set of the font, or of the file; the Chinese one of the two comes first."""
        fonts = (
            self._charsets.get(font, "") for font in (self._state.double_font, self._state.font, self._double_font)
        )
        names = [name for name in (*fonts, self._code_page) if name]
        for name in sorted(names, key=lambda one: one not in _CHINESE):
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
        return data.decode(names[0], errors="replace")

    def _add(self, text: str) -> None:
        """Add text to its destination."""
        destination = self._state.destination
        if destination == "styles":
            if (name := _NAME_OF_STYLE.search(text[-200:])) and _HEADING.match(name[1].strip()):
                self._headings.add(self._number)
        elif destination == "title":
            self.title.append((text, False))
        elif (paragraphs := self._paragraphs()) is not None and not self._state.hidden:
            paragraphs.pieces.append((text, self._state.bold))


def _encoding(code_page: int) -> str:
    """Return the name that Python has for a Windows code page; that of Western Europe for an unknown one."""
    import codecs

    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
