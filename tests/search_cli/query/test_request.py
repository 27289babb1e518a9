"""What a person typed, as one request: the query's fields and the options become filters, values are checked."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError, UsageError
from search_cli.query.checks import WINDOW
from search_cli.query.parser import All, Field, Not, Word
from search_cli.query.request import FacetField, Match, SearchRequest, Sort, facet_fields, plain_request, request
from search_cli.query.values import Range, day_span, role


def test_a_query_alone() -> None:
    assert request("小米 合作") == SearchRequest(
        query="小米 合作", node=All((Word("小米", 0), Word("合作", 3))), sort=Sort.RELEVANCE, limit=10, page=1
    )


def test_nothing_typed_is_every_turn() -> None:
    assert request() == SearchRequest()


def test_fields_of_the_query_and_options_become_filters() -> None:
    asked = request("小米 speaker:郑志昊 date:2013", speaker=["林晓岚", "郑志昊"], topic="社交", role="受访")
    assert asked.node == All((Word("小米", 0),))
    assert asked.filters == (
        Field("speaker", ("郑志昊", "林晓岚")),
        Field("date", (Range("2013-01-01", "2013-12-31"),)),
        Field("role", ("interviewee",)),
        Field("topic", ("社交",)),
    )


def test_since_and_until_bind_beside_the_dates_of_the_query() -> None:
    assert request("date:2013", since="2013-07", until="2013-08").filters == (
        Field("date", (Range("2013-01-01", "2013-12-31"),)),
        Field("date", (Range("2013-07-01", "2013-08-31"),)),
    )
    assert request(since="2013-07").filters == (Field("date", (Range("2013-07-01", None),)),)
    assert request(until="2013").filters == (Field("date", (Range(None, "2013-12-31"),)),)


def test_an_excluded_field_stays_in_the_query() -> None:
    asked = request("小米 -speaker:郑志昊")
    assert asked.filters == ()
    assert asked.node == All((Word("小米", 0), Not(Field("speaker", ("郑志昊",), 4), 3)))


def test_empty_values_are_no_filters() -> None:
    assert request("小米", speaker=[], topic="", outlet=" ", since="", until="", match=None).filters == ()


def test_how_hits_are_given() -> None:
    asked = request("x", sort="Date", match="ALL", limit=5, page=3, facets=["speaker", "topic", "speaker"], context=2)
    assert (asked.sort, asked.match, asked.limit, asked.page) == (Sort.DATE, Match.ALL, 5, 3)
    assert asked.facets == (FacetField.SPEAKER, FacetField.TOPIC)
    assert (asked.context, asked.first) == (2, 10)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"sort": "newest"}, "newest is not a valid sort"),
        ({"match": "few"}, "few is not a valid match"),
        ({"facets": "colour"}, "colour is not a valid facet"),
        ({"limit": 0}, "limit 0 is too small"),
        ({"page": 0}, "page 0 is too small"),
        ({"context": -1}, "context -1 is too small"),
        ({"role": "老板"}, "老板 is not a role"),
        ({"since": "昨天"}, "昨天 is not a date"),
        ({"since": "2014", "until": "2013"}, "2014 is later than --until 2013"),
        ({"limit": 100, "page": 101}, "Only the first 10,000 hits"),
        ({"limit": WINDOW + 1}, "Only the first 10,000 hits"),
    ],
)
def test_options_that_cannot_be_used_are_told(options: dict[str, object], told: str) -> None:
    with pytest.raises(UsageError, match=told) as raised:
        request("x", **options)  # type: ignore[arg-type]  # the values are wrong on purpose
    assert raised.value.next_step


def test_the_last_page_that_can_be_reached() -> None:
    assert request("x", limit=100, page=100).first == WINDOW - 100


def test_a_query_that_does_not_parse_points_at_the_character() -> None:
    with pytest.raises(QueryError) as raised:
        request('小米 "合作')
    assert raised.value.position == 3


def test_plain_words_have_no_operators() -> None:
    assert plain_request('小米 "合作 (').node == All((Word('小米 "合作 (', 0),))
    assert plain_request("  ").node == All(())


def test_synonyms_and_regional_words_are_left_to_the_settings_unless_chosen() -> None:
    assert (request("小米").synonyms, request("小米").regional) == (None, None)
    chosen = request("小米", synonyms=False, regional=True)
    assert (chosen.synonyms, chosen.regional) == (False, True)


def test_facets_are_named_once_each() -> None:
    assert facet_fields("date") == (FacetField.DATE,)
    assert facet_fields(["year", "Year", "month"]) == (FacetField.YEAR, FacetField.MONTH)


@pytest.mark.parametrize(
    ("typed", "indexed"),
    [
        ("受访", "interviewee"),
        ("受訪者", "interviewee"),
        ("Host", "host"),
        (" 主持人", "host"),
        ("旁白", "narration"),
        ("問", "interviewer"),
        ("ＯＴＨＥＲ", "other"),
    ],
)
def test_roles_in_either_language_and_script(typed: str, indexed: str) -> None:
    assert role(typed) == indexed


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_its_own_span_and_lies_in_its_month_and_year(day: date) -> None:
    assert day_span(day.isoformat()) == (day.isoformat(), day.isoformat())
    for written in (f"{day.year}", f"{day.year}-{day.month}", f"{day.year}年{day.month}月"):
        first, last = day_span(written)
        assert first <= day.isoformat() <= last
