"""The folder of a backup: a manifest, the files of a snapshot, and those of the archive's knowledge.

    backup.json                 what the backup is, and the SHA-256 of each of its files: written last, in one step
    snapshot/…                  the repository of Elasticsearch, whose files never change
    knowledge-STAMP/…           topics.toml, speakers.toml, words.txt, synonyms.txt, saved searches, tags

Until a new manifest replaces the old one, everything that the old one names is there. Nothing in such a folder is
trusted: names lead nowhere else, links are refused, sizes are bounded.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import file_digest
from pathlib import Path

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason
from indexer.settings import DATA_FILES, Settings
from indexer.store import mapping
from indexer.store.mapping import Names

MANIFEST, SNAPSHOT = "backup.json", "snapshot"
FORMAT = 1

_KNOWLEDGE = re.compile(r"knowledge-[0-9]{8}-[0-9]{6}(?:-[0-9]+)?")
_NAME = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/){0,5}[A-Za-z0-9_-][A-Za-z0-9_.-]*")
"""Names of files in a repository: indices/UUID/0/__UUID, index-0, snap-UUID.dat."""

_LATEST = "index.latest"
"""A file of a repository that does change; Elasticsearch reads it only where it cannot list a folder."""

_MAX_MANIFEST = 64_000_000
_MAX_KNOWLEDGE = 64_000_000
_STEP = gettext_noop("Make another one: fangtan backup DIR")
_NO_MANIFEST = gettext_noop("it is no manifest of a backup")


@dataclass(frozen=True, slots=True)
class Backup:
    """What a manifest says; `documents` is their number by kind, `files` and `knowledge` are hashes by name.

    `index` is the prefix of the archive, `names` are its indices in the snapshot.
    """

    created: str
    fangtan: str
    elasticsearch: str
    index: str
    snapshot: str
    names: Mapping[str, str]
    documents: Mapping[str, int]
    files: Mapping[str, str]
    knowledge_folder: str
    knowledge: Mapping[str, str]

    @property
    def indices(self) -> Names:
        """The indices in the snapshot."""
        return Names(**self.names)


def read(folder: Path) -> Backup | None:
    """Return the backup in a folder, None if there is none; raise `ReadingError` for something else."""
    path = folder / MANIFEST
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink() or not path.is_file() or path.stat().st_size > _MAX_MANIFEST:
        raise _unreadable(path, _(_NO_MANIFEST))
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("format") != FORMAT:
            raise _unreadable(path, _("it was made by a newer version of fangtan"))
        backup = Backup(**{field.name: said[field.name] for field in fields(Backup)})
        _check(backup)
    except OSError as error:
        raise ReadingError(str(path), system_reason(error).lower()) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise _unreadable(path, _(_NO_MANIFEST)) from error
    return backup


def _check(backup: Backup) -> None:
    """Raise `ValueError` or `TypeError` for values that `write` does not write."""
    texts = (backup.created, backup.fangtan, backup.elasticsearch, backup.index, backup.snapshot)
    hashes = {**backup.files, **backup.knowledge}
    names = (*backup.files, backup.snapshot, backup.index, *backup.indices.each)
    if not all(isinstance(text, str) for text in (*texts, *hashes.values(), *backup.indices.each)):
        raise TypeError
    if not all(isinstance(number, int) for number in backup.documents.values()):
        raise TypeError
    if not all(_NAME.fullmatch(name) for name in names) or not _KNOWLEDGE.fullmatch(backup.knowledge_folder):
        raise ValueError
    if not set(backup.knowledge) <= set(DATA_FILES) or set(backup.documents) != set(backup.names):
        raise ValueError
    archive = Settings(index=backup.index)
    if backup.indices != mapping.dated(archive, mapping.stamp_of(archive, backup.indices.turns) or "none"):
        raise ValueError  # they would be restored under other names than those of an archive


def check_files(folder: Path, backup: Backup) -> None:
    """Raise `ReadingError` unless each file of a backup is there, a file, and has the bytes that it had."""
    for name, hash_ in backup.files.items():
        _check_file(folder, f"{SNAPSHOT}/{name}", hash_)
    for name in DATA_FILES:
        path = folder / backup.knowledge_folder / name
        if name in backup.knowledge:
            if path.is_file() and path.stat().st_size > _MAX_KNOWLEDGE:
                large = _("it has more than {megabytes} MB").format(megabytes=_MAX_KNOWLEDGE // 1_000_000)
                raise ReadingError(str(path), large)
            _check_file(folder, f"{backup.knowledge_folder}/{name}", backup.knowledge[name])
        elif path.exists() or path.is_symlink():
            raise _unreadable(path, _("{manifest} does not name it").format(manifest=MANIFEST))


def _check_file(folder: Path, name: str, hash_: str) -> None:
    path = folder / name
    _check_links(folder, name)
    if not path.is_file():
        raise _unreadable(path, _("it is missing from the backup"))
    if file_hash(path) != hash_:
        raise _unreadable(path, _("it is damaged: it has not the bytes that it had"))


def _check_links(folder: Path, name: str) -> None:
    """Raise `ReadingError` if a file, or a folder on the way to it, is a link, which may lead anywhere."""
    for one in (Path(name), *Path(name).parents):
        if one != Path() and (folder / one).is_symlink():
            raise _unreadable(folder / one, _("it is a link"))


def write(folder: Path, backup: Backup) -> None:
    """Replace the manifest, in one step."""
    temporary = folder / f"{MANIFEST}.tmp"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, **asdict(backup)}, file, ensure_ascii=False, indent=1)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / MANIFEST)


def check_usable(folder: Path) -> None:
    """Raise `UsageError` for a folder with files that are not of a backup."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(_("{folder} is no folder.").format(folder=folder), "fangtan backup FOLDER")
    for one in sorted(folder.iterdir()) if folder.is_dir() else ():
        if one.is_symlink():
            raise UsageError(_("{path} is a link.").format(path=one), _("Name a folder of its own."))
        if one.name not in {MANIFEST, f"{MANIFEST}.tmp", SNAPSHOT} and not _KNOWLEDGE.fullmatch(one.name):
            strange = _("{folder} has files that are not of a backup, {file} for example.")
            raise UsageError(strange.format(folder=folder, file=one.name), _("Name a folder of its own."))


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of the files of a repository by name."""
    return {name: file_hash(folder / name) for name in sorted(_names(folder)) if name != _LATEST}


def transfer(source: Path, target: Path, files: Mapping[str, str], there: Mapping[str, str]) -> tuple[int, int]:
    """Bring files (hashes by name) to a folder that has those of `there`; return how many files and bytes were new."""
    count = size = 0
    for name, hash_ in files.items():
        path = target / name
        if there.get(name) == hash_:
            continue
        _check_links(target, name)
        make_folder(path.parent)
        place(source / name, path)
        count, size = count + 1, size + path.stat().st_size
    return count, size


def make_folder(path: Path) -> None:
    """Make a folder, and those above that are missing, for its owner alone."""
    for folder in (*reversed(path.parents), path):
        folder.mkdir(exist_ok=True, mode=0o700)


def place(source: Path, path: Path) -> None:
    """Make a file of a source, in one step: a second name for it where the system allows that, else a copy."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        os.link(source, temporary, follow_symlinks=False)
    except OSError:
        copy(source, temporary)
    temporary.replace(path)


def copy(source: Path, path: Path) -> None:
    """Copy a file, readable by its owner alone, and have it on the disk."""
    with source.open("rb") as read, os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        shutil.copyfileobj(read, out)
        out.flush()
        os.fsync(out.fileno())


def tidy(folder: Path, backup: Backup) -> None:
    """Delete what an earlier backup, or one that was interrupted, left in a folder."""
    for name in _names(folder / SNAPSHOT):
        if name not in backup.files:
            (folder / SNAPSHOT / name).unlink()
    for one in folder.iterdir():
        if _KNOWLEDGE.fullmatch(one.name) and one.name != backup.knowledge_folder and not one.is_symlink():
            shutil.rmtree(one)


def size(folder: Path, backup: Backup) -> int:
    """Return the bytes of the files of a snapshot; those that are missing count 0."""
    paths = (folder / SNAPSHOT / name for name in backup.files)
    return sum(path.stat().st_size for path in paths if path.is_file())


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of the files below a folder; links are not followed."""
    for root, _folders, files in os.walk(folder):
        yield from (Path(root, file).relative_to(folder).as_posix() for file in files)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _unreadable(path: Path, reason: str) -> ReadingError:
    return ReadingError(str(path), reason, next_step=_(_STEP))
