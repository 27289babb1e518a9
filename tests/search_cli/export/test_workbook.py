"""Workbooks, read by openpyxl, and where Excel has limits."""

import datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from search_cli.export import workbook
from search_cli.export.format_table import ExportFormat
from search_cli.export.workbook import CELL, cell_parts
from search_cli.rendering.formats.csv_rows import HIT_COLUMNS
from tests.support.exports import content, written
from tests.support.spoken import hit


def sheets(folder: Path, *hits: Any, **changes: Any) -> tuple[Any, tuple[str, ...]]:
    """The workbook of some hits, and what is told of it."""
    told = written(ExportFormat.XLSX, folder / "a.xlsx", content(hits, **changes))
    return openpyxl.load_workbook(folder / "a.xlsx"), told


def test_a_row_a_hit_below_a_header_that_stays(tmp_path: Path) -> None:
    book, told = sheets(tmp_path, hit("小米"), hit(rank=2, start=5))
    (sheet,) = book.worksheets
    header, first, second = sheet.iter_rows(values_only=True)
    assert header == HIT_COLUMNS
    assert dict(zip(header, first, strict=True))["address"] == "qzone-xiaomi#3"
    assert dict(zip(header, first, strict=True))["topics"] == "社交营销；商业化"
    assert (second[0], second[header.index("start")]) == (2, 5)
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", f"A1:{get_column_letter(len(HIT_COLUMNS))}3")
    assert told == ()


def test_dates_are_dates_where_excel_has_them(tmp_path: Path) -> None:
    hits = [hit(date=date) for date in ("2013-08-02", "1899-12-31", "2013", "")]
    book, _ = sheets(tmp_path, *hits, fields=("date",))
    dates = [row[0] for row in book["Turns"].iter_rows(min_row=2, values_only=True)]
    assert dates == [datetime.datetime(2013, 8, 2), "1899-12-31", "2013"]  # the last row is empty


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\u200b\t=1", "{=1}", "http://a.example", "TRUE"]
)
def test_what_is_said_is_a_text(text: str, tmp_path: Path) -> None:
    book, _ = sheets(tmp_path, hit(text=text), fields=("text",))
    cell = book["Turns"]["A2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    assert cell.value == text.lstrip("\u200b\t")
    assert cell.quotePrefix is (text.lstrip("\u200b\t")[0] in "=+-@＝")
    with ZipFile(tmp_path / "a.xlsx") as members:
        assert b"<f>" not in members.read("xl/worksheets/sheet1.xml")


def test_characters_that_xml_has_not_do_not_spoil_the_file(tmp_path: Path) -> None:
    book, _ = sheets(tmp_path, hit(text="一\x00\ufffe\ud800\x1b[31m\n二\u202e"), fields=("text",))
    assert book["Turns"]["A2"].value == "一[31m\n二"


def test_more_rows_than_a_sheet_has_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 3)
    book, told = sheets(tmp_path, *(hit(rank=rank) for rank in range(1, 8)), total=7, fields=("rank",))
    assert [[row[0] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets] == [
        ["rank", 1, 2, 3],
        ["rank", 4, 5, 6],
        ["rank", 7],
    ]
    assert [sheet.auto_filter.ref for sheet in book.worksheets] == ["A1:A4", "A1:A4", "A1:A2"]
    assert told == ("The turns need 3 sheets: one of Excel holds 3.",)


def test_a_text_that_is_too_long_for_a_cell_is_whole_in_another_sheet(tmp_path: Path) -> None:
    long = "\n".join(f"第{number}句。" for number in range(9_000))
    book, told = sheets(tmp_path, hit(text=long), hit(text="短。"), fields=("address", "text"))
    rows = list(book["Long texts"].iter_rows(min_row=2, values_only=True))
    assert "".join(row[3] for row in rows) == long
    assert [row[:3] for row in rows] == [("qzone-xiaomi#3", "text", part) for part in (1, 2, 3)]
    assert book["Turns"]["B2"].value.startswith("第0句。")
    assert book["Turns"]["B2"].value.endswith("[Long texts]")
    assert book["Turns"]["B3"].value == "短。"
    assert told == ("1 text too long for a cell of Excel: in parts of 32,767 characters in the sheet Long texts.",)


@pytest.mark.usefixtures("chinese")
def test_sheets_are_the_same_in_every_language(tmp_path: Path) -> None:
    book, told = sheets(tmp_path, hit(text="长" * (CELL + 1)), fields=("text",))
    assert book.sheetnames == ["Turns", "Long texts"]
    assert told == ("1 段文字太长，Excel 的一个单元格放不下：已按每份 32,767 字分开，放在工作表 Long texts 里。",)


@given(st.text(st.sampled_from("一😀a"), max_size=30), st.integers(1, 40_000))
def test_parts_fit_into_a_cell_and_make_the_text(text: str, times: int) -> None:
    parts = cell_parts(text * times if len(text) * times < 200_000 else text)
    assert all(len(part.encode("utf-16-le")) <= 2 * CELL for part in parts)
    assert "".join(parts) == (text * times if len(text) * times < 200_000 else text)
