"""The files that an index run does not read, on a terminal."""

from pathlib import Path

import pytest

from indexer.errors import UsageError
from indexer.readers.discover import find_transcripts
from indexer.readers.unread import find_unread
from indexer.report import UnreadFiles
from search_cli.rendering.pages.unread_files import unread_lines
from search_cli.rendering.terminal.styles import cells, plain_text

UNREAD = (
    UnreadFiles("recording", 12, ("录音/1.mp3", "录音/2.mp3", "录音/3.mp3", "录音/4.mp3"), "Transcribe them first."),
    UnreadFiles("slide show", 1, ("a\x1b[31m.pptx",), "Save their text as .docx or .txt."),
    UnreadFiles("other file", 3, ("a.js", "b.js", "c.css"), suffixes=".js, .css"),
)


def test_a_line_for_each_kind() -> None:
    lines = [plain_text(one) for one in unread_lines(UNREAD, 80)]
    assert lines == [
        "Not read, as their formats hold no text that fangtan knows:",
        "  12 recordings: 录音/1.mp3, 录音/2.mp3, 录音/3.mp3 and 9 more",
        "    Try: Transcribe them first.",
        "  1 slide show: a[31m.pptx",
        "    Try: Save their text as .docx or .txt.",
        "  3 other files (.js, .css)",
    ]
    assert unread_lines((), 80) == []


def test_it_fits_any_terminal() -> None:
    assert all(cells(one) <= 40 for one in unread_lines(UNREAD, 40))


@pytest.mark.usefixtures("chinese")
def test_they_are_named_in_chinese(tmp_path: Path) -> None:
    for name in ("1.mp3", "2.mp3", "3.mp3", "4.mp3", "a.7z", "b.org", "c.js"):
        (tmp_path / name).touch()
    lines = [plain_text(one).replace(f"{tmp_path}/", "") for one in unread_lines(find_unread([tmp_path]), 500)]
    assert lines == [
        "格式里没有 fangtan 认得的文字，没有读取：",
        "  4 个录音录像：1.mp3、2.mp3、3.mp3，另有 1 个",
        "    试试：先转写成文稿，再为文稿建索引。",
        "  1 个文档：b.org",
        "    试试：转换成 .md 或 .txt：pandoc FILE -o FILE.md",
        "  1 个压缩包：a.7z",
        "    试试：先解压。",
        "  1 个其他文件（.js）",
    ]
    assert all(cells(one) <= 40 for one in unread_lines(UNREAD, 40))
    with pytest.raises(UsageError, match=r"里没有文稿，只有 4 个录音录像、1 个文档、1 个压缩包、1 个其他文件。$"):
        find_transcripts([tmp_path])
