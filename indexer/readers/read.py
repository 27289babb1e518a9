"""Read a file: the only module that decides which reader reads which file.

The way of the data:

    path or `-`     a `Source`, the bytes and the suffix (`source`)
    `sniff`         the suffix of the actual format, where the content contradicts the suffix of the file
    `formats`       the reader of that format: `read(source: Source) -> Iterator[Item]`
    `bilingual`     in a transcript in two languages, which lines translate those above
    `sidecar`       the overrides and corrections of NAME.toml, added to each `Script`

A format is one module in `indexer/readers/formats` and its suffixes in `_READERS` below; if its content identifies
it, a rule in `sniff` too. A file that cannot be read never ends a run: the reason is yielded as a
`ReadingError` among the other items.
"""

from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path, PurePath

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason
from indexer.model import Metadata
from indexer.readers import sidecar, sniff
from indexer.readers.bilingual import mark_translations
from indexer.readers.script import Script
from indexer.readers.source import MAX_BYTES, Item, Source
from indexer.safe_file import piped_bytes

# suffix -> module in `formats`; imported with the first such file, as some import large libraries
_READERS = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".html": "html_page",
    ".htm": "html_page",
    ".docx": "docx",
    ".odt": "odt",
    ".fodt": "odt",
    ".ods": "odt",
    ".rtf": "rtf",
    ".xlsx": "spreadsheet",
    ".xlsm": "spreadsheet",
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".wiki": "wikitext",
    ".mediawiki": "wikitext",
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".sbv": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".json": "json",
    ".csv": "csv_table",
    ".tsv": "csv_table",
    ".xml": "akoma_ntoso",
    ".eaf": "annotation.elan",
    ".textgrid": "annotation.textgrid",
    ".exb": "annotation.exmaralda",
    ".trs": "annotation.transcriber",
    ".cha": "annotation.talkbank",
    ".tei": "annotation.tei",
    ".ttml": "ttml",
    ".dfxp": "ttml",
    ".lrc": "lrc",
    ".typ": "typst",
    ".pdf": "pdf",
    ".epub": "epub",
    ".zip": "zip_archive",
}
_SUPPORTED = frozenset(_READERS)
# formats of old programs, opened because the content is often another: a page saved as .xls, rich text as .doc
_REPORTED = frozenset({".doc", ".wps", ".xls", ".et"})
_KNOWN = _SUPPORTED | _REPORTED

# files about a folder of transcripts; notice.txt may well be a transcript
_NOT_TRANSCRIPTS = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing", "authors"})


ENCODING = "encoding"
"""The key of an override that forces the encoding of a file."""


def is_transcript(path: PurePath) -> bool:
    """Return whether a file in a folder is a transcript, by its name."""
    return is_transcript_name(path.name)


def is_transcript_name(name: str) -> bool:
    """Return the same for a name alone; of a hundred thousand files, making a `Path` of each takes seconds."""
    stem, suffix = split_name(name)
    is_known = suffix.lower() in _KNOWN and not name.startswith((".", "~$"))
    return is_known and stem.split(".")[0].casefold() not in _NOT_TRANSCRIPTS


def split_name(name: str) -> tuple[str, str]:
    """Return the `stem` and the `suffix` that `PurePath` gives a file name."""
    dot = name.rfind(".")
    return (name[:dot], name[dot:]) if 0 < dot < len(name) - 1 else (name, "")


def read(path: Path, encoding: str = "", overrides: Metadata = (), content: bytes | None = None) -> Iterator[Item]:
    """Yield the contents of a file, `-` being standard input: scripts to parse, parsed interviews, and errors.

    Nothing is raised for an invalid file: a `ReadingError` is yielded instead and reading continues (after a bad line
    of a JSON Lines file, for example). `encoding` forces one, as does an override of that name. `overrides` is the
    metadata set by the user (see `Script.overrides`); it takes precedence over the sidecar NAME.toml. `content` is what
    came from standard input or a pipe, if it has been read (see `safe_file.piped_bytes`).
    """
    encoding = encoding or dict(overrides).get(ENCODING, "")
    overrides = tuple((key, value) for key, value in overrides if key != ENCODING)
    try:
        beside = sidecar.read(path)
        overrides, corrections = overrides + beside.overrides, beside.corrections
        content = piped_bytes(path, MAX_BYTES + 1) if content is None else content
        for number, item in enumerate(read_items(detect_format(Source.of(path, content, encoding)))):
            if corrections and (number or not isinstance(item, Script)) and not isinstance(item, ReadingError):
                yield _not_corrected(path, isinstance(item, Script))
            yield (
                replace(item, overrides=overrides + item.overrides, corrections=() if number else corrections)
                if isinstance(item, Script)
                else item
            )
    except ReadingError as error:
        yield error
    except OSError as error:
        yield ReadingError(str(path), system_reason(error) if error.strerror else _("cannot be read"))


def _not_corrected(path: Path, has_lines: bool) -> ReadingError:
    """Return the error for a transcript that the corrections of its file are not for."""
    no_lines = _("it was not corrected: it has turns, and no lines")
    several = _("it was not corrected: it has several transcripts; corrections are for the first")
    return ReadingError(str(path), several if has_lines else no_lines, next_step=_("Put each transcript into a file."))


def detect_format(source: Source) -> Source:
    """Return a file with the suffix of its actual format; raise `ReadingError` for an unsupported one."""
    return sniff.detect_format(source, _SUPPORTED)


def read_items(source: Source) -> Iterator[Item]:
    """Read a file with the reader of its suffix."""
    if source.suffix == ".zip":
        return _archive_items(source)
    reader = import_module(f"indexer.readers.formats.{_READERS.get(source.suffix, 'text')}")
    return map(_with_translations, reader.read(source))


def _with_translations(item: Item) -> Item:
    """Return a transcript in two languages with the translations marked, another item unchanged."""
    return replace(item, lines=mark_translations(item.lines)) if isinstance(item, Script) else item


def _archive_items(source: Source) -> Iterator[Item]:
    """Yield the items of the members of an archive, with errors for members that cannot be read."""
    from indexer.readers.formats import zip_archive

    for member in zip_archive.members(source, is_transcript):
        if isinstance(member, ReadingError):
            yield member
        else:
            yield from _member_items(member.name, member.source)


def _member_items(name: str, source: Source) -> Iterator[Item]:
    """Yield the items of one member; a transcript with a name of its own, a chapter of a book, is NAME/CHAPTER."""
    try:
        member = detect_format(source)
        if member.suffix == ".zip":
            raise ReadingError(
                source.name, _("an archive inside an archive"), next_step=_("Unpack it, and name the folder.")
            )
        for item in read_items(member):
            yield replace(item, name=f"{name}/{item.name}" if item.name else name) if isinstance(item, Script) else item
    except ReadingError as error:
        yield error
