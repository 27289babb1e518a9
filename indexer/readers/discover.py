"""Discovery of the files of a run: those below the paths of the user, and those an archive already has."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.errors import UsageError
from indexer.readers import links
from indexer.readers.read import is_transcript
from indexer.readers.unread import find_unread
from indexer.settings import DATA_FILES

DATA_FOLDER = "fangtan"
"""The folder beside transcripts that has the archive's topics.toml, words.txt and the like."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A file to read: `real` is its absolute path, `source` the path as the user wrote it, `size` in bytes.

    `name` is its path below the folder it was found in, without suffix: 2019/foo.
    """

    path: Path
    real: str
    name: str
    source: str
    size: int


def check_paths(paths: Sequence[Path], allow_missing: bool = False) -> None:
    """Raise `UsageError` if one of `paths` does not exist, unless that is allowed (`--prune`)."""
    missing = [path for path in paths if not path.exists()]
    if missing and not allow_missing:
        raise UsageError(
            f"There is no file or folder {missing[0]}.",
            "Check the path. To remove interviews whose files are gone, use fangtan index --prune.",
        )


def find_transcripts(paths: Sequence[Path], follow_links: bool = False) -> tuple[TranscriptFile, ...]:
    """Return the transcripts below `paths`, each once, in a stable order; raise `UsageError` if there are none."""
    found = tuple(walk([path for path in paths if path.exists()], follow_links))
    if not found and all(path.exists() for path in paths):
        step = "Name a folder with .txt, .docx, .html, .srt or other transcripts in it, or a single transcript."
        unread = find_unread(paths, follow_links)
        others = ", ".join(f"{files.count:,} {files.kind}{'s' * (files.count > 1)}" for files in unread)
        raise UsageError(
            f"There are no transcripts in {', '.join(map(str, paths))}{f', but {others}' if others else ''}.",
            next((files.next_step for files in unread if files.next_step), step),
        )
    return found


def walk(paths: Sequence[Path], follow_links: bool = False) -> Iterator[TranscriptFile]:
    """Yield the transcripts below `paths` in a stable order, each once; a path of a file has any suffix.

    Hidden files and folders, sidecars (NAME.toml), files of unknown suffix and README, LICENSE and the like are left
    out, and so are links that lead out of the folders (unless `follow_links`); `unread` tells them. A path that does
    not exist is yielded too; reading it reports the error.
    """
    seen: set[str] = set()
    inside = links.real_folders(paths)
    for path in paths:
        is_folder = path.is_dir()
        for file, name in _walk_folder(path, inside, follow_links) if is_folder else ((path, path.stem),):
            real = os.path.realpath(file)  # Path.resolve raises for a loop of links
            if real not in seen and (follow_links or not is_folder or not links.leads_out(real, inside)):
                seen.add(real)
                yield _transcript_file(file, name)


def _walk_folder(root: Path, inside: Sequence[str], follow_links: bool) -> Iterator[tuple[Path, str]]:
    """Yield path and name of the transcripts below a folder, sorted.

    A folder of `DATA_FILES` is left out: words.txt is no transcript.
    """
    for folder, folders, files in links.walk(root, inside, follow_links):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not _is_data(Path(folder, name)))
        for file in sorted(files):
            path = Path(folder, file)
            # no pipe and no device; a link to nothing is told when it is read
            if is_transcript(path) and (path.is_file() or (path.is_symlink() and not path.exists())):
                yield path, path.relative_to(root).with_suffix("").as_posix()


def has_data_files(folder: Path) -> bool:
    """Tell whether a folder has one of `DATA_FILES`."""
    return any((folder / name).is_file() for name in DATA_FILES)


def _is_data(folder: Path) -> bool:
    return folder.name == DATA_FOLDER and has_data_files(folder)


def _transcript_file(path: Path, name: str) -> TranscriptFile:
    source = path.as_posix().encode("utf-8", "replace").decode("utf-8")
    size = path.stat().st_size if path.exists() else 0
    return TranscriptFile(path, real_path(path), name, source, size)


def known_files(sources: Mapping[str, str], listed: Iterable[TranscriptFile]) -> tuple[TranscriptFile, ...]:
    """Return the files of an archive (real path -> source) that still exist and are not among `listed`."""
    listed_paths = {file.real for file in listed}
    return tuple(
        TranscriptFile(Path(real), real, Path(real).stem, source, Path(real).stat().st_size)
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
    return Path(real).is_file()


def real_path(path: Path) -> str:
    """Return the absolute path of a file with links resolved, as storable text: undecodable bytes become `?`."""
    return os.path.realpath(path).encode("utf-8", "replace").decode("utf-8")


def enumerate_with_last(items: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """Yield each item with its number from 1, and whether it is the last: a:b -> (1, a, False), (2, b, True)."""
    number, previous = 0, None
    for number, item in enumerate(items, start=1):
        if previous is not None:
            yield number - 1, previous, False
        previous = item
    if previous is not None:
        yield number, previous, True
