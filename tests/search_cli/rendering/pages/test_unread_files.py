"""The files that an index run does not read, on a terminal."""

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
