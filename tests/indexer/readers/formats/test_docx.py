"""Word documents: paragraphs, styles, bold, tables, and hidden text."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from indexer.errors import ReadingError
from indexer.parser.parse import parse
from indexer.readers.script import Line, Script
from tests.support.sources import fault, items, packed, said, script
from tests.support.word_files import W, of_paragraphs, of_xml, saved


def texts(body: str) -> list[str]:
    return [text for _, text in said(of_xml(body), ".docx")]


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def test_paragraphs_are_lines_with_their_headings_and_bold() -> None:
    data = of_paragraphs("# 专访何苗", "", "**记者：**好吗？", "**何苗：** 好。", "全部")
    assert script(data, ".docx").lines == (
        Line(1, "专访何苗", kind="heading"),
        Line(2, "记者：好吗？", bold_prefix_length=3),
        Line(3, "何苗： 好。", bold_prefix_length=3),
        Line(4, "全部"),
    )


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("Title", "heading"),
        ("Subtitle", "heading"),
        ("Heading 2", "heading"),
        ("Caption", "caption"),
        ("List Bullet", "item"),
        ("Quote", "quote"),
        ("Normal", ""),
        ("List Paragraph", ""),  # what Word gives any paragraph set in
    ],
)
def test_the_style_names_the_kind(style: str, kind: str) -> None:
    document = docx.Document()
    document.add_paragraph("一行", style=style)
    assert [line.kind for line in script(saved(document), ".docx").lines] == [kind]


def test_a_style_of_ones_own_is_none_of_ours() -> None:
    assert [line.kind for line in script(of_xml(paragraph(run("好"), style="没有")), ".docx").lines] == [""]


@pytest.mark.parametrize(
    ("runs", "strong"),
    [
        ([run("姚明：", "<w:b/>"), run("你好")], 3),
        ([run("姚", "<w:b/>"), run("明：", '<w:b w:val="1"/>'), run("你好")], 3),
        ([run("姚明：", '<w:b w:val="0"/>'), run("你好")], 0),
        ([run("姚明：", '<w:b w:val="false"/>'), run("你好")], 0),
        ([run("姚明：", "<w:i/>"), run("你好", "<w:b/>")], 0),
        ([run("小标题", "<w:b/>")], 3),
        ([run("  "), run("小标题", "<w:b/>")], 5),
        ([run("  "), run("小标题")], 0),
    ],
)
def test_bold_at_the_beginning_is_counted(runs: list[str], strong: int) -> None:
    assert [line.bold_prefix_length for line in script(of_xml(paragraph(*runs)), ".docx").lines] == [strong]


def test_a_break_inside_a_paragraph_begins_a_line() -> None:
    body = paragraph(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>记者：</w:t></w:r>", run("好吗？"), "<w:r><w:br/><w:t>答：好。</w:t></w:r>"
    )
    assert [(line.text, line.bold_prefix_length) for line in script(of_xml(body), ".docx").lines] == [
        ("记者：好吗？", 3),
        ("答：好。", 0),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (paragraph(f'<w:ins w:id="1" w:author="a">{run("问：")}</w:ins>', run("好吗？")), ["问：好吗？"]),
        (paragraph(run("问："), f'<w:del w:id="1" w:author="a">{run("坏")}</w:del>', run("好吗？")), ["问：好吗？"]),
        (paragraph(f'<w:hyperlink w:anchor="a">{run("问：")}</w:hyperlink>', run("好吗？")), ["问：好吗？"]),
        (paragraph(f"<w:smartTag>{run('北京')}</w:smartTag>"), ["北京"]),
        (f"<w:sdt><w:sdtContent>{paragraph(run('填了'))}</w:sdtContent></w:sdt>", ["填了"]),
        (paragraph(f"<w:sdt><w:sdtContent>{run('填了')}</w:sdtContent></w:sdt>"), ["填了"]),
        (paragraph("<w:r><w:t>一</w:t><w:tab/><w:t>二</w:t><w:noBreakHyphen/><w:t>三</w:t></w:r>"), ["一\t二-三"]),
        (paragraph("<w:r><w:instrText>PAGE</w:instrText></w:r>", run("页")), ["页"]),
        (
            paragraph(run("外"), f"<w:r><w:pict><w:txbxContent>{paragraph(run('框'))}</w:txbxContent></w:pict></w:r>"),
            ["外", "框"],
        ),
        (paragraph(run("　　缩进")), ["　　缩进"]),
        (paragraph(), []),
    ],
)
def test_nothing_somebody_reads_is_lost(body: str, expected: list[str]) -> None:
    assert texts(body + paragraph(run("完"))) == [*expected, "完"]


def table(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    made = document.add_table(len(rows), len(rows[0]))
    for place, row in enumerate(rows):
        for column, text in enumerate(row):
            made.cell(place, column).text = text
    return saved(document)


def test_a_table_of_names_and_words_gives_labels() -> None:
    data = table(("记者：", "好吗？\n真的？"), ("何苗", "好。"))
    assert said(data, ".docx") == [("记者", "好吗？"), ("记者", "真的？"), ("何苗", "好。")]


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "甲列", "乙列"), ("1", "何苗", "好。")),
        (("这一格太长了，不会是一个人的名字", "好吗？"), ("何苗", "好。")),
        (("图一", "图二"), ("好。", "")),
        (("一行",),),
    ],
)
def test_another_table_gives_its_cells_in_order(rows: tuple[tuple[str, ...], ...]) -> None:
    assert said(table(*rows), ".docx") == [(None, cell) for row in rows for cell in row if cell]


def test_columns_of_a_table_are_known_by_their_names() -> None:
    data = table(("时间", "发言人", "内容", "备注"), ("00:07", "记者", "好吗？", "笑"), ("00:12", "何苗：", "好。", ""))
    assert script(data, ".docx").lines == (
        *(Line(n, name, kind="note") for n, name in enumerate(("时间", "发言人", "内容", "备注"), 1)),
        Line(5, "好吗？", label="记者", start=7000),
        Line(6, "笑", kind="note"),
        Line(7, "好。", label="何苗", start=12000),
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((("提问", "好吗？"), ("", "真的？"), ("何苗", "好。"), ("提问", "嗯？")),
         [("提问", "好吗？"), (None, "真的？"), ("何苗", "好。"), ("提问", "嗯？")]),
        ((("00:01-00:03", "记者", "好吗？"), ("00:03-00:05", "何苗", "好。")), [("记者", "好吗？"), ("何苗", "好。")]),
        ((("1", "记者", "好吗？"), ("2", "何苗", "好。")),
         [(None, "1"), ("记者", "好吗？"), (None, "2"), ("何苗", "好。")]),
        ((("访谈时间", "2024年5月1日"), ("受访者", "何苗"), ("问", "好吗？"), ("答", "好。"), ("问", "嗯？")),
         [(None, "访谈时间：2024年5月1日"), (None, "受访者：何苗"), ("问", "好吗？"), ("答", "好。"), ("问", "嗯？")]),
        ((("访谈时间", "5月1日"), ("受访者", "何苗")), [(None, "访谈时间：5月1日"), (None, "受访者：何苗")]),
        ((("时间", "5月1日", "地点：", "书店"), ("受访者", "何苗", "记录人", "")),
         [(None, "时间：5月1日"), (None, "地点：书店"), (None, "受访者：何苗"), (None, "记录人：")]),
        ((("采访者", "好吗？"), ("受访者", "好。"), ("采访者", "嗯？"), ("受访者", "嗯。")),
         [("采访者", "好吗？"), ("受访者", "好。"), ("采访者", "嗯？"), ("受访者", "嗯。")]),
    ],
)  # fmt: skip
def test_what_stands_on_the_left_tells_what_a_table_is(
    rows: tuple[tuple[str, ...], ...], expected: list[tuple[str | None, str]]
) -> None:
    assert said(table(*rows), ".docx") == expected


def test_footnotes_and_comments_come_last_as_notes() -> None:
    document = docx.Document()
    document.add_paragraph("何苗：好。")
    for name in ("footnotes", "comments"):
        kind = name.removesuffix("s")
        xml = f"<w:{name} {W}><w:{kind} w:id='2'>{paragraph(run(name))}</w:{kind}></w:{name}>"
        place, media = PackURI(f"/word/{name}.xml"), "application/xml"
        part = Part(place, media, xml.encode(), document.part.package)
        document.part.relate_to(part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{name}")
    found = script(saved(document), ".docx")
    assert [(line.text, line.kind) for line in found.lines] == [
        ("何苗：好。", ""),
        ("footnotes", "note"),
        ("comments", "note"),
    ]
    assert [turn.text for turn in parse(found).turns] == ["好。"]


def test_damaged_footnotes_are_told() -> None:
    document = docx.Document()
    document.add_paragraph("好")
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", b"<a", document.part.package)
    document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes")
    assert fault(saved(document), ".docx") == "its footnotes are damaged"


def test_bold_type_of_a_style_is_counted_and_hidden_text_is_not_read() -> None:
    strong = '<w:r><w:rPr><w:rStyle w:val="Strong"/></w:rPr><w:t>何苗：</w:t></w:r>'
    off = '<w:r><w:rPr><w:rStyle w:val="Strong"/><w:b w:val="0"/></w:rPr><w:t>何苗：</w:t></w:r>'
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
    body = paragraph(strong, run("好。")) + paragraph(off, hidden, run("好。"))
    assert [(line.text, line.bold_prefix_length) for line in script(of_xml(body), ".docx").lines] == [
        ("何苗：好。", 3),
        ("何苗：好。", 0),
    ]


def test_a_table_in_a_table_is_read_once() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{paragraph(run('里'))}</w:tc></w:tr></w:tbl>"
    assert texts(f"<w:tbl><w:tr><w:tc>{paragraph(run('外'))}{inner}{paragraph()}</w:tc></w:tr></w:tbl>") == ["外", "里"]


def test_a_cell_that_says_it_spans_a_billion_columns_is_one() -> None:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{paragraph(run("宽"))}</w:tc>'
    assert texts(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == ["宽"]


def test_the_title_of_the_properties_is_kept_and_the_computers_is_not() -> None:
    document = docx.Document()
    document.add_paragraph("好")
    for title, meta in ((" 专访何苗 ", (("title", "专访何苗"),)), ("Word Document", ()), ("", ())):
        document.core_properties.title = title
        assert script(saved(document), ".docx").metadata == meta


def test_a_document_cut_short_is_told() -> None:
    data = of_paragraphs(*["问：好吗？"] * 500)
    for length in range(100, len(data), len(data) // 7):
        assert fault(data[:length], ".docx")


@pytest.mark.parametrize(
    "members",
    [
        {"word/document.xml": "<a/>"},
        {"word/document.xml": "not xml", "[Content_Types].xml": "<Types/>"},
        {"x": ""},
        {},
    ],
)
def test_a_zip_file_called_docx_is_told(members: dict[str, bytes | str]) -> None:
    assert "not a Word document" in fault(packed(members), ".docx")


def test_an_empty_document_is_told() -> None:
    assert "no text" in fault(of_paragraphs(""), ".docx")


def replaced(data: bytes, document: str) -> bytes:
    """Return a file with another main part."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return packed(members | {"word/document.xml": document.encode()})


def test_entities_are_not_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = "<w:p><w:r><w:t>好&l9;</w:t></w:r></w:p><w:p><w:r><w:t>完</w:t></w:r></w:p>"
    data = replaced(
        of_paragraphs("好"),
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><w:document {W}><w:body>{body}</w:body></w:document>',
    )
    (item,) = items(data, ".docx")
    assert isinstance(item, ReadingError) or (isinstance(item, Script) and sum(len(one.text) for one in item.lines) < 9)


def test_deep_nesting_is_told() -> None:
    inner = "<w:sdt><w:sdtContent>" * 5000 + paragraph(run("深")) + "</w:sdtContent></w:sdt>" * 5000
    data = replaced(of_paragraphs("好"), f"<w:document {W}><w:body>{inner}</w:body></w:document>")
    assert "not a Word document" in fault(data, ".docx")


def test_markdown_pasted_into_paragraphs_is_read_as_such() -> None:
    document = docx.Document()
    for text in ("# 渡口", "---", "## [00:00:01] 记者：", "**几点**关灯？", "何苗：1 * 2"):
        document.add_paragraph(text)
    found = script(saved(document), ".docx").lines
    assert [(line.text, line.kind) for line in found] == [
        ("渡口", "heading"), ("---", "rule"), ("[00:00:01] 记者：", "heading"), ("几点关灯？", ""), ("何苗：1 * 2", ""),
    ]  # fmt: skip


def test_one_line_of_marks_is_no_markdown() -> None:
    document = docx.Document()
    for text in ("# 1 号船", "问：**是什么？", "答：好。"):
        document.add_paragraph(text)
    assert [line.text for line in script(saved(document), ".docx").lines] == ["# 1 号船", "问：**是什么？", "答：好。"]
