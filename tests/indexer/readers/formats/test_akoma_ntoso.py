"""XML: records of debates in Akoma Ntoso, other XML, and hostile XML."""

import pytest

from indexer.errors import ReadingError
from indexer.parser.parse import parse
from indexer.readers.script import Line, Script
from tests.support.sources import fault, items, said, script

HANSARD = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="hansard"><meta>
<identification source="#a"><FRBRWork><FRBRdate date="2016-10-05" name="generation"/></FRBRWork>
<FRBRExpression><FRBRlanguage language="zh-TW"/></FRBRExpression></identification>
<references source="#a"><TLCPerson eId="tang" href="/p/tang" showAs="唐鳳"/>
<TLCPerson id="guest" href="/p/guest" showAs="林小姐"/></references></meta>
<preface><docTitle>數位政委訪談</docTitle></preface>
<debateBody><debateSection><heading>開場</heading>
<narrative><p>（播放影片）</p></narrative>
<speech by="#tang"><p>大家<b>好</b>。</p><p>我們
開始。</p></speech>
<speech by="#guest"><from>林小姐：</from><p>謝謝<eol/>委員。</p></speech>
<speech by="#nobody"><p>我也有問題。</p></speech>
<question by="#guest"><p>請問？</p></question>
</debateSection></debateBody></debate></akomaNtoso>"""


def test_a_debate_gives_speakers_headings_and_what_nobody_says() -> None:
    assert script(HANSARD, ".xml").lines == (
        Line(1, "數位政委訪談", kind="heading"),
        Line(2, "開場", kind="heading"),
        Line(3, "（播放影片）", kind="note"),
        Line(4, "大家好。", label="唐鳳"),
        Line(5, "我們開始。", label="唐鳳"),
        Line(6, "謝謝", label="林小姐"),
        Line(7, "委員。", label="林小姐"),
        Line(8, "我也有問題。"),
        Line(9, "請問？", label="林小姐"),
    )


def test_the_head_of_a_debate_is_kept() -> None:
    assert script(HANSARD, ".xml").metadata == (
        ("title", "數位政委訪談"),
        ("date", "2016-10-05"),
        ("language", "zh-Hant"),
    )


def test_the_speeches_become_turns() -> None:
    interview = parse(script(HANSARD.replace('<speech by="#nobody"><p>我也有問題。</p></speech>', ""), ".xml"))
    assert [(turn.label, turn.text) for turn in interview.turns] == [
        ("唐鳳", "大家好。\n我們開始。"),
        ("林小姐", "謝謝\n委員。\n請問？"),
    ]
    assert (interview.title, str(interview.date)) == ("數位政委訪談", "2016-10-05")


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        ("<a><b>问：好吗？</b><b>答：<i>好</i>。</b></a>", ["问：好吗？", "答：好。"]),
        ("<a>问：好吗？<x/>答：好。</a>", ["问：好吗？答：好。"]),
        ("<a><p>一</p><!-- 注 --><?x 二?><p>三</p></a>", ["一", "三"]),
    ],
)
def test_other_xml_gives_its_paragraphs(data: str, lines: list[str]) -> None:
    assert [text for _, text in said(data, ".xml")] == lines


@pytest.mark.parametrize("declared", ["", ' encoding="gb18030"', ' encoding="UTF-8"', ' encoding="klingon"'])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_bytes_are_trusted_over_the_declared_encoding(declared: str, encoding: str) -> None:
    data = f'<?xml version="1.0"{declared}?>\n<a><p>我们今天来谈这个问题。</p></a>'.encode(encoding)
    assert said(data, ".xml") == [(None, "我们今天来谈这个问题。")]


def test_damage_is_told_beside_what_is_read() -> None:
    data = f"<a><p>{'我们今天来谈这个问题。' * 20}</p></a>".encode()
    found, error = items(data.replace("谈".encode(), b"\xff", 1), ".xml")
    assert isinstance(found, Script)
    assert isinstance(error, ReadingError)


def test_a_page_in_xml_is_read_as_a_page() -> None:
    data = '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>问：好吗？<br/>答：好。</p></body></html>'
    assert said(data, ".xml") == [(None, "问：好吗？"), (None, "答：好。")]


def laughs(deep: int) -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, deep))
    return f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]><a><p>好&l{deep - 1};</p></a>'


@pytest.mark.parametrize(
    "data",
    [
        laughs(3),
        laughs(30),
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a><p>好&x;</p></a>',
        '<!DOCTYPE a [<!ENTITY big "' + "哈" * 100_000 + '">]><a><p>' + "&big;" * 10_000 + "</p></a>",
    ],
)
def test_entities_are_told_not_expanded(data: str) -> None:
    assert fault(data, ".xml")


def test_no_document_type_is_fetched(tmp_path: object) -> None:
    assert said('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a><p>好</p></a>', ".xml") == [(None, "好")]


@pytest.mark.parametrize("depth", [1000, 500_000])
def test_deep_nesting_is_told(depth: int) -> None:
    assert "not XML" in fault("<a>" * depth + "好" + "</a>" * depth, ".xml")


@pytest.mark.parametrize("data", ["<a>", "<a><b></a>", "<a>&nbsp;</a>", "<akomaNtoso", "<" * 1000])
def test_what_is_no_xml_is_told(data: str) -> None:
    assert "not XML" in fault(data, ".xml")


@pytest.mark.parametrize("data", ["<a/>", "<a> </a>", "<akomaNtoso><debate/></akomaNtoso>"])
def test_xml_without_text_is_told(data: str) -> None:
    assert "no text" in fault(data, ".xml")


def test_one_text_of_eleven_megabytes_is_told() -> None:
    assert "not XML" in fault("<a>" + "好" * 4_000_000 + "</a>", ".xml")
