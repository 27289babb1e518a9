"""A request as the bodies Elasticsearch is sent, compared whole."""

from dataclasses import replace
from typing import Any

import pytest

from indexer.text.analysis import Analyzer
from search_cli.json_types import Clause
from search_cli.query import bodies
from search_cli.query.clauses import exactly, id_clause
from search_cli.query.matching import match_clause
from search_cli.query.parser import Field, Not
from search_cli.query.request import Match, SearchRequest, request
from search_cli.query.terms import QueryTerms, analyze_query

ANALYZER = Analyzer()
HIDDEN = [
    "words",
    "bigrams",
    "chars",
    "asked",
    "passage",
    "numbers",
    "length",
    "note_chars",
    "note_bigrams",
    "vector_*",
]


def prepared(query: str, **options: Any) -> tuple[SearchRequest, QueryTerms]:
    asked = request(query, **options)
    return asked, analyze_query(asked.node, ANALYZER.analyze)


def match(field: str, terms: str) -> dict[str, Any]:
    return {"match": {field: terms}}


def either(*clauses: Clause) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def level(name: str, clause: Clause, boost: float = 0.0) -> Clause:
    return {"constant_score": {"filter": clause, "boost": boost, "_name": name}}


SPOKEN = {
    "constant_score": {"filter": {"bool": {"must_not": {"term": {"role": "narration"}}}}, "boost": 1.0},
}
EVERY_TURN = {"match_all": {"boost": 0.0}}
SPEAKER = {
    "bool": {
        "should": [{"terms": {"speaker": ["郑志昊"]}}, {"terms": {"label": ["郑志昊"]}}],
        "minimum_should_match": 1,
    }
}


def test_the_passages_are_ranked_by_pairs() -> None:
    assert bodies.passages_body(*prepared("小米 合作")) == {
        "query": {
            "bool": {
                "should": [match("bigrams", "小米 合作 小米 合作")],
                "minimum_should_match": 1,
            }
        },
        "size": 50,
        "_source": False,
        "track_total_hits": False,
    }


def test_pairs_inside_of_words_count_twice_in_passages() -> None:
    body = bodies.passages_body(*prepared("开放政府资料"))
    assert body is not None
    (clause,) = body["query"]["bool"]["should"]
    assert clause == match("bigrams", "开放 放政 政府 府资 资料 开放 政府 资料")


def test_the_passages_are_narrowed_by_what_they_know() -> None:
    body = bodies.passages_body(*prepared("小米 -广告 speaker:郑志昊 keyword:红米 interview:qzone"))
    assert body is not None
    assert body["query"]["bool"] == {
        "filter": [{"terms": {"speaker": ["郑志昊"]}}, id_clause("qzone")],
        "should": [match("bigrams", "小米 小米")],
        "minimum_should_match": 1,
    }


@pytest.mark.parametrize(
    ("query", "options"), [("", {}), ("speaker:郑志昊", {}), ("-广告", {}), ("？", {}), ("小米", {"sort": "date"})]
)
def test_no_passages_are_asked_for_where_nothing_ranks(query: str, options: dict[str, Any]) -> None:
    assert bodies.passages_body(*prepared(query, **options)) is None


def test_whether_a_piece_occurs_as_typed() -> None:
    assert bodies.exists(exactly("红米手机")) == {
        "query": {"match_phrase": {"chars": "红 米 手 机"}},
        "size": 0,
        "track_total_hits": 1,
        "terminate_after": 1,
    }


def test_the_hits() -> None:
    asked, words = prepared('小米 合作 -广告 "红米" speaker:郑志昊', limit=20, page=3)
    words = replace(words, speakers={"小米": ("小米科技",)})
    found = [node for node in asked.node.nodes if not isinstance(node, Not)]
    partly = either(match("bigrams", "小米"), {"terms": {"speaker": ["小米科技"]}}, match("bigrams", "合作"))
    note = {
        "bool": {
            "filter": [
                {"term": {"note_bigrams": "小米"}},
                {"term": {"note_bigrams": "合作"}},
                {"term": {"note_bigrams": "红米"}},
            ]
        }
    }
    assert bodies.hits_body(asked, words, [("qzone-xiaomi/p1", 10.0), ("x/p2", 3.33333)]) == {
        "query": {
            "bool": {
                "filter": [SPEAKER, either({"bool": {"filter": [{"match_phrase": {"chars": "红 米"}}, partly]}}, note)],
                "must_not": [{"term": {"bigrams": "广告"}}],
                "should": [
                    match("words", "小米 合作 红米"),
                    match("bigrams", "小米 合作 红米"),
                    {"match": {"chars": {"query": "小 米 合 作 红 米", "boost": 0.5}}},
                    {"match": {"asked": {"query": "小米 小米 合作 合作 红米 红米", "boost": 0.5}}},
                    {"constant_score": {"filter": {"terms": {"speaker": ["小米科技"]}}, "boost": 2.0}},
                    {
                        "dis_max": {
                            "queries": [
                                {"constant_score": {"filter": {"term": {"passage": "qzone-xiaomi/p1"}}, "boost": 17.5}},
                                {"constant_score": {"filter": {"term": {"passage": "x/p2"}}, "boost": 5.8333}},
                            ],
                            "tie_breaker": 0.5,
                        }
                    },
                    SPOKEN,
                    level("all", match_clause(found, words, Match.ALL), 1000.0),
                    level("some", match_clause(found, words, Match.SOME)),
                    level("note", note, 500.0),
                    level("speaker", {"terms": {"speaker": ["小米科技"]}}),
                    EVERY_TURN,
                ],
                "minimum_should_match": 1,
            }
        },
        "from": 40,
        "size": 20,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def test_turns_with_every_word_come_first_where_words_were_typed() -> None:
    def weight(query: str, **known: Any) -> float:
        asked, words = prepared(query)
        should = bodies.hits_body(asked, replace(words, **known))["query"]["bool"]["should"]
        (first,) = [one["constant_score"] for one in should if one.get("constant_score", {}).get("_name") == "all"]
        return float(first["boost"])

    assert weight("小米 合作 变现") == 1000.0
    assert weight("小米 OR 华为 合作") == 1000.0
    assert weight("小米") == 1000.0
    assert weight('小米 "合作" -广告') == 1000.0
    assert weight("小米 OR 华为") == 1000.0
    assert weight("红米手机") == 0.0
    assert weight("红米手机", attested=frozenset({"红米手机"})) == 1000.0
    assert weight("小米合作的目的是什么") == 0.0


def test_a_character_typed_alone_ranks_by_itself() -> None:
    body = bodies.hits_body(*prepared("米"))
    note = {"match_phrase": {"note_chars": "米"}}
    assert body["query"] == {
        "bool": {
            "filter": [either({"term": {"chars": "米"}}, note)],
            "should": [
                match("words", "米"),
                match("bigrams", "米"),
                {"term": {"chars": "米"}},
                {"match": {"asked": {"query": "米 米", "boost": 0.5}}},
                SPOKEN,
                level("all", {"term": {"chars": "米"}}, 1000.0),
                level("note", note, 500.0),
                EVERY_TURN,
            ],
            "minimum_should_match": 1,
        }
    }


def test_hits_are_those_of_the_match_asked_for() -> None:
    asked, words = prepared("小米 合作", match="all")
    assert (
        bodies.hits_body(asked, words)["query"]["bool"]["filter"]
        == match_clause(asked.node.nodes, words, Match.ALL)["bool"]["filter"]
    )


def test_where_nothing_ranks_the_latest_come_first() -> None:
    assert bodies.hits_body(*prepared("speaker:郑志昊")) == {
        "query": {"bool": {"filter": [SPEAKER], "_name": "all"}},
        "from": 0,
        "size": 10,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"date": {"order": "desc", "missing": "_last"}}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("date", [{"date": {"order": "desc", "missing": "_last"}}, {"interview_id": "asc"}, {"turn": "asc"}]),
        ("position", [{"interview_id": "asc"}, {"turn": "asc"}]),
    ],
)
def test_other_orders_put_turns_with_every_word_first(sort: str, order: list[dict[str, Any]]) -> None:
    body = bodies.hits_body(*prepared("小米", sort=sort))
    assert body["sort"] == [{"_score": "desc"}, *order]
    note = {"term": {"note_bigrams": "小米"}}
    assert body["query"]["bool"] == {
        "filter": [either(match("bigrams", "小米"), note)],
        "should": [level("all", {"term": {"bigrams": "小米"}}, 1.0), level("note", note, 0.5), EVERY_TURN],
        "minimum_should_match": 1,
    }
    assert bodies.hits_body(*prepared("speaker:郑志昊", sort=sort))["sort"] == order


def test_a_run_ranks_every_turn_that_shares_a_term() -> None:
    asked, words = prepared("我们的合作 role:host")
    terms = [match("words", "我们 的 合作"), match("bigrams", ANALYZER.analyze("我们的合作").joined_bigrams)]
    assert bodies.run_body(asked, words, [("a/p1", 2.0)], 100) == {
        "query": {
            "bool": {
                "filter": [
                    {"terms": {"role": ["host"]}},
                    {"bool": {"should": terms, "minimum_should_match": 1}},
                ],
                "should": [
                    match("words", "合作"),
                    match("bigrams", "们的 的合 合作"),
                    {"match": {"chars": {"query": "我 们 的 合 作", "boost": 0.5}}},
                    {
                        "match": {
                            "asked": {
                                "query": " ".join((terms[0]["match"]["words"], terms[1]["match"]["bigrams"])),
                                "boost": 0.5,
                            }
                        }
                    },
                    {
                        "dis_max": {
                            "queries": [{"constant_score": {"filter": {"term": {"passage": "a/p1"}}, "boost": 3.5}}],
                            "tie_breaker": 0.5,
                        }
                    },
                    SPOKEN,
                    level("all", {"term": {"bigrams": "合作"}}, 1000.0),
                    EVERY_TURN,
                ],
                "minimum_should_match": 1,
            }
        },
        "size": 100,
        "_source": False,
        "track_total_hits": False,
    }


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("我们的合作", "合作"),
        ("我们", "我们"),  # nothing else is asked for
        ("我们 合作", "我们 合作"),  # typed by itself, so it is meant
        ('"我们"', "我们"),
    ],
)
def test_words_that_hold_a_sentence_together_rank_no_turn(query: str, words: str) -> None:
    should = bodies.hits_body(*prepared(query))["query"]["bool"]["should"]
    assert should[0] == match("words", words)


def test_characters_of_words_rank_only_in_han() -> None:
    should = bodies.hits_body(*prepared("iPhone6手机 B站 米"))["query"]["bool"]["should"]
    assert [one["match"]["chars"]["query"] for one in should if "chars" in one.get("match", {})] == ["手 机 站"]
    assert {"term": {"chars": "米"}} in should


def test_all_hits_are_asked_for_from_the_first() -> None:
    asked, words = prepared("小米", limit=5, page=4)
    assert bodies.export_body(asked, words, [], 1000) == {
        **bodies.hits_body(asked, words),
        "from": 0,
        "size": 1000,
    }


def test_counts() -> None:
    asked, words = prepared("小米 合作 -广告 outlet:搜狐IT")
    assert bodies.count_body(asked, words, Match.ALL) == {
        "query": {
            "bool": {
                "filter": [
                    {"terms": {"outlet": ["搜狐IT"]}},
                    *match_clause(asked.node.nodes, words, Match.ALL)["bool"]["filter"],
                ],
                "must_not": [{"term": {"bigrams": "广告"}}],
            }
        },
        "size": 0,
        "track_total_hits": True,
        "aggs": {"interviews": {"cardinality": {"field": "interview_id"}}},
    }


def test_everything_is_counted_where_nothing_is_asked() -> None:
    assert bodies.count_body(*prepared(""), Match.MOST)["query"] == {"match_all": {}}


def test_every_field_that_is_filtered_is_known_to_the_mapping() -> None:
    from indexer.store import mapping
    from search_cli.query.clauses import field_clause
    from search_cli.query.lexer import FIELDS
    from search_cli.query.values import Range

    def fields(clause: Any) -> set[str]:
        found = set()
        for kind, inside in clause.items():
            if kind == "bool":
                found |= {
                    name
                    for clauses in inside.values()
                    if isinstance(clauses, list)
                    for one in clauses
                    for name in fields(one)
                }
            else:
                found |= {inside["field"]} if kind == "exists" else set(inside)
        return found

    for name in (name for name in FIELDS if name != "tag"):  # of turns by their addresses
        value = Range(low=1.0) if name == "number" else Range(low="2013-01-01") if name == "date" else "x"
        assert fields(field_clause(Field(name, (value,)))) <= set(mapping.TURN)
    assert set(HIDDEN) - {mapping.EVERY_VECTOR} <= set(mapping.TURN)
