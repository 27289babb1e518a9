"""Concordances and collocates of real archives: every occurrence exactly, and Lucene's counts against our own."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch, helpers

from indexer.errors import NotFoundError, UsageError
from indexer.settings import Settings, sample_data
from indexer.store import mapping
from indexer.text.printable import plain
from search_cli import Archive
from search_cli.client import ArchiveClient
from search_cli.kwic import concordance
from search_cli.kwic.collocates import log_likelihood
from search_cli.kwic.concordance import Occurrence
from search_cli.query.stopwords import FUNCTION_WORDS
from tests.support.archives import Archive as Files
from tests.support.archives import line

TEXTS = {
    "whole": "红米手机很好，红米手机便宜",
    "part": "手机很好",
    "trad": "資訊科的資訊",
    "simp": "资讯科",
    "wide": "ＱＱ空间与qq空间",
    "net": "互联网",
    "inter": "互联互通",
    "lines": "第一行小米\n\n第二行小米\n小米",
    "steer": "小\u200b米\x1b[31m红",
    "dots": "等等……好",
    "year": "二〇二〇年和2020年",
    "accent": "cafe\u0301小米e\u0301",
    "old": "照顾老人，老人很多",
    "older": "照顾老年人",
    "emoji": "👍🏽小米👨‍👩‍👧",
}


@pytest.fixture(scope="module")
def small(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Texts by name, each the only turn of its own interview."""
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"kwic-{uuid4().hex[:12]}", data=sample_data())
    folder = tmp_path_factory.mktemp("kwic")
    with connect(settings) as client:
        files = Files(folder, settings, client)
        files.write(all_jsonl="".join(line(name, text) for name, text in TEXTS.items()))
        assert not files.index().failed
        yield Archive(settings)
        files.drop()


@pytest.fixture
def read(sample: Settings) -> Archive:
    """The archive of data/interviews."""
    return Archive(sample)


def texts(settings: Settings) -> dict[str, dict[str, Any]]:
    """All turns as they are in Elasticsearch: address -> document."""
    from indexer.elastic.connection import connect

    with connect(settings) as client:
        return {hit["_id"]: hit["_source"] for hit in helpers.scan(client, index=mapping.names(settings).turns)}


def shown(archive: Archive, query: str, **options: Any) -> list[str]:
    return [f"{one.left}«{one.keyword}»{one.right}" for one in archive.kwic(query, **options).lines]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # known whole in the archive: its parts alone are no occurrence
        ("红米手机", ["«红米手机»很好，红米手机便宜", "红米手机很好，«红米手机»便宜"]),
        ("资讯", ["资讯", "資訊", "資訊"]),
        ("資訊", ["资讯", "資訊", "資訊"]),
        ("qq空间", ["«ＱＱ空间»与qq空间", "ＱＱ空间与«qq空间»"]),
        ("互联网", ["«互联网»"]),  # the archive's 互联互通 is like it, and no occurrence
        ('"互联"', ["«互联»互通", "«互联»网"]),
        ("互联*", ["«互联互通»", "«互联网»"]),
        ("2020年", ["«二〇二〇年»和2020年", "二〇二〇年和«2020年»"]),
        ('"…"', ["等等«……»好"]),
        ("手机 interview:part", ["«手机»很好"]),
        ("(互联网 OR 手机) -红米", ["«互联网»", "«手机»很好"]),
    ],
)
def test_every_occurrence_and_no_other(small, query, expected):
    if expected[0] == "资讯":
        assert sorted(one.keyword for one in small.kwic(query).lines) == sorted(expected)
    else:
        assert sorted(shown(small, query)) == sorted(expected)


def test_lines_are_flat_and_offsets_exact(small):
    turns = texts(small._settings)
    lines = small.kwic("小米", limit=None).lines
    assert len(lines) == 6
    for one in lines:
        assert one.keyword == "小米"
        assert concordance.single_line(turns[one.address]["text"][one.start : one.end]) == "小米"
        assert all(plain(text) == text for text in (one.left, one.keyword, one.right))
    assert [one.right for one in lines if one.interview_id == "lines"] == [" 第二行小米 小米", " 小米", ""]
    assert [one.left for one in lines if one.interview_id == "accent"] == ["cafe\u0301"]


def test_several_words_in_turns_with_both_else_with_some(small):
    both = small.kwic("红米手机 便宜")
    assert ([one.keyword for one in both.lines], both.match) == (["红米手机", "红米手机", "便宜"], "all")
    some = small.kwic("资讯 互联网")
    assert (some.match, {one.interview_id for one in some.lines}) == ("some", {"trad", "simp", "net"})
    assert not small.kwic("资讯 互联网", match="all").lines
    assert small.kwic("红米手机 便宜", match="any").lines == both.lines


def test_synonyms_are_lines_too(small):
    found = small.kwic("老人")  # 老人, 老年人, 长者 are one in data/synonyms.txt
    assert [one.keyword for one in found.lines] == ["老人", "老人", "老年人"]
    assert (found.words, found.also) == (("老人",), ("老年人",))
    near = small.collocates("老人", least=1)
    assert (near.occurrences, near.also) == (3, ("老年人",))
    assert {one.word: one.near for one in near.collocates}["照顾"] == 2
    assert [one.keyword for one in small.kwic('"老人"').lines] == ["老人", "老人"]


@pytest.mark.parametrize("word", ["用户", "小米", "的", "我们", "老师", "12"])
def test_as_many_as_there_are_in_the_texts(read, sample, word):
    found = read.kwic(word, limit=None)
    counted = sum(turn["text"].count(word) for turn in texts(sample).values() if turn["language"] != "zh-Hant")
    mine = [one for one in found.lines if one.keyword == word]
    if word == "12":  # by itself, not in 2012
        assert 0 < len(mine) < counted
    else:
        assert len(mine) >= counted > 0
    assert found.occurrences == len(found.lines)
    assert found.turns == len({one.address for one in found.lines})
    assert found.interviews == len({one.interview_id for one in found.lines})


def test_the_words_that_a_search_marks(read):
    for query in ("用户", '"红米手机"', "小*", "小米 OR 华为", "ｑｑ空间", "6.11亿"):
        marked = {(hit.turn.address, *mark) for hit in read.export(query) for mark in hit.marks}
        found = {(one.address, one.start, one.end) for one in read.occurrences(query)}
        assert found
        assert found <= marked


def test_filters_bind(read):
    everyone = list(read.occurrences("小米"))
    cases: list[tuple[Any, Callable[[Occurrence], bool]]] = [
        ({"speaker": "郑志昊"}, lambda one: one.speaker == "郑志昊"),
        ({"role": "受访"}, lambda one: one.role == "interviewee"),
        ({"outlet": "搜狐IT"}, lambda one: one.outlet == "搜狐IT"),
        ({"interview": "qzone"}, lambda one: one.interview_id == "qzone-xiaomi"),
        ({"since": "2014"}, lambda one: one.date >= "2014"),
        ({"until": "2013"}, lambda one: one.date < "2014"),
    ]
    for narrowed, said in cases:
        kept = list(read.occurrences("小米", **narrowed))
        assert kept == [one for one in everyone if said(one)]
        assert 0 < len(kept) < len(everyone)
    assert [one.address for one in read.occurrences("小米 speaker:邵启年")] == ["shibei-2014#19", "voice-ai-2024#16"]


@pytest.mark.parametrize("order", concordance.ConcordanceOrder)
def test_orders_hold_the_same_lines(read, order):
    every = list(read.occurrences("用户", sort=order))
    assert Counter(every) == Counter(read.occurrences("用户"))
    assert list(read.occurrences("用户", sort=order, limit=7)) == every[:7] == list(read.kwic("用户", order, 7).lines)
    if order == "date":
        assert [one.date for one in every] == sorted((one.date for one in every), reverse=True)
    if order == "position":
        assert every == sorted(every, key=lambda one: (one.interview_id, one.turn, one.start))


def test_speakers_by_pinyin(read):
    speakers = list(dict.fromkeys(one.speaker for one in read.occurrences("手机", sort="speaker")))
    assert speakers.index("陈望野") < speakers.index("韩若溪") < speakers.index("邵启年") < speakers.index("郑志昊")
    assert "" not in speakers or speakers[-1] == ""


def test_ids_are_as_short_as_show_takes_them(read):
    found = read.kwic("手机", limit=None)
    assert set(found.short) == {one.interview_id for one in found.lines}
    for whole, short in found.short.items():
        assert read.turn(f"{short}#1").interview_id == whole


def test_more_turns_than_are_worth_counting(read, monkeypatch):
    monkeypatch.setattr(concordance, "COUNTED", 5)
    found = read.kwic("的", limit=3)
    assert (len(found.lines), found.occurrences) == (3, None)
    assert found.turns > 100  # Elasticsearch counts them
    assert read.kwic("的", "left", 3).occurrences > 500  # all had to be read


def test_lines_come_while_turns_are_read(read, sample):
    lines = read.occurrences("的")
    first = list(islice(lines, 3))
    assert len(first) == 3
    assert all(isinstance(one, Occurrence) for one in first)
    del lines  # the rest is not asked for


@pytest.mark.parametrize("query", ["", "-小米", "speaker:郑志昊", "number:>1亿"])
def test_a_concordance_is_of_a_word(read, query):
    with pytest.raises(UsageError):
        read.kwic(query)
    with pytest.raises(UsageError):
        read.collocates(query)
    with pytest.raises(UsageError):
        list(read.occurrences(query))


def test_a_filter_nobody_has_names_the_nearest(read):
    with pytest.raises(NotFoundError) as told:
        read.kwic("小米", speaker="郑志豪")
    assert told.value.near == ("郑志昊",)


def test_nothing_found_is_no_error(read):
    found = read.kwic("鳙鱼头")
    assert (found.lines, found.occurrences, found.turns, found.archive_interviews) == ((), 0, 0, 15)
    near = read.collocates("鳙鱼头")
    assert (near.collocates, near.occurrences, near.archive_words) == ((), 0, 0)


def counts(settings: Settings) -> Counter[str]:
    """How often each word is said, counted from the documents."""
    return Counter(word for turn in texts(settings).values() for word in turn.get("words", "").split())


def test_frequencies_are_those_of_the_documents(sample):
    counted = counts(sample)
    words = [*counted, "没有这个词的"]
    found, everything = ArchiveClient(sample).frequencies(words)
    assert everything == counted.total()
    assert found == {**counted, "没有这个词的": 0}


def test_many_words_are_asked_for_in_parts(sample, monkeypatch):
    monkeypatch.setattr("search_cli.word_statistics._TERMS", 7)
    counted = counts(sample)
    words = list(counted)[:20]
    assert ArchiveClient(sample).frequencies(words) == ({word: counted[word] for word in words}, counted.total())


@pytest.mark.parametrize("interviews", [1, 12])  # one leaves two shards empty
def test_frequencies_of_several_shards(settings: Settings, client: Elasticsearch, tmp_path: Path, interviews: int):
    spread = replace(settings, shards=3)
    files = Files(tmp_path, spread, client)
    files.write(all_jsonl="".join(line(f"i{number}", f"小米合作{'小米' * number}") for number in range(interviews)))
    assert not files.index().failed
    counted = counts(spread)
    found, everything = ArchiveClient(spread, client).frequencies(["小米", "合作", "华为"])
    assert (found["小米"], found["合作"], found["华为"]) == (counted["小米"], counted["合作"], 0)
    assert everything == counted.total()


def test_collocates_by_hand(read, sample):
    near = read.collocates("小米", limit=None, window=2, least=1, function_words=True)
    left, right, own = Counter[str](), Counter[str](), 0
    for turn in texts(sample).values():
        words = turn.get("words", "").split()
        places = [n for n, word in enumerate(words) if word == "小米"]
        own += len(places)
        for n, word in enumerate(words):
            beside = sorted((abs(n - place), n > place) for place in places if abs(n - place) <= 2)
            if word != "小米" and beside:
                (right if beside[0][1] else left)[word] += 1
    assert {one.word: (one.left, one.right) for one in near.collocates} == {
        word: (left[word], right[word]) for word in left + right
    }
    assert near.near_words == (left + right).total()
    counted = counts(sample)
    assert near.archive_words == counted.total()
    for one in near.collocates:
        assert one.all == counted[one.word]
        expected = log_likelihood(one.near, near.near_words, one.all, near.archive_words - own)
        assert one.score == pytest.approx(expected)
    assert [one.score for one in near.collocates] == sorted((one.score for one in near.collocates), reverse=True)


def test_which_collocates_are_shown(read):
    every = read.collocates("小米", limit=None, least=1, function_words=True)
    plain = read.collocates("小米", limit=None, least=1)
    assert [one for one in every.collocates if one.word not in FUNCTION_WORDS] == list(plain.collocates)
    assert len(plain.collocates) < len(every.collocates)
    few = read.collocates("小米", limit=3)
    assert few.collocates == tuple(one for one in plain.collocates if one.near >= 2)[:3]
    assert few.found == sum(one.near >= 2 for one in plain.collocates)
    assert few.collocates[0].word == "合作"
    by_word = read.collocates("小米", sort="word", limit=None)
    assert {one.word for one in by_word.collocates} == {one.word for one in plain.collocates if one.near >= 2}


def test_collocates_of_those_who_are_asked_for(read):
    near = read.collocates("小米", speaker="邵启年", least=1)
    assert (near.occurrences, near.interviews) == (2, 2)
    assert near.archive_words == read.collocates("小米").archive_words  # the whole archive is what they stand against


def test_a_line_of_jsonl_reads_back(read):
    from search_cli.rendering.formats.kwic_rows import occurrence_object

    (one,) = read.kwic("资讯 OR 資訊", limit=1).lines
    assert Occurrence(**json.loads(json.dumps(occurrence_object(one)))) == one
