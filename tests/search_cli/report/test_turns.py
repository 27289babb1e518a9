"""The turns of a report: one place for each, marks where they were."""

from urllib.parse import unquote

import pytest

from search_cli.report.turns import anchor, language_tag, link, paragraphs, shown_hits
from tests.support.spoken import hit, question, turn


def test_the_place_of_a_turn():
    assert anchor("qzone-xiaomi#3") == "qzone-xiaomi-3"
    assert link("口述史/冯桂生#12") == "#%E5%8F%A3%E8%BF%B0%E5%8F%B2/%E5%86%AF%E6%A1%82%E7%94%9F-12"
    assert unquote(link("a'b<c>#1")[1:]) == anchor("a'b<c>#1")


def test_each_turn_has_one_place():
    asked = question().turn
    hits = (hit("小米"), hit("小米", rank=2, turn=4), hit("小米", rank=3, turn=5))
    first, second, _ = shown_hits(hits)
    assert first.question is not None
    assert second.question is not None
    assert (first.question.anchor, second.question.anchor) == ("qzone-xiaomi-2", "")
    assert second.question.link == "#qzone-xiaomi-2"
    also = [*hits, hit("合作", rank=4, turn=2, text=asked.text)]
    shown = list(shown_hits(also))
    assert [one.question.anchor for one in shown[:3] if one.question] == ["", "", ""]
    assert shown[3].answers == tuple((f"qzone-xiaomi#{n}", f"#qzone-xiaomi-{n}") for n in (3, 4, 5, 2))


def test_marks_stay_where_they_are():
    text = "灯笼一\n\n二灯\n笼三"
    found = [[(piece.text, piece.marked) for piece in one] for one in paragraphs(text, [(0, 2), (6, 9)])]
    assert found == [
        [("灯笼", True), ("一", False)],
        [("二", False), ("灯", True)],
        [("笼", True), ("三", False)],
    ]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,<script>", ""),
        ("//example.org", ""),
        ("https:///a", ""),
        (" https://example.org", ""),
    ],
)
def test_only_what_leads_to_the_web_is_a_link(url, shown):
    (one,) = shown_hits([hit("小米", url=url)])
    assert one.shown.url == shown


def test_languages():
    assert [language_tag(one) for one in ("zh-Hans", "zh-Hant", "", 'x" onclick="', "en")] == [
        *("zh-Hans", "zh-Hant", "zh", "zh", "en"),
    ]
    assert turn().language == ""
