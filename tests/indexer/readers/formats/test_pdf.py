"""PDF: lines with indents and gaps, and files that cannot be read."""

import sys

import pytest

from indexer.errors import ReadingError
from indexer.parser.parse import parse
from indexer.readers.formats import pdf
from indexer.readers.script import Line
from tests.support.pdf_files import of_pages
from tests.support.sources import fault, items, said, script


def page(*lines: str, top: float = 780, header: str = "") -> list[tuple[float, float, str]]:
    """Return a page of lines 20 points apart; a line with a wide space before it is set in by two signs."""
    printed = [
        (72.0 + 24 * line.startswith("　"), top - 20 * n, line.removeprefix("　"))
        for n, line in enumerate(lines)
        if line
    ]
    return [(72.0, top + 40, header), *printed] if header else printed


def test_lines_come_as_they_are_printed() -> None:
    assert script(of_pages(page("记者：好吗？", "何苗：好。")), ".pdf").lines == (
        Line(1, "记者：好吗？"),
        Line(2, "何苗：好。"),
    )


def test_a_line_set_in_begins_with_a_wide_space_and_a_gap_is_one_in_the_numbers() -> None:
    lines = script(of_pages(page("第一行在这里", "　第二行", "第三行", "", "", "第四行", "第五行")), ".pdf").lines
    assert lines == (
        Line(1, "第一行在这里"),
        Line(2, "　　第二行"),
        Line(3, "第三行"),
        Line(5, "第四行"),
        Line(6, "第五行"),
    )


def test_the_title_of_the_properties_is_kept_and_a_file_name_is_not() -> None:
    for title, meta in (
        ("专访何苗", (("title", "专访何苗"),)),
        ("Microsoft Word - a", ()),
        ("talk.docx", ()),
        ("", ()),
    ):
        assert script(of_pages(page("好的。"), title=title), ".pdf").metadata == meta


def test_paragraphs_broken_over_lines_and_pages_become_whole_turns() -> None:
    said_once = (
        "我们这家书店开了十年了一直都在渡口边上，来的人多半是等船的，他们坐下来翻两页书，船来了就走了，书还摊在那里"
    )
    answer = said_once * 2 + "。"
    broken = [f"何苗：{answer}"[at : at + 30] for at in range(0, len(answer) + 3, 30)]
    header = "渡口书店访谈录"
    first = page("记者：您为什么开书店？", *broken, "记者：后来呢？", *broken[:2], header=header)
    second = page(*broken[2:], "记者：谢谢。", header=header)
    third = page("何苗：不客气，有空来坐。", "记者：一定来。", header=header)
    turns = parse(script(of_pages(first, second, third), ".pdf")).turns
    assert [(turn.label, turn.text) for turn in turns] == [
        ("记者", "您为什么开书店？"),
        ("何苗", answer),
        ("记者", "后来呢？"),
        ("何苗", answer),
        ("记者", "谢谢。"),
        ("何苗", "不客气，有空来坐。"),
        ("记者", "一定来。"),
    ]


def test_a_scanned_document_is_told_what_to_do() -> None:
    (error,) = items(of_pages([], []), ".pdf")
    assert isinstance(error, ReadingError)
    assert "only images" in error.reason
    assert "ocrmypdf" in error.next_step


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"x" * 1000, b"%PDF-1.7\n" + bytes(1000)])
def test_a_damaged_document_is_told(data: bytes) -> None:
    assert "not a PDF, or damaged" in fault(data, ".pdf")


def test_a_document_cut_short_gives_text_or_is_told() -> None:
    data = of_pages(page("记者：好吗？"))
    for length in range(20, len(data), 97):
        assert len(items(data[:length], ".pdf")) == 1


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_MAX_PAGES", 2)
    assert "more than 2 pages" in fault(of_pages(*[page("好的。")] * 3), ".pdf")


def test_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_BYTES", 10)
    assert "million characters" in fault(of_pages(page("记者：好吗？", "何苗：好。")), ".pdf")


def test_without_the_extra_it_is_told_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    (error,) = items(of_pages(page("好的。")), ".pdf")
    assert isinstance(error, ReadingError)
    assert error.next_step == "pip install 'fangtan[pdf]'"


def test_a_pdf_under_another_suffix_is_read() -> None:
    assert said(of_pages(page("好的。")), ".txt") == [(None, "好的。")]
