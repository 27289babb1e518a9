"""Markdown: what a transcript says is no markup, as other programs read it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from search_cli.citation import CitationStyle
from search_cli.export.clean_text import clean
from search_cli.export.format_table import ExportFormat
from search_cli.export.markdown_document import markdown_text
from tests.support.exports import content, written
from tests.support.spoken import ANSWER, hit

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKS = "*_`#+-=~|<>[](){}!\\&;:/.1aA \t @$^%\"'一。"


def paragraphs(text: str) -> list[tuple[str, str]]:
    """The blocks with words: their kind, and what they say."""
    tokens = MARKDOWN.parse(text)
    return [
        (before.type, "".join(child.content for child in one.children or ()))
        for before, one in pairwise(tokens)
        if one.type == "inline"
    ]


def test_a_turn_has_its_speaker_its_text_and_its_citation(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    written(ExportFormat.MARKDOWN, file, content([hit("小米"), hit(rank=2, speaker="", role="narration")]))
    said = [text for _, text in paragraphs(file.read_text("utf-8"))]
    assert said[:6] == [
        "小米",
        "1 turn",
        "与小米手机合作发布红米手机",
        "搜狐IT · 2013-08-02 · data/interviews/qzone-xiaomi.txt",
        f"问 {hit().question.turn.text}",  # type: ignore[union-attr]
        "郑志昊（受访，腾讯副总裁）",
    ]
    assert said[6:8] == ANSWER.split("\n")
    assert said[8] == "—— 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#3"
    assert said[10] == "旁白（腾讯副总裁）"


@pytest.mark.usefixtures("chinese")
def test_a_document_for_reading_speaks_the_language_of_its_reader(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    written(ExportFormat.MARKDOWN, file, content(title=""))
    assert [text for _, text in paragraphs(file.read_text("utf-8"))[:2]] == ["全部发言", "1 轮发言"]


def test_the_citation_is_the_one_that_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    one = hit(url="https://a.example/1")
    written(ExportFormat.MARKDOWN, file, content([one], style=CitationStyle.GB7714))
    assert paragraphs(file.read_text("utf-8"))[-1][1] == (
        "—— 郑志昊. 与小米手机合作发布红米手机[N/OL]. 搜狐IT, 2013-08-02. https://a.example/1. qzone-xiaomi#3."
    )
    written(ExportFormat.MARKDOWN, file, content([one]))
    assert "[与小米手机合作发布红米手机](https://a.example/1)" in file.read_text("utf-8")


@given(st.text(st.sampled_from(MARKS), max_size=40) | st.text(max_size=40))
@example("1. 一")
@example("a) 一")
@example("- [ ] 一")
@example("<!-- 一 -->")
@example("| 一 | 二 |\n|---|---|\n")
@example("    一")
@example("&amp;")
def test_no_text_is_markup(text: str) -> None:
    shown = markdown_text(text)
    tokens = MARKDOWN.parse(shown)
    said = " ".join(clean(text).split())
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if said else [])
    if said:
        children = tokens[1].children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == said


@pytest.mark.parametrize("text", ["https://a.example", "WWW.a.example", "a@b.example"])
def test_an_address_is_no_link_for_those_who_make_links_of_addresses(text: str) -> None:
    assert text not in markdown_text(text)
