"""The folder of a backup: what is not as it was written is refused, and leads nowhere."""

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import ReadingError, UsageError
from indexer.settings import Settings
from indexer.store import backup_folder, mapping
from indexer.store.backup_folder import Backup

BLOB = "indices/aB-_9/0/__q2"
KNOWLEDGE = "knowledge-20261129-050000"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "backup")


def made(folder: Path) -> Path:
    """A backup with three files."""
    for name, text in {f"snapshot/{BLOB}": "blob", "snapshot/index-0": "list", f"{KNOWLEDGE}/topics.toml": ""}.items():
        backup_folder.make_folder((folder / name).parent)
        (folder / name).write_text(text)
    names = mapping.dated(Settings(index="fangtan"), "20261129-050000")
    backup = Backup(
        created="2026-11-29T05:00:00+0000",
        fangtan="0.1.0",
        elasticsearch="9.5.3",
        index="fangtan",
        snapshot="20261129-050000-aa",
        names=dict(zip(mapping.KINDS, names.each, strict=True)),
        documents=dict.fromkeys(mapping.KINDS, 1),
        files=backup_folder.hashes(folder / "snapshot"),
        knowledge_folder=KNOWLEDGE,
        knowledge={"topics.toml": backup_folder.file_hash(folder / KNOWLEDGE / "topics.toml")},
    )
    backup_folder.write(folder, backup)
    return folder


def manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        said = json.loads((folder / "backup.json").read_text(encoding="utf-8"))
        change(said)
        (folder / "backup.json").write_text(json.dumps(said), encoding="utf-8")

    return apply


def written(text: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / "backup.json").write_text(text)

    return apply


def replaced_by_a_link(name: str, to: str) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / name).rename(folder.parent / "moved")
        (folder / name).symlink_to(to if to else folder.parent / "moved")

    return apply


def pipe(folder: Path) -> None:
    (folder / "snapshot" / BLOB).unlink()
    os.mkfifo(folder / "snapshot" / BLOB)


SPOILT: dict[str, tuple[Callable[[Path], Any], str]] = {
    "a file is gone": (lambda folder: (folder / "snapshot" / BLOB).unlink(), "missing from the backup"),
    "a byte is another": (lambda folder: (folder / "snapshot" / BLOB).write_text("blub"), "not the bytes"),
    "a file is a link": (replaced_by_a_link(f"snapshot/{BLOB}", "/dev/zero"), "it is a link"),
    "a folder is a link": (replaced_by_a_link("snapshot/indices", ""), "it is a link"),
    "knowledge is a link": (replaced_by_a_link(KNOWLEDGE, ""), "it is a link"),
    "the manifest is a link": (replaced_by_a_link("backup.json", ""), "no manifest"),
    "a pipe": (pipe, "missing from the backup"),
    "knowledge without a name": (
        lambda folder: (folder / KNOWLEDGE / "words.txt").symlink_to("/dev/zero"),
        "does not name it",
    ),
    "half a manifest": (written("{"), "no manifest"),
    "a deep manifest": (written("[" * 100_000), "no manifest"),
    "a newer version": (manifest(lambda said: said.update(format=2)), "newer version"),
    "a way out": (manifest(lambda said: said["files"].update({"../../x": "0"})), "no manifest"),
    "an absolute path": (manifest(lambda said: said["files"].update({"/etc/passwd": "0"})), "no manifest"),
    "a way out of knowledge": (manifest(lambda said: said["knowledge"].update({"../x": "0"})), "no manifest"),
    "knowledge elsewhere": (manifest(lambda said: said.update(knowledge_folder="../x")), "no manifest"),
    "an index of another name": (manifest(lambda said: said["names"].update(turns="x")), "no manifest"),
    "indices of two sets": (
        manifest(lambda said: said["names"].update(turns="fangtan-turns-20261129-050001")),
        "no manifest",
    ),
}


@pytest.mark.parametrize(("spoil", "said"), SPOILT.values(), ids=SPOILT)
def test_what_is_spoilt_is_refused(folder: Path, spoil: Callable[[Path], Any], said: str) -> None:
    good = backup_folder.read(folder)
    assert good is not None
    backup_folder.check_files(folder, good)
    spoil(folder)
    with pytest.raises(ReadingError, match=said):
        backup_folder.check_files(folder, backup_folder.read(folder) or good)


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


@given(st.sampled_from([*Backup.__slots__, "format"]), VALUES)
def test_any_other_value_is_refused_or_read(tmp_path_factory, key: str, value: object) -> None:
    folder = made(tmp_path_factory.mktemp("any") / "backup")
    manifest(lambda said: said.update({key: value}))(folder)
    with suppress(ReadingError):
        assert backup_folder.read(folder) is not None


def test_nothing_is_written_or_deleted_through_a_link(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "precious").write_text("x")
    replaced_by_a_link("snapshot/indices", str(other))(folder)
    found = backup_folder.read(folder)
    assert found is not None
    with pytest.raises(ReadingError, match="it is a link"):
        backup_folder.transfer(tmp_path / "source", folder / "snapshot", {BLOB: found.files[BLOB]}, {})
    backup_folder.tidy(folder, found)
    assert [file.name for file in other.iterdir()] == ["precious"]
    (folder / "snapshot").rename(tmp_path / "away")
    (folder / "snapshot").symlink_to(other)
    with pytest.raises(UsageError, match="snapshot is a link"):
        backup_folder.check_usable(folder)


def test_only_its_owner_reads_a_backup(folder: Path) -> None:
    backup_folder.copy(folder / "backup.json", folder / "copy")
    assert (folder / "copy").stat().st_mode & 0o777 == 0o600
    assert {one.stat().st_mode & 0o777 for one in (folder, *folder.rglob("*")) if one.is_dir()} == {0o700}


@pytest.mark.usefixtures("chinese")
def test_what_is_wrong_is_said_in_chinese(folder: Path) -> None:
    (folder / "snapshot" / BLOB).write_text("other", "utf-8")
    found = backup_folder.read(folder)
    assert found is not None
    with pytest.raises(ReadingError) as caught:
        backup_folder.check_files(folder, found)
    assert caught.value.message == f"{folder / 'snapshot' / BLOB}: 它已损坏：内容与备份时不同"
    assert caught.value.next_step == "另做一份备份：fangtan backup DIR"
