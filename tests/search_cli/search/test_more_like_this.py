"""The searches for turns like one, whole."""

from typing import Any

from search_cli.search import more_like_this

ELSEWHERE = {"bool": {"must_not": [{"term": {"interview_id": "qzone-xiaomi"}}]}}
IDS = ["qzone-xiaomi#8", "qzone-xiaomi#9"]


def like(field: str, least: int) -> dict[str, Any]:
    return {
        "more_like_this": {
            "fields": [field],
            "like": [{"_index": "fangtan-turns", "_id": one} for one in IDS],
            "min_term_freq": 1,
            "min_doc_freq": least,
            "max_query_terms": more_like_this.TERMS,
            "minimum_should_match": 1,
        }
    }


def test_the_passages_like_two_turns() -> None:
    assert more_like_this.passages_body("fangtan-turns", IDS, ["qzone-xiaomi/p1"], [ELSEWHERE]) == {
        "query": {
            "bool": {
                "should": [like("bigrams", 1)],
                "minimum_should_match": 1,
                "filter": [ELSEWHERE],
                "must_not": [{"ids": {"values": ["qzone-xiaomi/p1"]}}],
            }
        },
        "size": more_like_this.PASSAGES,
        "_source": False,
        "track_total_hits": False,
    }


def test_the_passages_of_the_whole_archive() -> None:
    query = more_like_this.passages_body("fangtan-turns", IDS, [], [])["query"]["bool"]
    assert set(query) == {"should", "minimum_should_match"}


def test_the_turns_like_two_turns() -> None:
    body = more_like_this.turns_body("fangtan-turns", IDS, ["用户", "年轻"], [("shibei/p1", 2.0)], [ELSEWHERE], 7)
    assert body == {
        "query": {
            "bool": {
                "filter": [{"match": {"words": "用户 年轻"}}, ELSEWHERE],
                "must_not": [{"ids": {"values": IDS}}],
                "should": [
                    like("words", 2),
                    like("bigrams", 2),
                    {
                        "dis_max": {
                            "queries": [
                                {
                                    "constant_score": {
                                        "filter": {"term": {"passage": "shibei/p1"}},
                                        "boost": 2.0 * more_like_this.PASSAGE_WEIGHT,
                                    }
                                }
                            ],
                            "tie_breaker": 0.5,
                        }
                    },
                ],
            }
        },
        "size": 7,
        "_source": False,
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def test_the_passages_around_a_turn_lift_as_the_best_of_the_others() -> None:
    others = [("shibei/p1", 2.0), ("clinic/p3", 1.0)]
    assert more_like_this.with_own(others, ["qzone/p1", "qzone/p2"]) == [
        *others,
        ("qzone/p1", 2.0),
        ("qzone/p2", 2.0),
    ]
    assert more_like_this.with_own(others, []) == others
    assert more_like_this.with_own([], ["qzone/p1"]) == []
