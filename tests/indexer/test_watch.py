"""Watching: what changes, once it is quiet, to runs; on a clock of the tests' own, and on real folders."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Event, Timer

import pytest

from indexer.errors import ElasticError, FangtanError, ReadingError
from indexer.watch import ChangedPaths, WatchTiming, is_relevant, run_on_change, watch_changes

TIMING = WatchTiming(tick=0.05, settle=1.0, longest=5.0, retries=(5.0, 10.0))


class Clock:
    """Seconds, half of one a beat."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now

    def beats(self, *changes: ChangedPaths) -> Iterator[ChangedPaths]:
        for changed in changes:
            yield changed
            self.now += 0.5


def runs(
    *changes: ChangedPaths, failing: Sequence[int] = ()
) -> tuple[list[tuple[float, tuple[str, ...]]], list[float]]:
    """When runs were made, by which files, and the waits after those that failed; `failing` counts runs from 0."""
    clock, made, waits = Clock(), list[tuple[float, tuple[str, ...]]](), list[float]()

    def run(changed: Sequence[Path]) -> None:
        made.append((clock(), tuple(path.name for path in changed)))
        if len(made) - 1 in failing:
            raise ElasticError("Elasticsearch is away.", "Wait.")

    def failed(error: FangtanError, wait: float) -> None:
        waits.append(wait)

    run_on_change(clock.beats(*changes), run, failed, TIMING, clock)
    return made, waits


def test_what_is_there_is_indexed_at_the_start_and_nothing_more_without_a_change() -> None:
    assert runs(*[()] * 10) == ([(0.0, ())], [])


def test_a_change_is_indexed_when_it_has_been_quiet_for_a_second(tmp_path: Path) -> None:
    made, _ = runs((), (), [tmp_path / "甲.txt"], (), (), (), ())
    assert made == [(0.0, ()), (2.0, ("甲.txt",))]


def test_changes_of_one_moment_are_one_run(tmp_path: Path) -> None:
    made, _ = runs((), [tmp_path / "甲.txt"], [tmp_path / "乙.txt", tmp_path / "甲.txt"], (), (), ())
    assert made == [(0.0, ()), (2.0, ("乙.txt", "甲.txt"))]


def test_a_file_that_grows_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    live, clock, made = tmp_path / "直播.srt", Clock(), list[float]()

    def growing() -> Iterator[ChangedPaths]:
        for size, changed in enumerate(clock.beats((), [live], *[()] * 12)):
            live.write_text("字" * size, encoding="utf-8")
            yield changed

    run_on_change(growing(), lambda _: made.append(clock()), lambda *_: None, TIMING, clock)
    assert made == [0.0, 5.5], "five seconds after it was first heard of"


def test_a_run_that_failed_is_tried_again_later_and_later_with_what_changed_meanwhile(tmp_path: Path) -> None:
    changes: list[ChangedPaths] = [(), [tmp_path / "甲.txt"], *[()] * 12, [tmp_path / "乙.txt"], *[()] * 30]
    made, waits = runs(*changes, failing=(1, 2))
    assert waits == [5.0, 10.0]
    assert made == [
        (0.0, ()),
        (1.5, ("甲.txt",)),
        (6.5, ("甲.txt",)),
        (16.5, ("甲.txt", "乙.txt")),
    ]


def test_the_first_run_is_tried_again_too() -> None:
    made, waits = runs(*[()] * 12, failing=(0,))
    assert (made, waits) == ([(0.0, ()), (5.0, ())], [5.0])


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("访谈.txt", True),
        ("2019/访谈.md", True),
        ("访谈.toml", True),
        ("没有了", True),  # may have been a folder
        (".访谈.txt.swp", False),
        (".git/访谈.txt", False),
        ("~$访谈.docx", False),
        ("访谈.txt~", False),
        ("访谈.txt.part", False),
        ("照片.jpg", False),
        ("访谈.MP3", True),
    ],
)
def test_what_may_be_a_change_of_transcripts(tmp_path: Path, name: str, counts: bool) -> None:
    path = tmp_path / name
    if path.suffix or not counts:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("问：好吗？", encoding="utf-8")
    assert is_relevant(path, Path(name)) is counts


def heard(paths: Sequence[Path], change: Timer, enough: int) -> set[str]:
    """What is heard of below paths, until so much is, while a change is made; ten seconds at most."""
    stop, names = Event(), set[str]()
    limit = Timer(10, stop.set)
    limit.start()
    change.start()
    try:
        for changed in watch_changes(paths, stop, TIMING):
            names |= {path.name for path in changed}
            if len(names) >= enough:
                stop.set()
    finally:
        limit.cancel()
        change.join()
    return names


def test_a_new_file_in_a_folder_is_heard_under_the_name_typed(tmp_path: Path) -> None:
    def change() -> None:
        (tmp_path / "照片.jpg").write_bytes(b"")
        (tmp_path / "访谈.txt").write_text("问：好吗？", encoding="utf-8")

    assert heard([tmp_path], Timer(0.3, change), 1) == {"访谈.txt"}


def test_a_file_that_was_named_is_heard_when_another_takes_its_place(tmp_path: Path) -> None:
    file, other = tmp_path / "访谈.txt", tmp_path / "新.tmp"
    file.write_text("问：好吗？", encoding="utf-8")

    def change() -> None:
        other.write_text("问：好吗？\n答：好。", encoding="utf-8")
        other.replace(file)

    assert heard([file], Timer(0.3, change), 1) == {"访谈.txt"}


def test_a_folder_that_goes_away_ends_it_and_takes_nothing_out(tmp_path: Path) -> None:
    folder = tmp_path / "访谈"
    folder.mkdir()
    with pytest.raises(ReadingError, match="the folder is gone") as caught:
        heard([folder], Timer(0.3, shutil.rmtree, [folder]), 2)
    assert "remain in the archive" in caught.value.next_step
