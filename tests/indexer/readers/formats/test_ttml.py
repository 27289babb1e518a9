"""TTML, and the XML captions of YouTube."""

import pytest

from indexer.readers.script import Line
from tests.support.sources import fault, said, script

NAMESPACES = 'xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
HEAD = (
    "<head><metadata><ttm:title>夜话</ttm:title><ttm:copyright>某台</ttm:copyright>"
    '<ttm:agent type="person" xml:id="a1"><ttm:name type="full">柯月</ttm:name></ttm:agent>'
    '<ttm:agent type="person" xml:id="a2"/></metadata></head>'
)


def ttml(*cues: str, head: str = HEAD, attributes: str = "", body: str = "") -> str:
    return (
        f'<?xml version="1.0"?><tt {NAMESPACES} {attributes}>{head}<body {body}><div>{"".join(cues)}</div></body></tt>'
    )


CUES = (
    '<p begin="00:00:00.000" end="00:00:02.500" ttm:agent="a1">夜里有多少人？</p>',
    '<p begin="2.5s" dur="1500ms" ttm:agent="a2">涨潮的时候十几个，<br/>\n不涨潮\n的时候就他一个。</p>',
    '<p begin="00:00:06" end="00:00:08" ttm:agent="a1 a2">走！</p>',
)


@pytest.mark.parametrize("suffix", [".ttml", ".dfxp", ".xml", ".txt"])
def test_who_speaks_is_the_agent(suffix: str) -> None:
    read = script(ttml(*CUES), suffix)
    assert read.metadata == (("title", "夜话"),)
    assert read.lines == (
        Line(1, "某台", kind="annotation"),
        Line(2, "夜里有多少人？", label="柯月", start=0, end=2500),
        Line(3, "涨潮的时候十几个，不涨潮的时候就他一个。", label="a2", start=2500, end=4000),
        Line(4, "走！", label="柯月、a2", start=6000, end=8000),
    )


@pytest.mark.parametrize(
    ("times", "attributes", "start", "end"),
    [
        ('begin="01:02:03.5" end="01:02:04,25"', "", 3_723_500, 3_724_250),
        ('begin="00:00:02:12" end="00:00:03:00"', 'ttp:frameRate="24"', 2500, 3000),
        ('begin="90f" end="1.5m"', "", 3000, 90_000),
        ('begin="20000000t" end="25000000t"', 'ttp:tickRate="10000000"', 2000, 2500),
        ('begin="2" end="3.5"', "", 2000, 3500),
        ('begin="x" end=""', "", None, None),
        ('begin="99999h"', "", None, None),
        ('begin="1s" end="2s"', 'ttp:frameRate="0"', 1000, 2000),
    ],
)
def test_times_in_every_notation(times: str, attributes: str, start: int | None, end: int | None) -> None:
    data = ttml(f"<p {times}>好。</p>", attributes=f'xmlns:ttp="http://www.w3.org/ns/ttml#parameter" {attributes}')
    assert [(line.start, line.end) for line in script(data, ".ttml").lines[1:]] == [(start, end)]


def test_times_and_agents_may_be_those_of_what_is_around_a_cue_or_in_it() -> None:
    inner = '<p><span begin="1s" end="2s">我</span><span begin="2s" end="3s">走 </span></p>'
    assert script(ttml(inner, body='begin="10s" ttm:agent="a1"'), ".ttml").lines[1] == Line(
        2, "我走", label="柯月", start=11_000, end=13_000
    )


def test_words_that_have_a_span_each_are_joined() -> None:
    words = "".join(f'<span u:unit="word">{word}</span>' for word in ("Hello", "there", "，", "你", "好"))
    assert said(ttml(f'<p begin="1s" xmlns:u="u">{words}</p>', head=""), ".ttml") == [(None, "Hello there，你好")]


def test_cues_without_agents_are_read_like_subtitles() -> None:
    cue = '<p begin="1s" end="2s">- 走吗？<br/>- 走。</p>'
    assert said(ttml(cue, head=""), ".ttml") == [(None, "- 走吗？"), (None, "- 走。")]


@pytest.mark.parametrize(
    "data",
    [
        '<transcript><text start="0.5" dur="1.5">A &amp;amp; 你好</text>'
        '<text start="2" dur="1">再见</text></transcript>',
        '<timedtext format="3"><body><p t="500" d="1500">A &amp;amp; <s>你</s><s t="9">好</s></p>'
        '<p t="2000" d="1000">再见</p></body></timedtext>',
    ],
)
@pytest.mark.parametrize("suffix", [".xml", ".ttml", ".txt"])
def test_captions_of_youtube(data: str, suffix: str) -> None:
    assert script(f'<?xml version="1.0"?>{data}', suffix).lines == (
        Line(1, "A & 你好", start=500, end=2000),
        Line(2, "再见", start=2000, end=3000),
    )


@pytest.mark.parametrize("data", [ttml(), ttml('<p begin="1s"> </p>'), "<tt/>"])
def test_a_document_without_words_says_so(data: str) -> None:
    assert "there is no text in it" in fault(data, ".ttml")


def test_other_xml_of_such_a_name_is_read_by_paragraph() -> None:
    data = "<transcript><turn>问：好吗？</turn><turn>答：好。</turn></transcript>"
    assert [text for _, text in said(data, ".xml")] == ["问：好吗？", "答：好。"]
