"""Where each word of a query occurs, as seen from one turn."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer.text.analysis import Analyzer
from search_cli.explain.explanation import MatchLocation, ParsedTerm, WordMatch
from search_cli.explain.word_matches import (
    SearchedWord,
    count,
    counts,
    parsed_terms,
    searched_words,
    word_match,
)
from search_cli.query.clauses import contains, in_question
from search_cli.query.matching import node_clause, word_clauses
from search_cli.query.parser import TextNode
from search_cli.query.request import request
from search_cli.query.terms import QueryTerms, analyze_query, expanded_term

ANALYSE = Analyzer(Path(__file__).parents[3] / "data/words.txt").analyze


def typed(query: str, **more: Any) -> tuple[list[TextNode], QueryTerms]:
    terms = replace(analyze_query(request(query).node, ANALYSE), **more)
    return list(terms.nodes), terms


def source(text: str) -> dict[str, str]:
    analysis = ANALYSE(text)
    return {"words": analysis.joined_words, "bigrams": analysis.joined_bigrams, "chars": analysis.joined_chars}


def test_what_was_typed_is_read_as_its_words() -> None:
    assert parsed_terms(*typed('軟體 小米的合作 "红米 手机" 小* ！')) == (
        ParsedTerm("軟體", ("软体",)),
        ParsedTerm("小米的合作", ("小米", "合作")),
        ParsedTerm("红米 手机", ("红米手机",), quoted=True),
        ParsedTerm("小", ("小",), quoted=True),
    )


def test_a_word_that_some_turn_holds_as_typed_is_one() -> None:
    assert parsed_terms(*typed("小米合作", attested=frozenset({"小米合作"}))) == (
        ParsedTerm("小米合作", ("小米合作",)),
    )


def test_the_words_searched_with_a_typed_one_are_told() -> None:
    nodes, words = typed('腾讯 "腾讯"', expansions={"腾讯": (expanded_term("鹅厂", ANALYSE),)})
    assert [one.also for one in parsed_terms(nodes, words)] == [("鹅厂",), ()]


def test_the_clauses_of_a_word_are_those_of_the_search() -> None:
    nodes, words = typed("郑志昊", speakers={"郑志昊": ("郑志昊",)})
    (one,) = searched_words(nodes, words)
    assert one.clause == contains("郑志昊")
    assert list(one.places) == [
        MatchLocation.TURN,
        MatchLocation.QUESTION,
        MatchLocation.SPEAKER,
        MatchLocation.NOTE,
        MatchLocation.OTHERWISE,
        MatchLocation.PARTLY,
    ]
    assert one.places[MatchLocation.QUESTION] == in_question("郑志昊")
    assert one.places[MatchLocation.SPEAKER] == {"terms": {"speaker": ["郑志昊"]}}
    assert [one.places[MatchLocation.OTHERWISE]] == word_clauses(nodes[0], words)  # type: ignore[arg-type]  # it is a Word


def test_a_quote_and_a_prefix_stand_in_the_turn_or_nowhere() -> None:
    nodes, words = typed('"红米手机" 小*')
    found = searched_words(nodes, words)
    assert [one.word for one in found] == ["红米手机", "小"]
    assert [one.places for one in found] == [{MatchLocation.TURN: node_clause(node, words)} for node in nodes]


def test_a_word_typed_twice_is_told_once_and_what_is_left_out_not_at_all() -> None:
    assert [one.word for one in searched_words(*typed("小米 小米手机 -广告"))] == ["小米", "手机"]


SEEN = {
    "in the turn": ({MatchLocation.TURN, MatchLocation.OTHERWISE, MatchLocation.PARTLY}, (MatchLocation.TURN,)),
    "in both": (
        {MatchLocation.TURN, MatchLocation.QUESTION, MatchLocation.OTHERWISE, MatchLocation.PARTLY},
        (MatchLocation.TURN, MatchLocation.QUESTION),
    ),
    "asked, and a part said": (
        {MatchLocation.QUESTION, MatchLocation.OTHERWISE, MatchLocation.PARTLY},
        (MatchLocation.QUESTION,),
    ),
    "another word": ({MatchLocation.OTHERWISE, MatchLocation.PARTLY}, (MatchLocation.OTHERWISE,)),
    "a part": ({MatchLocation.PARTLY}, (MatchLocation.PARTLY,)),
    "nowhere": (set(), ()),
}


@pytest.mark.parametrize("case", SEEN)
def test_the_telling_places_alone_are_told(case: str) -> None:
    satisfied, places = SEEN[case]
    assert word_match(SearchedWord("小米", {}), satisfied, source("小米"), 3).places == places


def test_a_word_is_counted_where_it_stands() -> None:
    told = word_match(SearchedWord("用户", {}), {MatchLocation.TURN}, source("用户都是用户，用 户也是"), 24)
    assert told == WordMatch("用户", (MatchLocation.TURN,), 3, 24)
    assert word_match(SearchedWord("6亿", {}), {MatchLocation.TURN}, source("有六亿人"), 1).times == 0


def test_the_pairs_that_a_part_consists_of() -> None:
    told = word_match(SearchedWord("互联网公司", {}), {MatchLocation.PARTLY}, source("互联世界的公司"), 0)
    assert told.shared == ("互联", "公司")


def test_the_other_words_that_stand_for_one() -> None:
    others = (expanded_term("鹅厂", ANALYSE), expanded_term("Tencent", ANALYSE))
    told = word_match(
        SearchedWord("腾讯", {}, also=others), {MatchLocation.OTHERWISE}, source("我在ＴＥＮＣＥＮＴ上班"), 3
    )
    assert told.also == ("Tencent",)
    elsewhere = word_match(SearchedWord("腾讯", {}, also=others), {MatchLocation.OTHERWISE}, source("对"), 3)
    assert elsewhere.also == ("鹅厂", "Tencent")  # in the question: any of them
    assert word_match(SearchedWord("腾讯", {}, also=others), {MatchLocation.TURN}, source("鹅厂"), 3).also == ()


def test_how_often_a_passage_says_it() -> None:
    turns = [source("小米手机，小米空间，手机。iPhone6"), source("小米。手机，it与with")]
    assert counts(["小米", "手机", "小米手机", "合作", "iphone6", "it", "米手"], turns) == (
        ("小米", 3),
        ("手机", 3),
        ("小米手机", 1),
        ("iphone6", 1),
        ("it", 1),
        ("米手", 1),
    )


@pytest.mark.parametrize(
    ("word", "chars", "times"), [("小米", "小 米 小 米", 2), ("米", "小 米", 1), ("华为", "小 米", 0)]
)
def test_occurrences(word: str, chars: str, times: int) -> None:
    assert count(word, {"chars": chars}) == times
