"""Ranks by counting: the searches that count, and that they count what stands before."""

import struct
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.explain.rank import Value, before_clause, next_score, rank, rank_bodies

QUERY: dict[str, Any] = {"match": {"words": "小米"}}
HERE: dict[str, Value] = {"interview_id": "qzone", "turn": 3, "date": "2013-08-02"}


def test_by_relevance_higher_scores_are_counted_and_equal_ones_that_stand_before() -> None:
    order = [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}]
    bodies = rank_bodies(QUERY, order, 1.0, HERE)
    earlier = before_clause([("interview_id", False), ("turn", False)], HERE)
    both = {"bool": {"must": [QUERY], "filter": [earlier]}}
    above = next_score(1.0)
    assert bodies == {
        "above": {"query": QUERY, "size": 0, "track_total_hits": True, "min_score": above},
        "level": {"query": both, "size": 0, "track_total_hits": True, "min_score": 1.0},
        "higher": {"query": both, "size": 0, "track_total_hits": True, "min_score": above},
    }
    assert rank({"above": 10, "level": 5, "higher": 3}) == 13


def test_in_another_order_all_before_are_counted_at_once() -> None:
    order = [{"interview_id": "asc"}, {"turn": "asc"}]
    bodies = rank_bodies(QUERY, order, 0.0, HERE)
    assert list(bodies) == ["before"]
    assert "min_score" not in bodies["before"]
    assert rank({"before": 0}) == 1


def test_the_latest_first_those_without_a_date_last() -> None:
    clause = before_clause([("date", True), ("turn", False)], HERE)
    assert clause["bool"]["should"][0] == {"bool": {"filter": [{"range": {"date": {"gt": "2013-08-02"}}}]}}
    undated = before_clause([("date", True), ("turn", False)], {**HERE, "date": None})
    assert undated["bool"]["should"] == [
        {"bool": {"filter": [{"exists": {"field": "date"}}]}},
        {"bool": {"filter": [{"bool": {"must_not": [{"exists": {"field": "date"}}]}}, {"range": {"turn": {"lt": 3}}}]}},
    ]


def holds(clause: dict[str, Any], turn: dict[str, Any]) -> bool:
    """Whether a turn satisfies a clause, as Elasticsearch says it."""
    match clause:
        case {"range": fields}:
            ((name, bounds),) = fields.items()
            value = turn[name]
            tests = {"gt": "__gt__", "lt": "__lt__", "gte": "__ge__", "lte": "__le__"}
            return value is not None and all(getattr(value, tests[by])(end) for by, end in bounds.items())
        case {"exists": {"field": name}}:
            return turn[name] is not None
        case {"bool": {"filter": clauses}}:
            return all(holds(one, turn) for one in clauses)
        case {"bool": {"must_not": clauses}}:
            return not any(holds(one, turn) for one in clauses)
        case {"bool": {"should": clauses}}:
            return any(holds(one, turn) for one in clauses)
    raise AssertionError(clause)


def test_what_is_before_is_what_a_sort_puts_before() -> None:
    turns = [
        {"date": date, "interview_id": id_, "turn": turn}
        for date, id_, turn in product(("2013-08-02", "2019-01-01", None), ("a", "b"), (1, 2, 3))
    ]
    latest_first = sorted(turns, key=lambda one: (one["interview_id"], one["turn"]))
    latest_first.sort(key=lambda one: one["date"] or "", reverse=True)
    keys = [("date", True), ("interview_id", False), ("turn", False)]
    for place, turn in enumerate(latest_first):
        assert [one for one in latest_first if holds(before_clause(keys, turn), one)] == latest_first[:place]


@given(st.floats(0, 1e6, width=32))
def test_the_following_score_is_the_next_single_precision_number(score: float) -> None:
    after = next_score(score)
    assert after > score
    assert struct.unpack("<f", struct.pack("<f", after))[0] == after
    between = (score + after) / 2
    assert struct.unpack("<f", struct.pack("<f", between))[0] in {score, after}


@pytest.mark.parametrize("score", [18.883318, 129.27257, 0.0])
def test_the_following_score_of_printed_ones(score: float) -> None:
    assert next_score(score) == pytest.approx(score, abs=2e-5)
    assert next_score(score) > struct.unpack("<f", struct.pack("<f", score))[0]
