"""A query's nodes as Elasticsearch's clauses: when a word occurs, what binds, how much must match."""

from dataclasses import replace

import pytest

from indexer.text.analysis import Analyzer
from indexer.text.tokens import bigrams
from search_cli.json_types import Clause
from search_cli.query.clauses import (
    contains,
    exactly,
    field_clause,
    id_clause,
    in_question,
    passage_clause,
    shares_bigrams,
    starts_with,
)
from search_cli.query.matching import MOST, is_mandatory, match_clause
from search_cli.query.parser import Field, parse
from search_cli.query.request import Match
from search_cli.query.terms import QueryTerms, analyze_query
from search_cli.query.values import InterviewId, Range

ANALYZER = Analyzer()


def either(*clauses: Clause) -> Clause:
    return {"bool": {"should": list(clauses), "minimum_should_match": 1}}


def pair(term: str) -> Clause:
    return {"term": {"bigrams": term}}


def some(pairs: str) -> Clause:
    return {"match": {"bigrams": pairs}}


def question(terms: str) -> Clause:
    return {"match": {"asked": {"query": terms, "operator": "and"}}}


def characters(text: str) -> Clause:
    return {"match_phrase": {"chars": " ".join(text)}}


def read(query: str, **known: object) -> Clause:
    node = parse(query)
    match = known.pop("match", Match.ANY)
    found = replace(analyze_query(node, ANALYZER.analyze), **known)  # type: ignore[arg-type]
    assert isinstance(match, Match)
    return match_clause(node.nodes, found, match)


@pytest.mark.parametrize(
    ("word", "clause"),
    [
        ("小米", pair("小米")),
        ("米", {"term": {"chars": "米"}}),
        ("红米手机", characters("红米手机")),
        ("qq", pair("qq")),
        ("6.11", pair("6.11")),
        ("iphone6s", {"bool": {"filter": [characters("iphone6s"), pair("iphone"), pair("s")]}}),
        ("qq空间", {"bool": {"filter": [characters("qq空间"), pair("qq")]}}),
        ("b站", {"bool": {"filter": [characters("b站"), pair("b")]}}),
        ("迈克尔·乔丹", characters("迈克尔·乔丹")),
        (
            "6.11亿",
            either(
                {"bool": {"filter": [characters("6.11亿"), pair("6.11")]}},
                {"term": {"numbers": 611_000_000.0}},
            ),
        ),
        ("2020", either(pair("2020"), {"term": {"numbers": 2020.0}})),
        ("?", {"term": {"chars": "?"}}),
        ("かな", pair("かな")),
    ],
)
def test_a_word_said_in_the_turn(word: str, clause: Clause) -> None:
    assert contains(word) == clause


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("小米", {"小米"}),
        ("qq空间", {"qq", "空间"}),
        ("米", {"米"}),
        ("?", {"?"}),
    ],
)
def test_a_word_asked_before_the_turn(word: str, terms: set[str]) -> None:
    clause = in_question(word)
    assert clause == question(clause["match"]["asked"]["query"])
    assert set(clause["match"]["asked"]["query"].split()) == terms


def test_a_word_of_several_pairs_is_one_in_the_question_too() -> None:
    assert in_question("红米手机") == {"match_phrase": {"asked": "红米 米手 手机"}}


def test_letters_and_digits_at_the_ends_of_a_quote_are_whole_runs() -> None:
    assert read('"AI"') == {"bool": {"filter": [characters("ai"), pair("ai")]}}
    assert read('"AI技术"') == {"bool": {"filter": [characters("ai技术"), pair("ai")]}}
    assert read('"Open Data"') == {"bool": {"filter": [characters("opendata"), pair("open"), pair("data")]}}
    assert read('"技术"') == characters("技术")


def test_exact_characters() -> None:
    assert exactly("红米,手机") == characters("红米,手机")
    assert exactly("米") == {"term": {"chars": "米"}}


def test_a_turn_is_touched_by_pairs_of_characters_but_not_by_parts_of_amounts() -> None:
    assert shares_bigrams(["互联网", "合作", "qq"]) == [some("互联 联网 合作 qq")]
    assert shares_bigrams(["6.11亿", "米"]) == [contains("6.11亿"), contains("米")]
    assert shares_bigrams(["二〇二〇年", "b站", "30多"]) == [contains("二〇二〇年"), contains("b站"), contains("30多")]
    assert shares_bigrams(["iphone6s"]) == [some("iphone6s iphone")]
    assert shares_bigrams(["6s"]) == [some("6s")]
    assert shares_bigrams(["à丁"]) == [contains("à丁")]
    assert shares_bigrams(["qq空间"]) == [some(" ".join(bigrams("qq空间")))]
    assert shares_bigrams([]) == []


def test_prefixes() -> None:
    assert starts_with("小") == {"prefix": {"words": "小"}}
    assert starts_with("红米") == either({"prefix": {"words": "红米"}}, characters("红米"))
    assert starts_with("ipho") == {"prefix": {"words": "ipho"}}


def test_any_word_is_enough() -> None:
    assert read("小米 合作") == either(some("小米"), some("合作"))
    assert read("小米") == some("小米")
    assert read("") == {"match_all": {}}


def test_all_words_in_the_turn_or_its_question_and_one_in_the_turn() -> None:
    assert read("小米 合作", match=Match.ALL) == {
        "bool": {
            "filter": [
                either(pair("小米"), question("小米")),
                either(pair("合作"), question("合作")),
                either(pair("小米"), pair("合作")),
            ]
        }
    }


def test_a_single_word_is_in_the_turn() -> None:
    for match in (Match.SOME, Match.MOST, Match.ALL):
        assert read("小米", match=match) == pair("小米")


def test_some_is_any_word_as_typed() -> None:
    assert read("小米 红米手机", match=Match.SOME, attested=frozenset({"红米手机"})) == either(
        pair("小米"), characters("红米手机")
    )


def test_most_is_all_of_two_and_three_quarters_of_more() -> None:
    assert read("小米 合作", match=Match.MOST) == read("小米 合作", match=Match.ALL)
    words = ["小米", "合作", "变现"]
    assert read(" ".join(words), match=Match.MOST) == {
        "bool": {
            "filter": [
                {
                    "bool": {
                        "should": [either(pair(word), question(word)) for word in words],
                        "minimum_should_match": MOST,
                    }
                },
                either(*map(pair, words)),
            ]
        }
    }


def test_a_piece_the_archive_knows_is_one_word() -> None:
    assert read("红米手机", match=Match.ALL) == {
        "bool": {
            "filter": [
                either(pair("红米"), question("红米")),
                either(pair("手机"), question("手机")),
                either(pair("红米"), pair("手机")),
            ]
        }
    }
    assert read("红米手机", match=Match.ALL, attested=frozenset({"红米手机"})) == characters("红米手机")


def test_a_speakers_name_is_met_by_the_speaker() -> None:
    speaker = {"terms": {"speaker": ["郑志昊"]}}
    assert read("郑志昊 合作", match=Match.ALL, speakers={"郑志昊": ("郑志昊",)}) == {
        "bool": {
            "filter": [
                either(characters("郑志昊"), in_question("郑志昊"), speaker),
                either(pair("合作"), question("合作")),
                either(characters("郑志昊"), pair("合作")),
            ]
        }
    }


def test_quotes_exclusions_and_fields_bind_whatever_the_match() -> None:
    assert read('"红米手机" -广告 role:受访 小米') == {
        "bool": {
            "filter": [characters("红米手机"), {"terms": {"role": ["interviewee"]}}, some("小米")],
            "must_not": [pair("广告")],
        }
    }


def test_an_exclusion_alone() -> None:
    assert read("-广告") == {"bool": {"must_not": [pair("广告")]}}
    assert read("-红米手机") == {"bool": {"must_not": [characters("红米手机")]}}
    assert read("-(小米 OR 华为)") == {"bool": {"must_not": [either(pair("小米"), pair("华为"))]}}
    assert read("-(小米 合作)") == {"bool": {"must_not": [{"bool": {"filter": [pair("小米"), pair("合作")]}}]}}
    assert read("-speaker:郑志昊") == {"bool": {"must_not": [field_clause(Field("speaker", ("郑志昊",)))]}}


def test_an_exclusion_asks_neither_the_question_nor_the_speaker() -> None:
    assert read("-郑志昊", speakers={"郑志昊": ("郑志昊",)}) == {"bool": {"must_not": [characters("郑志昊")]}}


def test_alternatives_are_one_demand() -> None:
    assert read("小米 OR 华为 合作", match=Match.ALL) == {
        "bool": {
            "filter": [
                either(either(pair("小米"), question("小米")), either(pair("华为"), question("华为"))),
                either(pair("合作"), question("合作")),
                either(pair("小米"), pair("华为"), pair("合作")),
            ]
        }
    }


def test_alternatives_of_quotes_and_fields_bind() -> None:
    assert read('("红米" OR speaker:郑志昊) 合作') == {
        "bool": {"filter": [either(characters("红米"), field_clause(Field("speaker", ("郑志昊",)))), some("合作")]}
    }


def test_a_group_within_alternatives_holds_together() -> None:
    assert read('(小米 "合作") OR 华为') == either(
        {"bool": {"filter": [characters("合作"), some("小米")]}}, some("华为")
    )


def test_function_words_in_a_sentence_are_not_demanded() -> None:
    assert read("我们的合作是什么", match=Match.ALL) == pair("合作")


def test_a_word_of_signs_alone_is_passed_over() -> None:
    assert read("小米 ，") == read("小米")
    assert read("！ -？ 小米") == read("小米")
    assert read("-(？ ！) 小米") == read("小米")
    assert read("小米 OR ，") == read("小米")
    assert read("(， 小米) OR 华为", match=Match.ALL) == read("小米 OR 华为", match=Match.ALL)


@pytest.mark.parametrize(
    ("query", "bound"),
    [
        ("小米", False),
        ("小*", False),
        ('"小米"', True),
        ("-小米", True),
        ("speaker:a", True),
        ('"小米" OR topic:a', True),
        ('"小米" OR 小米', False),
    ],
)
def test_what_binds(query: str, bound: bool) -> None:
    assert is_mandatory(parse(query).nodes[0]) is bound


@pytest.mark.parametrize(
    ("field", "clause"),
    [
        (Field("role", ("host",)), {"terms": {"role": ["host"]}}),
        (Field("topic", ("社交", "商业化")), {"terms": {"topics": ["社交", "商业化"]}}),
        (Field("keyword", ("小米",)), {"terms": {"keywords": ["小米"]}}),
        (Field("outlet", ("搜狐IT",)), {"terms": {"outlet": ["搜狐IT"]}}),
        (Field("speaker", ("问",)), either({"terms": {"speaker": ["问"]}}, {"terms": {"label": ["问"]}})),
        (
            Field("interview", ("qzone",)),
            either({"wildcard": {"interview_id": "qzone*"}}, {"wildcard": {"interview_id": "*/qzone*"}}),
        ),
        (
            Field("interview", ("2019*…次",)),
            either({"wildcard": {"interview_id": r"2019\**次*"}}, {"wildcard": {"interview_id": r"*/2019\**次*"}}),
        ),
        (
            Field("interview", (InterviewId("a"), "b")),
            either({"term": {"interview_id": "a"}}, id_clause("b")),
        ),
        (
            Field("date", (Range("2013-07-01", "2013-08-31"),)),
            {"range": {"date": {"gte": "2013-07-01", "lte": "2013-08-31"}}},
        ),
        (Field("number", (Range(1e8, None, low_open=True),)), {"range": {"numbers": {"gt": 1e8}}}),
        (
            Field("number", (Range(None, 5.0, high_open=True), Range(10.0, 10.0))),
            either({"range": {"numbers": {"lt": 5.0}}}, {"range": {"numbers": {"gte": 10.0, "lte": 10.0}}}),
        ),
    ],
)
def test_fields(field: Field, clause: Clause) -> None:
    assert field_clause(field) == clause


def test_passages_are_narrowed_by_what_they_know() -> None:
    assert passage_clause(Field("speaker", ("郑志昊",))) == {"terms": {"speaker": ["郑志昊"]}}
    assert passage_clause(Field("topic", ("社交",))) == {"terms": {"topics": ["社交"]}}
    assert passage_clause(Field("keyword", ("小米",))) is None
    assert passage_clause(Field("number", (Range(1.0),))) is None


def test_a_new_query_has_no_knowledge_of_the_archive() -> None:
    found = analyze_query(parse("小米"), ANALYZER.analyze)
    assert found == QueryTerms(found.nodes, found.pieces)
