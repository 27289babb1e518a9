"""Which other words a query is searched with: looked up, asked of the archive, weighed."""

from pathlib import Path
from typing import Any

import pytest

from indexer.settings import sample_data
from indexer.text import analysis
from search_cli.query import spelling
from search_cli.query.bodies import hits_body, passages_body
from search_cli.query.clauses import contains, contains_any, contains_any_or_in_question, expansion_scores, in_question
from search_cli.query.expansion import ExpandedQuery, expand
from search_cli.query.parser import parse
from search_cli.query.request import request
from search_cli.query.synonyms import FILE, Synonyms, load
from search_cli.query.terms import EXPANSION_WEIGHT, analyze_query, expanded_term

ANALYZER = analysis.load(sample_data() / "words.txt")
analyze = ANALYZER.analyze
GROUPS = "腾讯,鹅厂\n深度学习,Deep Learning\n企鹅公司 => 腾讯\n新浪微博, Weibo\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "synonyms.txt").write_text(GROUPS, encoding="utf-8")
    return tmp_path


def wide(query: str, data: Path, *, synonyms: bool = True, regional: bool = False) -> ExpandedQuery:
    node = parse(query)
    groups = load(data / FILE) if synonyms else Synonyms()
    return expand(analyze_query(node, analyze), node, analyze, groups, regional=regional)


def also(query: str, data: Path, **wanted: bool) -> dict[str, list[str]]:
    """By each word of a query, what may be searched with it."""
    found = wide(query, data, **wanted).terms.expansions
    return {unit: [one.written for one in others] for unit, others in found.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("腾讯 股价", {"腾讯": ["鹅厂"]}),
        ("騰訊股价", {"腾讯": ["鹅厂"]}),  # a part of what was typed without spaces
        ("腾讯 OR 小米", {"腾讯": ["鹅厂"]}),
        ("(鹅厂 股价) OR 小米", {"鹅厂": ["腾讯"]}),
        ('"腾讯" 股价', {}),
        ("腾* 股价", {}),
        ("-腾讯 股价", {}),
        ("speaker:腾讯 股价", {}),
        ("企鹅公司", {"企鹅公司": ["腾讯"]}),
        ("企鹅 公司", {"企鹅": ["腾讯"], "公司": ["腾讯"]}),  # typed apart
        ("deep learning", {"deep": ["深度学习"], "learning": ["深度学习"]}),
        ("deep -x learning", {}),
        ("深度学习", {"深度学习": ["Deep Learning"]}),
        ("新 浪 微 博", {one: ["Weibo"] for one in "新浪微博"}),
        ("", {}),
    ],
)
def test_what_is_looked_up(query: str, found: dict[str, list[str]], data: Path) -> None:
    assert also(query, data) == found


def test_synonyms_and_regional_words_are_chosen(data: Path) -> None:
    assert also("腾讯 软件", data, synonyms=False) == {}
    assert also("腾讯 软件", data, regional=True) == {"腾讯": ["鹅厂"], "软件": ["软体"]}
    assert also("软件", data, synonyms=False, regional=True) == {"软件": ["软体"]}
    assert also("软件的价格", data, regional=True) == {"软件的价格": ["软体的价格"], "软件": ["软体"]}
    assert also("软件", data / "nowhere") == {}


def test_a_word_of_a_group_is_one_word_whatever_jieba_makes_of_it(data: Path) -> None:
    node = parse("企鹅公司")
    (word,) = node.nodes
    assert analyze_query(node, analyze).required_words(word) == ("企鹅", "公司")  # type: ignore[arg-type]
    assert wide("企鹅公司", data).terms.required_words(word) == ("企鹅公司",)  # type: ignore[arg-type]


def total(turns: int) -> dict[str, Any]:
    return {"hits": {"total": {"value": turns}}}


def test_the_archive_is_asked_for_each_word_and_for_the_nearest(data: Path) -> None:
    found = wide("腾讯 iphnoe", data)
    assert [purpose for purpose, _ in found.bodies] == [
        "how many turns there are",
        "how many turns hold 腾讯",
        "how many turns hold 鹅厂",
        "the nearest words to those in no turn",
    ]
    assert found.bodies[1][1] == {"query": contains("腾讯"), "size": 0, "track_total_hits": True}
    assert wide("股价", data).bodies == []


@pytest.mark.parametrize(
    ("typed", "of", "weight"),
    [
        (300, 300, EXPANSION_WEIGHT),
        (10, 300, EXPANSION_WEIGHT),  # what is more frequent counts less by itself
        (0, 300, EXPANSION_WEIGHT),
        (
            300,
            3,
            pytest.approx(EXPANSION_WEIGHT * 1.202 / 5.658, rel=0.01),
        ),  # ln(1 + 700.5 / 300.5), ln(1 + 997.5 / 3.5)
    ],
)
def test_a_rarer_word_counts_no_more(typed: int, of: int, weight: float, data: Path) -> None:
    answered = wide("腾讯", data).weighted([total(1000), total(typed), total(of)], ())
    assert [one.weight for one in answered.expansions["腾讯"]] == [weight]


def test_words_that_no_turn_holds_are_left_out(data: Path) -> None:
    assert wide("腾讯", data).weighted([total(1000), total(3), total(0)], ()).expansions == {}


def suggested(**near: str) -> dict[str, Any]:
    return {"suggest": {word: [{"options": [{"text": one}] if one else []}] for word, one in near.items()}}


def test_a_slip_is_searched_as_what_is_nearest(data: Path) -> None:
    found = wide("iphnoe xiaomi", data)
    answer = suggested(iphnoe="iphone", xiaomi="")
    assert {word: one[0].written for word, one in found.weighted([answer], ()).expansions.items()} == {
        "iphnoe": "iphone"
    }
    assert found.weighted([answer], {"iphnoe": ("Iphnoe",)}).expansions == {}  # somebody is called so


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["iphnoe", "iphnoe", "腾讯", "abc", "iphone6", "café", "a-bcd", ""], ("iphnoe",)),
        (["abcd"], ("abcd",)),
    ],
)
def test_only_words_of_latin_letters_can_be_slips(words: list[str], found: tuple[str, ...]) -> None:
    assert spelling.correctable(words) == found


def test_long_words_may_have_two_wrong_letters() -> None:
    suggest = spelling.body(["iphnoe", "elasticsaerhc"])["suggest"]
    assert [one["term"]["max_edits"] for one in suggest.values()] == [1, 2]
    assert all(one["term"]["suggest_mode"] == "missing" for one in suggest.values())


def test_clauses() -> None:
    found = expanded_term("Ｄｅｅｐ  Learning", analyze)
    assert (found.written, found.normal, found.text) == ("Ｄｅｅｐ  Learning", "deep learning", "deeplearning")
    assert contains_any([found]) == [contains("deep learning")]
    assert contains_any_or_in_question([found]) == [contains("deep learning"), in_question("deep learning")]
    assert list(expansion_scores([found])) == [
        {"match": {name: {"query": "deep learning", "operator": "and", "boost": EXPANSION_WEIGHT}}}
        for name in ("words", "bigrams")
    ]


def test_hits_are_scored_by_other_words_and_passages_are_not(data: Path) -> None:
    asking = request("腾讯")
    words = wide("腾讯", data).weighted([total(9), total(3), total(3)], ())
    assert "鹅厂" in str(hits_body(asking, words)["query"]["bool"]["should"])
    assert "鹅厂" in str(hits_body(asking, words)["query"]["bool"]["filter"])
    assert "鹅厂" not in str(passages_body(asking, words))
