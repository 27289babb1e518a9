"""What a search finds, counts and marks: each complaint about Chinese search as a case, in both directions."""

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indexer.errors import ElasticError, NotFoundError, QueryError, UsageError
from indexer.settings import Settings, sample_data
from search_cli import Archive
from search_cli.models import Hit

TEXTS = {
    "net": "互联网改变了一切",
    "inter": "互联互通是目标",
    "maker": "小米手机合作伙伴大会",
    "red": "红米手机首发，红米很便宜",
    "rice": "碾出来的米全给他",
    "ads": "广点通是第三代网络广告",
    "users": "月活跃用户6.11亿",
    "yuan": "收入6.11亿元",
    "dollars": "投资6.11 亿美元",
    "more": "一共16.11亿人次",
    "spoken": "六亿一千一百万用户",
    "trillion": "産值有2兆元",
    "trillions": "一年三万亿",
    "year": "2020年开业",
    "hanyear": "二〇二〇年开业",
    "space": "QQ空间的开放平台",
    "site": "B站的用户",
    "phone": "我用iPhone6",
    "phones": "他用iPhone 6s",
    "wide": "ｉＰｈｏｎｅ与ＱＱ群",
    "with": "I am with him",
    "it": "这是IT行业",
    "jordan": "迈克尔·乔丹来了",
    "liu": "刘三发接受采访",
    "trad": "資訊科的軟體",
    "simp": "资讯科的软体",
    "sight": "这里的景点很多",
    "classic": "这是经典作品",
    "cells": "用Excel表格：A1单元格",
}


class Small:
    """A small archive: texts by name, each a turn of its own interview, and whatever else is given."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self.settings, self._folder = settings, folder
        self.archive = Archive(settings)

    def add(self, *interviews: dict[str, Any]) -> None:
        from indexer import pipeline
        from indexer.elastic.connection import connect

        file = self._folder / "interviews.jsonl"
        file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in interviews), encoding="utf-8")
        with connect(self.settings) as client:
            assert not pipeline.index(
                pipeline.IndexOptions((file,), keep_duplicates=True), self.settings, client
            ).failed

    def found(self, query: str, **options: Any) -> set[str]:
        return {hit.turn.interview_id for hit in self.archive.search(query, limit=100, **options).hits}


@pytest.fixture(scope="module")
def small(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    from indexer.elastic.connection import connect

    settings = Settings(url=node_url, index=f"search-{uuid4().hex[:12]}", data=sample_data())
    small = Small(settings, tmp_path_factory.mktemp("search"))
    small.add(*({"id": name, "turns": [{"text": text}]} for name, text in TEXTS.items()), *TALKS)
    yield small
    with connect(settings) as client:
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def said(speaker: str, role: str, text: str, **more: Any) -> dict[str, Any]:
    return {"speaker": speaker, "role": role, "text": text, **more}


TALKS: list[dict[str, Any]] = [
    {
        "id": "talk/one",
        "title": "谈蜜蜂",
        "date": "2013-08-02",
        "outlet": "山里晚报",
        "turns": [
            said("山里晚报", "interviewer", "蜜蜂冬天怎么过？", label="问"),
            said("陶渊", "interviewee", "抱成一团，轮流在外面。", topics=["养蜂"]),
            said("山里晚报", "interviewer", "蜂蜜会结晶吗？", label="问"),
            said("陶渊", "interviewee", "真的蜂蜜都会结晶，蜜蜂也不怕冷。", topics=["蜂蜜"]),
        ],
    },
    {
        "id": "talk/two",
        "title": "再谈蜜蜂",
        "date": "2014-01-15",
        "outlet": "山里晚报",
        "turns": [
            said("主持", "host", "欢迎陶渊。"),
            said("谢靈運", "interviewee", "蜜蜂和蜂箱我都懂，蜂箱最难做。", topics=["养蜂"]),
        ],
    },
    {"id": "talk", "title": "短", "turns": [said("谢靈運", "other", "蜂箱。")]},
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        # segmented one way, asked another
        ("互联", {"net", "inter"}),
        ("互联网", {"net", "inter"}),
        # a phrase across segmentations is the exact substring
        ('"小米手机合作"', {"maker"}),
        ('"米手机首"', {"red"}),
        ('"小米合作"', set()),
        # a single character
        ("米", {"maker", "red", "rice"}),
        # words in no dictionary
        ("红米手机", {"red", "maker"}),
        ("广点通", {"ads"}),
        ("刘三发", {"liu"}),
        # numbers with units, by value; no digits in the middle of others
        ("6.11亿", {"users", "yuan", "dollars", "spoken"}),
        ("6.11亿元", {"users", "yuan", "dollars", "spoken"}),
        ("16.11亿", {"more"}),
        ("2020年", {"year", "hanyear"}),
        ("二〇二〇年", {"year", "hanyear"}),
        ("number:>10亿", {"more", "trillion", "trillions"}),
        ("number:>1兆", {"trillion", "trillions"}),
        ("number:2万亿", {"trillion"}),
        ("2万亿", {"trillion"}),
        ("3兆", {"trillions"}),
        ("number:6亿..7亿", {"users", "yuan", "dollars", "spoken"}),
        ("number:2020", {"year", "hanyear"}),
        # Han and Latin
        ("QQ空间", {"space", "wide"}),
        ("QQ", {"space", "wide"}),
        ("空间", {"space"}),
        ("B站", {"site"}),
        ("iPhone", {"phone", "phones", "wide"}),
        ("iPhone6", {"phone", "phones", "wide"}),
        ('"iPhone6"', {"phone", "phones"}),
        ("iphone 6s", {"phone", "phones", "wide"}),
        ("IT", {"it"}),
        ('"it"', {"it"}),
        ("a1", {"cells"}),
        # full width
        ("ｉｐｈｏｎｅ６", {"phone", "phones", "wide"}),
        ("ｑｑ", {"space", "wide"}),
        # names with a point
        ("迈克尔·乔丹", {"jordan"}),
        ("乔丹", {"jordan"}),
        # scripts
        ("資訊", {"trad", "simp"}),
        ("资讯", {"trad", "simp"}),
        ("軟體", {"trad", "simp"}),
        ("软体", {"trad", "simp"}),
        # no homophones
        ("景点", {"sight"}),
        ("经典", {"classic"}),
        # operators
        ("互联 -互通", {"net"}),
        ("景点 OR 经典", {"sight", "classic"}),
        ('(景点 OR "经典") -作品', {"sight"}),
        ("互*", {"net", "inter"}),
        ("iph*", {"phone", "phones", "wide"}),
    ],
)
def test_each_complaint(small: Small, query: str, names: set[str]) -> None:
    assert small.found(query) == names


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("红米手机", "red"),
        ("互联网", "net"),
        ("互联互通", "inter"),
        ("QQ空间", "space"),
        ("iPhone 6s", "phones"),
        ("iPhone6", "phone"),
    ],
)
def test_what_is_exactly_so_comes_first(small: Small, query: str, first: str) -> None:
    assert small.archive.search(query).hits[0].turn.interview_id == first


def shown(hit: Hit) -> str:
    text, last = "", 0
    for start, end in hit.marks:
        text += f"{hit.turn.text[last:start]}«{hit.turn.text[start:end]}»"
        last = end
    return text + hit.turn.text[last:]


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("资讯", {"«資訊»科的軟體", "«资讯»科的软体"}),
        ("ｑｑ", {"«QQ»空间的开放平台", "ｉＰｈｏｎｅ与«ＱＱ»群"}),
        ("6.11亿", {"月活跃用户«6.11亿»", "收入«6.11亿»元", "投资«6.11 亿»美元", "«六亿一千一百万»用户"}),
        ("红米手机", {"«红米手机»首发，«红米»很便宜", "小米«手机»合作伙伴大会"}),
    ],
)
def test_marks_are_in_the_print_of_the_text(small: Small, query: str, marked: set[str]) -> None:
    assert {shown(hit) for hit in small.archive.search(query).hits} == marked


def test_the_question_helps_its_answer(small: Small) -> None:
    result = small.archive.search("蜜蜂 冬天")
    assert (result.every, result.some, result.interviews) == (1, 3, 1)  # the question itself; its answer says neither
    both = small.archive.search("蜂蜜 蜜蜂 结晶")
    answer = both.hits[0]
    assert answer.turn.address == "talk/one#4"
    assert answer.question is not None
    assert answer.question.turn.address == "talk/one#3"
    assert answer.question.turn.text[slice(*answer.question.marks[0])] == "蜂蜜"


def test_every_word_may_stand_in_the_question(small: Small) -> None:
    result = small.archive.search("蜂蜜 冷", match="all")
    assert [hit.turn.address for hit in result.hits] == ["talk/one#4"]
    asked = small.archive.search("结晶吗 蜜蜂", match="all")
    assert [hit.turn.address for hit in asked.hits] == ["talk/one#4"]


def test_counts_of_every_most_and_some(small: Small) -> None:
    result = small.archive.search("蜜蜂 蜂箱 冬天")
    assert (result.every, result.most, result.some, result.total) == (0, 2, 4, 4)
    assert result.words == ("蜜蜂", "蜂箱", "冬天")
    for match, total in (("all", 0), ("most", 2), ("any", 4)):
        assert small.archive.search("蜜蜂 蜂箱 冬天", match=match).total == total


def test_a_piece_is_one_word_where_the_archive_has_it(small: Small) -> None:
    assert small.archive.search("红米手机").words == ("红米手机",)
    assert small.archive.search("蜜蜂结晶").words == ("蜜蜂", "结晶")
    assert small.archive.search("红米手机").every == 1


def test_a_speakers_name_finds_what_they_say(small: Small) -> None:
    result = small.archive.search("陶渊 蜂蜜")
    assert result.hits[0].turn.address == "talk/one#4"
    assert small.found("陶渊") == {"talk/one", "talk/two"}
    assert small.found("谢灵运") == {"talk/two", "talk"}  # printed 谢靈運


def test_filters_bind(small: Small) -> None:
    assert small.found("蜜蜂", speaker="陶渊") == {"talk/one"}
    assert small.found("蜜蜂", speaker=["陶渊", "谢灵运"]) == {"talk/one", "talk/two"}
    assert small.found("", speaker="谢灵运") == {"talk/two", "talk"}
    assert small.found("speaker:问") == {"talk/one"}  # a printed label
    assert small.found("蜜蜂 role:受访 date:2014") == {"talk/two"}
    assert small.found("蜜蜂", since="2013-09") == {"talk/two"}
    assert small.found("topic:养蜂 -outlet:山里日报") == {"talk/one", "talk/two"}
    assert small.found("", interview="talk/") == {"talk/one", "talk/two"}
    assert small.found("", interview="talk") == {"talk"}  # an id in full, not the beginning of others
    assert small.found("", interview="tal") == {"talk", "talk/one", "talk/two"}


@pytest.mark.parametrize(
    ("filters", "near"),
    [
        ({"speaker": "陶源"}, "陶渊"),
        ({"topic": "养峰"}, "养蜂"),
        ({"outlet": "山里早报"}, "山里晚报"),
        ({"interview": "talk/three"}, "talk/one"),
    ],
)
def test_an_unknown_name_is_told_with_the_nearest(small: Small, filters: dict[str, Any], near: str) -> None:
    with pytest.raises(NotFoundError) as raised:
        small.archive.search("蜜蜂", **filters)
    assert near in raised.value.near
    assert raised.value.next_step.endswith(f" {raised.value.near[0]}")


def test_a_known_name_that_says_nothing_of_it_is_no_error(small: Small) -> None:
    assert small.archive.search("结晶", speaker="谢灵运").total == 0
    assert small.archive.search("红米", speaker="问").total == 0


def test_facets_count_most_words_and_ignore_their_own_filter(small: Small) -> None:
    result = small.archive.search("蜜蜂", speaker="陶渊", facets=["speaker", "topic", "date", "outlet"])
    speaker, topic, date, outlet = result.facets
    assert {one.value: one.count for one in speaker.buckets} == {"山里晚报": 1, "陶渊": 1, "谢靈運": 1}
    assert {one.value: one.count for one in topic.buckets} == {"蜂蜜": 1}
    assert [(one.value, one.count, one.share) for one in date.buckets] == [("2013-08", 1, 1.0)]
    assert [(one.value, one.count) for one in outlet.buckets] == [("山里晚报", 1)]
    assert (speaker.total, topic.total) == (3, 1)


def test_facets_count_some_words_where_no_turn_has_most(small: Small) -> None:
    result = small.archive.search("蜂箱 结晶", facets="interview")
    assert (result.every, result.match) == (0, "some")
    assert {one.value for one in result.facets[0].buckets} == {"talk/one", "talk/two", "talk"}
    assert small.archive.facets("interview", query="蜂箱 结晶") == result.facets
    assert small.archive.facets("interview", query="蜂箱 结晶", match="all")[0].total == 0


def test_facets_alone_in_the_order_asked_for(small: Small) -> None:
    year, month = small.archive.facets("year", "month", query="蜜蜂")
    assert [one.value for one in year.buckets] == ["2013", "2014"]
    assert [one.value for one in month.buckets] == ["2013-08", "2014-01"]
    (few,) = small.archive.facets("interview", size=2)
    assert (len(few.buckets), few.other) == (2, few.total - sum(one.count for one in few.buckets))


def addresses(hits: Any) -> list[str]:
    return [hit.turn.address for hit in hits]


def test_orders(small: Small) -> None:
    date = small.archive.search("蜜蜂 OR 蜂箱", sort="date").hits
    assert addresses(date) == ["talk/two#2", "talk/one#1", "talk/one#4", "talk#1"]
    position = small.archive.search("蜜蜂 OR 蜂箱", sort="position").hits
    assert addresses(position) == ["talk#1", "talk/one#1", "talk/one#4", "talk/two#2"]


def test_turns_with_every_word_come_first_in_any_order(small: Small) -> None:
    for sort in ("relevance", "date", "position"):
        matches = [str(hit.match) for hit in small.archive.search("蜜蜂 蜂箱", sort=sort).hits]
        assert matches == sorted(matches, key=("every", "some").index)
        assert set(matches) == {"every", "some"}


def test_pages_follow_each_other_and_everything_can_be_exported(small: Small) -> None:
    first = small.archive.search("蜜蜂 用户", limit=2)
    second = small.archive.search("蜜蜂 用户", limit=2, page=2)
    assert [hit.rank for hit in second.hits] == [3, 4]
    together = addresses((*first.hits, *second.hits))
    assert together == addresses(small.archive.search("蜜蜂 用户", limit=4).hits)
    everything = list(small.archive.export("蜜蜂 用户", limit=1))
    assert addresses(everything)[:4] == together
    assert len(everything) == first.total == first.reachable
    assert [hit.rank for hit in everything] == list(range(1, first.total + 1))
    with pytest.raises(UsageError, match="10,000"):
        small.archive.search("蜜蜂", limit=100, page=200)


def test_more_words_than_elasticsearch_takes_are_told_as_that(small: Small) -> None:
    text = "".join(chr(0x4E00 + place * 7 % 20_000) for place in range(9_000))
    with pytest.raises(ElasticError, match="so many words in one query"):
        small.archive.search(text)


def test_the_export_goes_on_from_page_to_page(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    from search_cli.search import all_hits

    whole = addresses(small.archive.export("", sort="position"))
    monkeypatch.setattr(all_hits, "PAGE", 7)
    assert addresses(small.archive.export("", sort="position")) == whole
    assert len(whole) == len(set(whole)) == len(TEXTS) + 7


def test_turns_around_a_hit(small: Small) -> None:
    (hit,) = small.archive.search('"抱成一团"', context=2).hits
    assert [one.turn.turn for one in hit.before] == [1]
    assert [one.turn.turn for one in hit.after] == [3, 4]
    assert hit.question is not None
    assert hit.question.turn.turn == 1


def test_nothing_typed_is_everything_the_latest_first(small: Small) -> None:
    result = small.archive.search()
    assert result.every == result.some == result.total == len(TEXTS) + 7
    assert result.hits[0].turn.interview_id == "talk/two"
    assert result.archive_interviews == len(TEXTS) + 3


def test_what_is_marked_as_hidden_is_not_sent(small: Small) -> None:
    (request,) = [one for one in small.archive.request_bodies("蜜蜂") if one.purpose == "the hits"]
    assert request.path == f"/{small.settings.index}-turns/_search?search_type=dfs_query_then_fetch"
    assert "words" in request.body["_source"]["excludes"]  # type: ignore[index]


@pytest.mark.parametrize(
    "query", ["蜜蜂", "红米手机 -广告", "speaker:陶渊 蜜蜂 OR 蜂箱", "", "“蜜蜂” number:>1 date:2013", "蜂*", "？"]
)
def test_the_requests_shown_can_be_sent_with_curl(small: Small, query: str) -> None:
    from elasticsearch import Elasticsearch

    with Elasticsearch(small.settings.url) as client:
        for one in small.archive.request_bodies(query, facets=["speaker", "date"], limit=3):
            answer = client.perform_request(
                one.method,
                one.path,
                body=one.body,
                headers={"content-type": "application/json", "accept": "application/json"},
            )
            assert not answer.body["timed_out"]
            if one.purpose == "the hits":
                assert [hit["_id"] for hit in answer.body["hits"]["hits"]] == addresses(
                    small.archive.search(query, limit=3).hits
                )


def test_one_search_is_two_round_trips_and_one_for_what_stands_around(small: Small) -> None:
    from search_cli.client import ArchiveClient

    asked: list[str] = []

    class Counting(ArchiveClient):
        def searches(self, searches: Any, **more: Any) -> Any:
            asked.extend(["searches"] if searches else [])
            return super().searches(searches, **more)

        def sources_and_versions(self, ids: Any, excludes: Any, interviews: Any) -> Any:
            asked.extend(["sources"] if ids else [])
            return super().sources_and_versions(ids, excludes, interviews)

    archive = Archive(small.settings)
    archive._client = Counting(small.settings)
    archive.search("蜜蜂结晶", speaker="陶渊", facets=["speaker", "topic"])
    assert asked == ["searches", "searches", "sources"]


TYPED = r"""
蜜蜂 红米手机 6.11亿 Audrey a.b* [x] 的 OR - ( ) " “ ” \ ~ <1-2> @ # & * speaker: topic:养蜂 date:2013 number:>1
"""
PIECES = [*TYPED.split(), " ", " ", " OR ", "\x00", "\u3000"]
QUERIES = st.text(st.characters(codec="utf-8"), max_size=20) | st.lists(st.sampled_from(PIECES), max_size=8).map(
    "".join
)


@given(query=QUERIES)
@example(query="speaker:[a")
@example(query='speaker:"a|b<1>~@#&"')
@example(query="interview:*")
@example(query="<1-2> ~a @ \\")
@example(query="蜜蜂 " * 300)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered_or_refused_by_us(small: Small, query: str) -> None:
    try:
        result = small.archive.search(query, facets=["speaker"])
    except (QueryError, NotFoundError):
        return
    assert result.every <= result.most <= result.some
    assert result.some + result.notes + result.by_speaker + result.parts == result.total
    assert result.facets[0].total == {"all": result.every, "most": result.most, "some": result.some}.get(
        result.match, result.total
    )
    assert len(result.hits) == min(result.total, 10)
    for hit in result.hits:
        assert all(0 <= start < end <= len(hit.turn.text) for start, end in hit.marks)


@pytest.mark.parametrize(
    "words",
    [
        ["".join(letters) for letters in product("ab", repeat=5)],
        ["".join(letters) for letters in product("台发后", repeat=3)],
        ["a" * length for length in range(2, 17)],
        [f"a{sign}b" for sign in "·.-&@~#<"],
    ],
)
def test_no_names_are_more_than_elasticsearch_makes_deterministic(small: Small, words: list[str]) -> None:
    assert small.found(" ".join([*words, "蜜蜂"])) >= {"talk/one", "talk/two"}
    assert small.found("蜜蜂", speaker=[*words, "陶渊"], topic=[*words, "蜂蜜"]) == {"talk/one"}
