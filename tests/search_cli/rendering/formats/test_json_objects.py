"""JSON for other programs: exact, UTF-8, safe to print."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.printable import UNSAFE
from search_cli.explain.explanation import (
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
from search_cli.rendering.formats.json_objects import explanation_object, hit_object, json_text, result_object
from tests.support.spoken import HOSTILE, QUESTION, facet, hit, question, result, turn


def harmless(text: str) -> bool:
    return not {unicodedata.category(one) for one in text.replace("\n", "")} & UNSAFE


def test_the_object_of_a_search():
    found = result(hit("小米"), facets=(facet("speaker", ("郑志昊", 5), ("搜狐IT", 2), other=1),))
    parsed = json.loads(json_text(result_object(found)))
    assert list(parsed) == [
        *(
            "query",
            "words",
            "match",
            "every",
            "most",
            "some",
            "notes",
            "by_speaker",
            "parts",
            "total",
            "also",
            "speakers",
        ),
        *("interviews", "archive_interviews", "milliseconds", "page", "limit", "sort", "seed"),
        *("by", "near", "hits", "facets"),
    ]
    assert parsed["query"] == "小米 合作"
    assert parsed["words"] == ["小米", "合作"]
    assert parsed["facets"] == [
        {
            "field": "speaker",
            "buckets": [
                {"value": "郑志昊", "count": 5, "share": 5 / 7},
                {"value": "搜狐IT", "count": 2, "share": 2 / 7},
            ],
            "total": 7,
            "other": 1,
            "chosen": [],
            "values": 0,
            "match": "all",
        }
    ]


def test_a_hit_with_everything_in_it():
    parsed = json.loads(json_text(hit_object(hit("小米", near=(question(),)))))
    assert list(parsed) == [
        *(
            "rank",
            "score",
            "address",
            "interview_id",
            "turn",
            "speaker",
            "label",
            "role",
            "affiliation",
            "text",
            "title",
        ),
        *("date", "outlet", "authors", "source", "url", "exchange", "reply_to", "topics", "keywords", "start", "end"),
        "reply_to_speaker",
        *(
            "notes",
            "note_offsets",
            "mentions",
            "media",
            "language",
            "media_link",
            "marks",
            "question",
            "before",
            "after",
            "versions",
            "match",
            "note_marks",
            "tags",
            "note",
        ),
    ]
    assert parsed["address"] == "qzone-xiaomi#3"
    assert [parsed["text"][a:b] for a, b in parsed["marks"]] == ["小米", "小米"]
    assert parsed["question"]["text"] == QUESTION
    assert parsed["question"]["address"] == "qzone-xiaomi#2"
    assert [QUESTION[a:b] for a, b in parsed["question"]["marks"]] == ["小米"]
    assert [one["address"] for one in parsed["before"]] == ["qzone-xiaomi#2"]
    assert parsed["after"] == []
    assert parsed["start"] is None


def test_the_keys_of_an_explanation():
    condition = ConditionResult("speaker", "speaker:搜狐IT", True, ())
    part = ScorePart(ScoreKind.WORDS, 2.0, (TermScore("小米", 2.0),))
    explanation = Explanation(
        query="小米",
        turn=turn(),
        match="any",
        sort="relevance",
        rank=3,
        total=12,
        every=7,
        counted=True,
        score=2.0,
        terms=(ParsedTerm("小米", ("小米",)),),
        words=(WordMatch("小米", (MatchLocation.TURN,), 2, 8),),
        parts=(part,),
        passages=(PassageMatch("qzone-xiaomi/p1", 1, 11, (("小米", 11),)),),
        conditions=(condition,),
        indexed_words="与 小米",
    )
    parsed = json.loads(json_text(explanation_object(explanation)))
    assert set(parsed) == {
        *("query", "address", "found", "match", "sort", "rank", "total", "every", "counted", "score", "read", "words"),
        *("parts", "passages", "hurdles", "compared", "instead", "turn", "cosine", "nearest"),
    }
    assert parsed["read"] == [{"typed": "小米", "words": ["小米"], "quoted": False, "also": []}]
    assert parsed["words"] == [{"word": "小米", "places": ["turn"], "times": 2, "turns": 8, "shared": [], "also": []}]
    assert parsed["parts"] == [{"kind": "words", "score": 2.0, "pieces": [{"term": "小米", "score": 2.0}]}]
    assert parsed["passages"] == [{"id": "qzone-xiaomi/p1", "first": 1, "last": 11, "says": [["小米", 11]]}]
    assert parsed["hurdles"] == [{"kind": "speaker", "typed": "speaker:搜狐IT", "passed": True, "has": []}]
    assert (parsed["compared"], parsed["instead"], parsed["found"]) == ("与 小米", "", True)
    assert parsed["turn"]["address"] == "qzone-xiaomi#3"


def test_text_is_exact_and_still_harmless():
    printed = json_text(hit_object(hit("米", text=HOSTILE, title=HOSTILE)))
    assert harmless(printed)
    assert "\n" not in printed
    assert json.loads(printed)["text"] == HOSTILE
    assert json.loads(printed)["title"] == HOSTILE


@given(st.text(st.characters(codec="utf-8")))
def test_json_reads_back_whatever_the_text(text):
    for indent in (None, 2):
        printed = json_text({"text": text, "list": [text]}, indent)
        assert json.loads(printed) == {"text": text, "list": [text]}
        assert harmless(printed)


def test_chinese_is_not_escaped():
    assert json_text({"text": "小米 　全角"}) == '{"text": "小米 　全角"}'
