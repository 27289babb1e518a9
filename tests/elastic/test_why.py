"""Why a turn is found: the explanation against what the search itself gives, for many queries and every turn."""

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from indexer import pipeline
from indexer.errors import NotFoundError, QueryError, UsageError
from indexer.settings import Settings
from search_cli import Archive
from search_cli.explain.explanation import ConditionKind, Explanation, MatchLocation, ScoreKind
from tests.elastic.conftest import SAMPLE
from tests.support.cli import CommandLine

QUERIES = (
    "用户 年轻",
    "用户",
    "米",
    "小米 合作 盈利模式",
    "互联网",
    "社交网络上的用户都喜欢什么",
    '"红米手机"',
    '"用户" 合作 -小米',
    "(小米 OR 微信) 用户",
    "小*",
    "6.11亿",
    "2013年 手机",
    "郑志昊 空间",
    "QQ空间 iPhone",
    "用户 speaker:郑志昊 number:>1亿",
    "腾讯 合作 用户 手机 城市",
    "資訊 網路",
    "-小米",
    "role:interviewee 公园",
    "！！",
)


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Archive:
    return Archive(sample)


@pytest.fixture
def fangtan(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


@cache
def hits(archive: Archive, query: str, **options: Any) -> tuple[tuple[str, float], ...]:
    """The addresses that a search gives, in its order, with their scores: of the sample, which stays as it is."""
    found = archive.search(query, limit=1000, **options).hits
    return tuple((hit.turn.address, hit.score) for hit in found)


@cache
def why(archive: Archive, address: str, query: str, **options: Any) -> Explanation:
    """Why the sample's turn is found: asked once, however many tests look at it."""
    return archive.why(address, query, **options)


def some_of(addresses: list[str], most: int = 6) -> list[str]:
    """The first, the last and some between."""
    step = max(len(addresses) // most, 1)
    return list(dict.fromkeys([*addresses[:2], *addresses[::step], *addresses[-1:]]))


@pytest.mark.parametrize("query", QUERIES)
def test_ranks_and_scores_are_those_of_the_search(archive: Archive, query: str) -> None:
    found = hits(archive, query)
    ranks = {address: rank for rank, (address, _) in enumerate(found, start=1)}
    scores = dict(found)
    for address in some_of(list(ranks)):
        told = why(archive, address, query)
        assert (told.rank, told.total) == (ranks[address], len(found)), address
        assert all(condition.passed for condition in told.conditions), told.conditions
        assert sum(part.score for part in told.parts) == pytest.approx(told.score, rel=1e-5, abs=1e-4)
        if told.parts:
            assert told.score == pytest.approx(scores[address], rel=1e-6)


@pytest.mark.parametrize("query", QUERIES)
def test_every_part_of_a_score_is_known(archive: Archive, query: str) -> None:
    for address, _ in hits(archive, query)[:5]:
        assert ScoreKind.OTHER not in {part.kind for part in why(archive, address, query).parts}


@pytest.mark.parametrize("query", QUERIES)
def test_what_is_not_found_fails_something_and_is_found_by_what_is_suggested(archive: Archive, query: str) -> None:
    found = {address for address, _ in hits(archive, query)}
    others = [address for address, _ in hits(archive, "") if address not in found]
    for address in some_of(others, 4):
        told = why(archive, address, query)
        assert (told.rank, told.found, told.parts) == (0, False, ())
        assert not all(condition.passed for condition in told.conditions)
        assert told.alternative
        assert why(archive, address, told.alternative).found, (address, told.alternative)


@pytest.mark.parametrize("match", ["any", "most", "all"])
@pytest.mark.parametrize("query", ["小米 合作 盈利模式", "用户 年轻", "腾讯 合作 用户 手机 城市"])
def test_a_match_that_demands_more(archive: Archive, query: str, match: str) -> None:
    found = [address for address, _ in hits(archive, query, match=match)]
    every = {address for address, _ in hits(archive, query, match="all")}
    for address, _ in hits(archive, query)[:12]:
        told = why(archive, address, query, match=match)
        assert (told.rank or None) == (found.index(address) + 1 if address in found else None)
        failed = [condition for condition in told.conditions if not condition.passed]
        assert [condition.kind for condition in failed] == ([] if address in found else [ConditionKind.ENOUGH])
        assert told.counted == (address in every and told.found)


@pytest.mark.parametrize("sort", ["date", "position"])
@pytest.mark.parametrize("query", ["用户", "role:interviewee", ""])
def test_the_rank_in_another_order(archive: Archive, query: str, sort: str) -> None:
    query = query or "-没有人说过的话"
    found = [address for address, _ in hits(archive, query, sort=sort)]
    for address in some_of(found):
        told = why(archive, address, query, sort=sort)
        assert (told.rank, told.sort, told.score, told.parts) == (found.index(address) + 1, sort, 0.0, ())


def test_where_each_word_occurs(archive: Archive) -> None:
    told = archive.why("qzone-xiaomi#9", "用户 年轻 郑志昊 互联电视 鲸鱼")
    places = {word.word: word.places for word in told.words}
    assert places["用户"] == (MatchLocation.TURN, MatchLocation.QUESTION)
    assert places["年轻"] == (MatchLocation.TURN,)
    assert places["郑志昊"] == (MatchLocation.SPEAKER,)
    assert places["鲸鱼"] == ()
    assert {word.word: word.times for word in told.words if word.times} == {"用户": 7, "年轻": 1, "互联": 1}
    assert {word.word: word.turns for word in told.words}["用户"] == archive.search('"用户"').total


def test_a_part_of_a_word_is_told_as_a_part(archive: Archive) -> None:
    (word,) = archive.why("qzone-xiaomi#9", "互联电视").words[:1]
    told = archive.why("qzone-xiaomi#9", "“线城市”").words
    assert told[0].places == (MatchLocation.TURN,)
    assert MatchLocation.PARTLY in word.places or MatchLocation.TURN in word.places


def test_an_amount_written_otherwise(archive: Archive) -> None:
    (word,) = archive.why("qzone-xiaomi#9", "61100万").words
    assert (word.places, word.times) == ((MatchLocation.TURN,), 0)


def test_the_passage_is_told_with_its_turns_and_words(archive: Archive) -> None:
    told = archive.why("qzone-xiaomi#9", "用户 年轻")
    part = next(part for part in told.parts if part.kind is ScoreKind.PASSAGE)
    assert [term.term for term in part.terms] == [passage.id for passage in told.passages]
    for passage in told.passages:
        assert passage.first <= 9 <= passage.last
        assert dict(passage.says)["用户"] > 1


def test_the_filters_a_turn_fails_are_told_with_what_it_has(archive: Archive) -> None:
    told = archive.why("qzone#9", "用户", speaker="搜狐IT", since="2014", role="host", outlet="夜航科技")
    failed = {condition.kind: condition.has for condition in told.conditions if not condition.passed}
    assert failed == {
        "speaker": ("郑志昊",),
        "role": ("interviewee",),
        "outlet": ("搜狐IT",),
        "date": ("2013-08-02",),
    }
    assert told.alternative == "用户"


def test_a_query_longer_than_one_search_may_hold(archive: Archive) -> None:
    text = "".join(hit.turn.text for hit in archive.search("用户", limit=40).hits)
    query = "".join(character for character in text if character.isalpha())[:1000]
    first = archive.search(query).hits[0]
    told = archive.why(first.turn.address, query)
    assert told.rank == 1
    assert told.score == pytest.approx(first.score, rel=1e-6)
    assert sum(part.score for part in told.parts) == pytest.approx(told.score, rel=1e-4)


def test_another_word_for_it(archive: Archive) -> None:
    found = archive.search("鹅厂").hits
    assert found, "鹅厂 and 腾讯 are in synonyms.txt"
    told = archive.why(found[0].turn.address, "鹅厂")
    assert "腾讯" in told.terms[0].also
    assert (told.words[0].places, told.words[0].turns) == ((MatchLocation.OTHERWISE,), 0)
    assert set(told.words[0].also) <= set(told.terms[0].also)
    assert ScoreKind.OTHER not in {part.kind for part in told.parts}


def test_scores_of_several_shards(settings: Settings, client: Elasticsearch) -> None:
    spread = replace(settings, shards=3)
    pipeline.index(pipeline.IndexOptions((SAMPLE,)), spread, client)
    archive = Archive(spread, client)
    found = archive.search("用户 手机", limit=1000).hits
    for hit in (*found[:3], found[-1]):
        told = archive.why(hit.turn.address, "用户 手机")
        assert (told.rank, told.total) == (hit.rank, len(found))
        assert sum(part.score for part in told.parts) == pytest.approx(hit.score, rel=1e-5)
        assert ScoreKind.OTHER not in {part.kind for part in told.parts}


def test_what_cannot_be_explained_is_told(archive: Archive) -> None:
    with pytest.raises(UsageError, match="no query to explain"):
        archive.why("qzone-xiaomi#9", "  ")
    with pytest.raises(UsageError, match="not the address"):
        archive.why("小米", "合作")
    with pytest.raises(NotFoundError, match="turns 1 to 15"):
        archive.why("qzone#99", "合作")
    with pytest.raises(NotFoundError, match="interviews begin with"):
        archive.why("qinghe#1", "合作")
    with pytest.raises(NotFoundError, match="no speaker 郑志豪") as raised:
        archive.why("qzone#9", "合作", speaker="郑志豪")
    assert raised.value.near == ("郑志昊",)
    with pytest.raises(QueryError):
        archive.why("qzone#9", '"合作')


def test_the_screen(fangtan: CommandLine) -> None:
    printed = fangtan("why", "qz#9", "用户", "年轻")
    assert printed.code == 0
    assert printed.lines[0] == " qzone-xiaomi#9 is hit 1 of 30 for  用户 年轻"
    assert "archive" in printed.out
    first = [line[:9].strip().replace(",", "") for line in printed.lines]
    numbers = [number for number in first if number.replace(".", "").isdigit()]
    score, *parts = (round(100 * float(number)) for number in numbers)
    assert len(parts) > 3
    assert sum(parts) == score


def test_the_screen_of_a_turn_that_is_not_found(fangtan: CommandLine) -> None:
    printed = fangtan("why", "qz#9", "用户", "-小米", "--speaker", "搜狐IT")
    assert printed.code == 0
    assert printed.lines[0] == " qzone-xiaomi#9 is not found for  用户 -小米"
    assert "   speaker:搜狐IT: this turn is by 郑志昊" in printed.lines
    assert "   -小米: the turn contains it, but it is excluded" in printed.lines
    assert printed.lines[-1] == " Found by: fangtan search 用户"
    assert "Found by" not in fangtan("why", "qz#9", "用户", "-小米", "--no-hints").out


def test_json(fangtan: CommandLine, archive: Archive) -> None:
    import json

    told: Explanation = archive.why("qzone-xiaomi#9", "用户 年轻")
    printed = json.loads(fangtan("why", "qz#9", "用户", "年轻", "--json").out)
    assert (printed["address"], printed["rank"], printed["found"]) == ("qzone-xiaomi#9", told.rank, True)
    assert [part["kind"] for part in printed["parts"]] == [part.kind for part in told.parts]
    assert sum(part["score"] for part in printed["parts"]) == pytest.approx(printed["score"])
    assert printed["turn"]["text"] == told.turn.text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("why",), "Missing argument"),
        (("why", "qz#9"), "There is no query to explain."),
        (("why", "qz", "小米"), "qz is not the address of a turn."),
        (("why", "qz#9", '"小米'), "This quotation mark is not closed."),
        (("why", "qz#9", "小米", "--speker", "郑志昊"), "Did you mean --speaker?"),
        (("why", "nix#1", "小米"), "There is no interview nix."),
    ],
)
def test_mistakes_are_one_line_with_a_next_step(fangtan: CommandLine, arguments: tuple[str, ...], says: str) -> None:
    printed = fangtan(*arguments)
    assert printed.code in {1, 2}
    assert says in printed.err
    assert "Try: " in printed.err
    assert "Traceback" not in printed.err
