"""Typst sources."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import fault, said, script

SOURCE = """#import "talk.typ": talk, say, more
#let P(words) = say("采", words)
#let Q(words) = say(name: "刨木人", words)
/* 草稿
   #P[不要] */
#show: page => talk(
  title: [刨木人的刨子],
  day: datetime(year: 2023, month: 4, day: 6),
  page
)

// 00:03
#P[您这把刨子用了多久？]

#Q[二十二年，#emph[真的]，
从早到晚。] // 他笑
#more[从这么宽磨到这么窄。]
= 后来
#say("刨木人")[*磨光了*就成粉末 [笑]。]
见 https://a.b/c 。
"""


def test_functions_that_name_a_speaker_say_who_speaks() -> None:
    read = script(SOURCE, ".typ")
    assert read.metadata == (("title", "刨木人的刨子"), ("date", "2023-04-06"))
    assert read.lines == (
        Line(13, "您这把刨子用了多久？", label="采", start=3000),
        Line(15, "二十二年，真的，", label="刨木人"),
        Line(16, "他笑", kind="annotation"),
        Line(16, "从早到晚。", label="刨木人"),
        Line(17, "从这么宽磨到这么窄。"),
        Line(18, "后来", kind="heading"),
        Line(19, "磨光了就成粉末 [笑]。", label="刨木人"),
        Line(20, "见 https://a.b/c 。"),
    )
    assert [turn.label for turn in parse(read).turns] == ["采", "刨木人"]


def test_plain_words_are_text_and_their_labels_those_of_the_parser() -> None:
    assert said("= 专访\n*问：* 好吗？\n\n_答_：好。\n", ".typ") == [
        (None, "专访"),
        (None, "问： 好吗？"),
        (None, "答：好。"),
    ]


@pytest.mark.parametrize("text", ["", '#import "a.typ"\n#let x = 3\n', "// 只有注释\n", "#show: f(\n好"])
def test_a_source_of_code_alone_says_so(text: str) -> None:
    assert fault(text, ".typ") == "there is no text in it, only code"
