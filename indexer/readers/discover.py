"""Discovery of the files of a run: those below the paths of the user, and those an archive already has."""

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.readers import links
from indexer.readers.read import is_transcript_name, split_name
from indexer.readers.unread import find_unread
from indexer.report import UnreadFiles
from indexer.settings import DATA_FILES

DATA_FOLDER = "fangtan"
"""The folder beside transcripts that has the archive's topics.toml, words.txt and the like."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A file to read: `real` is its absolute path, `source` the path as the user wrote it, `size` in bytes.

    `name` is its path below the folder it was found in, without suffix: 2019/foo. `typed` opens it; `real` and `source`
    are storable text.
    """

    typed: str
    real: str
    name: str
    source: str
    size: int

    @property
    def path(self) -> Path:
        """Return the path that opens it."""
        return Path(self.typed)


def check_paths(paths: Sequence[Path], allow_missing: bool = False) -> None:
    """Raise `UsageError` if one of `paths` does not exist, unless that is allowed (`--prune`)."""
    missing = [path for path in paths if not path.exists()]
    if missing and not allow_missing:
        raise UsageError(
            _("There is no file or folder {path}.").format(path=missing[0]),
            _("Check the path. To remove interviews whose files are gone, use fangtan index --prune."),
        )


@dataclass(frozen=True, slots=True)
class Transcripts:
    """The transcripts below some paths, of which none is held: each iteration walks the folders.

    `count` and `size`, in bytes, are those of the first time.
    """

    paths: Sequence[Path] = ()
    follow_links: bool = False
    count: int = 0
    size: int = 0

    def __iter__(self) -> Iterator[TranscriptFile]:
        return walk([path for path in self.paths if path.exists()], self.follow_links)


def find_transcripts(
    paths: Sequence[Path], follow_links: bool = False, should_stop: Callable[[], bool] = lambda: False
) -> Transcripts:
    """Return the transcripts below `paths`, each once, in a stable order; raise `UsageError` if there are none.

    Once `should_stop` says so, the others are not counted.
    """
    found, count, size = Transcripts(paths, follow_links), 0, 0
    for file in found:
        count, size = count + 1, size + file.size
        if should_stop():
            break
    if not count and all(path.exists() for path in paths):
        raise _no_transcripts(paths, find_unread(paths, follow_links))
    return replace(found, count=count, size=size)


def _no_transcripts(paths: Sequence[Path], unread: Sequence[UnreadFiles]) -> UsageError:
    """Return the error for paths without a transcript, with what is there instead."""
    step = _("Name a folder with .txt, .docx, .html, .srt or other transcripts in it, or a single transcript.")
    without = (
        _("There are no transcripts in {paths}, but {others}.") if unread else _("There are no transcripts in {paths}.")
    )
    return UsageError(
        without.format(paths=_(", ").join(map(str, paths)), others=_(", ").join(files.counted for files in unread)),
        next((files.next_step for files in unread if files.next_step), step),
    )


def walk(paths: Sequence[Path], follow_links: bool = False) -> Iterator[TranscriptFile]:
    """Yield the transcripts below `paths` in a stable order, each once; a path of a file has any suffix.

    Hidden files and folders, sidecars (NAME.toml), files of unknown suffix and README, LICENSE and the like are left
    out, and so are links that lead out of the folders (unless `follow_links`); `unread` tells them. A path that does
    not exist is yielded too; reading it reports the error.
    """
    seen: set[str] | None = set() if len(paths) > 1 or follow_links else None
    for count, (real, file, is_link) in enumerate(_walk(paths, follow_links)):
        if seen is None and is_link:  # without links, a folder has each file once, and there is nothing to remember
            seen = {real for real, *_rest in islice(_walk(paths, follow_links), count)}
        if seen is None or real not in seen:
            yield file
        if seen is not None:
            seen.add(real)


_Found = tuple[str, TranscriptFile, bool]
"""The real path of a file, the file, and whether a link led to it."""


def _walk(paths: Sequence[Path], follow_links: bool) -> Iterator[_Found]:
    """Yield the transcripts as often as they are met."""
    inside = links.real_folders(paths)
    for path in paths:
        yield from _walk_folder(path, inside, follow_links) if path.is_dir() else (_file(path, path.stem),)


def _walk_folder(root: Path, inside: Sequence[str], follow_links: bool) -> Iterator[_Found]:
    """Yield the real paths of the transcripts below a folder and themselves, sorted.

    A folder of `DATA_FILES` is left out: words.txt is no transcript.
    """
    for folder, folders, files in links.walk(root, inside, follow_links):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_data(Path(folder, name)))
        if transcripts := sorted(filter(is_transcript_name, files)):
            yield from _in_folder(Path(folder), transcripts, root, () if follow_links else inside)


def _in_folder(folder: Path, files: Sequence[str], root: Path, inside: Sequence[str]) -> Iterator[_Found]:
    """Yield the files of these names in a folder; links that lead out of the folders `inside`, if any, are left out.

    Paths are put together from those of the folder: of a hundred thousand files, resolving each takes ten seconds.
    """
    typed, real = f"{folder / '_'}"[:-1], os.path.join(os.path.realpath(folder), "")  # noqa: PTH118 - ends in a slash
    source, name = as_text((folder / "_").as_posix())[:-1], (folder / "_").relative_to(root).as_posix()[:-1]
    stored = as_text(real)
    for file in files:
        try:
            status = os.lstat(f"{typed}{file}")
        except FileNotFoundError:  # deleted since the folder was listed
            continue
        if stat.S_ISREG(status.st_mode):  # no pipe and no device
            text, stem = as_text(file), split_name(file)[0]
            yield (
                f"{real}{file}",
                TranscriptFile(f"{typed}{file}", f"{stored}{text}", f"{name}{stem}", f"{source}{text}", status.st_size),
                False,
            )
        elif stat.S_ISLNK(status.st_mode):
            path = folder / file
            target = os.path.realpath(path)  # Path.resolve raises for a loop of links
            # a link to nothing is told when it is read
            if (path.is_file() or not path.exists()) and not (inside and links.leads_out(target, inside)):
                yield _file(path, f"{name}{split_name(file)[0]}")


def has_data_files(folder: Path) -> bool:
    """Tell whether a folder has one of `DATA_FILES`."""
    return any((folder / name).is_file() for name in DATA_FILES)


def _is_data(folder: Path) -> bool:
    return folder.name == DATA_FOLDER and has_data_files(folder)


def _file(path: Path, name: str) -> _Found:
    """Return a file that was named, or that a link leads to."""
    size, source = path.stat().st_size if path.exists() else 0, as_text(path.as_posix())
    return os.path.realpath(path), TranscriptFile(str(path), real_path(path), name, source, size), True


def known_files(sources: Mapping[str, str], listed: Iterable[TranscriptFile]) -> tuple[TranscriptFile, ...]:
    """Return the files of an archive (real path -> source) that still exist and are not among `listed`."""
    listed_paths = {file.real for file in listed}
    return tuple(
        TranscriptFile(real, real, Path(real).stem, source, Path(real).stat().st_size)
        for real, source in sorted(sources.items())
        if real not in listed_paths and exists(real)
    )


def is_below(real: str, paths: Sequence[Path]) -> bool:
    """Return whether a real path is one of `paths` or below one."""
    return any(Path(real).is_relative_to(real_path(path)) for path in paths)


def is_copy_elsewhere(file: TranscriptFile, real: str) -> bool:
    """Return whether a real path has the same name below another folder: /copy/2019/foo.txt, /data/2019/foo.txt."""
    relative = os.sep + file.name.replace("/", os.sep) + Path(file.real).suffix
    folder = file.real.removesuffix(relative)
    return folder != file.real and real.endswith(relative) and not real.startswith(folder + os.sep)


def exists(real: str) -> bool:
    """Return whether there is a file at a real path."""
    return os.path.isfile(real)  # noqa: PTH113 - asked of each file of an archive


def real_path(path: Path) -> str:
    """Return the absolute path of a file with links resolved, as storable text: undecodable bytes become `?`."""
    return as_text(os.path.realpath(path))


def as_text(path: str) -> str:
    """Return a path as storable text."""
    return path.encode("utf-8", "replace").decode("utf-8")


def enumerate_with_last(items: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """Yield each item with its number from 1, and whether it is the last: a:b -> (1, a, False), (2, b, True)."""
    number, previous = 0, None
    for number, item in enumerate(items, start=1):
        if previous is not None:
            yield number - 1, previous, False
        previous = item
    if previous is not None:
        yield number, previous, True
