"""The files of what an archive knows (`DATA_FILES`), in its folder and in a backup."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from indexer.settings import DATA_FILES
from indexer.store import backup_folder


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of those files that a folder has, by name."""
    return {name: backup_folder.file_hash(folder / name) for name in DATA_FILES if (folder / name).is_file()}


def copy_all(source: Path, target: Path, names: Mapping[str, str]) -> None:
    """Copy the files of an archive's knowledge into a new folder."""
    target.mkdir(mode=0o700)
    for name in names:
        backup_folder.copy(source / name, target / name)


def differing(data: Path, knowledge: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the files of an archive's knowledge that are not those of a backup."""
    there = hashes(data)
    return tuple(data / name for name in DATA_FILES if name in there and there[name] != knowledge.get(name))


@contextmanager
def brought(
    source: Path, target: Path, names: Mapping[str, str], old: tuple[Path, ...], aside: tuple[Path, ...]
) -> Iterator[None]:
    """Bring the files of a backup to the archive's folder, and put those that differ aside; undo it after an error."""
    target.mkdir(parents=True, exist_ok=True)
    there = hashes(target)
    new = [(target / f"{name}.new", target / name) for name, hash_ in names.items() if there.get(name) != hash_]
    undo: list[tuple[Path, Path]] = []
    try:
        for temporary, path in new:
            temporary.unlink(missing_ok=True)
            backup_folder.copy(source / path.name, temporary)
        for of, to in [*zip(old, aside, strict=True), *new]:
            undo.append((of.rename(to), of))
        yield
    except BaseException:
        for of, to in reversed(undo):
            of.rename(to)
        for temporary, _ in new:
            temporary.unlink(missing_ok=True)
        raise
