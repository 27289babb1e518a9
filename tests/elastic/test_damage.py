"""Indices that are closed or damaged, on the real node: told by name, and brought back."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import ClosedIndexWarning, DamagedIndexError
from indexer.pipeline import IndexOptions, index
from indexer.store import mapping
from search_cli.archive import Archive as Search
from tests.support.archives import Archive, transcript
from tests.support.cli import CommandLine


@pytest.fixture
def full(archive: Archive) -> Iterator[Archive]:
    """Three interviews; one has metadata that only the index knows."""
    archive.drop()
    archive.write(one_txt=transcript(3), two_txt=transcript(2, "芯片"), three_txt=transcript(2, "价格"))
    archive.index()
    options = IndexOptions((archive.path("one_txt"),), overrides=(("outlet", "北岸周刊"),))
    index(options, archive.settings, archive.client)
    yield archive
    archive.drop()


def name_of(archive: Archive, kind: str) -> str:
    alias = f"{archive.settings.index}-{kind}"
    found = archive.client.options(ignore_status=404).indices.get_alias(name=alias, expand_wildcards="all").body
    return next((name for name in found if name != "error" and name != "status"), alias)


def spoil(archive: Archive, node_data: Path, kind: str, harm: Callable[[Path], None]) -> str:
    """Close an index, harm its files, and leave it closed: the next that asks opens it."""
    name = name_of(archive, kind)
    about = archive.client.indices.get_settings(index=name, flat_settings=True, expand_wildcards="all")
    uuid = about[name]["settings"]["index.uuid"]
    archive.client.indices.close(index=name)
    harm(node_data / "data/indices" / uuid / "0")
    return name


def overwrite(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[:4096] = random.Random(1).randbytes(min(4096, len(content)))
    file.write_bytes(content)


def segments_garbled(shard: Path) -> None:
    overwrite(next((shard / "index").glob("segments_*")))


def index_gone(shard: Path) -> None:
    for file in (shard / "index").iterdir():
        file.unlink()


def test_a_closed_index_is_opened_again(full: Archive) -> None:
    before = full.contents()
    for kind in mapping.KINDS:
        full.client.indices.close(index=name_of(full, kind))
    with pytest.warns(ClosedIndexWarning, match="was closed: it is opened again"):
        assert Search(full.settings, full.client).search("合作").total
    full.client.indices.close(index=",".join(name_of(full, kind) for kind in mapping.KINDS))
    with pytest.warns(ClosedIndexWarning) as told:
        assert full.index().unchanged == 3
    assert len(told) == 3
    assert full.contents() == before


@pytest.mark.filterwarnings("ignore::indexer.errors.ClosedIndexWarning")
@pytest.mark.parametrize("harm", [segments_garbled, index_gone])
def test_damage_is_told_and_mended_by_a_rebuild(
    full: Archive, node_data: Path, harm: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    before = full.contents()
    damaged = spoil(full, node_data, "turns", harm)
    fangtan = CommandLine(full.settings, monkeypatch, capsys)
    for command in (("search", "合作"), ("status",), ("index", str(full.folder)), ("show", "one")):
        began, printed = time.monotonic(), fangtan(*command)
        assert printed.code == 3, printed.out
        assert f"The index {damaged} is damaged: " in printed.err
        assert "fangtan index PATH --rebuild" in printed.err
        assert "fangtan restore DIR" in printed.err
        assert time.monotonic() - began < 60, "no waiting for what never comes"
    # what can be read still protects: interviews whose files are gone, and what was said of them
    full.path("three_txt").rename(full.folder / "three.away")
    refused = fangtan("index", str(full.folder), "--rebuild")
    assert refused.code == 2
    assert "would lose 1 of the archive's interviews" in refused.err
    assert damaged in full.indices()
    (full.folder / "three.away").rename(full.path("three_txt"))
    assert full.index(rebuild=True).indexed == 3
    assert full.contents() == before
    assert damaged not in full.indices()


@pytest.mark.filterwarnings("ignore::indexer.errors.ClosedIndexWarning")
def test_a_list_that_is_damaged_is_replaced_if_the_user_says_so(
    full: Archive, node_data: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    damaged = spoil(full, node_data, "interviews", index_gone)
    fangtan = CommandLine(full.settings, monkeypatch, capsys)
    refused = fangtan("index", str(full.folder), "--rebuild")
    assert refused.code == 3
    assert "Which interviews it had cannot be read" in refused.err
    assert "fangtan index PATH… --rebuild --yes" in refused.err
    assert fangtan("index", "--rebuild", "--yes").code == 3, "of which files, nobody knows"
    assert damaged in full.indices()
    done = fangtan("index", str(full.folder), "--rebuild", "--yes")
    assert done.code == 0
    assert "Indexed 3 interviews" in done.out
    assert damaged not in full.indices()
    assert len(full.ids()) == 3


@pytest.mark.filterwarnings("ignore::indexer.errors.ClosedIndexWarning")
def test_a_damaged_lock_is_made_anew(full: Archive, node_data: Path) -> None:
    spoil(full, node_data, "lock", index_gone)
    assert full.index().unchanged == 3


def test_nothing_is_asked_while_all_is_well(full: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    from indexer.elastic import damage

    def fail(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(damage, "explain", fail)
    assert Search(replace(full.settings), full.client).search("合作").total
    assert full.index().unchanged == 3
    assert DamagedIndexError(("a", "b"), "x").message == "The indices a, b are damaged: x."
