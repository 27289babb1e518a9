"""Links that lead out of a folder are told, and followed only if that is asked for."""

from pathlib import Path

import pytest

from indexer.errors import UsageError
from indexer.readers import discover
from indexer.readers.unread import find_unread
from indexer.report import LINK


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with links to a file and a folder outside of it, to one inside, and from there back."""
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    for name in ("folder/a.txt", "folder/2019/b.txt", "outside/c.txt", "outside/deep/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("问：好吗？\n答：好。\n", encoding="utf-8")
    (folder / "c.txt").symlink_to(outside / "c.txt")
    (folder / "lost.txt").symlink_to(outside / "nowhere.txt")
    (folder / "other").symlink_to("../outside", target_is_directory=True)
    (folder / "again").symlink_to("2019", target_is_directory=True)
    (folder / "same.txt").symlink_to("a.txt")
    (outside / "back").symlink_to(folder, target_is_directory=True)
    return folder


def names(paths: list[Path], follow_links: bool = False) -> list[str]:
    return sorted(one.name for one in discover.walk(paths, follow_links))


def test_they_are_told_and_not_followed(folder: Path) -> None:
    assert names([folder]) == ["2019/b", "a"]
    (told,) = find_unread([folder])
    assert (told.kind, told.count) == (LINK, 3)
    assert [Path(path).name for path in told.paths] == ["c.txt", "lost.txt", "other"]
    assert "--follow-links" in told.next_step


def test_they_are_followed_where_that_is_asked_for_each_place_once(folder: Path) -> None:
    assert names([folder], follow_links=True) == ["2019/b", "a", "c", "lost", "other/deep/d"]
    assert find_unread([folder], follow_links=True) == ()


def test_one_that_is_named_is_meant(folder: Path) -> None:
    assert names([folder / "c.txt", folder / "other"]) == ["c", "deep/d"]
    assert find_unread([folder / "other"])[0].paths == ((folder / "other/back").as_posix(),)


def test_a_link_to_another_folder_of_the_run_leads_nowhere_else(folder: Path) -> None:
    assert names([folder, folder.parent / "outside"]) == ["2019/b", "a", "c", "deep/d", "lost"]


def test_a_folder_of_nothing_else_says_so(folder: Path) -> None:
    for path in (folder / "a.txt", folder / "2019/b.txt", folder / "same.txt"):
        path.unlink()
    with pytest.raises(UsageError, match="but 3 links") as error:
        discover.find_transcripts([folder])
    assert "--follow-links" in error.value.next_step
