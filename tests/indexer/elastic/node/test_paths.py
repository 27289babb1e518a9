"""The folders of the embedded node."""

import sys
from pathlib import Path

import pytest

from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.settings import Settings


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_* is how Linux names these folders")
def test_the_folders_that_xdg_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "数据"))
    assert node_paths(Settings()) == NodePaths(
        tmp_path / "cache" / "fangtan", tmp_path.resolve() / "数据" / "fangtan" / "node"
    )


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    assert node_paths(Settings(node_data=tmp_path)).node == tmp_path.resolve()
    assert node_paths(Settings(node_data=tmp_path)).cache == node_paths(Settings()).cache


def test_a_relative_folder_is_that_of_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert node_paths(Settings(node_data=Path("node"))).node == tmp_path.resolve() / "node"


def test_home_is_written_as_a_tilde() -> None:
    assert node_paths(Settings(node_data=Path("~/node"))).node == Path.home() / "node"


def test_everything_of_a_node_is_below_its_folder(tmp_path: Path) -> None:
    where = node_paths(Settings(node_data=tmp_path))
    files = {where.data, where.log, where.console, where.state, where.start_lock, where.stop_request}
    assert len(files) == 6
    assert all(file.is_relative_to(where.node) for file in files)


def test_one_name_a_folder(tmp_path: Path) -> None:
    (tmp_path / "node").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "node")
    assert node_paths(Settings(node_data=tmp_path / "link")) == node_paths(Settings(node_data=tmp_path / "node"))
