"""Files that are read in a process of their own: the same result, within limits, and no process is left."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psutil
import pytest

from indexer.errors import ReadingError, UsageError
from indexer.indexing import file_reader
from indexer.indexing.file_reader import FileReader, StoppedError
from indexer.indexing.transcript import ReadOptions, read_items
from indexer.settings import Settings
from tests.support.made_files import FORMS, made

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared/data"
LONGEST = 15


def spin(path: Path, content: bytes | None) -> Iterator[str]:
    yield "first"
    while True:
        pass


def fill(path: Path, content: bytes | None) -> Iterator[int]:
    held = []
    while True:
        held.append(bytearray(10_000_000))
        yield 1 if len(held) < 2 else len(b"".join(map(bytes, held))) * 0


def crash(path: Path, content: bytes | None) -> Iterator[str]:
    os.kill(os.getpid(), signal.SIGSEGV)
    yield ""


def fail(path: Path, content: bytes | None) -> Iterator[str]:
    yield "first"
    raise ZeroDivisionError


def refuse(path: Path, content: bytes | None) -> Iterator[str]:
    yield "first"
    raise UsageError("No.", "Yes.")


def recurse(path: Path, content: bytes | None) -> Iterator[str]:
    yield from recurse(path, content)


def count(path: Path, content: bytes | None) -> Iterator[tuple[int, int, bytes]]:
    """Yield numbers, with the process that yields them."""
    for number in range(1000):
        yield number, os.getpid(), bytes(100_000)


@pytest.fixture
def large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of the size that is read in a process of its own."""
    monkeypatch.setattr(file_reader, "MAX_BYTES_HERE", 0)
    path = tmp_path / "large.txt"
    path.write_text("问：好吗？\n答：好。\n", encoding="utf-8")
    return path


def processes() -> set[int]:
    """Return the processes that read files; the node of the suite may be a child of this process, too."""
    return {one.pid for one in psutil.Process().children() if any("reader_process" in word for word in one.cmdline())}


@pytest.mark.parametrize("samples", ["made", "fixtures", "shared"])
def test_what_is_read_is_the_same_in_every_format(
    samples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if samples == "made":
        files = [made(Random(seed)) for seed in range(150)]
        assert {file.suffix for file in files} == {suffix for suffix, _ in FORMS}
        paths = [tmp_path / f"{number}{file.suffix}" for number, file in enumerate(files)]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.data)
    elif samples == "fixtures":
        paths = [path for path in (ROOT / "tests/fixtures/forms").iterdir() if path.suffix != ".toml"]
    else:
        paths = sorted({one.suffix: one for one in SHARED.glob("parse*/*/input.*")}.values())
        if not paths:
            pytest.skip("the shared data is not here")
    options = ReadOptions(explain=True)
    here = [list(read_items(path, None, str(path), options)) for path in paths]
    monkeypatch.setattr(file_reader, "MAX_BYTES_HERE", -1)
    with FileReader(Settings()) as reader:
        apart = [list(reader.read(path, read_items, str(path), options)) for path in paths]
    assert list(map(repr, apart)) == list(map(repr, here))  # errors are equal by what they say


def test_a_file_that_takes_too_long_is_a_failure_and_the_next_is_read(large: Path) -> None:
    before = time.monotonic()
    with FileReader(Settings(file_seconds=1)) as reader:
        first, error = reader.read(large, spin)
        assert len(list(reader.read(large, read_items, "large.txt", ReadOptions()))) == 1
    assert first == "first"
    assert isinstance(error, ReadingError)
    assert error.reason == "reading took longer than 1 s"
    assert "FANGTAN_FILE_SECONDS=10" in error.next_step
    assert time.monotonic() - before < LONGEST
    assert not processes()


def test_a_file_that_takes_too_much_memory_is_a_failure_and_the_next_is_read(large: Path) -> None:
    with FileReader(Settings(file_memory=256 * 2**20)) as reader:
        *_, error = reader.read(large, fill)
        assert len(list(reader.read(large, read_items, "large.txt", ReadOptions()))) == 1
    assert isinstance(error, ReadingError)
    assert error.reason == "reading took more than 256 MB of memory"
    assert "FANGTAN_FILE_MEMORY=512m" in error.next_step


@pytest.mark.parametrize(
    ("function", "is_apart", "reason"),
    [
        (crash, True, "the process that read it ended (SIGSEGV)"),
        (fail, True, "fangtan fails to read it: ZeroDivisionError in test_file_reader.py:"),
        (fail, False, "fangtan fails to read it: ZeroDivisionError in test_file_reader.py:"),
        (recurse, True, "it is nested too deeply"),
        (recurse, False, "it is nested too deeply"),
    ],
)
def test_whatever_goes_wrong_is_an_error_of_the_file(
    function, is_apart: bool, reason: str, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_apart:
        monkeypatch.setattr(file_reader, "MAX_BYTES_HERE", 1000)
    with FileReader(Settings()) as reader:
        *_, error = reader.read(large, function)
        assert len(list(reader.read(large, read_items, "large.txt", ReadOptions()))) == 1
    assert isinstance(error, ReadingError)
    assert error.reason.startswith(reason)


@pytest.mark.usefixtures("chinese")
def test_a_process_tells_reasons_in_the_language_of_the_one_that_started_it(large: Path) -> None:
    with FileReader(Settings()) as reader:
        assert [str(one) for one in reader.read(large, recurse)] == [f"{large}: 嵌套太深"]
        *_, error = reader.read(large, fail)
    assert isinstance(error, ReadingError)
    assert error.reason.startswith("fangtan 读取它时出错：ZeroDivisionError，位于 test_file_reader.py:")
    assert error.next_step == "这是 fangtan 的缺陷，请报告。"


def test_an_error_for_the_user_is_raised_as_it_is(large: Path) -> None:
    with FileReader(Settings()) as reader:
        items = reader.read(large, refuse)
        assert next(items) == "first"
        with pytest.raises(UsageError, match=r"No\.") as error:
            next(items)
    assert error.value.next_step == "Yes."


def test_items_come_one_by_one_from_one_process_that_waits(large: Path) -> None:
    with FileReader(Settings()) as reader:
        items = reader.read(large, count)
        number, pid, _ = next(items)  # type: ignore[misc]
        time.sleep(0.3)
        used = psutil.Process(pid).memory_info().rss
        assert [one[0] for one in items] == list(range(1, 1000))  # type: ignore[index]
        assert psutil.Process(pid).memory_info().rss < used + 50_000_000
        assert next(reader.read(large, count))[1] == pid  # type: ignore[index]
        assert number == 0
        # that one was not read to its end; one that ends while it waits is replaced, too
        assert [one[0] for one in reader.read(large, count)] == list(range(1000))  # type: ignore[index]
        (waiting,) = processes()
        psutil.Process(waiting).kill()
        psutil.Process(waiting).wait(LONGEST)
        assert len(list(reader.read(large, count))) == 1000
    assert not processes()


def test_reading_stops_when_the_user_says_so(large: Path) -> None:
    stopped: list[bool] = []
    with FileReader(Settings(), lambda: bool(stopped)) as reader:
        items = reader.read(large, spin)
        assert next(items) == "first"
        stopped.append(True)
        with pytest.raises(StoppedError):
            next(items)
        assert not processes()


def test_no_process_is_started_for_what_is_small(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("问：好吗？\n", encoding="utf-8")
    with FileReader(Settings()) as reader:
        assert next(reader.read(path, count))[1] == os.getpid()  # type: ignore[index]
        path.write_bytes(b"PK\x03\x04")
        assert next(reader.read(path, count))[1] != os.getpid()  # type: ignore[index]
        (error,) = reader.read(tmp_path / "gone.txt", read_items, "gone.txt", ReadOptions())
    assert isinstance(error, ReadingError)
    assert error.reason == "No such file or directory"
