"""The log: its last lines, and new ones."""

import threading
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from indexer.elastic.node import logs
from indexer.elastic.node.paths import NodePaths


@pytest.fixture
def where(tmp_path: Path) -> NodePaths:
    places = NodePaths(cache=tmp_path / "cache", node=tmp_path / "node")
    places.log.parent.mkdir(parents=True)
    return places


def test_none(where: NodePaths) -> None:
    assert logs.last_lines(where, 10, logs.size(where)) == []


@pytest.mark.parametrize(("count", "expected"), [(0, []), (2, ["二", "三"]), (10, ["一", "二", "三"])])
def test_the_last(where: NodePaths, count: int, expected: list[str]) -> None:
    where.log.write_text("一\n二\n三\n", "utf-8")
    assert logs.last_lines(where, count, logs.size(where)) == expected


def test_the_rolled_over_log_comes_before(where: NodePaths) -> None:
    where.log.with_name("node.1.log").write_text("a\nb\n", "utf-8")
    where.log.write_text("c\n", "utf-8")
    assert logs.last_lines(where, 2, logs.size(where)) == ["b", "c"]


def test_the_output_of_the_process_comes_last_and_complete(where: NodePaths) -> None:
    where.log.write_text("a\nb\n", "utf-8")
    where.console.write_text("Terminating due to java.lang.OutOfMemoryError\nJava heap space\n", "utf-8")
    assert logs.last_lines(where, 1, logs.size(where)) == [
        "b",
        "Terminating due to java.lang.OutOfMemoryError",
        "Java heap space",
    ]


def test_bytes_that_are_not_text(where: NodePaths) -> None:
    where.log.write_bytes(b"a\xff\n")
    assert logs.last_lines(where, 1, logs.size(where)) == ["a\ufffd"]


class Follower:
    """Collects followed lines in a thread."""

    def __init__(self, where: NodePaths, count: int) -> None:
        self.lines: list[str] = []
        self.source: Iterator[str] = islice(logs.follow(where, logs.size(where), poll=0.005), count)
        self.thread = threading.Thread(target=lambda: self.lines.extend(self.source), daemon=True)
        self.thread.start()

    def collected(self) -> list[str]:
        self.thread.join(timeout=10)
        assert not self.thread.is_alive()
        return self.lines


def append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


def test_only_new_lines_are_followed(where: NodePaths) -> None:
    where.log.write_text("before\n", "utf-8")
    follower = Follower(where, 2)
    append(where.log, "一\n二\n")
    assert follower.collected() == ["一", "二"]


def test_a_log_that_comes_later(where: NodePaths) -> None:
    follower = Follower(where, 1)
    append(where.log, "first\n")
    assert follower.collected() == ["first"]


def test_half_a_line_waits_for_the_rest(where: NodePaths) -> None:
    follower = Follower(where, 1)
    append(where.log, "half ")
    time.sleep(0.05)
    append(where.log, "and half\n")
    assert follower.collected() == ["half and half"]


def test_a_log_that_is_rolled_over(where: NodePaths) -> None:
    where.log.write_text("a long line that was there before\n", "utf-8")
    follower = Follower(where, 2)
    append(where.log, "last\n")
    time.sleep(0.1)  # it has read the last line
    where.log.rename(where.log.with_name("node.1.log"))
    append(where.log, "new\n")
    assert follower.collected() == ["last", "new"]


def test_no_line_is_lost_or_repeated(where: NodePaths) -> None:
    """Lines written between `last_lines` and `follow` are followed."""
    where.log.write_text("一\n", "utf-8")
    now = logs.size(where)
    append(where.log, "二\n")
    last = logs.last_lines(where, 10, now)
    assert [*last, *islice(logs.follow(where, now), 1)] == ["一", "二"]
