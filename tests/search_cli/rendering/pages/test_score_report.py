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
    MatchLocation,
    ParsedTerm,
    PassageMatch,
    ScoreKind,
    ScorePart,
    TermScore,
    WordMatch,
)
from search_cli.query import lexer
from search_cli.rendering.pages.failed_conditions import FAILURES
from search_cli.rendering.pages.score_report import location, rounded, why_lines
from search_cli.rendering.terminal.styles import Style, plain_text
from tests.support.screens import broken_width, english
from tests.support.spoken import HOSTILE, turn

PARTS = (
    ScorePart(ScoreKind.EVERY, 100.0, (TermScore("", 100.0),)),
    ScorePart(ScoreKind.WORDS, 3.004, (TermScore("小米", 2.0), TermScore("合作", 1.004))),
    ScorePart(ScoreKind.PAIRS, 2.004, (TermScore("小米", 2.004),)),
    ScorePart(ScoreKind.QUESTION, 1.004, (TermScore("合作", 1.004),)),
    ScorePart(ScoreKind.PASSAGE, 9.5, (TermScore("qzone-xiaomi/p1", 9.5),)),
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
        "terms": (ParsedTerm("小米", ("小米",)), ParsedTerm("合作", ("合作",))),
        "words": (
            WordMatch("小米", (MatchLocation.TURN, MatchLocation.QUESTION), 2, 8),
            WordMatch("合作", (MatchLocation.QUESTION,), 0, 1),
        ),
        "parts": PARTS,
        "passages": (PassageMatch("qzone-xiaomi/p1", 1, 11, (("小米", 11), ("合作", 1))),),
        "conditions": (ConditionResult(ConditionKind.SOME_WORD, "小米 合作", True),),
        "indexed_words": "与 小米 的 合作 是 qq空间 的 尝试",
    }
    return Explanation(**{**fields, **changes})


def missed(*conditions: ConditionResult, **changes: Any) -> Explanation:
    return told(**{"rank": 0, "parts": (), "counted": False, "score": 0.0, "conditions": conditions, **changes})


def screen(one: Explanation, width: int = 80, hints: bool = True) -> list[str]:
    return [plain_text(line).rstrip() for line in why_lines(one, width, hints)]


def test_the_part_of_meaning_is_told() -> None:
    parts = (ScorePart(ScoreKind.MEANING, 57.42), ScorePart(ScoreKind.AROUND, 16.49))
    lines = screen(told(parts=parts, score=73.91, cosine=0.52, nearest=0.61))
    assert "  73.91  score, made up of" in lines
    assert "  57.42  near in meaning  cosine 0.52 with the query; the nearest turn has 0.61" in lines
    assert "  16.49  turns around it  up to three before and after it are found, too" in lines


def test_a_turn_that_is_found_at_eighty_columns() -> None:
    assert screen(told()) == [
        " qzone-xiaomi#3 is hit 3 of 12 for  小米 合作",
        " 郑志昊  受访 · 腾讯副总裁                                   2013-08-02 · 搜狐IT",
        " 与小米手机合作发布红米手机                                       qzone-xiaomi#3",
        "",
        " 小米  twice here, and in the question it answers (#2) · 8 turns in the archive",
        " 合作  in the question it answers (#2) · 1 turn in the archive",
        "",
        " 115.51  score, made up of",
        " 100.00  every word           such turns come before all others",
        "   3.00  words                小米 2.00 · 合作 1.00",
        "   2.01  pairs of characters  小米 2.00",
        "   1.00  the question         合作 1.00",
        "   9.50  the passage          turns 1–11 say 小米 11 times, 合作 once",
        "",
        " Indexed words of the turn:",
        "   与 小米 的 合作 是 qq空间 的 尝试",
    ]


def test_a_turn_that_is_not_found() -> None:
    one = missed(
        ConditionResult("speaker", "speaker:搜狐IT", False, ("郑志昊",)),
        ConditionResult(ConditionKind.WITHOUT, "-广告", False),
        ConditionResult(ConditionKind.SOME_WORD, "小米 合作", True),
        query="小米 合作 -广告 speaker:搜狐IT",
        total=1,
        alternative="小米 合作",
    )
    shown = screen(one)
    assert shown[:2] == [
        " qzone-xiaomi#3 is not found for  小米 合作 -广告 speaker:搜狐IT",
        " The query finds 1 other turn.",
    ]
    assert shown[7:11] == [
        "",
        " Not found because",
        "   speaker:搜狐IT: this turn is by 郑志昊",
        "   -广告: the turn contains it, but it is excluded",
    ]
    assert shown[-1] == " Found by: fangtan search 小米 合作"
    assert screen(one, hints=False)[-1].strip().startswith("与 小米")


@pytest.mark.parametrize(
    ("condition", "says"),
    [
        (ConditionResult("speaker", "speaker:甲", False), "this turn has no speaker"),
        (ConditionResult("role", "role:host", False, ("interviewee",)), "its speaker's role is interviewee 受访"),
        (ConditionResult("role", "role:host", False, ("other",)), "its speaker's role is other"),
        (ConditionResult("topic", "topic:社交", False, ("农业", "公园")), "its topics are 农业, 公园"),
        (ConditionResult("topic", "topic:社交", False), "it has no topics"),
        (ConditionResult("keyword", "keyword:米", False, ("公园",)), "its keywords are 公园"),
        (ConditionResult("outlet", "outlet:甲", False), "its outlet is unknown"),
        (ConditionResult("interview", "interview:甲", False, ("qzone",)), "it is in the interview qzone"),
        (ConditionResult("date", "date:2014", False, ("2013-08-02",)), "its date is 2013-08-02"),
        (ConditionResult("date", "date:2014", False), "its interview has no date"),
        (ConditionResult("number", "number:>1亿", False, ("18", "35")), "its numbers are 18, 35"),
        (ConditionResult("number", "number:>1亿", False), "it has no numbers"),
        (ConditionResult(ConditionKind.QUOTE, '"甲"', False), "the turn does not contain this phrase"),
        (ConditionResult(ConditionKind.SOME_WORD, "鲸鱼 狮子", False), "the turn contains none of it"),
        (
            ConditionResult(ConditionKind.SOME_WORD, "鲸鱼 狮子", False, ("狮子",)),
            "only the question it answers contains 狮子",
        ),
        (ConditionResult(ConditionKind.GROUP, '("甲" OR "乙")', False), "none of these matches"),
    ],
)
def test_each_failure_in_words(condition: ConditionResult, says: str) -> None:
    assert f"   {condition.typed}: {says}" in screen(missed(condition))


def test_a_match_that_asks_for_more_says_what_is_lacking() -> None:
    shown = screen(missed(ConditionResult(ConditionKind.ENOUGH, "all", False, ("年轻", "城市")), total=0))
    assert "   --match all requires all of the words; it lacks 年轻, 城市" in shown
    assert " The query finds no turn." in shown


def test_found_but_not_counted() -> None:
    lacking = (WordMatch("小米", (MatchLocation.TURN,), 1, 8), WordMatch("鲸鱼", (), 0, 0))
    assert screen(told(counted=False, words=lacking))[1] == (
        " Found, but not counted among the 7 turns with every word: it lacks 鲸鱼."
    )
    assert screen(told(counted=False, words=lacking, every=0))[1].startswith(" Found, as no turn has every word; ")


@pytest.mark.parametrize(
    ("found", "says"),
    [
        (WordMatch("小米", (MatchLocation.TURN,), 1, 8), "once here"),
        (WordMatch("小米", (MatchLocation.TURN,), 1200, 8), "1,200 times here"),
        (WordMatch("6亿", (MatchLocation.TURN,), 0, 8), "here, written differently"),
        (WordMatch("郑志昊", (MatchLocation.SPEAKER,), 0, 8), "in the speaker's name"),
        (WordMatch("腾讯", (MatchLocation.OTHERWISE,), 0, 8, also=("鹅厂",)), "another word for it: 鹅厂"),
        (WordMatch("互联网", (MatchLocation.PARTLY,), 0, 8, ("互联",)), "only part of it here: 互联"),
        (WordMatch("鲸鱼", (), 0, 0), "not here"),
    ],
)
def test_where_a_word_is(found: WordMatch, says: str) -> None:
    assert location(found, told()) == says


def test_how_words_were_read() -> None:
    terms = (
        ParsedTerm("軟體", ("软体",), also=("软件",)),
        ParsedTerm("小米的合作", ("小米", "合作")),
        ParsedTerm("红米", ("红米",), quoted=True),
    )
    shown = screen(told(terms=terms))
    assert " 軟體 is searched as 软体." in shown
    assert " No turn contains 小米的合作 as typed: it is searched as 小米 · 合作." in shown
    assert " Searched with 軟體: 软件." in shown
    assert not any("红米 is" in line for line in shown)


def test_without_a_score_the_order_is_told() -> None:
    shown = screen(told(parts=(), score=0.0, sort="date"))
    assert " Sorted by date, latest first: nothing is scored." in shown
    assert " Sorted as in the archive: nothing is scored." in screen(told(parts=(), score=0.0, sort="position"))


def test_filters_alone_are_named_so() -> None:
    assert screen(told(query="", words=(), terms=(), parts=(), sort="date"))[0] == (
        " qzone-xiaomi#3 is hit 3 of 12 for these filters"
    )


def test_many_pieces_and_many_words_are_cut() -> None:
    terms = tuple(TermScore(f"词{n}", 1.0) for n in range(9))
    shown = screen(told(parts=(ScorePart(ScoreKind.WORDS, 9.0, terms),), indexed_words="小米 " * 400))
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
        words=(WordMatch(HOSTILE, (MatchLocation.PARTLY,), 0, 3, (HOSTILE,)), *told().words),
        terms=(ParsedTerm(HOSTILE, (HOSTILE, "小米")),),
        indexed_words=HOSTILE * 40,
        parts=(*PARTS, ScorePart(ScoreKind.OTHER, 1.0, (TermScore(HOSTILE, 1.0),))),
    )
    for one in (
        found,
        missed(ConditionResult("speaker", HOSTILE, False, (HOSTILE,)), turn=hostile, alternative=HOSTILE),
    ):
        for line in why_lines(one, width):
            assert broken_width(line) <= width, plain_text(line)
            assert plain_text(line).isprintable()


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


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_why() -> None:
    assert screen(told()) == [
        " qzone-xiaomi#3 在“小米 合作”的 12 条命中里排第 3",
        " 郑志昊  受访 · 腾讯副总裁                                   2013-08-02 · 搜狐IT",
        " 与小米手机合作发布红米手机                                       qzone-xiaomi#3",
        "",
        " 小米  这里有两次，它所回答的提问（#2）里有 · 档案库里有 8 轮发言",
        " 合作  它所回答的提问（#2）里有 · 档案库里有 1 轮发言",
        "",
        " 115.51  总分，由以下各项相加",
        " 100.00  词全      词全的发言排在其他发言之前",
        "   3.00  词        小米 2.00 · 合作 1.00",
        "   2.01  二元字组  小米 2.00",
        "   1.00  提问      合作 1.00",
        "   9.50  段落      第 1–11 轮说到小米 11 次、合作 1 次",
        "",
        " 这轮发言在索引里的词：",
        "   与 小米 的 合作 是 qq空间 的 尝试",
    ]


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_why_not() -> None:
    one = missed(
        ConditionResult("speaker", "speaker:搜狐IT", False, ("郑志昊",)),
        ConditionResult("role", "role:host", False, ("interviewee",)),
        ConditionResult(ConditionKind.WITHOUT, "-广告", False),
        ConditionResult(ConditionKind.ENOUGH, "most", False, ("年轻", "城市")),
        total=1,
        alternative="小米 合作",
    )
    shown = screen(one)
    assert shown[:2] == [" qzone-xiaomi#3 不在“小米 合作”的命中里", " 检索到 1 轮其他发言。"]
    assert shown[8:13] == [
        " 没有找到，因为",
        "   speaker:搜狐IT：这轮发言是郑志昊说的",
        "   role:host：说话人的角色是 interviewee 受访",
        "   -广告：这轮发言含有它，而它是要排除的",
        "   --match most 要求含有大部分的词；这轮发言缺少年轻、城市",
    ]
    assert shown[-1] == " 这样能找到：fangtan search 小米 合作"


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [40, 80])
def test_nothing_is_left_in_english_and_all_fits(width: int) -> None:
    kinds = tuple(ScorePart(kind, 1.0, (TermScore("小米", 1.0),)) for kind in ScoreKind)
    places = tuple(WordMatch("鲸鱼", (place,), 0, 0) for place in MatchLocation)
    failures = (ConditionResult(kind, kind, False, has) for kind in FAILURES for has in ((), ("甲", "乙")))
    for one in (
        told(parts=kinds, words=places, counted=False),
        told(parts=(), every=0, counted=False, terms=(ParsedTerm("小米的", ("小米", "的"), also=("红米",)),)),
        missed(*failures, total=0),
    ):
        rows = why_lines(one, width)
        assert english(map(plain_text, rows)) == []
        assert max(map(broken_width, rows)) <= width


def test_each_field_of_a_query_has_its_reason() -> None:
    assert set(lexer.FIELDS) <= set(FAILURES)
    shown = screen(
        missed(ConditionResult("to", "to:甲", False, ("乙",)), ConditionResult("added", "added:2020", False))
    )
    assert "   to:甲: it answers 乙" in shown
    assert "   added:2020: it is not known when it was added" in shown
