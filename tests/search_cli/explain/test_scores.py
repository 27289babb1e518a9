"""A query taken apart into what scores: every clause is accounted for, known or not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.explain.explanation import ScoreKind, ScorePart, TermScore
from search_cli.explain.scores import ScoredClause, score_parts, scored_clauses

EVERY: dict[str, Any] = {"bool": {"filter": [{"term": {"bigrams": "小米"}}, {"term": {"bigrams": "合作"}}]}}


def query(*should: dict[str, Any]) -> dict[str, Any]:
    return {"bool": {"filter": [{"term": {"role": "host"}}], "should": list(should)}}


def kinds_and_terms(clause: dict[str, Any]) -> list[tuple[ScoreKind, str]]:
    return [(one.kind, one.term) for one in scored_clauses(query(clause), EVERY)]


def test_a_match_is_taken_apart_into_its_terms() -> None:
    assert scored_clauses(query({"match": {"words": "小米 合作"}}), None) == [
        ScoredClause(ScoreKind.WORDS, "小米", {"match": {"words": {"query": "小米", "boost": 1.0}}}),
        ScoredClause(ScoreKind.WORDS, "合作", {"match": {"words": {"query": "合作", "boost": 1.0}}}),
    ]


def test_a_term_that_stands_twice_counts_twice_and_a_boost_stays() -> None:
    (one,) = scored_clauses(query({"match": {"asked": {"query": "小米 小米", "boost": 0.5}}}), None)
    assert one == ScoredClause(ScoreKind.QUESTION, "小米", {"match": {"asked": {"query": "小米", "boost": 1.0}}})


@pytest.mark.parametrize(
    ("clause", "kind", "term"),
    [
        ({"match": {"bigrams": "手机"}}, ScoreKind.PAIRS, "手机"),
        ({"term": {"chars": "米"}}, ScoreKind.CHARACTERS, "米"),
        ({"match_phrase": {"chars": "小 米"}}, ScoreKind.CHARACTERS, "小 米"),
        ({"term": {"chars": {"value": "米", "boost": 2}}}, ScoreKind.CHARACTERS, "米"),
        (
            {"constant_score": {"filter": {"term": {"passage": "qzone/p1"}}, "boost": 9.5}},
            ScoreKind.PASSAGE,
            "qzone/p1",
        ),
        (
            {"constant_score": {"filter": {"terms": {"speaker": ["唐鳳", "唐凤"]}}, "boost": 2.0}},
            ScoreKind.SPEAKER,
            "唐鳳 唐凤",
        ),
        (
            {"constant_score": {"filter": {"bool": {"must_not": {"term": {"role": "narration"}}}}, "boost": 1.0}},
            ScoreKind.SPOKEN,
            "narration",
        ),
        ({"constant_score": {"filter": EVERY, "boost": 100.0}}, ScoreKind.EVERY, ""),
        ({"match": {"words": {"query": "深度 学习", "operator": "and"}}}, ScoreKind.WORDS, "深度 学习"),
        (
            {"dis_max": {"queries": [{"match": {"words": "腾讯"}}, {"match": {"words": "鹅厂"}}]}},
            ScoreKind.WORDS,
            "腾讯 鹅厂",
        ),
    ],
)
def test_what_a_clause_is_about(clause: dict[str, Any], kind: ScoreKind, term: str) -> None:
    assert kinds_and_terms(clause) == [(kind, term)]


@pytest.mark.parametrize(
    "clause",
    [
        {"constant_score": {"filter": {"term": {"topics": "商业化"}}, "boost": 3}},
        {"dis_max": {"queries": [{"match": {"words": "小米"}}, {"match": {"asked": "小米"}}]}},
        {"rank_feature": {"field": "length"}},
        {"match_all": {}},
    ],
)
def test_a_clause_that_nobody_told_of_is_other_and_whole(clause: dict[str, Any]) -> None:
    (one,) = scored_clauses(query(clause), EVERY)
    assert (one.kind, one.clause) == (ScoreKind.OTHER, clause)


def test_alternatives_that_add_up_are_taken_one_by_one() -> None:
    clause = {"bool": {"should": [{"match": {"words": "小米"}}, {"term": {"chars": "米"}}], "minimum_should_match": 1}}
    assert kinds_and_terms(clause) == [(ScoreKind.WORDS, "小米"), (ScoreKind.CHARACTERS, "米")]


def test_alternatives_with_a_weight_stay_whole() -> None:
    clause = {"bool": {"should": [{"match": {"words": "小米"}}, {"match": {"words": "红米"}}], "boost": 2}}
    assert [one.clause for one in scored_clauses(query(clause), None)] == [clause]


@pytest.mark.parametrize(
    "whole",
    [
        {"function_score": {"query": query({"match": {"words": "小米"}}), "boost": 2}},
        {"bool": {"should": [{"match": {"words": "小米"}}], "boost": 2}},
        {"bool": {"should": [{"match": {"words": "小米"}}]}, "match_all": {}},
    ],
)
def test_a_query_of_another_shape_is_one_part(whole: dict[str, Any]) -> None:
    assert scored_clauses(whole, None) == [ScoredClause(ScoreKind.OTHER, "", whole)]


def test_what_must_hold_scores_too() -> None:
    found = scored_clauses(
        {"bool": {"must": {"match": {"words": "小米"}}, "should": [{"term": {"chars": "米"}}]}}, None
    )
    assert [one.kind for one in found] == [ScoreKind.WORDS, ScoreKind.CHARACTERS]


def lift(passage: str, boost: float) -> dict[str, Any]:
    return {"constant_score": {"filter": {"term": {"passage": passage}}, "boost": boost}}


def test_of_two_passages_the_better_counts_and_some_of_the_other() -> None:
    clause = {"dis_max": {"queries": [lift("a/p1", 4.0), lift("a/p2", 6.0), lift("b/p1", 9.0)], "tie_breaker": 0.5}}
    found = scored_clauses(query(clause), None)
    assert [(one.kind, one.term, one.clause) for one in found] == [
        (ScoreKind.PASSAGE, "a/p1", lift("a/p1", 4.0)),
        (ScoreKind.PASSAGE, "a/p2", lift("a/p2", 6.0)),
        (ScoreKind.PASSAGE, "b/p1", lift("b/p1", 9.0)),
    ]
    assert score_parts(8.0, zip(found, (4.0, 6.0, 0.0), strict=True)) == (
        ScorePart(ScoreKind.PASSAGE, 8.0, (TermScore("a/p2", 6.0), TermScore("a/p1", 2.0))),
    )


def scoring(kind: ScoreKind, term: str = "") -> ScoredClause:
    return ScoredClause(kind, term, {})


def test_parts_stand_in_their_order_and_pieces_by_what_they_earn() -> None:
    earned = [
        (scoring(ScoreKind.PAIRS, "合作"), 1.0),
        (scoring(ScoreKind.WORDS, "小米"), 1.0),
        (scoring(ScoreKind.WORDS, "合作"), 2.0),
        (scoring(ScoreKind.WORDS, "手机"), 0.0),
    ]
    assert score_parts(4.0, earned) == (
        ScorePart(ScoreKind.WORDS, 3.0, (TermScore("合作", 2.0), TermScore("小米", 1.0))),
        ScorePart(ScoreKind.PAIRS, 1.0, (TermScore("合作", 1.0),)),
    )


def test_what_no_clause_accounts_for_is_told() -> None:
    assert score_parts(4.0, [(scoring(ScoreKind.WORDS, "小米"), 3.0)])[-1] == ScorePart(
        ScoreKind.OTHER, 1.0, (TermScore("", 1.0),)
    )


def test_the_last_digits_of_a_float_are_not() -> None:
    assert len(score_parts(129.27257, [(scoring(ScoreKind.WORDS, "小米"), 129.2725608)])) == 1


KINDS = st.sampled_from(list(ScoreKind))
EARNED = st.lists(st.tuples(KINDS, st.sampled_from(["小米", "合作", "", "的"]), st.floats(0, 200)), max_size=20)


@given(EARNED, st.floats(0, 1000))
def test_parts_always_add_up_to_the_score(earned: list[tuple[ScoreKind, str, float]], score: float) -> None:
    found = score_parts(score, [(scoring(kind, term), worth) for kind, term, worth in earned])
    assert sum(part.score for part in found) == pytest.approx(score, rel=2e-5, abs=0.006)
    for part in found:
        assert sum(piece.score for piece in part.terms) == pytest.approx(part.score)
    assert [part.kind for part in found] == [kind for kind in ScoreKind if kind in {part.kind for part in found}]
