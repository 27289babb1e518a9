"""OpenDocument: paragraphs, bold labels, tables, notes, and spreadsheets."""

import pytest

from indexer.readers.script import Line
from tests.support.office_files import of_flat_odf, of_odf
from tests.support.sources import fault, packed, said, script

TABLE = (
    "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>说话人</text:p></table:table-cell>"
    "<table:table-cell><text:p>内容</text:p></table:table-cell></table:table-row></table:table-header-rows>"
    "<table:table-row><table:table-cell><text:p>何苗</text:p></table:table-cell>"
    "<table:table-cell><text:p>好。</text:p></table:table-cell></table:table-row></table:table>"
)


def test_headings_bold_labels_blanks_and_breaks() -> None:
    body = (
        '<text:h text:outline-level="1">渡口访谈</text:h><text:p text:style-name="P9">副标题</text:p>'
        '<text:p><text:span text:style-name="B">问：</text:span>好<text:s text:c="2"/>吗？<text:line-break/>真的？'
        "</text:p><text:list><text:list-item><text:p>一</text:p></text:list-item></text:list>"
    )
    document = script(of_odf(body, title="渡口"), ".odt")
    assert document.metadata == (("title", "渡口"),)
    assert document.lines == (
        Line(1, "渡口访谈", kind="heading"),
        Line(2, "副标题", kind="heading"),
        Line(3, "问：好  吗？", bold_prefix_length=2),
        Line(4, "真的？"),
        Line(5, "一", kind="item"),
    )


def test_what_is_deleted_or_hidden_is_left_out_and_notes_come_last() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:p>好<text:span text:style-name="H">隐</text:span><text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>脚注</text:p></text:note-body></text:note>。</text:p>"
        "<text:p>框<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box></draw:frame></text:p>"
    )
    lines = script(of_odf(body), ".odt").lines
    assert [(line.text, line.kind) for line in lines] == [("好。", ""), ("框", ""), ("框内", ""), ("脚注", "note")]


def test_a_table_of_speech() -> None:
    assert said(of_odf(TABLE), ".odt") == [(None, "说话人"), (None, "内容"), ("何苗", "好。")]


def test_a_spreadsheet_is_read_as_a_workbook() -> None:
    assert said(of_odf(TABLE, "spreadsheet"), ".ods") == [("何苗", "好。")]


def test_one_file_without_a_zip() -> None:
    assert said(of_flat_odf("<text:p>问：好吗？</text:p>"), ".fodt") == [(None, "问：好吗？")]


@pytest.mark.parametrize("suffix", [".odt", ".docx", ".txt", ""])
def test_it_is_known_by_its_content(suffix: str) -> None:
    assert said(of_odf("<text:p>好</text:p>"), suffix) == [(None, "好")]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (of_odf(""), "no text"),
        (of_odf("<a/>", "presentation"), "without text"),
        (packed({"content.xml": "<a>"}), "not XML"),
        (packed({"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "entities"),
        (packed({"content.xml": "\x01\x02", "META-INF/manifest.xml": "<m:encryption-data/>"}), "encrypted"),
        (of_odf("<text:section>" * 300 + "</text:section>" * 300), "not XML|no text"),
    ],
)
def test_what_is_no_document_is_told(data: bytes, reason: str) -> None:
    import re

    assert re.search(reason, fault(data, ".odt"))


def test_a_cell_or_a_blank_that_repeats_a_billion_times_is_not_unrolled() -> None:
    wide = TABLE.replace("<table:table-cell>", '<table:table-cell table:number-columns-repeated="1000000000">')
    body = f'<text:p>好<text:s text:c="1000000000"/></text:p>{wide}'
    assert sum(len(line.text) for line in script(of_odf(body), ".odt").lines) < 1000
