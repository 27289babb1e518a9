"""Where an export is written to, and what is told of it."""

from pathlib import Path

import pytest

from indexer.errors import UsageError, WritingError
from search_cli.commands.export_file import ExportTarget, export_fields, export_target, write_export
from search_cli.export.format_table import ExportFormat
from tests.support.exports import content
from tests.support.spoken import hit

FULL = Path("/dev/full")


@pytest.mark.parametrize(
    ("path", "kind", "message"),
    [
        (None, None, "An export needs a file."),
        (None, ExportFormat.XLSX, "xlsx cannot be printed."),
        (Path("-"), ExportFormat.QDPX, "qdpx cannot be printed."),
        (Path("-"), None, "The format of - is not known"),
    ],
)
def test_a_target_that_is_none(path: Path | None, kind: ExportFormat | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        export_target(path, kind)


def test_columns_are_those_of_tables() -> None:
    assert export_fields("speaker, date，text,text", ExportFormat.XLSX) == ("speaker", "date", "text")
    assert export_fields("", ExportFormat.DOCX) == ()
    with pytest.raises(UsageError, match="docx has no columns to choose"):
        export_fields("speaker", ExportFormat.DOCX)
    with pytest.raises(UsageError, match=r"There is no field speakr to export\. Did you mean speaker\?"):
        export_fields("speakr", ExportFormat.CSV)


def test_what_was_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = ExportTarget(tmp_path / "a.md", ExportFormat.MARKDOWN)
    write_export(content([hit(), hit(rank=2)], total=2), target)
    told = capsys.readouterr()
    assert " ".join(told.out.split()).startswith("Exported 2 turns of 1 interview to ")
    assert told.err == ""
    write_export(content([hit()], total=2), target)
    assert capsys.readouterr().err == "Note: The archive changed meanwhile: 2 hits when the export began.\n"
    write_export(content([hit()], total=2), ExportTarget(target.path, target.format, quiet=True))
    assert capsys.readouterr() == ("", "")


@pytest.mark.usefixtures("chinese")
def test_what_was_written_is_told_in_the_language_of_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_export(content([hit()], total=2), ExportTarget(tmp_path / "a.csv", ExportFormat.CSV))
    told = capsys.readouterr()
    assert told.err == "注意：其间档案库有了变化：开始导出时有 2 条命中。\n"
    assert told.out.replace("\n", "").startswith("已把 1 篇访谈的 1 轮发言导出到 ")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").startswith("rank,")
    with pytest.raises(UsageError, match="docx 没有可选的列。") as refused:
        export_fields("speaker", ExportFormat.DOCX)
    assert refused.value.next_step == "去掉 --fields，或者改写成 csv 或 jsonl 或 xlsx。"


def test_standard_output_has_the_turns_alone(capsys: pytest.CaptureFixture[str]) -> None:
    write_export(content([hit()], fields=("turn",)), ExportTarget(Path("-"), ExportFormat.CSV))
    assert capsys.readouterr() == ("turn\n3\n", "")


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is full")
@pytest.mark.parametrize("kind", ExportFormat)
def test_a_full_disk_is_told_in_a_line(kind: ExportFormat, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WritingError, match="no space is left on the disk"):
        write_export(content([hit(rank=rank) for rank in range(1, 1000)]), ExportTarget(FULL, kind))
    assert capfd.readouterr() == ("", "")
