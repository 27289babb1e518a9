"""The searches of facets: what limits them and what does not."""

from typing import Any

import pytest

from indexer.text.analysis import Analyzer
from search_cli.query import aggregations
from search_cli.query.matching import match_clause
from search_cli.query.request import FacetField, Match, SearchRequest, request
from search_cli.query.terms import QueryTerms, analyze_query

ANALYZER = Analyzer()
SPEAKER = {
    "bool": {
        "should": [{"terms": {"speaker": ["郑志昊"]}}, {"terms": {"label": ["郑志昊"]}}],
        "minimum_should_match": 1,
    }
}


def prepared(query: str, **options: Any) -> tuple[SearchRequest, QueryTerms]:
    asked = request(query, **options)
    return asked, analyze_query(asked.node, ANALYZER.analyze)


def test_values_chosen_in_a_facet_do_not_narrow_it_but_a_range_does() -> None:
    asked, words = prepared("小米 speaker:郑志昊 date:2013 role:受访")
    fields = (FacetField.SPEAKER, FacetField.TOPIC, FacetField.YEAR, FacetField.OUTLET)
    faceted = aggregations.facet_bodies(asked, words, fields, Match.MOST, 5)
    role, year = {"terms": {"role": ["interviewee"]}}, {"range": {"date": {"gte": "2013-01-01", "lte": "2013-12-31"}}}
    found = [match_clause(asked.node.nodes, words, Match.MOST)]
    assert faceted == {
        (FacetField.TOPIC, FacetField.YEAR, FacetField.OUTLET): {
            "query": {"bool": {"filter": [SPEAKER, year, role, *found]}},
            "size": 0,
            "track_total_hits": True,
            "aggs": {
                "topic": {"terms": {"field": "topics", "size": 5}},
                "topic values": {"cardinality": {"field": "topics", "precision_threshold": 40_000}},
                "year": aggregations.aggregation(FacetField.YEAR, 5),
                "outlet": {"terms": {"field": "outlet", "size": 5}},
                "outlet values": {"cardinality": {"field": "outlet", "precision_threshold": 40_000}},
            },
        },
        (FacetField.SPEAKER,): {
            "query": {"bool": {"filter": [year, role, *found]}},
            "size": 0,
            "track_total_hits": True,
            "aggs": {
                "speaker": {"terms": {"field": "speaker", "size": 5}},
                "speaker values": {"cardinality": {"field": "speaker", "precision_threshold": 40_000}},
                "speaker chosen": {"terms": {"field": "speaker", "include": ["郑志昊"], "size": 1}},
            },
        },
    }


def test_no_facets_no_searches() -> None:
    assert aggregations.facet_bodies(*prepared("小米"), (), Match.MOST, 5) == {}


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("speaker", "speaker"),
        ("role", "role"),
        ("topic", "topics"),
        ("keyword", "keywords"),
        ("outlet", "outlet"),
        ("interview", "interview_id"),
    ],
)
def test_facets_of_names(field: str, name: str) -> None:
    assert aggregations.aggregation(FacetField(field), 7) == {"terms": {"field": name, "size": 7}}


@pytest.mark.parametrize(
    ("field", "interval", "form"),
    [("date", "month", "yyyy-MM"), ("month", "month", "yyyy-MM"), ("year", "year", "yyyy")],
)
def test_facets_of_time(field: str, interval: str, form: str) -> None:
    assert aggregations.aggregation(FacetField(field), 7) == {
        "date_histogram": {"field": "date", "calendar_interval": interval, "format": form, "min_doc_count": 1}
    }


def test_what_is_chosen_in_the_field_of_a_facet() -> None:
    asked, _ = prepared("speaker:(郑志昊 OR 邵启年) date:2013 interview:qz")
    chosen = {str(field): values for field in FacetField if (values := asked.chosen(field))}
    assert chosen == {"speaker": ("郑志昊", "邵启年"), "interview": ("qz",)}
