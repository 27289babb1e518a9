"""The files one run looks at: those below the paths a person names, and those an archive already knows."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from indexer.errors import UsageError
from indexer.readers.read import Found, transcripts

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Transcript:
    """A file to look at: `real` is its one absolute path, `source` the path as a person named it, `size` in bytes.

    `name` is its place below the folder it was found in, without suffix: 2019/foo.
    """

    path: Path
    real: str
    name: str
    source: str
    size: int


def check(paths: Sequence[Path], forgiving: bool = False) -> None:
    """Raise `UsageError` where one of `paths` is not there; a `forgiving` check lets them be (`--prune`)."""
    missing = [path for path in paths if not path.exists()]
    if missing and not forgiving:
        raise UsageError(
            f"There is no file or folder {missing[0]}.",
            "Check the path. Interviews whose files are gone are taken out by fangtan index --prune.",
        )


def below(paths: Sequence[Path]) -> tuple[Transcript, ...]:
    """Return the transcripts below `paths`, each once, in a stable order; raise `UsageError` where there are none."""
    found = tuple(_transcript(one) for one in transcripts(path for path in paths if path.exists()))
    if not found and all(path.exists() for path in paths):
        raise UsageError(
            f"There are no transcripts in {', '.join(map(str, paths))}.",
            "Name a folder with .txt, .docx, .html, .srt or other transcripts in it, or one transcript by its name.",
        )
    return found


def known(sources: Mapping[str, str], listed: Iterable[Transcript]) -> tuple[Transcript, ...]:
    """Return the files an archive has (real path -> source) that are there and not among `listed`."""
    already = {one.real for one in listed}
    return tuple(
        Transcript(Path(real), real, Path(real).stem, source, Path(real).stat().st_size)
        for real, source in sorted(sources.items())
        if real not in already and exists(real)
    )


def inside(real: str, paths: Sequence[Path]) -> bool:
    """Tell whether a path is one of `paths` or lies below one."""
    return any(Path(real).is_relative_to(real_path(path)) for path in paths)


def elsewhere(file: Transcript, real: str) -> bool:
    """Tell whether a real path has the place of `file` below another folder: /copy/2019/foo.txt, /data/2019/foo.txt."""
    place = os.sep + file.name.replace("/", os.sep) + Path(file.real).suffix
    folder = file.real.removesuffix(place)
    return folder != file.real and real.endswith(place) and not real.startswith(folder + os.sep)


def exists(real: str) -> bool:
    """Tell whether there is a file at a real path."""
    return Path(real).is_file()


def real_path(path: Path) -> str:
    """Return the one absolute path of a file, links followed, as text that can be stored: undecodable bytes are `?`."""
    return os.path.realpath(path).encode("utf-8", "replace").decode("utf-8")


def counted(items: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """Yield each with its number from 1, and whether it is the last: a:b -> (1, a, False), (2, b, True)."""
    number, before = 0, None
    for number, item in enumerate(items, start=1):
        if before is not None:
            yield number - 1, before, False
        before = item
    if before is not None:
        yield number, before, True


def _transcript(found: Found) -> Transcript:
    """Return what a run needs to know of a file."""
    source = found.path.as_posix().encode("utf-8", "replace").decode("utf-8")
    size = found.path.stat().st_size if found.path.exists() else 0
    return Transcript(found.path, real_path(found.path), found.name, source, size)
