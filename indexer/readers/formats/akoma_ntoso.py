"""XML: records of parliaments in Akoma Ntoso, and the paragraphs of any other XML.

    <speech by="#tang"><from>唐鳳：</from><p>大家好。</p></speech>       Line("大家好。", label="唐鳳")
    <heading>施政報告</heading>                                        Line("施政報告", kind="heading")
    <narrative>、<scene>、<summary>                                    not speech: kind "note"

The speaker is the text of `<from>`, else the name that the list of persons in the head shows for `by`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml
from indexer.readers.formats import html_page
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPEECH_ELEMENTS = frozenset({"speech", "question", "answer", "speechGroup", "other"})
_NOTE_ELEMENTS = frozenset({"narrative", "scene", "summary", "recordedTime", "authorialNote", "remark"})
_HEADING_ELEMENTS = frozenset({"heading", "subheading", "docTitle", "num"})
_LEFT_OUT = frozenset({"meta", "from"})
_BLOCK_ELEMENTS = frozenset(
    {"p", "heading", "subheading", "num", "li", "block", "docTitle", "docDate", "para", "title", "head"}
)

_LANGUAGES = {"zh-hant": "zh-Hant", "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-hans": "zh-Hans", "zh-cn": "zh-Hans"}


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of an XML file."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    if safe_xml.local_name(root) == "html":
        yield from html_page.read(source)
        return
    persons = _persons(root)
    lines = [line for line in _lines(root, persons) if line.text.strip()]
    if not lines:
        raise ReadingError(source.name, _("there is no text in it"))
    yield Script(
        tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)), tuple(_metadata(root))
    )
    if decoded.damage is not None:
        yield decoded.damage


def _persons(root: "_Element") -> Mapping[str, str]:
    """Return the names of the persons and organisations listed in the head, by their references."""
    return {
        "#" + reference: shown
        for element in root.iter("{*}TLCPerson", "{*}TLCRole", "{*}TLCOrganization")
        if (shown := (element.get("showAs") or "").strip())
        for reference in (element.get("eId"), element.get("id"))
        if reference
    }


def _lines(element: "_Element", persons: Mapping[str, str], label: str | None = None, kind: str = "") -> Iterator[Line]:
    """Yield the lines of an element and its descendants (the XML parser limits nesting to 256)."""
    name = safe_xml.local_name(element)
    if not name or name in _LEFT_OUT:
        return
    if name in _SPEECH_ELEMENTS:
        label = _speaker(element, persons) or label
    elif name in _NOTE_ELEMENTS:
        label, kind = None, "note"
    elif name in _HEADING_ELEMENTS:
        label, kind = None, "heading"
    if name in _BLOCK_ELEMENTS or _is_mixed(element):
        yield from _block(element, label, kind)
        return
    for child in element:
        yield from _lines(child, persons, label, kind)


def _block(element: "_Element", label: str | None, kind: str) -> Iterator[Line]:
    """Yield the text of a paragraph, split at line breaks."""
    parts = [element.text or ""]
    for child in element:
        name = safe_xml.local_name(child)
        if name in ("br", "eol"):
            parts.append("")
        elif name not in _LEFT_OUT:
            parts[-1] += safe_xml.raw_text(child)
        parts[-1] += child.tail or ""
    for part in parts:
        yield Line(0, safe_xml.collapse_whitespace(part), label=label, kind=kind)


def _is_mixed(element: "_Element") -> bool:
    """Return whether an element has text of its own, between its children or without any."""
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _speaker(element: "_Element", persons: Mapping[str, str]) -> str:
    """Return the speaker of an element."""
    printed = next((safe_xml.text_content(child) for child in element if safe_xml.local_name(child) == "from"), "")
    by = element.get("by") or element.get("as") or ""
    return printed.rstrip("：: ").strip() or persons.get(by, "" if by.startswith(("#", "/")) else by.strip())


def _metadata(root: "_Element") -> Iterator[tuple[str, str]]:
    """Yield the metadata in the head: title, date of the debate, language."""
    for path, key in (
        ("{*}docTitle", "title"),
        ("{*}FRBRalias", "title"),
        ("{*}docDate", "date"),
        ("{*}FRBRdate", "date"),
    ):
        for element in root.iter(path):
            value = element.get("date") or element.get("value") or safe_xml.text_content(element)
            if value.strip():
                yield key, value.strip()
    for element in root.iter("{*}FRBRlanguage"):
        if language := _LANGUAGES.get((element.get("language") or "").lower(), ""):
            yield "language", language
