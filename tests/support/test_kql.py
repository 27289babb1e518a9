"""The parser of Kibana's query language that the tests use."""

import pytest

from indexer.store import mapping
from tests.support.kql import query

TURN = mapping.TURN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", {"match_all": {}}),
        ("text: 隐私", {"match": {"text": "隐私"}}),
        ('text: "隐私"', {"match_phrase": {"text": "隐私"}}),
        ('speaker: "郑志昊"', {"term": {"speaker": "郑志昊"}}),
        ("speaker: 郑*", {"wildcard": {"speaker": {"value": "郑*"}}}),
        ("speaker: *", {"exists": {"field": "speaker"}}),
        ("length > 200", {"range": {"length": {"gt": "200"}}}),
        ('date >= "2013-01-01"', {"range": {"date": {"gte": "2013-01-01"}}}),
        ('not text: "红米"', {"bool": {"must_not": [{"match_phrase": {"text": "红米"}}]}}),
        (
            "role: (interviewer or interviewee)",
            {
                "bool": {
                    "should": [{"term": {"role": "interviewer"}}, {"term": {"role": "interviewee"}}],
                    "minimum_should_match": 1,
                }
            },
        ),
        (
            "role: host or role: other and length > 9",
            {
                "bool": {
                    "should": [
                        {"term": {"role": "host"}},
                        {"bool": {"filter": [{"term": {"role": "other"}}, {"range": {"length": {"gt": "9"}}}]}},
                    ],
                    "minimum_should_match": 1,
                }
            },
        ),
    ],
)
def test_it_parses_as_kibana_does(text: str, expected: object) -> None:
    assert query(text, TURN) == expected


@pytest.mark.parametrize(("text", "kind"), [('"小米"', "phrase"), ("小米", "best_fields")])
def test_without_a_field_every_field_is_searched(text: str, kind: str) -> None:
    assert query(text, TURN) == {"multi_match": {"query": "小米", "type": kind, "lenient": True}}


@pytest.mark.parametrize("text", ["text: (a", "role: host role: other", 'speaker: "郑'])
def test_what_it_cannot_parse_it_does_not_guess(text: str) -> None:
    with pytest.raises((AssertionError, IndexError)):
        query(text, TURN)
