"""The query on the screen is the one of the command line."""

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from search_cli.browse.shown_query import command_line, toggled, values_in, with_fields, words_and_fields
from search_cli.commands.query_command import join_words, options_first
from search_cli.query.request import Filters, SearchOptions, request


@pytest.mark.parametrize(
    ("query", "filters", "shown", "kept"),
    [
        ("小米 合作", Filters(), "小米 合作", {}),
        ("小米", Filters(speaker=("郑志昊",), role=("受访",)), "小米 speaker:郑志昊 role:interviewee", {}),
        ("", Filters(speaker=("唐鳳", "Audrey Tang")), 'speaker:(唐鳳 OR "Audrey Tang")', {}),
        ("小米 speaker:甲", Filters(speaker=("乙",)), "小米 speaker:(甲 OR 乙)", {}),
        ("小米", Filters(since="2013", until="2014-02"), "小米 date:2013-01-01..2014-02-28", {}),
        ("小米", Filters(match="all", synonyms=False), "小米", {"match": "all", "synonyms": False}),
        ("小米 date:2013", Filters(since="2013-06"), "小米 date:2013", {"since": "2013-06"}),
    ],
)
def test_filters_are_shown_as_fields(query: str, filters: Filters, shown: str, kept: dict[str, object]) -> None:
    assert with_fields(query, filters) == (shown, kept)


@pytest.mark.parametrize(
    ("query", "field", "value", "chosen", "after"),
    [
        ("小米", "speaker", "郑志昊", (), "小米 speaker:郑志昊"),
        ("小米 speaker:郑志昊", "speaker", "郑志昊", ("郑志昊",), "小米"),
        ("小米 speaker:郑志昊", "speaker", "搜狐IT", ("郑志昊",), "小米 speaker:(郑志昊 OR 搜狐IT)"),
        ("speaker:唐凤 疫苗", "speaker", "唐鳳", ("唐鳳",), "疫苗"),
        ("speaker:记者 疫苗", "speaker", "记者@a", ("记者@a", "记者@b"), "speaker:记者@b 疫苗"),
        ("", "topic", "商业/广告", (), "topic:商业/广告"),
        ("小米", "year", "2013", (), "小米 year:2013"),
        ("小米 year:2013", "year", "2013", ("2013",), "小米"),
        ('"红米手机" -广告', "outlet", "夜航 科技", (), '"红米手机" -广告 outlet:"夜航 科技"'),
    ],
)
def test_a_facet_is_turned_on_and_off(query: str, field: str, value: str, chosen: tuple[str, ...], after: str) -> None:
    assert toggled(query, field, value, chosen) == after


def test_a_query_that_does_not_parse_is_left_alone() -> None:
    with pytest.raises(QueryError):
        toggled('"小米', "speaker", "郑志昊", ())


@given(
    st.lists(st.text(st.sampled_from("郑-ab（）()\"“”「」『』:：OR*＊|'/. ,，"), min_size=1, max_size=6), max_size=3)
)
def test_every_name_can_be_turned_on(names: list[str]) -> None:
    """What is shown finds exactly these speakers, whatever their names are made of."""
    wanted = [name for name in dict.fromkeys(names) if name.strip() == name and not can_not_be_quoted(name)]
    query = "小米"
    for name in wanted:
        query = toggled(query, "speaker", name, ())
    assert values_in(query, "speaker") == tuple(wanted)
    for name in wanted:
        query = toggled(query, "speaker", name, wanted)
    assert query == "小米"


def can_not_be_quoted(name: str) -> bool:
    """No name has all three closing marks."""
    return any(mark in name for mark in '"“”') and "」" in name and "』" in name


@pytest.mark.parametrize(
    ("query", "options", "command"),
    [
        ("小米 合作", SearchOptions(), "fangtan search 小米 合作"),
        ("", SearchOptions(), "fangtan search"),
        ('"红米 手机"', SearchOptions(sort="date"), "fangtan search '\"红米' '手机\"' --sort date"),
        ("小米", SearchOptions(match="all", synonyms=False), "fangtan search 小米 --match all --no-synonyms"),
        ("-n 5", SearchOptions(sort="date"), "fangtan search --sort date -- -n 5"),
    ],
)
def test_the_command_finds_the_same(query: str, options: SearchOptions, command: str) -> None:
    assert command_line(query, options) == command
    words = shlex.split(command)[2:]
    takes_value = {"--sort": True, "--match": True, "--no-synonyms": False, "-n": True}
    typed = options_first(words, takes_value)
    assert join_words(typed[typed.index("--") + 1 :]) == query


def test_a_query_is_taken_apart_into_words_and_fields() -> None:
    assert words_and_fields("speaker:郑志昊 小米 -广告 year:2013") == ("小米 -广告", ("speaker:郑志昊", "year:2013"))
    assert not request(words_and_fields("speaker:郑志昊")[0]).filters
