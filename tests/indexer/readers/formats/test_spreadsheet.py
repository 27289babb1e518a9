"""Workbooks: sheets of speech, times, hostile sizes."""

import datetime
import zipfile
from io import BytesIO

import pytest

from indexer.readers.script import Line, Script
from tests.support.office_files import of_rows
from tests.support.sources import fault, items, packed, said, script

HEADER = ("序号", "开始时间", "说话人", "内容", "编码")


def test_columns_are_those_of_a_table_and_the_title_stands_above() -> None:
    data = of_rows(
        [("渡口访谈",), (), HEADER, (1, "00:00:07", "何苗", "好。\n真的。", "灯光"), (2, None, None, "对。", None)]
    )
    assert script(data, ".xlsx").lines == (
        Line(1, "渡口访谈"),
        Line(4, "好。", label="何苗", start=7000),
        Line(4, "真的。", label="何苗", start=7000),
        Line(4, "编码：灯光", label="", kind="annotation"),
        Line(5, "对。"),
    )


@pytest.mark.parametrize(
    ("value", "start"),
    [
        (datetime.time(0, 1, 2), 62_000),
        (datetime.timedelta(hours=1, seconds=3), 3_603_000),
        (datetime.datetime(2024, 5, 1, 9, 1, 5), 32_465_000),
        ("00:07", 7000),
        (12.5, 12_500),
        (12.0, 12_000),
        ("无", None),
    ],
)
def test_times_in_any_type_of_cell(value: object, start: int | None) -> None:
    (line,) = script(of_rows([("时间", "内容"), (value, "好。")]), ".xlsx").lines
    assert line.start == start


def test_each_sheet_of_speech_is_a_transcript() -> None:
    sheet = [("speaker", "text"), ("A", "好")]
    found = items(of_rows(sheet, [("编码", "次数"), ("灯", 3)], sheet), ".xlsx")
    assert [(one.name, len(one.lines)) for one in found if isinstance(one, Script)] == [("表1", 1), ("表3", 1)]


def test_it_is_known_by_its_content() -> None:
    assert said(of_rows([("speaker", "text"), ("A", "好")]), ".xls") == [("A", "好")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (of_rows([("编码", "次数"), ("灯", 3)]), "编码, 次数"),
        (of_rows([]), "empty"),
        (packed({"xl/workbook.xml": "<a/>"}), "damaged"),
        (packed({"xl/workbook.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "entities"),
        (packed({"xl/workbook.xml": "<a>" * 4_000_000}), "bomb|tags"),
    ],
)
def test_what_is_no_workbook_of_speech_is_told(data: bytes, reason: str) -> None:
    import re

    assert re.search(reason, fault(data, ".xlsx"))


def test_a_cell_in_the_last_corner_takes_neither_time_nor_memory() -> None:
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    whole = of_rows([("speaker", "text"), ("A", "好")])
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", far.encode())
    sheet = sheet.replace(b'<dimension ref="A1:B2"', b'<dimension ref="A1:XFD1048576"')
    found = items(packed({**members, "xl/worksheets/sheet1.xml": sheet}), ".xlsx")
    assert len(found) == 1
