"""Detection of the format of a file by its content, where its suffix is missing or wrong.

Signatures that only one format has (a zip file, a PDF) always decide. Text overrules the suffix only if it cannot be
what the suffix says: a page saved as .txt, JSON Lines in a .json, plain text in an .html.
"""

import re
from dataclasses import replace
from itertools import islice

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.readers import timestamped_text
from indexer.readers.source import Source

HEAD_BYTES = 64 * 1024  # bytes that are examined
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_FILES = {
    ".xls": (
        gettext_noop("an old Excel workbook (.xls)"),
        gettext_noop("Open it in Excel or LibreOffice and save it as .xlsx."),
    ),
    ".et": (gettext_noop("a workbook of WPS (.et)"), gettext_noop("Open it in WPS and save it as .xlsx.")),
    ".ppt": (gettext_noop("old slides (.ppt)"), gettext_noop("Save their text as .docx or .txt.")),
    ".msg": (gettext_noop("a mail of Outlook (.msg)"), gettext_noop("Save it in Outlook as .eml or .txt.")),
    ".wps": (gettext_noop("a document of WPS (.wps)"), gettext_noop("Open it in WPS and save it as .docx.")),
}
_UNSUPPORTED = {
    _OLE: (
        gettext_noop("an old Word document (.doc), or an encrypted one"),
        gettext_noop("Open it in Word or LibreOffice and save it as .docx."),
    ),
    b"\x1f\x8b": (gettext_noop("compressed with gzip"), gettext_noop("Unpack it: gunzip FILE")),
    b"7z\xbc\xaf\x27\x1c": (gettext_noop("a 7z archive"), gettext_noop("Unpack it, and name the folder.")),
    b"Rar!\x1a\x07": (gettext_noop("a RAR archive"), gettext_noop("Unpack it, and name the folder.")),
}
_UNREAD_ZIPS = frozenset({"ppt/presentation.xml", "Index/Document.iwa", "xl/workbook.bin"})
_MEDIA = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....(?:WAVE|AVI |WEBP)|ID3|\xff[\xfb\xf3\xf2]|....ftyp|OggS|fLaC", re.S
)
_PROLOGUE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_HTML = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_CLOSING_TAGS = re.compile(r"</(?:p|div|span|h[1-6]|td|li|strong|b)>|<br\s*/?>", re.IGNORECASE)
_ROOT = re.compile(_PROLOGUE + r"(?:<!DOCTYPE\s[^<>\[]*>\s*)?<(?:\w+:)?([\w.-]+)", re.DOTALL)
_XML = {
    "akomaNtoso": ".xml",
    "ANNOTATION_DOCUMENT": ".eaf",
    "basic-transcription": ".exb",
    "Trans": ".trs",
    "TEI": ".tei",
    "TEI.2": ".tei",
    "teiCorpus": ".tei",
    "tt": ".ttml",
    "transcript": ".ttml",
    "timedtext": ".ttml",
}
"""Root elements and the suffix of their format; TEI documents and captions of YouTube are called .xml."""

_AMBIGUOUS = {"tt": "http://www.w3.org/", "transcript": "<text start=", "timedtext": "<p t="}
"""Root elements that other files have too, and what must follow somewhere."""

_TEXTGRID = re.compile(r'\s*(?:File type = )?"(?:ooTextFile|Praat chronological TextGrid text file)[^"\n]*"[ \t]*\n')
_CHAT = re.compile(r"\s*@(?:UTF8|Begin)\s*\n")
_SRT = re.compile(r"(?:\d+[ \t]*\n[ \t]*)?(?:\d{1,2}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->")
_MIME = re.compile(r"(?:[A-Za-z][\w-]{1,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){1,60}?MIME-Version:[ \t]*1", re.IGNORECASE)
_WIKI_BLOCK = re.compile(
    r"^==+[^=\n]+==+[ \t]*$|^\{\{[^{}\n]+|^\[\[(?:Category|分类|分類)[:：]|<ref[ >/]", re.MULTILINE | re.IGNORECASE
)
_WIKI_MARK = re.compile(r"'''[^'\n]+'''|\[\[[^\[\]\n]+\]\]|\{\{[^{}\n]+\}\}|^\{\|", re.MULTILINE)
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_JSON_LINES = re.compile(r"\s*\{.*\}[ \t]*\n\s*\{")
_TEXT_SUFFIXES = frozenset({".txt", ".text", ""})
_MARKUP_SUFFIXES = frozenset({".html", ".htm", ".xml", ".eaf", ".exb", ".trs", ".tei", ".ttml", ".dfxp"})


def detect_format(source: Source, supported: frozenset[str]) -> Source:
    """Return a file with the suffix of its actual format; `supported` are the suffixes with a reader.

    Raise `ReadingError` for formats that are recognised but not supported: old Word documents, other archives, media.
    """
    with source.open() as file:
        head = file.read(HEAD_BYTES)
    return replace(source, suffix=_actual_suffix(head, source, supported))


def _actual_suffix(head: bytes, source: Source, supported: frozenset[str]) -> str:
    """Return the suffix of the actual format."""
    for magic, unsupported in _UNSUPPORTED.items():
        if head.startswith(magic):
            description, next_step = _OLE_FILES.get(source.suffix, unsupported) if magic == _OLE else unsupported
            raise ReadingError(source.name, _(description), next_step=_(next_step))
    if _MEDIA.match(head):
        reason = _("an image, audio or video file, not a transcript")
        raise ReadingError(source.name, reason, next_step=_("Transcribe it first."))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_suffix(source)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if head.startswith(b"{\\rtf"):
        return ".rtf"
    if source.suffix in (".jsonl", ".ndjson"):
        return source.suffix
    text = _decode_head(head)
    if source.suffix in (".xls", ".et") and "\t" in text.partition("\n")[0]:
        return ".tsv"  # as web sites export "to Excel", if not a page
    return _text_suffix(text, source.suffix if source.suffix in supported else "")


def _zip_suffix(source: Source) -> str:
    """Return which of the formats based on zip a file has."""
    from indexer.readers import safe_zip

    with safe_zip.open_archive(source) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return ".docx"
        if "META-INF/container.xml" in names:
            return ".epub"
        if "xl/workbook.xml" in names:
            return ".xlsx"
        if "content.xml" in names:
            return ".odt"
        if names & _UNREAD_ZIPS and source.suffix != ".zip":
            next_step = _("Save it as .docx, or a spreadsheet as .xlsx.")
            raise ReadingError(source.name, _("slides, or a file of Apple's office programs"), next_step=next_step)
        return ".docx" if source.suffix == ".docx" else ".zip"


def _decode_head(head: bytes) -> str:
    """Decode the start of a file; the signatures are ASCII in every encoding except UTF-16."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = (
        head[: len(head) & ~1].decode("utf-16", errors="replace") if utf16 else head.decode("utf-8", errors="replace")
    )
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _text_suffix(text: str, suffix: str) -> str:
    """Return the suffix of a text, given that of its file."""
    if recognised := _recognised_suffix(text):
        return recognised
    if suffix in _TEXT_SUFFIXES and looks_like_html(text):
        return ".html"
    if suffix in _TEXT_SUFFIXES and looks_like_wikitext(text):
        return ".wiki"
    first_character = text.lstrip()[:1]
    lacks_markup = suffix in _MARKUP_SUFFIXES and "<" not in text
    return (
        ".txt" if first_character and (lacks_markup or (suffix == ".json" and first_character not in '{["')) else suffix
    )


def _recognised_suffix(text: str) -> str:
    """Return the suffix of the format a text starts like, "" if none."""
    if text.startswith("WEBVTT"):
        return ".vtt"
    if _MIME.match(text):
        return ".eml"
    stripped = text.lstrip()
    if _SRT.match(stripped) or timestamped_text.has_timestamps(text) or stripped.startswith("[Script Info]"):
        return ".srt"
    if _HTML.match(text):
        return ".html"
    if (root := _ROOT.match(text)) and root[1] in _XML and (root[1] not in _AMBIGUOUS or _AMBIGUOUS[root[1]] in text):
        return _XML[root[1]]
    if _TEXTGRID.match(text):
        return ".textgrid"
    if _CHAT.match(text):
        return ".cha"
    if timestamped_text.is_lrc(text):
        return ".lrc"
    if _JSON.match(text):
        return ".jsonl" if _JSON_LINES.match(text) else ".json"
    return ""


def looks_like_html(text: str) -> bool:
    """Return whether a text is a fragment of an HTML page: it starts with a tag and has several more."""
    tags = islice(_CLOSING_TAGS.finditer(text), 3)
    return text.lstrip()[:1] == "<" and sum(1 for _tag in tags) == 3


def looks_like_wikitext(text: str) -> bool:
    """Return whether a text is marked up as in MediaWiki: headings, templates or references, and two other marks."""
    if "'''" not in text and "[[" not in text and "{{" not in text:
        return False
    marks = sum(1 for _mark in islice(_WIKI_MARK.finditer(text), 2))
    return marks == 2 and bool(_WIKI_BLOCK.search(text))
