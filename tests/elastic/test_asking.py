"""Samples, ranges, NEAR, counted occurrences, who answers whom, what is new: each compared with a count by hand."""

import csv
import io
import json
import random
from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import pytest
from elasticsearch import Elasticsearch, helpers

from indexer.errors import NotFoundError, UsageError
from indexer.settings import Settings
from indexer.store import mapping
from indexer.text.normalize import fold
from search_cli import Archive
from search_cli.kwic.concordance import Occurrence
from tests.support.archives import Archive as Files
from tests.support.archives import line
from tests.support.cli import CommandLine


@pytest.fixture
def read(sample: Settings) -> Archive:
    """The archive of data/interviews."""
    return Archive(sample)


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


@pytest.fixture(scope="module")
def turns(sample: Settings) -> dict[str, dict[str, Any]]:
    """All turns as they are in Elasticsearch: address -> document."""
    with Elasticsearch(sample.url) as client:
        return {hit["_id"]: hit["_source"] for hit in helpers.scan(client, index=mapping.names(sample).turns)}


def addresses(archive: Archive, query: str = "", **options: Any) -> list[str]:
    return [hit.turn.address for hit in archive.search(query, **options).hits]


# order


def test_the_oldest_come_first(read: Archive) -> None:
    dates = [hit.turn.date for hit in read.search("用户", sort="oldest", match="all", limit=1000).hits]
    assert dates == sorted(dates)
    assert set(addresses(read, "用户", sort="oldest", limit=1000)) == set(addresses(read, "用户", limit=1000))
    lines = [one.date for one in read.kwic("用户", sort="oldest", limit=None).lines]
    assert lines == sorted(lines)


def shuffled(found: set[str], seed: int) -> list[str]:
    """The order of a seed: by a hash of it and the address, and of nothing else."""
    return sorted(found, key=lambda address: blake2b(f"{seed} {address}".encode(), digest_size=8).digest())


def test_a_sample_is_settled_by_its_seed_and_the_addresses(read: Archive, turns: dict[str, Any]) -> None:
    narrowed = {address for address, one in turns.items() if one["role"] == "interviewee"}
    for seed in (1, 2, -7, 10**30):
        assert addresses(read, role="interviewee", sort="random", seed=seed, limit=50) == shuffled(narrowed, seed)[:50]
    assert addresses(read, role="受访", sort="random") == shuffled(narrowed, 1)[:10]


def test_a_sample_of_words_begins_with_the_turns_that_have_every_word(read: Archive) -> None:
    every = set(addresses(read, "用户 手机", match="all", limit=1000))
    found = set(addresses(read, "用户 手机", limit=1000))
    assert every < found
    sampled = read.search("用户 手机", sort="random", seed=3, limit=1000).hits
    assert [hit.turn.address for hit in sampled] == shuffled(every, 3) + shuffled(found - every, 3)
    assert [hit.match == "every" for hit in sampled] == [True] * len(every) + [False] * len(found - every)
    assert addresses(read, "用户 手机", sort="random", seed=3, match="all", limit=100) == shuffled(every, 3)


def test_pages_and_exports_of_a_sample_are_one_order_without_duplicates(read: Archive, run: CommandLine) -> None:
    whole = [hit.turn.address for hit in read.export("手机", sort="random", seed=5)]
    assert len(whole) == len(set(whole)) == read.search("手机", sort="random", seed=5).total
    paged = [one for page in range(1, 4) for one in addresses(read, "手机", sort="random", seed=5, limit=4, page=page)]
    assert paged == whole[:12]
    ranks = [hit.rank for hit in read.search("手机", sort="random", seed=5, limit=4, page=2).hits]
    assert ranks == [5, 6, 7, 8]
    printed = run("search", "手机", "--sort", "random", "--seed", "5", "--all", "--csv")
    assert [row["address"] for row in csv.DictReader(io.StringIO(printed.out))] == whole


def test_what_a_random_order_does_not_have_is_told(read: Archive, run: CommandLine) -> None:
    with pytest.raises(UsageError, match="--seed 3 requires --sort random"):
        read.search("手机", seed=3)
    with pytest.raises(UsageError, match="no reasons"):
        read.why("qzone-xiaomi#3", "小米", sort="random")
    assert "--sort random" in run("search", "手机", "--sort", "random", "--show-query").err


# interviews


def test_interviews_by_title_in_either_script(read: Archive) -> None:
    every = read.interviews()
    for word in ("手机", "手機", "小米", "電梯", "口述史", "紅米 手機", "２０１５"):
        expected = [one.id for one in every if all(fold(part) in fold(one.title) for part in word.split())]
        assert [one.id for one in read.interviews(word)] == expected
    assert [one.id for one in read.interviews("手機 -柜")] == [
        one.id for one in every if "手机" in fold(one.title) and "柜" not in one.title
    ]
    assert read.interviews("[.*") == ()


@pytest.mark.parametrize(
    "filters",
    [
        {"speaker": "韩若溪"},
        {"speaker": "韓若溪", "since": "2018"},
        {"speaker": ("邵启年", "郑志昊")},
        {"outlet": "夜航科技", "until": "2014"},
        {"topic": "教育"},
        {"interview": "qzone"},
    ],
)
def test_interviews_by_what_they_have(read: Archive, turns: dict[str, Any], filters: dict[str, Any]) -> None:
    of_turns = {one["interview_id"] for one in read_turns(read, turns, filters)}
    found = read.interviews(**filters)
    assert {one.id for one in found} == of_turns
    assert of_turns
    assert [one.date for one in found] == sorted((one.date for one in found), reverse=True)


def read_turns(read: Archive, turns: dict[str, Any], filters: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The turns that pass filters, as `fangtan search` finds them."""
    for hit in read.export("", **filters):
        yield turns[hit.turn.address]


def test_interviews_on_a_screen_and_what_they_have_not(run: CommandLine) -> None:
    assert "qzone-xiaomi" in run("interviews", "红米", "--speaker", "郑志昊").out
    assert run("interviews", "没有这个题目").out.strip() == "No title contains 没有这个题目."
    assert "Interviews have no role" in run("interviews", "role:受访").err
    assert "Did you mean: 郑志昊" in run("interviews", "--speaker", "郑志豪").err
    listed = json.loads(run("interviews", "手机", "--json").out)
    assert {"id", "indexed_at", "added_at"} <= listed[0].keys()


# show


def test_several_turns(read: Archive, run: CommandLine) -> None:
    found = read.turns("qz#3-5")
    assert [turn.turn for turn in found.turns] == [3, 4, 5]
    assert (found.address, found.interview_turns) == ("qzone-xiaomi#3-5", 15)
    assert [turn.turn for turn in read.turns("qz#14", context=3).turns] == list(range(11, 16))
    assert [turn.turn for turn in read.turns("qz#2–3", context=1).turns] == [1, 2, 3, 4]
    assert json.loads(run("show", "qz#3-5", "--json").out)["turns"][2]["address"] == "qzone-xiaomi#5"


def test_a_range_that_is_longer_than_the_interview_is_told(read: Archive, run: CommandLine) -> None:
    printed = run("show", "qz#14-99")
    assert printed.lines[-1] == " qzone-xiaomi has turns 1 to 15."
    with pytest.raises(NotFoundError, match="turns 1 to 15, not 16"):
        read.turns("qz#16-20")
    with pytest.raises(UsageError, match="ends before it starts"):
        read.turns("qz#5-3")
    assert "is several turns" in run("why", "qz#3-5", "小米").err


def test_a_turn_within_those_around_it_and_several_addresses(run: CommandLine) -> None:
    around = run("show", "qz#3", "--context", "1")
    assert [one[:4] for one in around.lines if one[:3] in {" ▸ ", "   "} and one[3:4].isdigit()] == [
        "   2",
        " ▸ 3",
        "   4",
    ]
    assert " Cite: 郑志昊" in around.out
    both = run("show", "qz#3-4", "shibei-2014#11")
    assert both.code == 0
    assert "与小米手机合作发布红米手机" in both.out
    assert "拾贝" in both.out
    assert "--context needs a turn" in run("show", "qz", "--context", "2").err
    assert "--json shows one" in run("show", "qz#3", "qz#4", "--json").err


# NEAR

WORDS = (
    *("用户", "手机", "小米", "我们", "们", "的", "公园", "孩子", "合作", "社交", "社交产品", "产品", "隐私"),
    *("声音", "问题", "没有", "一个", "个"),
)


def places(word: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(word, at)]


def are_near(text: str, one: str, other: str, distance: int) -> bool:
    """Whether two words stand at most so many characters apart, in any order, without overlapping."""
    starts = [(a, b) for a in places(one, text) for b in places(other, text)]
    return any(0 <= max(b - a - len(one), a - b - len(other)) <= distance for a, b in starts)


def test_near_is_what_is_counted_by_hand(read: Archive, turns: dict[str, Any]) -> None:
    texts = {address: fold(one["text"]) for address, one in turns.items()}
    chosen = random.Random(7)
    for _ in range(40):
        one, other, distance = chosen.choice(WORDS), chosen.choice(WORDS), chosen.choice([0, 1, 3, 10, 40])
        expected = {address for address, text in texts.items() if are_near(text, one, other, distance)}
        assert set(addresses(read, f"{one} NEAR/{distance} {other}", limit=1000)) == expected, (one, distance, other)


def test_near_marks_both_and_only_where_they_are_near(read: Archive) -> None:
    for hit in read.export("小米 NEAR/6 合作"):
        marked = [hit.turn.text[start:end] for start, end in hit.marks]
        assert set(marked) == {"小米", "合作"}
    lines = read.kwic("小米 NEAR/6 合作", limit=None).lines
    assert {one.keyword for one in lines} == {"小米", "合作"}
    assert {one.address for one in lines} == set(addresses(read, "小米 NEAR/6 合作", limit=100))
    assert len(lines) < len(read.kwic("小米 OR 合作", limit=None).lines)


def test_near_with_everything_else(read: Archive) -> None:
    near = set(addresses(read, "小米 NEAR/6 合作", limit=100))
    assert near
    assert set(addresses(read, "小米 NEAR/6 合作 speaker:郑志昊", limit=100)) == {
        one for one in near if read.turn(one).speaker == "郑志昊"
    }
    assert not near & set(addresses(read, "小米 -(小米 NEAR/6 合作)", limit=100))
    assert near < set(addresses(read, "小米 NEAR/6 合作 OR 公园", limit=100))
    sides = (set(addresses(read, f"小米 NEAR/6 {other}", limit=100)) for other in ("合作", "手机"))
    assert set(addresses(read, "小米 NEAR/6 (合作 OR 手机)", limit=100)) == set.union(*sides)
    assert read.why(near.pop(), "小米 NEAR/6 合作").found
    assert not read.why("qzone-xiaomi#1", "小米 NEAR/0 隐私").found


# counts of occurrences


@pytest.mark.parametrize("field", ["speaker", "role", "outlet", "interview", "month", "year", "date"])
def test_occurrences_add_up_to_those_of_the_concordance(read: Archive, field: str) -> None:
    lines = read.kwic("用户", limit=None).lines
    counted = read.occurrence_counts("用户", field)
    name, length = {"interview": ("interview_id", None), "year": ("date", 4)}.get(
        field, ("date", 7) if field in {"month", "date"} else (field, None)
    )

    def of(one: Occurrence) -> str:
        return str(getattr(one, name))[:length]

    assert {row.value: row.occurrences for row in counted.lines} == Counter(map(of, lines))
    assert {row.value: row.turns for row in counted.lines} == {
        value: len({one.address for one in lines if of(one) == value}) for value in {of(one) for one in lines}
    }
    whole = read.kwic("用户", limit=1)
    assert (counted.occurrences, counted.turns, counted.interviews) == (
        whole.occurrences,
        whole.turns,
        whole.interviews,
    )


def test_occurrences_by_two_fields(read: Archive, run: CommandLine) -> None:
    pairs = Counter((one.speaker, one.date[:4]) for one in read.kwic("手机", limit=None).lines)
    table = read.occurrence_counts("手机", "speaker", "year")
    assert table.across == tuple(sorted({year for _, year in pairs}))
    for row in table.lines:
        assert row.counts == tuple(pairs[row.value, year] for year in table.across)
    rows = list(csv.DictReader(io.StringIO(run("kwic", "手机", "--count", "speaker", "year", "--csv").out)))
    assert {(row["speaker"], year): int(row[year]) for row in rows for year in table.across if int(row[year])} == pairs
    found = json.loads(run("kwic", "--count", "speaker", "year", "手机", "--json").out)
    assert (found["rows"], found["columns"], found["occurrences"]) == ("speaker", "year", pairs.total())
    screen = run("kwic", "手机", "--count", "speaker", "-n", "2")
    assert screen.lines[0].startswith(f" speaker · {pairs.total()} occurrences of 手机")
    assert "more speakers: --limit" in screen.lines[-1]


def test_each_topic_of_a_turn_has_its_occurrences(read: Archive, turns: dict[str, Any]) -> None:
    lines = read.kwic("手机", limit=None).lines
    topics = Counter(topic for one in lines for topic in turns[one.address].get("topics", [""]))
    assert {row.value: row.occurrences for row in read.occurrence_counts("手机", "topic").lines} == topics


def test_what_cannot_be_counted_is_told(run: CommandLine) -> None:
    assert "no field colour to count" in run("kwic", "手机", "--count", "colour").err
    assert "one field or two" in run("kwic", "手机", "--count", "speaker", "year", "role").err
    assert "--count has no" in run("kwic", "手机", "--count", "speaker", "--collocates").err


# who answers whom


def test_answers_to_somebody(read: Archive, turns: dict[str, Any]) -> None:
    asker = {address: turns.get(f"{one['interview_id']}#{one.get('reply_to')}") for address, one in turns.items()}
    expected = {
        address
        for address, question in asker.items()
        if question and question.get("speaker") == "搜狐IT" and turns[address]["speaker"] == "郑志昊"
    }
    assert expected
    assert set(addresses(read, speaker="郑志昊", to="搜狐IT", limit=100)) == expected
    assert set(addresses(read, "speaker:郑志昊 to:搜狐it", limit=100)) == expected
    assert addresses(read, "-to:搜狐IT interview:qzone", limit=100)
    with pytest.raises(NotFoundError, match="no speaker 郑志豪"):
        read.search(to="郑志豪")


def test_who_speaks_with_whom(read: Archive, turns: dict[str, Any], run: CommandLine) -> None:
    interviews = read.interviews()
    for name in ("韩若溪", "郑志昊"):
        mine = [one for one in interviews if name in one.speakers]
        met = Counter(other for one in mine for other in one.speakers if other != name)
        to = Counter(one.get("speaker") for one in turns.values() if one.get("reply_to_speaker") == name)
        from_ = Counter(one.get("reply_to_speaker") for one in turns.values() if one.get("speaker") == name)
        found = read.partners(name)
        assert {one.name: one.interviews for one in found} == met
        for one in found:
            assert (one.answers_to, one.answers_from) == (to[one.name], from_[one.name])
    assert len(read.partners("韓若溪", since="2018")) < len(read.partners("韩若溪"))
    assert "梁叙白" in run("speakers", "--with", "韩若溪").out
    assert "--with is not combined with --role" in run("speakers", "--with", "韩若溪", "--role", "受访").err
    assert "Try: --with 郑志昊" in run("speakers", "--with", "郑志豪").err


# what is new


def test_an_interview_indexed_again_is_not_new(archive: Files) -> None:
    archive.write(old_jsonl=line("old", "小米很好"), new_jsonl=line("new", "小米也好"))
    archive.index()
    _backdate(archive, "old", "2026-01-02T03:04:05+00:00")
    found = Archive(archive.settings)
    assert set(addresses(found, added="7d")) == {"new#1"}
    archive.index()
    archive.write(old_jsonl=line("old", "小米更好", "是的"))
    archive.index()
    assert set(addresses(found, added="7d")) == {"new#1"}
    assert set(addresses(found, "小米 added:2026-01-01..2026-02")) == {"old#1"}
    archive.index(rebuild=True)
    assert set(addresses(found, added="2w")) == {"new#1"}
    assert {one.id: one.added_at[:10] for one in found.interviews(added="2026")}["old"] == "2026-01-02"
    assert [one.id for one in found.interviews(added="24h")] == ["new"]
    with pytest.raises(UsageError, match="soon is not a time"):
        found.search(added="soon")


def _backdate(archive: Files, interview: str, time: str) -> None:
    """Let an interview have been added at a time."""
    names = mapping.names(archive.settings)
    for (kind, id_), document in archive.contents().items():
        if document["interview_id"] == interview:
            index = dict(zip(mapping.KINDS, names.each, strict=True))[kind]
            archive.client.update(index=index, id=id_, doc={"added_at": time}, refresh=True)
