"""Forms of output: one is chosen, and only that one is made."""

import errno
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from indexer.errors import UsageError, WritingError
from search_cli.commands.output import OutputForm, are_hints_on, emit, output_form, writing_error


def test_the_screen_is_the_default() -> None:
    assert output_form() is OutputForm.SCREEN
    assert output_form(csv=True) is OutputForm.CSV


def test_two_forms_cannot_be_combined() -> None:
    with pytest.raises(UsageError, match="--jsonl and --ids cannot be combined"):
        output_form(ids=True, jsonl=True)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (OutputForm.SCREEN, " 小米\n"),
        (OutputForm.JSON, '{"a": "小米"}\n'),
        (OutputForm.LINES, '{"a": 1}\n{"a": 2}\n'),
        (OutputForm.CSV, "a,b\n1,'=2\n"),
        (OutputForm.IDS, ""),
    ],
)
def test_each_form(form: OutputForm, expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    from search_cli.rendering.terminal.styles import line

    emit(
        form,
        screen=lambda width: [line(" 小米")],
        json=lambda: {"a": "小米"},
        lines=lambda: ({"a": number} for number in (1, 2)),
        rows=lambda: (("a", "b"), [(1, "=2")]),
    )
    assert capsys.readouterr().out == expected


def test_only_the_chosen_form_is_made(capsys: pytest.CaptureFixture[str]) -> None:
    def never(*_: int) -> list[object]:
        raise AssertionError

    emit(OutputForm.JSON, screen=never, json=list, lines=never)  # type: ignore[arg-type]  # never called
    assert capsys.readouterr().out == "[]\n"


def write(path: Path, form: OutputForm = OutputForm.CSV, rows: Iterable[tuple[object, ...]] = ((1, "=2"),)) -> None:
    emit(form, screen=lambda width: (), json=lambda: {"a": "小米"}, rows=lambda: (("a", "b"), rows), output=path)


def test_a_file_is_what_excel_opens(tmp_path: Path) -> None:
    write(tmp_path / "公园.csv", rows=[(-1, "小米"), (0.5, "＝1")])
    assert (tmp_path / "公园.csv").read_bytes() == "\ufeffa,b\n-1,小米\n0.5,'＝1\n".encode()
    write(tmp_path / "a.json", OutputForm.JSON)
    assert (tmp_path / "a.json").read_text(encoding="utf-8") == '{"a": "小米"}\n'


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    def stops() -> Iterator[tuple[object, ...]]:
        yield (1, 2)
        raise KeyboardInterrupt

    file = tmp_path / "a.csv"
    file.write_text("before")
    file.chmod(0o640)
    with pytest.raises(KeyboardInterrupt):
        write(file, rows=stops())
    assert file.read_text() == "before"
    write(file)
    assert file.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize(
    ("file", "reason", "step"),
    [
        ("missing/a.csv", "its folder does not exist", "Make the folder"),
        (".", "it is a folder", "Name a file"),
        ("a.csv/b.csv", "its folder does not exist", "Make the folder"),
        ("/dev/full", "no space is left on the disk", "Free some space"),
    ],
)
def test_a_file_that_cannot_be_written(tmp_path: Path, file: str, reason: str, step: str) -> None:
    (tmp_path / "a.csv").touch()
    with pytest.raises(WritingError, match=reason) as caught:
        write(tmp_path / file)
    assert step in caught.value.next_step


def test_a_permission_is_not_a_matter_of_space() -> None:
    error = writing_error(PermissionError(errno.EACCES, "Permission denied"), "a.csv")
    assert error.message == "a.csv cannot be written: you do not have the permission."
    assert "space" not in error.next_step


def test_the_suffix_of_a_file_is_its_form() -> None:
    assert output_form(csv=False, output=Path("a.CSV")) is OutputForm.CSV
    assert output_form(csv=True, output=Path("a.txt")) is OutputForm.CSV
    with pytest.raises(UsageError, match=r"does not end in \.csv or \.json\.") as caught:
        output_form(csv=False, output=Path("a.jsonl"))
    assert caught.value.next_step == "Add --csv or --json."


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("0", False), ("Off", False)])
def test_the_environment_switches_hints_off(value: str, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANGTAN_HINTS", value)
    assert are_hints_on(True) is expected
    assert not are_hints_on(False)


@pytest.mark.usefixtures("chinese")
def test_errors_in_chinese() -> None:
    with pytest.raises(UsageError) as both:
        output_form(ids=True, jsonl=True)
    assert (both.value.message, both.value.next_step) == ("--jsonl 和 --ids 不能同时使用。", "请只用其中一个。")
    with pytest.raises(UsageError) as unknown:
        output_form(csv=False, output=Path("公园.doc"))
    assert unknown.value.message == "不知道 公园.doc 是什么格式：扩展名不是 .csv 或 .json。"
    assert unknown.value.next_step == "加上 --csv 或 --json。"
    full = writing_error(OSError(errno.ENOSPC, "No space left on device"))
    assert (full.message, full.next_step) == ("无法写入标准输出：磁盘空间不足。", "腾出一些空间，或者写到别处。")


@pytest.mark.usefixtures("chinese")
def test_what_other_programs_read_is_the_same_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    emit(OutputForm.CSV, screen=lambda width: (), json=tuple, rows=lambda: (("speaker", "turns"), [("郑志昊", 7)]))
    assert capsys.readouterr().out == "speaker,turns\n郑志昊,7\n"
