"""Zip files: the transcripts of a folder in one file; an archive inside it is not opened."""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from operator import itemgetter
from pathlib import PurePath, PurePosixPath

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import safe_zip
from indexer.readers.source import Source


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the archive; `name` is its path without suffix, with it if two members differ in nothing else."""

    name: str
    source: Source


def members(source: Source, is_transcript: Callable[[PurePath], bool]) -> Iterator[Member | ReadingError]:
    """Yield the transcripts of an archive by their names, with errors for members that cannot be unpacked."""
    with safe_zip.open_archive(source) as archive:
        named = [(safe_name(safe_zip.member_name(info)), info) for info in archive.infolist() if not _is_folder(info)]
        entries = [entry for entry in named if _is_selected(PurePosixPath(entry[0]), is_transcript)]
        selected = sorted(entries, key=itemgetter(0))
        if not selected:
            raise ReadingError(source.name, _("there are no transcripts in the archive"))
        stems = Counter(_stem(name) for name, _info in selected)
        for name, info in selected:
            try:
                member = _unpack(archive, info, name, source)
            except ReadingError as error:
                yield error
            else:
                yield Member(_stem(name) if stems[_stem(name)] == 1 else name, member)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, source: Source) -> Source:
    """Unpack one member into memory."""
    content = safe_zip.read_member(archive, info, source)
    return Source(
        f"{source.name}/{name}", PurePosixPath(name).suffix.lower(), lambda: BytesIO(content), source.encoding
    )


def _stem(name: str) -> str:
    """Return the name of a member without suffix: 2019/foo."""
    return PurePosixPath(name).with_suffix("").as_posix()


def _is_folder(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder; `ZipInfo.is_dir` of Python 3.11 fails for a member without a name."""
    return info.filename.endswith("/")


def _is_selected(path: PurePosixPath, is_transcript: Callable[[PurePath], bool]) -> bool:
    """Return whether a member is a transcript outside hidden folders and the one that macOS adds."""
    return is_transcript(path) and not any(part.startswith((".", "__MACOSX")) for part in path.parts)


def safe_name(name: str) -> str:
    """Return the name of a member as a relative path inside the archive: /a/../../b.txt becomes b.txt."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "_"
