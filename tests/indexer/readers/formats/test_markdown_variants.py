"""Headings with an underline, links by reference, names behind a quotation."""

import pytest

from indexer.readers.formats import markdown, markdown_variants
from tests.support.scripts import attributed, marked


def lines(text: str) -> list[tuple[int, str, str]]:
    return [(line.number, line.text, line.kind) for line in markdown.parse_markdown(text).lines]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("专访木匠\n====\n\n他修床。\n", (1, "专访木匠", "heading")),
        ("木匠的床\n---\n\n他修床。\n", (1, "木匠的床", "heading")),
        ("他修了一张床。\n---\n", (1, "他修了一张床。", "")),  # a rule below a paragraph
        ("问：修什么\n---\n", (1, "问：修什么", "")),
        ("- 木匠\n---\n", (1, "木匠", "item")),
        ("一段话\n第二行\n---\n", (1, "一段话", "")),
    ],
)
def test_a_heading_with_an_underline(text: str, first: tuple[int, str, str]) -> None:
    assert lines(text)[0] == first


def test_the_numbers_of_the_lines_stay() -> None:
    text = "专访木匠\n====\n\n[他][1]修床。\n\n[1]: http://example.org/a\n\n> 两句。\n> [name=林深]\n\n完\n"
    assert [number for number, *_ in lines(text)] == [1, 4, 8, 11]
    assert len(markdown_variants.rewrite(text).split("\n")) == len(text.split("\n"))


def test_links_by_reference_are_their_words_and_definitions_are_gone() -> None:
    text = "去[渡口][1]和[码头][]，见 [甲][乙]。\n\n"
    text += '[1]:http://example.org/a\n[码头]: <https://example.org/b> "码头"\n[3]: 见某书\n'
    assert [one for _, one, _ in lines(text)] == ["去渡口和码头，见 [甲][乙]。", "[3]: 见某书"]


def test_a_name_behind_a_quotation_says_it() -> None:
    text = (
        "# 月会\n\n> 先说水位。\n> 九天没有动。\n> [name=林深] [time=Mon, Jun 1] [color=#907bf7]\n\n"
        "> 为什么？  \n> [name=何苗]\n\n> 卡住了。[name=林深]\n\n> 修了吗？\n>\n> [name=何苗]\n"
    )
    said = [(turn.speaker, turn.text) for turn in attributed(marked(text)).turns]
    assert said == [
        ("林深", "先说水位。\n九天没有动。"),
        ("何苗", "为什么？"),
        ("林深", "卡住了。"),
        ("何苗", "修了吗？"),
    ]


def test_a_name_may_also_stand_before_the_words() -> None:
    text = (
        "> [name=林深]\n> 先说水位。\n> [name=何苗]\n> 为什么？\n\n> [name=林深]\n> 卡住了。\n> [name=何苗]\n> 哦。\n"
    )
    said = [(turn.speaker, turn.text) for turn in attributed(marked(text)).turns]
    assert said == [("林深", "先说水位。"), ("何苗", "为什么？"), ("林深", "卡住了。"), ("何苗", "哦。")]


def test_a_name_outside_a_quotation_is_text() -> None:
    assert lines("他写了 [name=林深] 这个标记。\n")[0][1] == "他写了 [name=林深] 这个标记。"
