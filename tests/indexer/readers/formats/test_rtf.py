"""Rich text: character sets, bold type, tables, and what is not of the text."""

import pytest

from indexer.readers.script import Line
from tests.support.office_files import of_rich_text, rtf_text
from tests.support.sources import fault, said, script


@pytest.mark.parametrize(
    ("code_page", "encoding"), [(936, "gb18030"), (950, "big5hkscs"), (936, ""), (1252, "gb18030")]
)
def test_bytes_of_the_font_s_character_set_and_characters_by_number(code_page: int, encoding: str) -> None:
    text = "渡口的燈，幾點關？" if encoding == "big5hkscs" else "渡口的灯，几点关？"
    data = of_rich_text(f"**问：**{text}", "答：十点 100% {好}\\", code_page=code_page, encoding=encoding)
    data = data.replace(b"fcharset134", b"fcharset136") if encoding == "big5hkscs" else data
    assert script(data, ".rtf").lines == (
        Line(1, f"问：{text}", bold_prefix_length=2),
        Line(2, "答：十点 100% {好}\\"),
    )


def rich(body: str) -> bytes:
    fonts = r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset134 {\*\falt SimSun}\'cb\'ce;}}"
    styles = r"{\stylesheet{\s0 Normal;}{\s3\b heading 2;}{\*\cs9 Default;}}"
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{fonts}{styles}{body}}}".encode("ascii")


def test_a_character_outside_the_first_plane_and_the_stand_ins_that_are_skipped() -> None:
    assert said(rich(r"\uc2 \u22909 \'ba\'c3\uc1 \u-10179?\u-8704?\par"), ".rtf") == [(None, "好😀")]


def test_a_second_byte_may_be_a_plain_letter() -> None:
    assert said(rich(r"\f1 \'81@\'c4\'e3\par"), ".rtf") == [(None, "丂你")]


def test_styles_name_headings_and_the_title_is_metadata() -> None:
    document = script(
        rich(rf"{{\info{{\title {rtf_text('渡口')}}}{{\author x}}}}\pard\s3 {rtf_text('一')}\par\pard b\par"), ".rtf"
    )
    assert document.metadata == (("title", "渡口"),)
    assert [(line.text, line.kind) for line in document.lines] == [("一", "heading"), ("b", "")]


def test_what_is_not_of_the_text_is_left_out_and_notes_come_last() -> None:
    body = (
        r"{\header page\par}{\pict\wmetafile8 00ff}{\*\generator G;}a{\v hidden}{\deleted gone}{\footnote \pard note}"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}\line b{\*\annotation said\par}\bin3 \{}c\par"
    )
    lines = script(rich(body), ".rtf").lines
    assert [(line.text, line.kind) for line in lines] == [("alink", ""), ("bc", ""), ("note", "note"), ("said", "note")]


def test_text_boxes_are_read_and_tab_stops_are_no_destination() -> None:
    body = r"\pard\tx720\ftnbj a{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt \pard box\par}}{\shprslt box}}\par"
    assert [text for _, text in said(rich(body), ".rtf")] == ["abox"]


def test_a_table_of_speech() -> None:
    rows = [("speaker", "text"), ("A", "one"), ("B", "two")]
    body = "".join(rf"\trowd\cellx1\cellx2\pard\intbl {a}\cell {b}\cell\row " for a, b in rows) + r"\pard end\par"
    assert said(rich(body), ".rtf") == [(None, "speaker"), (None, "text"), ("A", "one"), ("B", "two"), (None, "end")]


@pytest.mark.parametrize("suffix", [".rtf", ".doc", ".txt", ""])
def test_it_is_known_by_its_content(suffix: str) -> None:
    assert said(of_rich_text("好"), suffix) == [(None, "好")]


@pytest.mark.parametrize("data", [b"{\\rtf1}", b"{\\rtf1" + b"{" * 2000, b"rtf", b"{\\rtf1 {\\*\\x a}\\bin99999999 "])
def test_what_has_no_text_is_told(data: bytes) -> None:
    assert fault(data, ".rtf")
