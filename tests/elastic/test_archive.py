"""The Python API on the sample interviews: reading, lists, suggestions, runs, and what is raised."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from elasticsearch import Elasticsearch

from indexer.errors import IndexMissingError, NotFoundError, QueryError, UnreachableError, UsageError
from indexer.settings import Settings
from search_cli import Archive
from search_cli.models import Ranked


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Archive:
    return Archive(sample)


def test_a_turn_by_its_address_and_by_the_beginning_of_it(archive: Archive) -> None:
    turn = archive.turn("qzone-xiaomi#3")
    assert (turn.address, turn.speaker, turn.role, turn.reply_to) == ("qzone-xiaomi#3", "郑志昊", "interviewee", 2)
    assert turn.text.startswith("与小米的合作是QQ空间在社交营销方面的尝试")
    assert archive.turn("qz#3") == archive.turn(" qzone＃3 ") == turn


@pytest.mark.parametrize(
    ("address", "told", "near", "step"),
    [
        ("qzone-xiaomi#16", "turns 1 to 15", (), "qzone-xiaomi#15"),
        ("qz#0", "turns 1 to 15", (), "qzone-xiaomi#15"),
        ("qzone-xiaomo#1", "no interview qzone-xiaomo", ("qzone-xiaomi#1",), "qzone-xiaomi#1"),
    ],
)
def test_an_address_that_is_not_there(
    archive: Archive, address: str, told: str, near: tuple[str, ...], step: str
) -> None:
    with pytest.raises(NotFoundError, match=told) as raised:
        archive.turn(address)
    assert raised.value.near[:1] == near
    assert raised.value.next_step.endswith(step)


def test_a_beginning_of_several_names_them(archive: Archive) -> None:
    with pytest.raises(NotFoundError, match="interviews begin with q") as raised:
        archive.interview("q")
    assert "qzone-xiaomi" in raised.value.near
    assert all(one.startswith("q") for one in raised.value.near)


@pytest.mark.parametrize("address", ["qzone-xiaomi", "#3", "qzone-xiaomi#", "qzone-xiaomi#x", ""])
def test_what_is_no_address_is_told(archive: Archive, address: str) -> None:
    with pytest.raises(UsageError, match="not the address"):
        archive.turn(address)


def test_the_exchange_of_a_turn(archive: Archive) -> None:
    assert [turn.turn for turn in archive.exchange("qzone-xiaomi#3")] == [2, 3]
    assert [turn.turn for turn in archive.exchange("qzone-xiaomi#2")] == [2, 3]
    assert [turn.turn for turn in archive.exchange("qzone-xiaomi#1")] == [1]  # the lead stands before all questions


def test_a_whole_interview(archive: Archive) -> None:
    whole = archive.interview("qzone")
    assert [turn.turn for turn in whole.turns] == list(range(1, 16))
    assert (whole.about.id, whole.about.turns, whole.about.outlet) == ("qzone-xiaomi", 15, "搜狐IT")
    assert whole.about.characters == sum(len(turn.text) for turn in whole.turns)


def test_a_long_interview_comes_whole(sample: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from search_cli import client

    monkeypatch.setattr(client, "_PAGE", 4)
    assert [turn.turn for turn in Archive(sample).interview("qzone").turns] == list(range(1, 16))
    listed = Archive(sample).interviews()
    assert len(listed) == len({one.id for one in listed}) == Archive(sample).search().archive_interviews


def test_the_interviews_the_latest_first(archive: Archive) -> None:
    dates = [one.date for one in archive.interviews()]
    assert all(dates)
    assert dates == sorted(dates, reverse=True)


def test_the_speakers(archive: Archive) -> None:
    speakers = {one.name: one for one in archive.speakers()}
    zheng = speakers["郑志昊"]
    assert (zheng.turns, zheng.interviews, zheng.roles) == (7, 1, ("interviewee",))
    assert (zheng.first, zheng.last) == ("2013-08-02", "2013-08-02")
    assert zheng.affiliations
    whole = archive.interview("qzone-xiaomi")
    assert zheng.characters == sum(len(turn.text) for turn in whole.turns if turn.speaker == "郑志昊")
    turns = [one.turns for one in archive.speakers()]
    assert turns == sorted(turns, reverse=True)


def test_who_speaks_of_it(archive: Archive) -> None:
    found = {one.name: one.turns for one in archive.speakers("小米", outlet="搜狐IT")}
    hits = archive.search("小米", outlet="搜狐IT", limit=100).hits
    assert found == {
        name: sum(hit.turn.speaker == name for hit in hits) for name in {hit.turn.speaker for hit in hits} - {""}
    }


def test_the_topics(archive: Archive) -> None:
    topics = archive.topics(speaker="郑志昊")
    assert "社交营销" in {one.name for one in topics}
    assert all(one.speakers == ("郑志昊",) and one.interviews == 1 for one in topics)
    everyone = archive.topics()
    assert [one.turns for one in everyone] == sorted((one.turns for one in everyone), reverse=True)


def test_a_word_that_sounds_the_same_is_suggested_first(archive: Archive) -> None:
    assert archive.search("小咪 变现").every == 0
    near = archive.near("小咪 变现")
    assert near.searched == ("小咪", "变现")
    assert near.words[0].word == "小米"
    assert near.words[0].turns == archive.search("小米").every
    assert near.query == "小米 变现"


def test_a_speaker_of_a_like_name_is_suggested(archive: Archive) -> None:
    near = archive.near("郑志豪")
    assert [(one.word, one.turns) for one in near.speakers] == [("郑志昊", 7)]
    assert near.query == "郑志昊"
    assert archive.near("林以揉").query == "林以柔"  # nobody says her name, she is found as the speaker
    assert archive.near("林以柔").query == ""


def test_fewer_words_are_suggested(archive: Archive) -> None:
    assert archive.near("小米 蟾蜍牌收音机").query == "小米"
    assert archive.near('"红米手机壳套" 小米').query == "小米"
    assert archive.near("小米").query == ""
    assert archive.near("蟾蜍牌").query == ""
    assert archive.near("speaker:郑志昊").searched == ()


def test_a_run(archive: Archive) -> None:
    (one, two) = archive.run([("q1", "小米 合作"), ("q2", "蟾蜍(")], depth=3)
    assert one[0] == "q1"
    assert [line.rank for line in one[1]] == [1, 2, 3]
    assert [line.score for line in one[1]] == sorted((line.score for line in one[1]), reverse=True)
    assert one[1][0].address == archive.search("小米 合作").hits[0].turn.address
    assert two == ("q2", ())
    assert list(archive.run([])) == []


def test_a_run_of_many_queries_is_asked_in_parts(archive: Archive) -> None:
    many = [(f"q{number}", "小米") for number in range(40)]
    answers = dict(archive.run(many, depth=5))
    assert list(answers) == [name for name, _ in many]
    first: tuple[Ranked, ...] = answers["q0"]
    assert len(first) == 5
    assert all(answer == first for answer in answers.values())


def test_a_run_has_a_depth(archive: Archive) -> None:
    with pytest.raises(UsageError, match="depth 0"):
        list(archive.run([("q", "小米")], depth=0))
    with pytest.raises(UsageError, match="10,000"):
        list(archive.run([("q", "小米")], depth=10_001))


@pytest.mark.parametrize("query", ['小米 "合作', "date:昨天", "(小米"])
def test_queries_that_cannot_be_read(archive: Archive, query: str) -> None:
    for ask in (archive.search, archive.near, archive.request_bodies, archive.speakers):
        with pytest.raises(QueryError):
            ask(query)


def test_a_facet_that_is_none(archive: Archive) -> None:
    with pytest.raises(UsageError, match="colour is not a valid facet"):
        archive.facets("colour")


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        ("search('小米', spaeker='郑志昊')", "spaeker. Did you mean speaker?"),
        ("export('小米', sorted='date')", "sorted. Did you mean sort?"),
        ("facets('speaker', limit=5)", "limit."),
        ("facets('speaker', sizze=5)", "sizze. Did you mean size?"),
        ("cross('speaker', columnz='topic')", "columnz."),
        ("kwic('小米', topics='社交')", "topics. Did you mean topic?"),
        ("collocates('小米', outlets='搜狐IT')", "outlets. Did you mean outlet?"),
        ("occurrences('小米', page=2)", "page."),
        ("speakers('小米', sincee='2013')", "sincee. Did you mean since?"),
        ("topics(limit=3)", "limit."),
        ("near('小米', rol='host')", "rol. Did you mean role?"),
        ("why('qzone-xiaomi#3', '小米', page=1)", "page."),
        ("similar('qzone-xiaomi#3', topick='社交')", "topick. Did you mean topic?"),
        ("request_bodies('小米', facet='role')", "facet. Did you mean facets?"),
    ],
)
def test_an_option_that_is_none(archive: Archive, ask: str, near: str) -> None:
    with pytest.raises(UsageError, match=re.escape(f"There is no option {near}")):
        _ = list(eval(f"archive.{ask}", {"archive": archive}))


def test_an_archive_without_anything_in_it(sample: Settings) -> None:
    empty = Archive(replace(sample, index="nothing-here"))
    for ask in (
        lambda: empty.search("小米"),
        empty.interviews,
        lambda: empty.turn("a#1"),
        lambda: empty.facets("role"),
    ):
        with pytest.raises(IndexMissingError):
            ask()


def test_an_archive_nobody_answers_for() -> None:
    with pytest.raises(UnreachableError):
        Archive(Settings(url="http://127.0.0.1:9")).search("小米")


@pytest.fixture
def given(sample: Settings) -> Iterator[Elasticsearch]:
    with Elasticsearch(sample.url) as client:
        yield client


def test_a_client_of_ones_own(sample: Settings, given: Elasticsearch) -> None:
    archive = Archive(replace(sample, url="http://127.0.0.1:9"), given)
    assert archive.search("小米").total == Archive(sample).search("小米").total
