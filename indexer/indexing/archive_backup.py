"""Back up an archive to a folder, and restore it: its indices as a snapshot, with the files of its knowledge.

The folder may be on any disk: Elasticsearch writes its snapshots below the node's own folder only, and fangtan brings
them from there, and back. A backup that is interrupted leaves the one before as it was, a restore that fails leaves the
archive as it was. Both hold the lock of the archive.
"""

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from indexer.elastic.connection import locked, map_errors
from indexer.elastic.node.paths import node_paths
from indexer.enrich.enrich import load_knowledge
from indexer.errors import DamagedIndexError, IndexMissingError, ReadingError, UsageError, WritingError
from indexer.indexing import knowledge_files
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason
from indexer.settings import Settings
from indexer.store import backup_folder, indices, lock, mapping, snapshot
from indexer.store.backup_folder import SNAPSHOT, Backup
from indexer.store.indices import IndexSet
from indexer.store.manifest import IndexManifest, read_interviews
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_STAMP = "%Y%m%d-%H%M%S"
_NOT_OURS = {
    "backup": gettext_noop("A backup needs fangtan's own Elasticsearch; ELASTICSEARCH_URL names another."),
    "restore": gettext_noop("A restore needs fangtan's own Elasticsearch; ELASTICSEARCH_URL names another."),
}
"""What is said where Elasticsearch is another's, by what was typed."""


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup: the documents by kind, its bytes, and how many files and bytes of them are new."""

    documents: Mapping[str, int]
    knowledge: tuple[str, ...]
    size: int
    new_files: int
    new_size: int


@dataclass(frozen=True, slots=True)
class Loss:
    """What a restore would take away: ids of interviews, and files of knowledge, which are kept beside the new ones.

    `changed` are the interviews of files that had other bytes; `unreadable`: the archive is damaged, and it cannot be
    told what is lost.
    """

    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unreadable: bool = False
    files: tuple[Path, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to ask about."""
        return bool(self.lost or self.changed or self.unreadable or self.files)


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """A restored archive: when it was backed up, the documents by kind, and the files that were kept aside."""

    created: str
    documents: Mapping[str, int]
    knowledge: tuple[str, ...]
    aside: tuple[Path, ...]


def check(settings: Settings, folder: Path, purpose: str) -> None:
    """Raise `UsageError` or `ReadingError` before Elasticsearch is started for what cannot be; `purpose` as typed."""
    _work_folder(settings, purpose)
    if purpose == "backup":
        backup_folder.check_usable(folder)
    if backup_folder.read(folder) is None and purpose == "restore":
        none = _("There is no backup in {folder}: it has no {file}.").format(folder=folder, file=backup_folder.MANIFEST)
        raise UsageError(none, _("Check the path."))


def backup(client: "Elasticsearch", settings: Settings, folder: Path) -> BackupReport:
    """Back up an archive to a folder, which may have an earlier backup of it: only what is new is written.

    Raises `UsageError` for a folder of something else, `WritingError`, `ReadingError` and `ElasticError`.
    """
    work = _work_folder(settings, "backup")
    backup_folder.check_usable(folder)
    before = backup_folder.read(folder)
    if before is not None and before.index != settings.index:
        other = _("{folder} is a backup of the archive {index}.").format(folder=folder, index=before.index)
        raise UsageError(other, _("Name a folder of its own."))
    with map_errors(settings), lock.held(client, settings) as heartbeat, _os_errors(), _emptied(work):
        client = locked(client, heartbeat)
        live = indices.live(indices.found(client, settings))
        if live is None or not live.meta:
            raise IndexMissingError(
                _("The archive {index} is empty, or lacks an index.").format(index=settings.index),
                _("fangtan index PATH fills it."),
            )
        there = _files_there(folder, before)
        backup_folder.transfer(folder / SNAPSHOT, work, there, {})
        name = f"{time.strftime(_STAMP)}-{uuid4().hex[:8]}"
        with snapshot.repository(client, work) as repository:
            snapshot.take(client, repository, name, live.names, heartbeat)
        backup_folder.make_folder(folder)
        files = backup_folder.hashes(work)
        count, size = backup_folder.transfer(work, folder / SNAPSHOT, files, there)
        data, documents = settings.data_file(""), _counts(client, live.names)
        now = Backup(
            created=time.strftime("%Y-%m-%dT%H:%M:%S%z"),
            fangtan=version("fangtan"),
            elasticsearch=str(client.info()["version"]["number"]),
            index=settings.index,
            snapshot=name,
            names=dict(zip(mapping.KINDS, live.names.each, strict=True)),
            documents=documents,
            files=files,
            knowledge_folder=f"knowledge-{_unused(folder, 'knowledge-')}",
            knowledge=knowledge_files.hashes(data),
        )
        knowledge_files.copy_all(data, folder / now.knowledge_folder, now.knowledge)
        heartbeat.confirm()
        backup_folder.write(folder, now)
        backup_folder.tidy(folder, now)
        return BackupReport(documents, tuple(now.knowledge), backup_folder.size(folder, now), count, size)


def restore(
    client: "Elasticsearch", settings: Settings, folder: Path, agree: Callable[[Loss], bool]
) -> RestoreReport | None:
    """Restore an archive from a folder; None if it would lose something and `agree` does not.

    The archive that there is stays until the restored one is complete. Raises `ReadingError` for a damaged backup,
    `UsageError`, `SettingsError`, `WritingError` and `ElasticError`.
    """
    work = _work_folder(settings, "restore")
    check(settings, folder, "restore")
    found = backup_folder.read(folder)
    assert found is not None
    with _os_errors():
        _check_space(work.parent.parent, backup_folder.size(folder, found))
        backup_folder.check_files(folder, found)
    if found.knowledge:
        load_knowledge(replace(settings, data=folder / found.knowledge_folder))  # raises for what cannot be read
    with map_errors(settings), lock.held(client, settings) as heartbeat, _os_errors(), _emptied(work):
        client = locked(client, heartbeat)
        sets = indices.found(client, settings)
        live, stamp = indices.live(sets), indices.fresh_stamp({one.stamp for one in sets})
        names = mapping.dated(settings, stamp)
        backup_folder.transfer(folder / SNAPSHOT, work, found.files, {})
        with _dropped_unless_published(client, names) as published:
            with snapshot.repository(client, work, readonly=True) as repository:
                if not snapshot.has_indices(client, repository, found.snapshot, found.indices):
                    raise ReadingError(str(folder), _("it lacks the indices that its manifest names"))
                snapshot.restore(client, settings, repository, found.snapshot, found.indices, stamp, heartbeat)
            _check_restored(client, names, found, folder)
            data = settings.data_file("")
            loss = _loss(client, live, names, knowledge_files.differing(data, found.knowledge))
            if loss and not agree(loss):
                return None
            heartbeat.confirm()
            aside = tuple(path.with_name(f"{path.name}.{time.strftime(_STAMP)}.old") for path in loss.files)
            with knowledge_files.brought(folder / found.knowledge_folder, data, found.knowledge, loss.files, aside):
                indices.publish(client, settings, names, live)
            published()
        if live is not None:
            indices.drop(client, live.names)
        return RestoreReport(found.created, found.documents, tuple(found.knowledge), aside)


def _work_folder(settings: Settings, purpose: str) -> Path:
    """Return the folder of a repository, which the embedded node alone has; raise `UsageError` for a cluster."""
    if settings.url:
        step = _("Use its snapshots (PUT /_snapshot) for {index}-*, and copy {folder}.")
        raise UsageError(_(_NOT_OURS[purpose]), step.format(index=settings.index, folder=settings.data_file("")))
    return node_paths(settings).snapshots / f"{settings.index}-{purpose}"


def _check_space(node: Path, needed: int) -> None:
    """Raise `WritingError` if restored indices would not fit on the disk of the node."""
    existing = next(one for one in (node, *node.parents) if one.exists())
    if needed > shutil.disk_usage(existing).free:
        reason = _("the backup has {megabytes} MB, which is more than is free")
        raise WritingError(
            str(node),
            reason.format(megabytes=f"{needed // 1_000_000:,}"),
            _("Free some space, or set FANGTAN_NODE_DATA to a folder on another disk."),
        )


@contextmanager
def _emptied(work: Path) -> Iterator[None]:
    """Make the folder of a repository, without what an interrupted run left; remove it afterwards."""
    shutil.rmtree(work, ignore_errors=True)
    backup_folder.make_folder(work)
    try:
        yield
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _os_errors() -> Iterator[None]:
    """Replace errors of the disk by one that names the file."""
    try:
        yield
    except OSError as error:
        reason = system_reason(error).lower()
        raise WritingError(
            str(error.filename or _("The backup")), reason, _("Free some space, or name another folder.")
        ) from error


def _files_there(folder: Path, before: Backup | None) -> Mapping[str, str]:
    """Return the files of the backup before that can be kept: none if one of them is damaged."""
    if before is None:
        return {}
    try:
        backup_folder.check_files(folder, before)
    except ReadingError:
        return {}
    return before.files


def _unused(folder: Path, prefix: str) -> str:
    """Return a stamp of which a folder has no file yet."""
    taken = {one.name.removeprefix(prefix) for one in folder.iterdir()}
    return indices.fresh_stamp(taken)


def _counts(client: "Elasticsearch", names: Names) -> dict[str, int]:
    """Count the documents of each kind."""
    client.indices.refresh(index=",".join(names.each))
    each = zip(mapping.KINDS, names.each, strict=True)
    return {kind: int(client.count(index=name)["count"]) for kind, name in each}


@contextmanager
def _dropped_unless_published(client: "Elasticsearch", names: Names) -> Iterator[Callable[[], None]]:
    """Yield a function to be called once restored indices are published; otherwise they are dropped."""
    done: list[bool] = []
    try:
        yield lambda: done.append(True)
    finally:
        if not done:
            indices.drop(client, names)


def _check_restored(client: "Elasticsearch", names: Names, found: Backup, folder: Path) -> None:
    """Raise `ReadingError` unless restored indices are those of an archive, with as many documents as it had."""
    about = client.indices.get_mapping(index=",".join(names.each)).body
    mappings: list[Mapping[str, Any]] = [about[name]["mappings"] for name in names.each if name in about]
    if len(mappings) < len(mapping.KINDS) or any("schema" not in one.get("_meta", {}) for one in mappings):
        raise ReadingError(str(folder), _("it is no backup of an archive of fangtan"))
    counts = _counts(client, names)
    if counts != found.documents:
        reason = _("it has {found} turns and should have {expected}")
        raise ReadingError(str(folder), reason.format(found=counts["turns"], expected=found.documents["turns"]))


def _loss(client: "Elasticsearch", live: IndexSet | None, names: Names, files: tuple[Path, ...]) -> Loss:
    """Compare the archive with restored indices."""
    if live is None:
        return Loss(files=files)
    try:
        before = read_interviews(client, live.names) if live.names.interviews in live.present else None
    except DamagedIndexError:
        before = None
    if before is None:
        return Loss(unreadable=True, files=files)
    after = read_interviews(client, names)
    lost = tuple(sorted(before.interviews.keys() - after.interviews.keys()))
    return Loss(lost, tuple(_changed(before, after)), files=files)


def _changed(before: IndexManifest, after: IndexManifest) -> Iterator[str]:
    """Yield the ids of the interviews that were indexed from other bytes."""
    for id_, one in sorted(before.interviews.items()):
        other = after.interviews.get(id_)
        if other is not None and other.origin.hash != one.origin.hash:
            yield id_
