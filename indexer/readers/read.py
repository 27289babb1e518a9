"""The transcripts of a folder, and what each file holds. The only place that decides which reader reads a file.

A reader is one small module with `read(source: Source) -> Iterator[Item]`; `_READERS` names it by the suffix, which the
content overrides where it lies (`sniff`). A file that cannot be read never ends a run: what is wrong comes as a
`ReadingError` among the other items.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from io import BytesIO
from pathlib import Path, PurePath

from indexer.errors import ReadingError
from indexer.model import Metadata
from indexer.readers import sidecar, sniff
from indexer.readers.script import Script
from indexer.readers.source import LARGEST, Item, Source

# suffix -> module in this folder; imported when the first such file is met, as some bring libraries with them
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
    ".srt": "subtitles",
    ".vtt": "subtitles",
    ".sbv": "subtitles",
    ".ass": "subtitles",
    ".ssa": "subtitles",
    ".json": "json",
    ".csv": "csv_table",
    ".tsv": "csv_table",
    ".xml": "akoma_ntoso",
    ".pdf": "pdf",
    ".epub": "epub",
    ".zip": "zip_archive",
}
_KNOWN = frozenset(_READERS)
# met in a folder it is told what to do with them, they are not passed over in silence
_TOLD = frozenset({".doc", ".wps", ".rtf", ".odt"})

# about a folder of transcripts, not one of them; notice.txt may well be one
_ABOUT = frozenset({"readme", "license", "licence", "copying", "changelog", "contributing", "authors"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read; `name` is its place below the folder it was found in, without suffix: 2019/foo."""

    path: Path
    name: str


def transcripts(paths: Iterable[Path]) -> Iterator[Found]:
    """Yield the transcripts below `paths` in a stable order, each once; a file named outright whatever its suffix.

    Hidden files and folders, sidecars (NAME.toml), files of unknown suffix and README, LICENSE and the like are left
    out. A path that is not there is yielded too: reading it says so.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _walk(path) if path.is_dir() else (Found(path, path.stem),):
            real = os.path.realpath(found.path)  # Path.resolve raises for a loop of links
            if real not in seen:
                seen.add(real)
                yield found


def _walk(folder: Path) -> Iterator[Found]:
    """Yield the transcripts of a folder and those below it, by name; links to folders are not followed."""
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for file in sorted(files):
            path = Path(here, file)
            if is_transcript(path) and (path.is_file() or path.is_symlink()):  # a pipe or a device would never end
                yield Found(path, path.relative_to(folder).with_suffix("").as_posix())


def is_transcript(path: PurePath) -> bool:
    """Tell whether a file of a folder is one of its transcripts, by its name."""
    stem = path.stem.split(".")[0].casefold()
    return not path.name.startswith((".", "~$")) and path.suffix.lower() in _KNOWN | _TOLD and stem not in _ABOUT


def read(path: Path, encoding: str = "", given: Metadata = ()) -> Iterator[Item]:
    """Yield what a file holds, `-` being standard input: scripts to parse, interviews to take as they are, and errors.

    Nothing is raised for a fault of the file: a `ReadingError` is yielded in its place and the rest goes on (a bad line
    of a JSON-lines file is one, and so is a file that cannot be opened). `encoding` forces one. `given` is what a
    person says of the transcript (see `Script.given`); the sidecar NAME.toml beside the file comes after it.
    """
    try:
        given += sidecar.read(path)
        for item in items(settled(_source(path, encoding))):
            yield replace(item, given=given + item.given) if given and isinstance(item, Script) else item
    except ReadingError as error:
        yield error
    except OSError as error:
        yield ReadingError(str(path), error.strerror or "cannot be read")


def _source(path: Path, encoding: str) -> Source:
    """Return the bytes behind a path; what can be read only once (standard input, a pipe) is kept."""
    if str(path) == "-":
        return _kept("-", sys.stdin.buffer.read(LARGEST + 1), "", encoding)
    if path.exists() and not path.is_file() and not path.is_dir():
        with path.open("rb") as file:
            return _kept(str(path), file.read(LARGEST + 1), path.suffix.lower(), encoding)
    return Source(str(path), path.suffix.lower(), lambda: path.open("rb"), encoding)


def _kept(name: str, data: bytes, suffix: str, encoding: str) -> Source:
    """Return a source that holds its bytes itself."""
    return Source(name, suffix, lambda: BytesIO(data), encoding)


def settled(source: Source) -> Source:
    """Return a file under the suffix of what it is by its content; raise `ReadingError` for what is not read here."""
    return sniff.settled(source, _KNOWN)


def items(source: Source) -> Iterator[Item]:
    """Return what the reader for this file yields."""
    if source.suffix == ".zip":
        return _archive_items(source)
    read_it: Iterator[Item] = import_module(f"indexer.readers.formats.{_READERS.get(source.suffix, 'text')}").read(
        source
    )
    return read_it


def _archive_items(source: Source) -> Iterator[Item]:
    """Yield what the members of an archive hold; a member that cannot be read is an error among them."""
    from indexer.readers.formats import zip_archive

    for member in zip_archive.members(source, is_transcript):
        if isinstance(member, ReadingError):
            yield member
        else:
            yield from _member_items(member.name, member.source)


def _member_items(name: str, source: Source) -> Iterator[Item]:
    """Yield what one member holds; a transcript that has a name of its own, a chapter of a book, is NAME/CHAPTER."""
    try:
        inner = settled(source)
        if inner.suffix == ".zip":
            raise ReadingError(source.name, "an archive inside an archive", next_step="Unpack it, and name the folder.")
        for item in items(inner):
            yield replace(item, name=f"{name}/{item.name}" if item.name else name) if isinstance(item, Script) else item
    except ReadingError as error:
        yield error
