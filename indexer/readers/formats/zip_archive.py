"""A zip file: a folder of transcripts in one file, read member by member; an archive inside it is not opened."""

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath

from indexer.errors import ReadingError
from indexer.readers import safe_zip
from indexer.readers.read import is_transcript, items, settled
from indexer.readers.script import Script
from indexer.readers.source import Item, Source


def read(source: Source) -> Iterator[Item]:
    """Yield what each member holds, by their names; a member that cannot be read is an error among them."""
    with safe_zip.opened(source) as archive:
        members = [(safe_name(safe_zip.name(info)), info) for info in archive.infolist() if not _is_folder(info)]
        wanted = sorted((one for one in members if _is_wanted(PurePosixPath(one[0]))), key=lambda one: one[0])
        if not wanted:
            raise ReadingError(source.name, "no transcripts are in the archive")
        stems = Counter(_stem(name) for name, _ in wanted)
        for name, info in wanted:
            called = _stem(name) if stems[_stem(name)] == 1 else name
            for item in _member(archive, info, name, source):
                yield replace(item, name=_together(called, item.name)) if isinstance(item, Script) else item


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, source: Source) -> Iterator[Item]:
    """Yield what one member holds."""
    whole = f"{source.name}/{name}"
    try:
        data = safe_zip.data(archive, info, source)
        inner = settled(Source(whole, PurePosixPath(name).suffix.lower(), lambda: BytesIO(data), source.encoding))
        if inner.suffix == ".zip":
            raise ReadingError(whole, "an archive inside an archive", next_step="Unpack it, and name the folder.")
        yield from items(inner)
    except ReadingError as error:
        yield error


def _stem(name: str) -> str:
    """Return a member's name without suffix: 2019/foo."""
    return PurePosixPath(name).with_suffix("").as_posix()


def _together(name: str, inside: str) -> str:
    """Return the name of a transcript that a member names itself: a chapter of a book."""
    return f"{name}/{inside}" if inside else name


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a folder; `ZipInfo.is_dir` of Python 3.11 fails for a member without a name."""
    return info.filename.endswith("/")


def _is_wanted(path: PurePosixPath) -> bool:
    """Tell whether a member is a transcript, and in no hidden folder."""
    return is_transcript(path) and not any(part.startswith((".", "__MACOSX")) for part in path.parts)


def safe_name(name: str) -> str:
    """Return a member's name as a path that leads nowhere else: /a/../../b.txt is b.txt below the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"
