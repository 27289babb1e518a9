"""The screen of an explanation: words, numbers that add up, and nothing that a transcript could steer."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.explain.explanation import (
    ConditionKind,
    ConditionResult,
    Explanation,
    Passage,
    Read,
    ScoreKind,
    ScorePart,
    ScorePiece,
    Where,
    WordFound,
)
from search_cli.rendering.pages.score_report import place, rounded, why_lines
from search_cli.rendering.terminal.styles import Style, cells, words
from tests.support.spoken import HOSTILE, turn

PARTS = (
    ScorePart(ScoreKind.EVERY, 100.0, (ScorePiece("", 100.0),)),
    ScorePart(ScoreKind.WORDS, 3.004, (ScorePiece("小米", 2.0), ScorePiece("合作", 1.004))),
    ScorePart(ScoreKind.PAIRS, 2.004, (ScorePiece("小米", 2.004),)),
    ScorePart(ScoreKind.QUESTION, 1.004, (ScorePiece("合作", 1.004),)),
    ScorePart(ScoreKind.PASSAGE, 9.5, (ScorePiece("qzone-xiaomi/p1", 9.5),)),
)


def told(**changes: Any) -> Explanation:
    fields: dict[str, Any] = {
        "query": "小米 合作",
        "turn": turn(),
        "match": "any",
        "sort": "relevance",
        "rank": 3,
        "total": 12,
        "every": 7,
        "counted": True,
        "score": 115.512,
        "read": (Read("小米", ("小米",)), Read("合作", ("合作",))),
        "words": (
            WordFound("小米", (Where.TURN, Where.QUESTION), 2, 8),
            WordFound("合作", (Where.QUESTION,), 0, 1),
        ),
        "parts": PARTS,
        "passages": (Passage("qzone-xiaomi/p1", 1, 11, (("小米", 11), ("合作", 1))),),
        "hurdles": (ConditionResult(ConditionKind.SOME_WORD, "小米 合作", True),),
        "compared": "与 小米 的 合作 是 qq空间 的 尝试",
    }
    return Explanation(**{**fields, **changes})


def missed(*hurdles: ConditionResult, **changes: Any) -> Explanation:
    return told(**{"rank": 0, "parts": (), "counted": False, "score": 0.0, "hurdles": hurdles, **changes})


def screen(one: Explanation, width: int = 80, hints: bool = True) -> list[str]:
    return [words(line).rstrip() for line in why_lines(one, width, hints)]


def test_a_turn_that_is_found_at_eighty_columns() -> None:
    assert screen(told()) == [
        " qzone-xiaomi#3 is hit 3 of 12 for  小米 合作",
        " 郑志昊  受访 · 腾讯副总裁                                   2013-08-02 · 搜狐IT",
        " 与小米手机合作发布红米手机                                       qzone-xiaomi#3",
        "",
        " 小米  twice here, and in the question it answers (#2) · 8 turns of the archive",
        " 合作  in the question it answers (#2) · 1 turn of the archive",
        "",
        " 115.51  score, made up of",
        " 100.00  every word           such turns come before all others",
        "   3.00  words                小米 2.00 · 合作 1.00",
        "   2.01  pairs of characters  小米 2.00",
        "   1.00  the question         合作 1.00",
        "   9.50  the passage          turns 1–11 say 小米 11 times, 合作 once",
        "",
        " Everything it was compared by:",
        "   与 小米 的 合作 是 qq空间 的 尝试",
    ]


def test_a_turn_that_is_not_found() -> None:
    one = missed(
        ConditionResult("speaker", "speaker:搜狐IT", False, ("郑志昊",)),
        ConditionResult(ConditionKind.WITHOUT, "-广告", False),
        ConditionResult(ConditionKind.SOME_WORD, "小米 合作", True),
        query="小米 合作 -广告 speaker:搜狐IT",
        total=1,
        instead="小米 合作",
    )
    shown = screen(one)
    assert shown[:2] == [
        " qzone-xiaomi#3 is not found for  小米 合作 -广告 speaker:搜狐IT",
        " 1 other turn is found by it.",
    ]
    assert shown[7:11] == [
        "",
        " Not found because",
        "   speaker:搜狐IT: this turn is by 郑志昊",
        "   -广告: the turn has it, and it was to be left out",
    ]
    assert shown[-1] == " Found by: fangtan search 小米 合作"
    assert screen(one, hints=False)[-1].strip().startswith("与 小米")


@pytest.mark.parametrize(
    ("hurdle", "says"),
    [
        (ConditionResult("speaker", "speaker:甲", False), "this turn has no speaker"),
        (ConditionResult("role", "role:host", False, ("interviewee",)), "its speaker's role is interviewee 受访"),
        (ConditionResult("role", "role:host", False, ("other",)), "its speaker's role is other"),
        (ConditionResult("topic", "topic:社交", False, ("农业", "公园")), "its topics are 农业, 公园"),
        (ConditionResult("topic", "topic:社交", False), "it has no topic"),
        (ConditionResult("keyword", "keyword:米", False, ("公园",)), "its keywords are 公园"),
        (ConditionResult("outlet", "outlet:甲", False), "it is not known where it appeared"),
        (ConditionResult("interview", "interview:甲", False, ("qzone",)), "it is of the interview qzone"),
        (ConditionResult("date", "date:2014", False, ("2013-08-02",)), "it is of 2013-08-02"),
        (ConditionResult("date", "date:2014", False), "its interview has no date"),
        (ConditionResult("number", "number:>1亿", False, ("18", "35")), "the numbers it says are 18, 35"),
        (ConditionResult("number", "number:>1亿", False), "it says no number"),
        (ConditionResult(ConditionKind.QUOTE, '"甲"', False), "these characters do not stand in the turn in a row"),
        (ConditionResult(ConditionKind.SOME_WORD, "鲸鱼 狮子", False), "the turn says nothing of it"),
        (
            ConditionResult(ConditionKind.SOME_WORD, "鲸鱼 狮子", False, ("狮子",)),
            "only the question it answers says 狮子",
        ),
        (ConditionResult(ConditionKind.GROUP, '("甲" OR "乙")', False), "none of these holds"),
    ],
)
def test_each_failure_in_words(hurdle: ConditionResult, says: str) -> None:
    assert f"   {hurdle.typed}: {says}" in screen(missed(hurdle))


def test_a_match_that_asks_for_more_says_what_is_lacking() -> None:
    shown = screen(missed(ConditionResult(ConditionKind.ENOUGH, "all", False, ("年轻", "城市")), total=0))
    assert "   --match all asks for all of the words; it lacks 年轻, 城市" in shown
    assert " No turn is found by it." in shown


def test_found_but_not_counted() -> None:
    lacking = (WordFound("小米", (Where.TURN,), 1, 8), WordFound("鲸鱼", (), 0, 0))
    assert screen(told(counted=False, words=lacking))[1] == (
        " Found, but not counted among the 7 turns with every word: it lacks 鲸鱼."
    )
    assert screen(told(counted=False, words=lacking, every=0))[1].startswith(" Found, as no turn has every word; ")


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (WordFound("小米", (Where.TURN,), 1, 8), "once here"),
        (WordFound("小米", (Where.TURN,), 1200, 8), "1,200 times here"),
        (WordFound("6亿", (Where.TURN,), 0, 8), "here, written otherwise"),
        (WordFound("郑志昊", (Where.SPEAKER,), 0, 8), "the speaker is called so"),
        (WordFound("腾讯", (Where.OTHERWISE,), 0, 8, also=("鹅厂",)), "another word for it: 鹅厂"),
        (WordFound("互联网", (Where.PARTLY,), 0, 8, ("互联",)), "only a part of it here: 互联"),
        (WordFound("鲸鱼", (), 0, 0), "not here"),
    ],
)
def test_where_a_word_is(found: WordFound, says: str) -> None:
    assert place(found, told()) == says


def test_how_words_were_read() -> None:
    read = (
        Read("軟體", ("软体",), also=("软件",)),
        Read("小米的合作", ("小米", "合作")),
        Read("红米", ("红米",), quoted=True),
    )
    shown = screen(told(read=read))
    assert " 軟體 is searched as 软体." in shown
    assert " No turn holds 小米的合作 as it was typed: it is read as 小米 · 合作." in shown
    assert " Searched with 軟體: 软件." in shown
    assert not any("红米 is" in line for line in shown)


def test_without_a_score_the_order_is_told() -> None:
    shown = screen(told(parts=(), score=0.0, sort="date"))
    assert " The latest stand first: nothing is scored." in shown
    assert " Turns stand as in the archive: nothing is scored." in screen(told(parts=(), score=0.0, sort="position"))


def test_filters_alone_are_named_so() -> None:
    assert screen(told(query="", words=(), read=(), parts=(), sort="date"))[0] == (
        " qzone-xiaomi#3 is hit 3 of 12 for these filters"
    )


def test_many_pieces_and_many_words_are_cut() -> None:
    pieces = tuple(ScorePiece(f"词{n}", 1.0) for n in range(9))
    shown = screen(told(parts=(ScorePart(ScoreKind.WORDS, 9.0, pieces),), compared="小米 " * 400))
    assert any(line.rstrip().endswith("3 more") for line in shown)
    assert shown[-1] == "   ……"
    assert len(shown) < 20


def test_the_words_asked_for_are_marked_among_those_compared() -> None:
    marked = [piece.text for line in why_lines(told(), 80) for piece in line if piece.style is Style.MARK]
    assert marked == ["小米", "合作"]


@pytest.mark.parametrize("width", [24, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_screen_and_nothing_steers_the_terminal(width: int) -> None:
    hostile = turn(speaker=HOSTILE, text=HOSTILE, title=HOSTILE, outlet=HOSTILE)
    found = told(
        turn=hostile,
        query=HOSTILE,
        words=(WordFound(HOSTILE, (Where.PARTLY,), 0, 3, (HOSTILE,)), *told().words),
        read=(Read(HOSTILE, (HOSTILE, "小米")),),
        compared=HOSTILE * 40,
        parts=(*PARTS, ScorePart(ScoreKind.OTHER, 1.0, (ScorePiece(HOSTILE, 1.0),))),
    )
    for one in (found, missed(ConditionResult("speaker", HOSTILE, False, (HOSTILE,)), turn=hostile, instead=HOSTILE)):
        for line in why_lines(one, width):
            assert cells(line) <= width, words(line)
            assert words(line).isprintable()


@given(st.lists(st.floats(0, 1e4), max_size=12))
def test_rounded_numbers_add_up(scores: list[float]) -> None:
    shown = rounded(scores)
    assert sum(shown) == round(100 * sum(scores)) or abs(sum(shown) - 100 * sum(scores)) <= 0.5001
    assert all(abs(one - 100 * score) <= 1.0001 for one, score in zip(shown, scores, strict=True))


def test_the_printed_numbers_add_up() -> None:
    scores = [2.004, 2.004, 2.004, 0.004]
    assert rounded(scores) == [200, 201, 200, 1]
    one = replace(told(), parts=tuple(ScorePart(ScoreKind.WORDS, score) for score in scores), score=sum(scores))
    numbers = [float(line.split()[0]) for line in screen(one) if line[:8].strip().replace(".", "").isdigit()]
    assert numbers[0] == pytest.approx(sum(numbers[1:]))
