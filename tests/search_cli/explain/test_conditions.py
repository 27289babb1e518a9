"""What a turn must satisfy, taken apart: together it is what the search demands, and each failure is told."""

from pathlib import Path
from typing import Any

import pytest

from indexer.text.analysis import Analyzer
from search_cli.explain.conditions import Condition, alternative_query, condition_result, conditions_of, every_word
from search_cli.explain.explanation import ConditionKind, ConditionResult
from search_cli.query.bodies import EVERY_WORD_WEIGHT, hits_body
from search_cli.query.clauses import field_clause
from search_cli.query.matching import conditions
from search_cli.query.request import Match, SearchRequest, request
from search_cli.query.terms import QueryTerms, analyze_query

ANALYSE = Analyzer(Path(__file__).parents[3] / "data/words.txt").analyze
TURN: dict[str, Any] = {
    "interview_id": "qzone-xiaomi",
    "speaker": "郑志昊",
    "role": "interviewee",
    "topics": ["社交", "商业化"],
    "date": "2013-08-02",
    "numbers": [611000000.0, 0.5],
}


def taken_apart(query: str, match: Match = Match.ANY) -> tuple[SearchRequest, QueryTerms, list[Condition]]:
    asked = request(query)
    words = analyze_query(asked.node, ANALYSE)
    return asked, words, conditions_of(asked, words, match)


@pytest.mark.parametrize("match", [Match.ANY, Match.ALL])
@pytest.mark.parametrize(
    "query",
    [
        "小米",
        "小米 合作 -广告",
        '"红米手机" 小米 speaker:郑志昊',
        "(小米 OR 华为) 合作 -(广告 营销) date:2013",
        '("红米" OR number:>1亿) 小*',
        '-"小米"',
        "-广告 role:host",
    ],
)
def test_together_they_are_what_the_search_demands(query: str, match: Match) -> None:
    asked, words, found = taken_apart(query, match)
    filters, without = conditions(asked.node.nodes, words, match)
    wanted = [*(field_clause(field) for field in asked.filters), *filters]
    assert [one.clause for one in found if not one.holds] == without
    held = [one.clause for one in found if one.holds]
    enough = [one.clause for one in found if one.kind == ConditionKind.ENOUGH]
    if enough:  # the search lists each word, and has no need of a part of one
        (all_words,) = enough
        held = [
            one.clause for one in found if one.holds and one.kind not in {ConditionKind.SOME_WORD, ConditionKind.ENOUGH}
        ]
        held += all_words["bool"]["filter"] if set(all_words.get("bool", {})) == {"filter"} else [all_words]
    assert held == wanted


def test_the_kinds_and_what_was_typed() -> None:
    _, _, found = taken_apart('"红米手机" 小米 -广告 speaker:郑志昊 ("甲" OR role:host)', Match.MOST)
    assert [(one.kind, one.typed, one.holds) for one in found] == [
        ("speaker", "speaker:郑志昊", True),
        (ConditionKind.QUOTE, '"红米手机"', True),
        (ConditionKind.WITHOUT, "-广告", False),
        (ConditionKind.GROUP, '("甲" OR role:host)', True),
        (ConditionKind.SOME_WORD, "小米", True),
        (ConditionKind.ENOUGH, "most", True),
    ]


def test_every_word_is_what_puts_turns_first() -> None:
    asked, words, _ = taken_apart("小米 合作")
    should = hits_body(asked, words)["query"]["bool"]["should"]
    (first,) = [one["constant_score"] for one in should if one.get("constant_score", {}).get("_name") == "all"]
    assert first["filter"] == every_word(asked, words)
    assert first["boost"] == EVERY_WORD_WEIGHT
    assert every_word(*taken_apart("speaker:郑志昊")[:2]) is None


@pytest.mark.parametrize(
    ("kind", "has_instead"),
    [
        ("speaker", ("郑志昊",)),
        ("role", ("interviewee",)),
        ("topic", ("社交", "商业化")),
        ("keyword", ()),
        ("outlet", ()),
        ("interview", ("qzone-xiaomi",)),
        ("date", ("2013-08-02",)),
        ("number", ("611000000", "0.5")),
        (ConditionKind.QUOTE, ()),
        (ConditionKind.ENOUGH, ("年轻",)),
    ],
)
def test_what_a_turn_has_in_place_of_what_was_asked(kind: str, has_instead: tuple[str, ...]) -> None:
    assert condition_result(Condition(kind, "…", {}), False, TURN, {ConditionKind.ENOUGH: ["年轻"]}) == ConditionResult(
        str(kind), "…", False, has_instead
    )


@pytest.mark.parametrize(("holds", "satisfied"), [(True, True), (True, False), (False, True), (False, False)])
def test_an_exclusion_is_passed_by_not_holding_it(holds: bool, satisfied: bool) -> None:
    assert condition_result(Condition(ConditionKind.WITHOUT, "-广告", {}, holds), satisfied, TURN, {}).passed is (
        holds is satisfied
    )


def suggested(query: str, *failing: str, match: Match = Match.ANY) -> str:
    """What is suggested where the conditions of these kinds fail."""
    asked, _, found = taken_apart(query, match)
    assert set(failing) <= {one.kind for one in found}
    return alternative_query(asked, [(one, one.kind not in failing) for one in found], ("用户", "城市"))


def test_what_fails_is_left_out() -> None:
    assert suggested("小米 -广告 speaker:郑志昊", ConditionKind.WITHOUT) == "小米 speaker:郑志昊"
    assert suggested("小米 -广告 speaker:郑志昊", "speaker") == "小米 -广告"
    assert suggested('"红米手机" 小米 date:2013', ConditionKind.QUOTE, "date") == "小米"


def test_a_turn_without_the_words_is_found_by_its_own() -> None:
    assert suggested("小米 合作 -广告", ConditionKind.SOME_WORD) == "用户 城市 -广告"
    assert suggested('小米 "合作"', ConditionKind.SOME_WORD, ConditionKind.QUOTE) == "用户 城市"
    assert suggested('"合作"', ConditionKind.QUOTE) == "用户 城市"


def test_a_match_that_asks_too_much_leaves_the_query_as_it_is() -> None:
    assert suggested("小米 合作 -广告", ConditionKind.ENOUGH, match=Match.ALL) == "小米 合作 -广告"
