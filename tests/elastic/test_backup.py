"""Backups on the real node: what is restored is what was there, and what fails changes nothing."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch, helpers

from indexer.errors import FangtanError, IndexMissingError, ReadingError, UsageError
from indexer.indexing import archive_backup, knowledge_files
from indexer.indexing.archive_backup import Loss
from indexer.settings import Settings
from indexer.store import backup_folder, mapping, snapshot
from tests.support.archives import Archive, transcript

TOPICS = '["合作"]\nterms = ["合作", "协议"]\n'


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "topics.toml").write_text(TOPICS, encoding="utf-8")
    (folder / "speakers.toml").write_text('["郑志昊"]\naliases = ["郑总"]\n', encoding="utf-8")
    return folder


@pytest.fixture
def own(archive: Archive, node_data: Path, knowledge: Path) -> Archive:
    """An archive of two interviews on the embedded node, with knowledge of its own."""
    archive.drop()
    settings = replace(archive.settings, url="", node_data=node_data, data=knowledge)
    own = Archive(archive.folder, settings, archive.client)
    own.write(a__one_txt=transcript(3), a__two_txt=transcript(2, "芯片"))
    own.index()
    return own


def always(loss: Loss) -> bool:
    return True


def never(loss: Loss) -> bool:
    return False


class Refused:
    """Says no, and remembers to what."""

    def __init__(self) -> None:
        self.asked: list[Loss] = []

    def __call__(self, loss: Loss) -> bool:
        self.asked.append(loss)
        return False


def digest(client: Elasticsearch, settings: Settings) -> dict[str, str]:
    """A hash of all documents by kind, with their ids."""
    hashes = {}
    for kind, alias in zip(mapping.KINDS, mapping.names(settings).each, strict=True):
        client.indices.refresh(index=alias)
        lines = [json.dumps([hit["_id"], hit["_source"]], sort_keys=True) for hit in helpers.scan(client, index=alias)]
        hashes[kind] = hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
    return hashes


def files(folder: Path) -> dict[str, int]:
    return {one.relative_to(folder).as_posix(): one.stat().st_ino for one in folder.rglob("*") if one.is_file()}


def test_an_archive_comes_back(own: Archive, knowledge: Path, tmp_path: Path) -> None:
    kept = {"searches.toml": '["船"]\nquery = "合作"\n', "seen.json": "{}", "tags.txt": "a/one#1\t合作\n"}
    for name, text in kept.items():
        (knowledge / name).write_text(text, encoding="utf-8")
    before, known = digest(own.client, own.settings), (knowledge / "topics.toml").read_bytes()
    made = archive_backup.backup(own.client, own.settings, tmp_path / "backup")
    assert made.documents["interviews"] == 2
    assert made.knowledge == ("topics.toml", "speakers.toml", *kept)

    own.drop()
    shutil.rmtree(knowledge)
    knowledge.mkdir()
    agree = Refused()
    assert archive_backup.restore(own.client, own.settings, tmp_path / "backup", agree) is not None
    assert not agree.asked, "there was nothing to lose"
    assert digest(own.client, own.settings) == before
    assert (knowledge / "topics.toml").read_bytes() == known
    assert {name: (knowledge / name).read_text("utf-8") for name in kept} == kept
    assert own.index().unchanged == 2, "the next run goes on from there"
    assert not list((own.settings.node_data / "snapshots").iterdir())
    assert not own.client.snapshot.get_repository().body

    # under another name, beside it
    other = replace(own.settings, index=f"{own.settings.index}-b", data=tmp_path / "other")
    other.data.mkdir()
    try:
        assert archive_backup.restore(own.client, other, tmp_path / "backup", never) is not None
        assert digest(own.client, other) == before
    finally:
        Archive(tmp_path, other, own.client).drop()


def test_only_what_is_new_is_written(own: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    first = archive_backup.backup(own.client, own.settings, folder)
    old = files(folder / "snapshot")
    own.write(a__three_txt=transcript(4, "价格"))
    own.index()
    second = archive_backup.backup(own.client, own.settings, folder)
    assert second.documents["interviews"] == 3
    assert 0 < second.new_size < second.size
    assert first.new_files == len(old)
    kept = {name for name in old if name in files(folder / "snapshot")}
    assert all(files(folder / "snapshot")[name] == old[name] for name in kept)
    assert kept, "segments of the first are there still"
    assert len(list(folder.glob("knowledge-*"))) == 1
    own.drop()
    assert archive_backup.restore(own.client, own.settings, folder, never) is not None
    assert len(own.ids()) == 3


def test_a_backup_that_is_interrupted_leaves_the_one_before(
    own: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "backup"
    archive_backup.backup(own.client, own.settings, folder)
    own.write(a__three_txt=transcript(4, "价格"))
    own.index()

    def fail(*_: Any) -> None:
        raise KeyboardInterrupt

    for step in ("copy", "write", "tidy"):
        with monkeypatch.context() as patch:
            patch.setattr(backup_folder, step, fail)
            with pytest.raises(KeyboardInterrupt):
                archive_backup.backup(own.client, own.settings, folder)
        found = backup_folder.read(folder)
        assert found is not None
        assert found.documents["interviews"] == (3 if step == "tidy" else 2)
        backup_folder.check_files(folder, found)
    own.drop()
    assert archive_backup.restore(own.client, own.settings, folder, never) is not None


def test_what_would_be_lost_is_asked_first(own: Archive, knowledge: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    archive_backup.backup(own.client, own.settings, folder)
    own.write(a__three_txt=transcript(4, "价格"), a__one_txt=transcript(5))
    own.index()
    (knowledge / "topics.toml").write_text(TOPICS.replace("协议", "合同"), encoding="utf-8")
    before, indices = digest(own.client, own.settings), own.indices()
    agree = Refused()
    assert archive_backup.restore(own.client, own.settings, folder, agree) is None
    assert agree.asked == [Loss(lost=("a/three",), changed=("a/one",), files=(knowledge / "topics.toml",))]
    assert (digest(own.client, own.settings), own.indices()) == (before, indices)
    assert "合同" in (knowledge / "topics.toml").read_text(encoding="utf-8")

    done = archive_backup.restore(own.client, own.settings, folder, always)
    assert done is not None
    assert own.ids() == ["a/one", "a/two"]
    assert (knowledge / "topics.toml").read_text(encoding="utf-8") == TOPICS
    (kept,) = done.aside
    assert "合同" in kept.read_text(encoding="utf-8")


def manifest(change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        said = json.loads((folder / "backup.json").read_text(encoding="utf-8"))
        change(said)
        (folder / "backup.json").write_text(json.dumps(said), encoding="utf-8")

    return apply


def some_file(folder: Path) -> Path:
    return next(iter(sorted((folder / "snapshot/indices").rglob("__*"))))


def garbled(folder: Path) -> None:
    file = some_file(folder)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()  # not the hard link of the node's
    file.write_bytes(content)


def topics_that_are_none(folder: Path) -> None:
    (knowledge,) = folder.glob("knowledge-*")
    (knowledge / "topics.toml").write_text("[[[", encoding="utf-8")
    hashes = knowledge_files.hashes(knowledge)
    manifest(lambda said: said.update(knowledge=hashes))(folder)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (garbled, "not the bytes"),
        (manifest(lambda said: said.update(snapshot="another")), "lacks the indices"),
        (manifest(lambda said: said["documents"].update(turns=1000)), "should have 1000"),
        (topics_that_are_none, "topics.toml"),
    ],
)
def test_a_spoilt_backup_changes_nothing(
    own: Archive, knowledge: Path, tmp_path: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    folder = tmp_path / "backup"
    archive_backup.backup(own.client, own.settings, folder)
    spoil(folder)
    before, indices, known = digest(own.client, own.settings), own.indices(), files(knowledge)
    with pytest.raises(FangtanError, match=said) as caught:
        archive_backup.restore(own.client, own.settings, folder, always)
    assert caught.value.next_step or isinstance(caught.value, ReadingError)
    assert (digest(own.client, own.settings), own.indices(), files(knowledge)) == (before, indices, known)
    assert not list((own.settings.node_data / "snapshots").iterdir())


def test_folders_that_are_no_place_for_a_backup(own: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="files that are not of a backup"):
        archive_backup.backup(own.client, own.settings, own.folder / "a")
    archive_backup.backup(own.client, own.settings, tmp_path / "backup")
    with pytest.raises(UsageError, match=f"a backup of the archive {own.settings.index}"):
        archive_backup.backup(own.client, replace(own.settings, index="another"), tmp_path / "backup")
    with pytest.raises(IndexMissingError):
        archive_backup.backup(own.client, replace(own.settings, index="another"), tmp_path / "empty")
    assert not (tmp_path / "empty").exists()
    own.client.indices.delete(index="another-lock")
    with pytest.raises(UsageError, match="ELASTICSEARCH_URL names another"):
        archive_backup.backup(own.client, replace(own.settings, url="http://localhost:1"), tmp_path / "backup")


def test_elasticsearch_writes_nowhere_else(own: Archive, tmp_path: Path) -> None:
    """Any program on this machine may register a repository."""
    for place in (tmp_path / "outside", Path("/tmp"), own.settings.node_data, own.settings.node_data / "data"):
        with pytest.raises(FangtanError), snapshot.repository(own.client, place):
            pass
    assert not (tmp_path / "outside").exists()
