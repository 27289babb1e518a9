"""What is remembered of files, so that those that did not change are not read again."""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from indexer.errors import ReadingError
from indexer.indexing.file_list import CountedFile, FileList, KnownFile
from indexer.readers.discover import TranscriptFile, exists, walk
from indexer.readers.file_hash import digest

AT_ONCE = -3600.0
"""A limit under which the times of a file are believed at once."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "访谈 1"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"问：好吗？\n答：{name}。\n", encoding="utf-8")
    return folder


def files(folder: Path) -> list[TranscriptFile]:
    return list(walk([folder]))


def look_up(folder: Path, recent: float = AT_ONCE, state: str = "") -> list[KnownFile]:
    """What a run learns of each file."""
    with FileList(folder.parent / "files.sqlite", recent) as known:
        known.settle(state)
        return [known.look_up(file) for file in files(folder)]


def record(folder: Path, state: str, interviews: Sequence[int]) -> None:
    with FileList(folder.parent / "files.sqlite", AT_ONCE) as known:
        counted = zip(files(folder), interviews, strict=True)
        known.record(state, [CountedFile(file.real, digest(file.path), count) for file, count in counted])


def forge(folder: Path) -> None:
    """Give all files another hash in the list, which is told only of a file that is not read."""
    with sqlite3.connect(folder.parent / "files.sqlite") as database:
        database.execute("UPDATE files SET hash = 'listed'")
    database.close()


def hashes(folder: Path, recent: float = AT_ONCE) -> list[str]:
    return [one.hash for one in look_up(folder, recent)]


def test_an_unchanged_file_is_not_read_again(folder: Path) -> None:
    assert hashes(folder) == [digest(file.path) for file in files(folder)]
    forge(folder)
    assert hashes(folder) == ["listed", "listed"]


def test_a_file_of_the_same_size_and_time_is_read_if_it_was_written(folder: Path) -> None:
    look_up(folder)
    forge(folder)
    path = folder / "a.txt"
    before = path.stat()
    path.write_bytes(path.read_bytes().replace("好吗".encode(), "行吗".encode()))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    assert hashes(folder) == [digest(path), "listed"]


def test_a_file_that_was_written_just_before_it_was_read_is_read_again(folder: Path) -> None:
    look_up(folder, recent=60)
    forge(folder)
    assert hashes(folder, recent=60) == [digest(file.path) for file in files(folder)]


def test_a_sidecar_that_comes_changes_or_goes_changes_its_file(folder: Path) -> None:
    sidecar = folder / "a.toml"
    found = [hashes(folder)[0]]
    for text in ('title = "甲"', 'title = "乙"'):
        sidecar.write_text(text, encoding="utf-8")
        found.append(hashes(folder)[0])
    sidecar.unlink()
    assert len(set(found)) == 3
    assert hashes(folder)[0] == found[0]


def test_interviews_are_known_in_the_state_they_were_counted_in(folder: Path) -> None:
    look_up(folder)
    record(folder, "one", (3, 0))
    assert [one.interviews for one in look_up(folder, state="one")] == [3, 0]
    assert [one.interviews for one in look_up(folder, recent=60, state="one")] == [3, 0]
    assert [one.interviews for one in look_up(folder, state="two")] == [0, 0]
    assert [one.interviews for one in look_up(folder)] == [0, 0]


def test_interviews_are_those_of_the_bytes_that_were_counted(folder: Path) -> None:
    record(folder, "one", (3, 1))  # never read on this machine
    (folder / "a.txt").write_bytes(b"other")
    assert [one.interviews for one in look_up(folder, state="one")] == [0, 1]


def test_the_files_of_the_archive_that_are_gone_are_told(folder: Path) -> None:
    record(folder, "one", (1, 0))
    (folder / "c.txt").write_bytes(b"not in the archive")
    look_up(folder, state="one")
    paths = [file.real for file in files(folder)]
    for path in paths:
        Path(path).unlink()
    with FileList(folder.parent / "files.sqlite") as known:
        assert list(known.gone(exists)) == paths[:2]
        known.record("two", [])
        assert list(known.gone(exists)) == []


@pytest.mark.parametrize("content", [b"not a database", None])
def test_a_list_that_cannot_be_kept_costs_time_and_nothing_else(folder: Path, content: bytes | None) -> None:
    path = folder.parent / "files.sqlite"
    path.write_bytes(content) if content else path.mkdir()
    expected = [digest(file.path) for file in files(folder)]
    assert hashes(folder) == hashes(folder) == expected


def test_a_file_that_cannot_be_read_is_told_each_time(folder: Path) -> None:
    look_up(folder)
    (gone, _), path = files(folder), folder.parent / "files.sqlite"
    gone.path.unlink()
    with FileList(path, AT_ONCE) as known, pytest.raises(ReadingError, match="No such file"):
        known.look_up(gone)
