"""TEI: utterances, speeches, and other texts."""

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import fault, said, script

HEADER = """<teiHeader><fileDesc><titleStmt><title>盐田口述</title></titleStmt>
<publicationStmt><publisher>临海档案馆</publisher><date when="2015-08-02">2015年8月</date></publicationStmt>
<sourceDesc><recordingStmt><recording><date when="2014-01-01"/></recording></recordingStmt></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson>
<person xml:id="FW" role="interviewer"><persName>范渠</persName></person>
<person xml:id="XM"><persName><surname>冼</surname><forename>阿妹</forename></persName></person>
<person xml:id="N3" n="邻居"/>
</listPerson></particDesc></profileDesc></teiHeader>"""


def tei(body: str, header: str = HEADER, root: str = "TEI") -> str:
    return f'<?xml version="1.0"?>\n<{root} xmlns="http://www.tei-c.org/ns/1.0">{header}<text>{body}</text></{root}>'


TALK = """<timeline unit="s"><when xml:id="T0"/><when xml:id="T1" interval="2.5" since="#T0"/>
<when xml:id="T2" absolute="00:00:04.5"/></timeline><body>
<u who="#FW" start="#T0" end="#T1">几岁开始<pause dur="PT1S"/>晒盐的？</u>
<u who="#XM" start="#T1" end="#T2">七岁。<vocal><desc>笑</desc></vocal>我哥哥
六岁就<unclear>放牛</unclear>了。</u>
<incident><desc>门外有人唱歌</desc></incident>
<u who="#XM">听见没有？</u>
<u who="#N3 #FW">听见了。</u><u who="ZZ">我也是。</u></body>"""


@pytest.mark.parametrize("suffix", [".xml", ".tei", ".txt"])
def test_utterances_have_the_names_of_the_header_and_the_times_of_the_time_line(suffix: str) -> None:
    read = script(tei(TALK), suffix)
    assert read.metadata == (("title", "盐田口述"), ("date", "2015-08-02"), ("interviewer", "范渠"))
    assert read.lines == (
        Line(1, "几岁开始晒盐的？", label="范渠", start=0, end=2500),
        Line(2, "七岁。我哥哥六岁就放牛了。", label="冼阿妹", start=2500, end=4500),
        Line(3, "（笑）", label=""),
        Line(4, "（门外有人唱歌）", label=""),
        Line(5, "听见没有？", label="冼阿妹"),
        Line(6, "听见了。", label="邻居、范渠"),
        Line(7, "我也是。", label="ZZ"),
    )


def test_who_asks_is_known_from_the_header_even_if_he_asks_nothing() -> None:
    body = (
        "<body><u who='#XM'>你记得吗？</u><u who='#FW'>记得。</u><u who='#XM'>那就好。</u><u who='#FW'>是。</u></body>"
    )
    interview = attribute(parse(script(tei(body), ".xml")), Speakers())
    assert [str(turn.role) for turn in interview.turns[:2]] == ["interviewee", "interviewer"]


def test_words_marked_one_by_one_are_joined_as_their_script_does_it() -> None:
    body = "<body><u who='#XM'>\n <w>七</w>\n <w>岁</w><pc>，</pc> <w>I</w><w>was</w> <w>seven</w><pc>.</pc></u></body>"
    assert said(tei(body), ".xml") == [("冼阿妹", "七岁，I was seven.")]


def test_blocks_of_iso_24624_have_speakers_times_and_annotations() -> None:
    body = """<timeline unit="s"><when xml:id="T0" interval="1.5" since="#T0"/></timeline><body>
    <annotationBlock who="#XM" start="#T0" end="#T9"><u><seg>七岁。</seg></u>
    <spanGrp type="en"><span from="#T0">Seven.</span></spanGrp><spanGrp type="pos"><span>CD NN</span></spanGrp>
    </annotationBlock></body>"""
    assert script(tei(body), ".xml").lines == (
        Line(1, "七岁。", label="冼阿妹", start=1500),
        Line(2, "Seven.", kind="translation"),
        Line(3, "pos: CD NN", kind="annotation"),
    )


def test_speeches_of_a_play_or_a_debate() -> None:
    body = """<body><div><head>第一场</head><stage>灯亮</stage>
    <sp who="#FW"><speaker>范：</speaker><p>谁？</p></sp>
    <sp><speaker>影子。</speaker><l>我。</l><l>还有他。</l></sp></div></body>"""
    assert said(tei(body), ".xml") == [
        ("", "第一场"),
        ("", "（灯亮）"),
        ("范渠", "谁？"),
        ("影子。", "我。"),
        ("影子。", "还有他。"),
    ]


def test_paragraphs_before_the_talk_are_its_lead_and_those_within_are_nobodys() -> None:
    front, talk = "<p>编者按：一场谈话。</p>", "<u who='#XM'>听。</u><p>她停下来。</p><note>录音中断</note>"
    body = f"<front>{front}</front><body>{talk}</body>"
    assert [(line.label, line.text, line.kind) for line in script(tei(body), ".xml").lines] == [
        (None, "编者按：一场谈话。", ""),
        ("冼阿妹", "听。", ""),
        (None, "她停下来。", "note"),
        (None, "录音中断", "note"),
    ]


def test_another_text_is_read_by_paragraph_without_its_header() -> None:
    body = "<body><p>问：好吗？<lb/>答：好。</p><p>他<hi>走</hi>了。</p></body>"
    assert [text for _, text in said(tei(body), ".xml")] == ["问：好吗？", "答：好。", "他走了。"]


@pytest.mark.parametrize("body", ["<body/>", "<body><u who='#FW'> </u></body>", "<body><u><pause/></u></body>"])
def test_a_document_without_words_says_so(body: str) -> None:
    assert "there is no text in it" in fault(tei(body), ".xml")
