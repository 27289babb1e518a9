"""Reading a file: scripts, interviews and errors."""

import os
from pathlib import Path

import pytest

from indexer.errors import ReadingError
from indexer.model import Interview
from indexer.readers.read import read
from indexer.readers.script import Line, Script


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("问：好吗？\n答：好。\n", encoding="utf-8")


def test_reading_a_text_gives_one_script_with_the_numbers_of_its_lines(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("标题\r\n\r\n问：好吗？\n　\n答：好。", encoding="utf-8")
    assert list(read(path)) == [Script((Line(1, "标题"), Line(3, "问：好吗？"), Line(5, "答：好。")))]


def test_characters_that_break_lines_elsewhere_do_not_here(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("问：甲\x0b乙\x85丙\u2028丁\n答：好。", encoding="utf-8")
    assert [line.number for item in read(path) if isinstance(item, Script) for line in item.lines] == [1, 2]


def test_a_file_that_is_not_there_is_an_error_among_the_items(tmp_path: Path) -> None:
    (error,) = read(tmp_path / "none.txt")
    assert isinstance(error, ReadingError)
    assert error.path == str(tmp_path / "none.txt")
    assert "No such file" in error.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read_is_an_error_among_the_items(tmp_path: Path) -> None:
    write(tmp_path, "talk.txt")
    (tmp_path / "talk.txt").chmod(0)
    (error,) = read(tmp_path / "talk.txt")
    assert isinstance(error, ReadingError)
    assert "Permission denied" in error.reason


def test_a_folder_read_as_a_file_is_an_error_among_the_items(tmp_path: Path) -> None:
    (error,) = read(tmp_path)
    assert isinstance(error, ReadingError)


def test_json_lines_give_interviews_and_go_on_after_a_bad_line(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"turns": [{"text": "甲"}]}\n{nonsense\n\n{"turns": [{"text": "乙"}]}\n', encoding="utf-8")
    first, bad, last = read(path)
    assert isinstance(first, Interview)
    assert isinstance(bad, ReadingError)
    assert (bad.path, bad.line) == (str(path), 2)
    assert isinstance(last, Interview)
    assert last.turns[0].text == "乙"


def test_a_sidecar_is_read_with_its_transcript_and_told_things_come_before_it(tmp_path: Path) -> None:
    write(tmp_path, "talk.txt")
    (tmp_path / "talk.toml").write_text('title = "甲"', encoding="utf-8")
    (script,) = read(tmp_path / "talk.txt", overrides=(("title", "乙"),))
    assert isinstance(script, Script)
    assert script.overrides == (("title", "乙"), ("title", "甲"))


def test_a_bad_sidecar_is_told_with_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "talk.txt")
    (tmp_path / "talk.toml").write_text("title = \n", encoding="utf-8")
    (error,) = read(tmp_path / "talk.txt")
    assert isinstance(error, ReadingError)
    assert error.path.endswith("talk.toml")
    assert error.line == 1


def test_a_forced_encoding_is_used(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("问：好吗？".encode("gb18030"))
    (script,) = read(path, encoding="gb18030")
    assert isinstance(script, Script)
    assert script.lines[0].text == "问：好吗？"
    (error,) = read(path, encoding="klingon")
    assert isinstance(error, ReadingError)
    assert "klingon" in error.reason
