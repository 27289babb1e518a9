"""A page of results: what was counts, the hits, the facets, the next step."""

from dataclasses import replace
from typing import Any

import pytest

from search_cli.models import HitMatch, SearchResult
from search_cli.rendering.pages.hits import Layout
from search_cli.rendering.pages.results import ResultPage, counts, lesser_heading, page_lines
from search_cli.rendering.terminal.styles import Style, plain_text
from tests.support.screens import broken_width, english
from tests.support.spoken import facet, hit, result

FACETS = (facet("speaker", ("郑志昊", 5), ("搜狐IT", 2)), facet("topic", ("社交营销", 4), ("商业化", 3), total=7))


def screen(found: SearchResult, width: int = 80, **page: Any) -> list[str]:
    return [plain_text(line).rstrip() for line in page_lines(found, ResultPage(Layout(width), **page))]


@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({}, "7 turns with every word, 12 with some · 1 of 8 interviews · 14 ms"),
        (
            {"every": 0, "most": 0, "some": 0, "total": 0, "interviews": 0, "near": 30, "by": "both"},
            "no turn with these words · 0 of 8 interviews · page 1/2 · 14 ms",
        ),
        ({"near": 9, "by": "both"}, "7 turns with every word, 12 with some · 1 of 8 interviews · page 1/2 · 14 ms"),
        ({"every": 1}, "1 turn with every word, 7 with most, 12 with some · 1 of 8 interviews · 14 ms"),
        ({"every": 0, "most": 0}, "no turn with every word, 12 with some · 1 of 8 interviews · 14 ms"),
        ({"every": 12, "most": 12}, "12 turns · 1 of 8 interviews · 14 ms"),
        ({"words": ("小米",), "every": 9, "most": 9, "some": 9, "total": 9}, "9 turns · 1 of 8 interviews · 14 ms"),
        (
            {"words": ("红米手机",), "every": 9, "most": 9, "some": 9, "total": 12},
            "9 turns, 3 more with parts of it · 1 of 8 interviews · 14 ms",
        ),
        (
            {"words": ("红米手机",), "every": 0, "most": 0, "some": 0, "total": 12},
            "no turn, 12 with parts of it · 1 of 8 interviews · 14 ms",
        ),
        (
            {"limit": 2_000, "some": 20, "total": 1_090, "by_speaker": 1_000, "speakers": ("郑志昊",)},
            "7 turns with every word, 20 with some, 1,000 more by 郑志昊, 70 more with parts of them · "
            "1 of 8 interviews · 14 ms",
        ),
        (
            {"words": (), "every": 1, "most": 1, "some": 1, "total": 1, "archive_interviews": 1},
            "1 turn · 1 of 1 interview · 14 ms",
        ),
        (
            {"every": 26_931, "most": 26_931, "some": 30_000, "milliseconds": 1_400},
            "26,931 turns with every word, 30,000 with some · 1 of 8 interviews · 1,400 ms",
        ),
    ],
)
def test_the_head_says_what_was_counted(changes, head):
    assert counts(result(hit(), **{"limit": 20, **changes})) == head


def test_the_head_says_which_page():
    assert "· page 2/3 ·" in counts(result(hit(), page=2, total=25))
    assert "page" not in counts(result(hit(), total=10))


def test_the_whole_screen():
    shown = screen(result(hit("小米", "合作"), limit=1, facets=FACETS, total=2, some=8))
    assert shown[0] == " 7 turns with every word, 8 with some · 1 of 8 interviews · page 1/2 · 14 ms"
    assert shown[1] == ""
    assert shown[2].startswith(" 1  郑志昊")
    assert shown[-4:] == [
        "",
        " speaker  郑志昊 ████████████ 5   搜狐IT ████▊ 2",
        " topic    社交营销 ████████████ 4   商业化 █████████ 3",
        " Read on: fangtan show qzone-xiaomi#3 · narrow: --speaker 郑志昊",
    ]
    wide = screen(result(hit("小米", "合作"), limit=1, facets=FACETS, total=2, some=8), 120)
    assert wide[-1].endswith(" · narrow: --speaker 郑志昊 --topic 社交营销 · more: --page 2")


def test_hits_that_hold_less_have_a_heading():
    part = replace(hit("红米"), rank=2, match=HitMatch.PART)
    found = result(hit("小米"), part, words=("红米手机",), every=1, most=1, some=1, total=2)
    assert [line for line in screen(found) if line.startswith(" With")] == [" With parts of it:"]
    found = replace(found, words=("红米", "手机"), some=2)
    assert [line for line in screen(found) if line.startswith(" With")] == [" Without every word:"]
    only = replace(found, hits=(part,), every=0, most=0)
    assert not [line for line in screen(only) if line.startswith(" With")]


def test_the_milliseconds_give_way():
    assert screen(result(hit(), limit=1, total=40, some=40))[0].endswith("page 1/40 · 14 ms")


def test_facets_stay_away_where_all_hits_are_seen():
    shown = screen(result(hit(), facets=FACETS, total=1))
    assert not [line for line in shown if line.startswith(" speaker")]


def test_facets_that_were_asked_for_are_shown():
    shown = screen(result(hit(), facets=FACETS, total=1), facets=("topic",))
    assert [line.split()[0] for line in shown if line.startswith((" speaker", " topic"))] == ["topic"]


def test_one_next_step_and_none_when_switched_off():
    assert screen(result(hit(), total=1))[-1] == " Read on: fangtan show qzone-xiaomi#3"
    assert screen(result(hit(), total=1), hints=False)[-1] == "    社交营销 · 商业化"


def test_the_next_page_is_suggested_until_the_last():
    assert screen(result(hit(), total=25, page=2))[-1].endswith(" · more: --page 3")
    assert "more" not in screen(result(hit(), total=25, page=3))[-1]
    assert "more" not in screen(result(hit(), total=25, page=1, reachable=10))[-1]


def test_a_filter_that_is_there_is_not_suggested_again():
    shown = screen(result(hit(), facets=FACETS, total=25), filters=("speaker",))
    assert "narrow: --topic 社交营销" in shown[-1]
    assert not [line for line in shown if line.startswith(" speaker")]
    assert "--speaker" not in shown[-1]


def test_a_filter_that_all_share_is_not_suggested():
    alone = (facet("speaker", ("郑志昊", 7)),)
    assert "narrow" not in screen(result(hit(), facets=alone, total=25))[-1]


def test_a_suggestion_can_be_typed_whatever_the_name():
    odd = (facet("speaker", ("O'Brien; rm -rf ~", 5), ("乙", 2)),)
    assert "--speaker 'O'\"'\"'Brien; rm -rf ~'" in screen(result(hit(), facets=odd, total=25), 120)[-1]


def test_what_can_be_typed_stands_out():
    last = page_lines(result(hit(), total=1), ResultPage(Layout(80)))[-1]
    assert [piece.text for piece in last if piece.style is Style.COMMAND] == ["fangtan show qzone-xiaomi#3"]


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    found = result(hit("小米"), hit("合作", rank=2), facets=FACETS, total=1_234_567, some=1_234_567)
    for line in page_lines(found, ResultPage(Layout(width))):
        assert broken_width(line) <= width, plain_text(line)


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("changes", "head"),
    [
        ({"page": 2, "total": 25, "some": 25}, "7 轮发言含全部词，25 轮含一部分 · 1/8 篇访谈 · 第 2/3 页 · 14 毫秒"),
        ({"every": 0, "most": 0}, "没有发言含全部词，12 轮含一部分 · 1/8 篇访谈 · 第 1/2 页 · 14 毫秒"),
        (
            {"words": ("红米手机",), "every": 0, "most": 0, "some": 0, "by_speaker": 9, "speakers": ("唐鳳", "林晓岚")},
            "没有发言，9 轮出自唐鳳或林晓岚，3 轮只含其片段 · 1/8 篇访谈 · 第 1/2 页 · 14 毫秒",
        ),
    ],
)
def test_the_head_in_chinese(changes: dict[str, Any], head: str) -> None:
    assert counts(result(hit(), **changes)) == head


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_screen_in_chinese(width: int) -> None:
    found = result(
        hit("小米", "合作"), replace(hit("红米"), match=HitMatch.PART), limit=2, facets=FACETS, total=5, every=1
    )
    lines = page_lines(found, ResultPage(Layout(width)))
    assert max(map(broken_width, lines)) <= width
    shown = [plain_text(line).rstrip() for line in lines]
    assert english(shown) == []
    assert " 未含全部词：" in shown
    assert shown[-1].startswith(" 接着读：fangtan show qzone-xiaomi#3")
    if width == 80:
        assert shown[-3] == " 说话人  郑志昊 ████████████ 5   搜狐IT ████▊ 2"
        assert shown[-1].endswith(" · 缩小范围：--speaker 郑志昊")


def test_names_in_a_heading_are_as_they_are() -> None:
    found = result(
        hit(), replace(hit(), match=HitMatch.SPEAKER), words=("小米",), by_speaker=1, speakers=("Audrey Tang",)
    )
    assert lesser_heading(found) == "By Audrey Tang:"
