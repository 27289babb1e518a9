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


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("name", "content", "told", "next_step"),
    [
        ("a.txt", b"\0\0\0ab", ": 不是文本：有 60% 的字节是零", "用 --encoding NAME 指定编码，例如 gb18030 或 big5。"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ": 旧版 Word 文档（.doc），或者加了密的文档", ""),
        ("a.gz", b"\x1f\x8b", ": 用 gzip 压缩的文件", "解压：gunzip FILE"),
        (
            "a.csv",
            "省,市,县\n".encode(),
            ":1: 没有一列叫 text 或 内容：省, 市, 县",
            "加一行表头：speaker,text",
        ),
        ("a.jsonl", b'{"turns":[{"text":"a","role":"x"}]}', ":1: 第 1 轮发言：role 'x' 不在 interviewer、", ""),
        ("a.xml", b"<tt>", ":1: 不是 XML：", ""),
        ("a.eml", b"MIME-Version: 1.0\nSubject: x\n\n", ": 空邮件", "存下附件，再给出它们所在的文件夹。"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_chinese(
    tmp_path: Path, name: str, content: bytes, told: str, next_step: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (error,) = read(tmp_path / name)
    assert isinstance(error, ReadingError)
    assert error.message.startswith(f"{tmp_path / name}{told}")
    assert next_step in error.next_step


@pytest.mark.usefixtures("chinese")
def test_a_bad_sidecar_is_told_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("问：好吗？\n答：好。\n", "utf-8")
    path.with_suffix(".toml").write_text('corrections = "hm"', "utf-8")
    (error,) = read(path)
    assert isinstance(error, ReadingError)
    assert error.reason == "“hm”不是更正"
    assert error.next_step == "可以写：标签 = 姓名、第40行：姓名、第40行接上、略去 88-95、保留 12。"
    path.unlink()
    path.with_suffix(".toml").unlink()
    assert [str(one) for one in read(path)] == [f"{path}: 没有这个文件或文件夹"]
