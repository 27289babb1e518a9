"""A zip file: a folder of transcripts in one file, read member by member; an archive inside it is not opened."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from operator import itemgetter
from pathlib import PurePath, PurePosixPath

from indexer.errors import ReadingError
from indexer.readers import safe_zip
from indexer.readers.source import Source


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive; `name` is its path without suffix, with it if two members differ in nothing else."""

    name: str
    source: Source


def members(source: Source, is_transcript: Callable[[PurePath], bool]) -> Iterator[Member | ReadingError]:
    """Yield the transcripts of an archive by their names; a member that cannot be unpacked is an error among them."""
    with safe_zip.opened(source) as archive:
        named = [(safe_name(safe_zip.name(info)), info) for info in archive.infolist() if not _is_folder(info)]
        wanted = sorted((one for one in named if _is_wanted(PurePosixPath(one[0]), is_transcript)), key=itemgetter(0))
        if not wanted:
            raise ReadingError(source.name, "no transcripts are in the archive")
        stems = Counter(_stem(name) for name, _ in wanted)
        for name, info in wanted:
            try:
                unpacked = _unpacked(archive, info, name, source)
            except ReadingError as error:
                yield error
            else:
                yield Member(_stem(name) if stems[_stem(name)] == 1 else name, unpacked)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, source: Source) -> Source:
    """Return one member, unpacked into memory."""
    data = safe_zip.data(archive, info, source)
    return Source(f"{source.name}/{name}", PurePosixPath(name).suffix.lower(), lambda: BytesIO(data), source.encoding)


def _stem(name: str) -> str:
    """Return a member's name without suffix: 2019/foo."""
    return PurePosixPath(name).with_suffix("").as_posix()


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Tell whether a member is a folder; `ZipInfo.is_dir` of Python 3.11 fails for a member without a name."""
    return info.filename.endswith("/")


def _is_wanted(path: PurePosixPath, is_transcript: Callable[[PurePath], bool]) -> bool:
    """Return whether a member is a transcript outside hidden folders and the one that macOS adds."""
    return is_transcript(path) and not any(part.startswith((".", "__MACOSX")) for part in path.parts)


def safe_name(name: str) -> str:
    """Return a member's name as a path that leads nowhere else: /a/../../b.txt is b.txt below the archive."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"
