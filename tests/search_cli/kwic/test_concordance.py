"""The lines of a concordance: their parts, their orders, and that no more is kept than is needed."""

import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError, UsageError
from indexer.text.analysis import Analyzer
from search_cli.kwic.concordance import (
    ConcordanceOrder,
    Occurrence,
    concordance_request,
    left_context,
    right_context,
    single_line,
    sorted_lines,
    turn_lines,
)
from search_cli.kwic.occurrences import TurnMatch, match_turn
from search_cli.query.parser import parse
from search_cli.query.request import Sort
from search_cli.query.terms import analyze_query

ANALYZER = Analyzer()


def turn(query: str, text: str, number: int = 1, **more: str) -> TurnMatch:
    """A turn of an interview, read for a query."""
    node = parse(query)
    source = {"interview_id": "i", "turn": number, "text": text, "words": ANALYZER.analyze(text).joined_words, **more}
    return match_turn(source, analyze_query(node, ANALYZER.analyze))


def lines(query: str, text: str, window: int = 40) -> list[Occurrence]:
    return [line for _, line in turn_lines(turn(query, text), window)]


def shown(query: str, text: str, window: int = 40) -> list[str]:
    return [f"{line.left}«{line.keyword}»{line.right}" for line in lines(query, text, window)]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("小米", "与小米合作，小米很好", ["与«小米»合作，小米很好", "与小米合作，«小米»很好"]),
        ("资讯", "這些資訊很重要", ["這些«資訊»很重要"]),
        ("qq", "ＱＱ空间和QQ", ["«ＱＱ»空间和QQ", "ＱＱ空间和«QQ»"]),
        ('"红米手机"', "红米\n手机、红米和手机", ["«红米 手机»、红米和手机"]),
        ("小*", "小米和小时，大小", ["«小米»和小时，大小", "小米和«小时»，大小"]),
        ("小米 OR 华为", "小米、华为", ["«小米»、华为", "小米、«华为»"]),
        ("小米 -华为", "小米、华为", ["«小米»、华为"]),
        ("2020年", "二〇二〇年的事", ["«二〇二〇年»的事"]),
        ("互联网", "互联互通", []),  # a part is marked in a search, and is no occurrence
        ('"."', "等等…好", ["等等«…»好"]),  # three dots in normal form, one character in print
        ("小米", "与\n\n小米\u202e\n合作\x1b[31m", ["与 «小米» 合作[31m"]),
        ("米", "小米红米", ["小«米»红米", "小米红«米»"]),
    ],
)
def test_each_occurrence_as_it_is_printed(query, text, expected):
    assert shown(query, text) == expected


def test_a_line_says_who_where_and_when():
    text = "与小米合作"
    said = {"speaker": "郑志昊", "role": "interviewee", "date": "2013-08-02", "outlet": "搜狐IT", "title": "红米"}
    (line,) = (one for _, one in turn_lines(turn("小米", text, 3, **said), 40))
    assert line == Occurrence(
        left="与",
        keyword="小米",
        right="合作",
        address="i#3",
        interview_id="i",
        turn=3,
        start=1,
        end=3,
        **said,
    )
    (bare,) = lines("小米", text)
    assert (bare.speaker, bare.role, bare.date, bare.outlet, bare.title) == ("", "", "", "", "")


def test_offsets_are_of_the_exact_text():
    text = "与\n\n小　米\u200b合作，ＱＱ㈱小米"
    for line in lines("小米", text):
        assert single_line(text[line.start : line.end]) == line.keyword


@pytest.mark.parametrize(
    ("window", "expected"),
    [(1, "与«小米»合"), (3, "昨天与«小米»合作了"), (40, "我们昨天与«小米»合作了。")],
)
def test_the_window_is_in_characters(window, expected):
    text = "我们昨天与小米合作了。"
    (line,) = lines("小米", text, window)
    assert f"{line.left}«{line.keyword}»{line.right}" == expected


def test_no_accent_without_its_letter():
    text = "cafe\u0301小米e\u0301\u0302t"
    assert left_context(text, text.index("小"), 1) == ""
    assert left_context(text, text.index("小"), 2) == "e\u0301"
    assert right_context(text, text.index("米") + 1, 1) == "e\u0301\u0302"


@given(st.text(max_size=30), st.integers(0, 30), st.integers(1, 12))
def test_contexts_are_of_the_text_and_on_one_line(text, place, window):
    place = min(place, len(text))
    left, right = left_context(text, place, window), right_context(text, place, window)
    assert len(left) <= window
    assert single_line(text[:place]).endswith(left) or " " in left  # a run of spaces may begin before the window
    assert all(one.isprintable() or not one.isspace() for one in left + right)
    assert "\n" not in left + right


def archive(*turns: tuple[str, str]) -> list[TurnMatch]:
    """Turns of speakers, in order."""
    return [turn("小米", text, number, speaker=who) for number, (who, text) in enumerate(turns, start=1)]


TURNS = archive(
    ("郑志昊", "与小米合作"),
    ("安华", "和小米手机"),
    ("", "跟小米合作"),
    ("单霁翔", "小米"),
    ("郑志昊", "与小米，还有小米"),
)


def numbers(order: str, limit: int | None = None) -> list[int]:
    wanted = concordance_request("小米", order, limit, 40, {})
    return [line.turn for line in sorted_lines(iter(TURNS), wanted)]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("position", [1, 2, 3, 4, 5, 5]),
        ("date", [1, 2, 3, 4, 5, 5]),  # as they come: Elasticsearch sorts by date
        ("left", [4, 3, 2, 5, 5, 1]),  # nothing, 跟 gēn, 和 hé, 有 yǒu; then 与 yǔ, the nearest sign first
        ("right", [4, 5, 5, 3, 1, 2]),
        ("word", [4, 5, 5, 3, 1, 2]),
        ("speaker", [2, 4, 1, 5, 5, 3]),  # 安 ān, 单 shàn, 郑 zhèng, nobody
    ],
)
def test_the_orders(order, expected):
    assert numbers(order) == expected


@pytest.mark.parametrize("order", ConcordanceOrder)
@pytest.mark.parametrize("limit", [1, 2, 3, 6, 100])
def test_a_limit_gives_the_first_of_all(order, limit):
    assert numbers(order, limit) == numbers(order)[:limit]


def test_scripts_stand_together():
    turns = [turn("小*", text, number) for number, text in enumerate(["小時候", "小米", "小时后", "小米"], start=1)]
    found = sorted_lines(turns, concordance_request("小*", "word", None, 40, {}))
    assert [line.keyword for line in found] == ["小米", "小米", "小时", "小時候"]
    left = [turn("小米", text, number) for number, text in enumerate(["資訊小米", "和小米", "资讯小米"], start=1)]
    assert [line.turn for line in sorted_lines(left, concordance_request("小米", "left", None, 40, {}))] == [2, 1, 3]


def test_by_position_lines_come_before_all_turns_are_read():
    def endless() -> Iterator[TurnMatch]:
        while True:
            yield TURNS[0]

    found = sorted_lines(endless(), concordance_request("小米", "position", None, 40, {}))
    assert [next(found).turn for _ in range(3)] == [1, 1, 1]


def test_with_a_limit_no_more_lines_are_kept():
    def many() -> Iterator[TurnMatch]:
        for number in range(5_000):
            yield TurnMatch({**TURNS[0].source, "turn": number}, TURNS[0].plain, TURNS[0].spans)

    list(sorted_lines(many(), concordance_request("小米", "right", 10, 40, {})))
    tracemalloc.start()
    kept = list(sorted_lines(many(), concordance_request("小米", "right", 10, 40, {})))
    few = tracemalloc.get_traced_memory()[1]
    tracemalloc.reset_peak()
    everything = list(sorted_lines(many(), concordance_request("小米", "right", None, 40, {})))
    all_of_them = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line.turn for line in kept] == [line.turn for line in everything][:10]
    assert few < 100_000
    assert all_of_them > 10 * few


def test_what_is_asked_for():
    wanted = concordance_request("小米 speaker:郑志昊", " Right ", 5, 8, {"role": "受访"})
    assert (wanted.order, wanted.limit, wanted.window) == (ConcordanceOrder.RIGHT, 5, 8)
    assert wanted.search.sort is Sort.POSITION
    assert {field.name for field in wanted.search.filters} == {"speaker", "role"}
    assert concordance_request("小米", "date", None, 1, {}).search.sort is Sort.DATE


@pytest.mark.parametrize(
    ("sort", "limit", "window", "said"),
    [
        ("relevance", None, 40, "A concordance cannot be sorted by relevance."),
        ("", None, 40, "A concordance cannot be sorted by ."),
        ("left", 0, 40, "--limit 0 is too small."),
        ("left", 5, -1, "--window -1 is too small."),
    ],
)
def test_what_cannot_be_asked_for(sort, limit, window, said):
    with pytest.raises(UsageError) as told:
        concordance_request("小米", sort, limit, window, {})
    assert told.value.message == said
    assert told.value.next_step


def test_a_query_that_cannot_be_read_is_a_query_error():
    with pytest.raises(QueryError):
        concordance_request('"小米', "left", None, 40, {})


@pytest.mark.usefixtures("chinese")
def test_what_cannot_be_asked_for_is_told_in_chinese():
    with pytest.raises(UsageError) as told:
        concordance_request("小米", "relevance", None, 40, {})
    assert told.value.message == "词语索引不能按 relevance 排序。"
    assert told.value.next_step == "可选的有 position, left, right, word, speaker, date, oldest。"
