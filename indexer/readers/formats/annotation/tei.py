"""TEI: utterances of spoken texts, speeches of plays and debates, and the paragraphs of any other text.

    <u who="#XM">七岁。<pause/>我哥哥六岁就放牛了。</u>      Line("七岁。我哥哥…", label="冼阿妹")
    <sp who="#a"><speaker>甲</speaker><p>好。</p></sp>      Line("好。", label="甲")
    <incident><desc>门外有人唱歌</desc></incident>           Line("（门外有人唱歌）"): a stage direction
    <spanGrp type="en">…</spanGrp>, <note>                  kinds "translation" or "annotation", "note"

Names and roles are those of the header (listPerson, castList), times those of the time line, as EXMARaLDA and ISO 24624
write them (<annotationBlock who start end>). Paragraphs between utterances are nobody's: notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml
from indexer.readers.formats.annotation import tei_header, tiers
from indexer.readers.formats.annotation.tei_header import Header
from indexer.readers.script import Line, Script, join_words, stage_direction
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_EVENTS = frozenset({"incident", "kinesic", "vocal", "writing", "event", "stage"})
_NOTES = frozenset({"note", "spanGrp", "span", "fw", "figDesc", "bibl", "index"})
_SPANS = frozenset({"spanGrp", "span"})
_HEADINGS = frozenset({"head", "docTitle"})
_BLOCKS = frozenset({"p", "ab", "l", "seg", "item", "label", "cell", "byline", "docDate", "dateline", "signed", "desc"})
_LEFT_OUT = frozenset({"teiHeader", "speaker", "timeline"})
_WORDS = frozenset({"w", "pc"})


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around one say: who speaks, from when until when; `spoken` is true inside a speech."""

    label: str | None = None
    start: int | None = None
    end: int | None = None
    kind: str = ""
    spoken: bool = False


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a TEI document; raise `ReadingError` if there is no text in it."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    header = tei_header.parse(root)
    lines = [line for line in _lines(root, header, _Context()) if line.text]
    if not lines:
        raise ReadingError(source.name, _("there is no text in it"))
    numbered = (replace(line, number=number) for number, line in enumerate(_between_speeches(lines), start=1))
    yield Script(tuple(numbered), header.metadata)
    if decoded.damage is not None:
        yield decoded.damage


def _between_speeches(lines: list[Line]) -> Iterator[Line]:
    """Yield the lines; paragraphs after the first speech are notes, so that nobody is given them."""
    has_begun = False
    for line in lines:
        has_begun = has_begun or bool(line.label)
        yield replace(line, kind="note") if has_begun and line.label is None and not line.kind else line


def _lines(element: "_Element", header: Header, around: _Context) -> Iterator[Line]:
    """Yield the lines of an element and its descendants (the XML parser limits nesting to 256)."""
    name = safe_xml.local_name(element)
    if not name or name in _LEFT_OUT:
        return
    if name in _EVENTS or name in _NOTES:
        yield from _beside(element, name)
        return
    here = _context(element, name, header, around)
    if name == "u" or name in _BLOCKS or name in _HEADINGS or _is_mixed(element):
        yield from _block(element, here)
        return
    for child in element:
        yield from _lines(child, header, here)


def _context(element: "_Element", name: str, header: Header, around: _Context) -> _Context:
    """Return what is known inside an element."""
    if name in _HEADINGS:
        return _Context(kind="heading", label="")
    if name not in ("u", "sp", "annotationBlock", "seg"):
        return around
    start, end = header.time(element.get("start")), header.time(element.get("end"))
    label = header.names(element.get("who") or "") or _printed_speaker(element) or around.label
    start, end = start if start is not None else around.start, end if end is not None else around.end
    return _Context(label if name != "seg" else around.label, start, end, around.kind, spoken=True)


def _printed_speaker(element: "_Element") -> str:
    """Return the speaker that a speech prints: <speaker>甲：</speaker>."""
    printed = next((safe_xml.text_content(one) for one in element if safe_xml.local_name(one) == "speaker"), "")
    return printed.rstrip("：:. ").strip()


def _block(element: "_Element", here: _Context) -> Iterator[Line]:
    """Yield the text of a paragraph or an utterance, split at line breaks, and after it what happens meanwhile."""
    parts, beside = [_Pieces()], list[Line]()
    _collect(element, parts, beside)
    for part in parts:
        if text := part.text():
            yield Line(1, text, here.label, here.start, here.end, here.kind)
    yield from beside


class _Pieces:
    """The text of a line: words marked one by one are joined as their script does it, other text stays as it is."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._has_words = False

    def add(self, text: str, is_word: bool = False) -> None:
        self._pieces.append(text)
        self._has_words = self._has_words or is_word

    def text(self) -> str:
        """Return the text with collapsed whitespace."""
        if self._has_words:
            return join_words(filter(None, map(safe_xml.collapse_whitespace, self._pieces)))
        return safe_xml.collapse_whitespace("".join(self._pieces))


def _collect(element: "_Element", parts: list[_Pieces], beside: list[Line]) -> None:
    """Collect the text of an element; `parts` are its lines, `beside` what is no part of them."""
    parts[-1].add(element.text or "", safe_xml.local_name(element) in _WORDS)
    for child in element:
        name = safe_xml.local_name(child)
        if name in _EVENTS or name in _NOTES:
            beside += _beside(child, name)
        elif name == "lb":
            parts.append(_Pieces())
        elif name not in _LEFT_OUT:
            _collect(child, parts, beside)
        parts[-1].add(child.tail or "")


def _beside(element: "_Element", name: str) -> Iterator[Line]:
    """Yield what is beside the speech: an event as a stage direction, a note or an annotation as a note."""
    text, kind = safe_xml.text_content(element), (element.get("type") or "").strip()
    if not text:
        return
    if name in _EVENTS:
        yield stage_direction(text)
    elif name in _SPANS and tiers.is_translation(kind):
        yield Line(1, text, kind="translation")
    else:
        yield Line(1, f"{kind}: {text}" if kind else text, kind="annotation" if name in _SPANS else "note")


def _is_mixed(element: "_Element") -> bool:
    """Return whether an element has text of its own, between its children or without any."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)
