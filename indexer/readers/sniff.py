"""What a file is by its content, where its suffix says nothing or lies.

Bytes that only one format begins with (a zip file, a PDF) are always believed. Text is believed over a suffix only
where it cannot be what the suffix says: a page saved as .txt, JSON lines in a .json, plain text in an .html.
"""

import re
from dataclasses import replace

from indexer.errors import ReadingError
from indexer.readers import timestamped_text
from indexer.readers.source import Source

HEAD = 64 * 1024  # bytes that are looked at
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNREAD = {
    _OLE: ("an old Word document (.doc), or an encrypted one", "Open it in Word or LibreOffice and save it as .docx."),
    b"{\\rtf": ("a rich text file (.rtf)", "Open it in Word or LibreOffice and save it as .docx."),
    b"\x1f\x8b": ("packed with gzip", "Unpack it: gunzip FILE"),
    b"7z\xbc\xaf\x27\x1c": ("a 7z archive", "Unpack it, and name the folder."),
    b"Rar!\x1a\x07": ("a RAR archive", "Unpack it, and name the folder."),
}
_MEDIA = re.compile(
    rb"\xff\xd8\xff|\x89PNG|GIF8|RIFF....(?:WAVE|AVI |WEBP)|ID3|\xff[\xfb\xf3\xf2]|....ftyp|OggS|fLaC", re.S
)
_PROLOGUE = r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"
_PAGE = re.compile(_PROLOGUE + r"<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)
_TAGS = re.compile(r"</(?:p|div|span|h[1-6]|td|li|strong|b)>|<br\s*/?>", re.IGNORECASE)
_DEBATE = re.compile(_PROLOGUE + r"<(?:\w+:)?akomaNtoso\b", re.DOTALL)
_SRT = re.compile(r"(?:\d+[ \t]*\n[ \t]*)?(?:\d{1,2}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}[ \t]*-->")
_JSON = re.compile(r"\s*(?:\[\s*)?\{\s*\"")
_OBJECT_LINE = re.compile(r"\s*\{.*\}[ \t]*\n\s*\{")
_TEXT = frozenset({".txt", ".text", ""})
_MARKED_UP = frozenset({".html", ".htm", ".xml"})


def settled(source: Source, known: frozenset[str]) -> Source:
    """Return the file under the suffix of what it is; `known` are those with a reader.

    Raises `ReadingError` for what is recognised and not read: an old Word document, an archive of another kind, media.
    """
    with source.open() as file:
        head = file.read(HEAD)
    return replace(source, suffix=_suffix(head, source, known))


def _suffix(head: bytes, source: Source, known: frozenset[str]) -> str:
    """Return the suffix of what a file is."""
    for magic, (what, next_step) in _UNREAD.items():
        if head.startswith(magic):
            raise ReadingError(source.name, what, next_step=next_step)
    if _MEDIA.match(head):
        raise ReadingError(source.name, "a picture, sound or film, not a transcript", next_step="Transcribe it first.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _container(source)
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    if source.suffix in (".jsonl", ".ndjson"):
        return source.suffix
    return _text_suffix(_readable(head), source.suffix if source.suffix in known else "")


def _container(source: Source) -> str:
    """Return which of the formats made of a zip file this is."""
    from indexer.readers import safe_zip

    with safe_zip.opened(source) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return ".docx"
        if "META-INF/container.xml" in names:
            return ".epub"
        if names & {"xl/workbook.xml", "ppt/presentation.xml", "content.xml"} and source.suffix != ".zip":
            next_step = "Save it as .docx, or a spreadsheet as .csv."
            raise ReadingError(source.name, "a spreadsheet, slides or an OpenDocument file", next_step=next_step)
        return ".docx" if source.suffix == ".docx" else ".zip"


def _readable(head: bytes) -> str:
    """Return the beginning of a file as text; what tells a format is ASCII in every encoding but UTF-16."""
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head[: len(head) & ~1].decode("utf-16", errors="replace") if wide else head.decode("utf-8", errors="replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _text_suffix(text: str, suffix: str) -> str:
    """Return what a text is, given what its suffix says."""
    if told := _told(text):
        return told
    if suffix in _TEXT and looks_marked_up(text):
        return ".html"
    first = text.lstrip()[:1]
    no_mark_up = suffix in _MARKED_UP and "<" not in text
    return ".txt" if first and (no_mark_up or (suffix == ".json" and first not in '{["')) else suffix


def _told(text: str) -> str:
    """Return the format a text begins as, "" where it begins as none."""
    if text.startswith("WEBVTT"):
        return ".vtt"
    bare = text.lstrip()
    if _SRT.match(bare) or timestamped_text.is_stamped(text) or bare.startswith("[Script Info]"):
        return ".srt"
    if _DEBATE.match(text):
        return ".xml"
    if _PAGE.match(text):
        return ".html"
    if _JSON.match(text):
        return ".jsonl" if _OBJECT_LINE.match(text) else ".json"
    return ""


def looks_marked_up(text: str) -> bool:
    """Tell whether a text without a telling suffix is a piece of a page: it begins with a tag and goes on so."""
    return text.lstrip()[:1] == "<" and sum(1 for _ in zip(_TAGS.finditer(text), range(3), strict=False)) == 3
