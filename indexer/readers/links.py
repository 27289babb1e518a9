"""Links in a folder that lead out of it, to files that nobody named: they are read only if that is asked for."""

import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path


def real_folders(paths: Iterable[Path]) -> tuple[str, ...]:
    """Return the folders among the paths of a run, with links resolved: one that is named is meant, link or not."""
    return tuple(dict.fromkeys(os.path.realpath(path) for path in paths if path.is_dir()))


def leads_out(real: str, folders: Iterable[str]) -> bool:
    """Tell whether a real path is outside all folders of a run, which are real paths, too."""
    return not any(real == folder or real.startswith(folder.rstrip(os.sep) + os.sep) for folder in folders)


def walk(root: Path, folders: Collection[str], follow: bool) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield folders as `os.walk` does; `follow` links out of the folders of a run, each place once.

    What links inside of them lead to is found where it is.
    """
    seen: set[str] = set()
    for folder, names, files in os.walk(root, followlinks=follow):
        if follow:
            names[:] = [name for name in names if _is_new(Path(folder, name), folders, seen)]
        yield folder, names, files


def _is_new(path: Path, folders: Collection[str], seen: set[str]) -> bool:
    """Tell whether a path is a folder itself, or a link that leads out to one that no other link led to."""
    if not path.is_symlink():
        return True
    real = os.path.realpath(path)
    is_new = real not in seen and leads_out(real, folders)
    seen.add(real)
    return is_new
