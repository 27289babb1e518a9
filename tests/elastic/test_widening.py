"""What is searched besides the typed words: found, counted, marked, said; and switched off."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from search_cli import Archive
from tests.elastic.test_search import Small, shown
from tests.support.cli import CommandLine

TEXTS = {
    "tencent": "腾讯的股价跌了，腾讯没有回应。",
    "goose": "鹅厂的股价跌了，鹅厂没有回应。",
    "latin": "Tencent的股价跌了，Tencent没有回应。",
    "pair": "企鹅很可爱，公司也不错。",
    "company": "企鹅公司发布了年报。",
    "many1": "腾讯发布了财报。",
    "many2": "腾讯的用户很多。",
    "many3": "腾讯投资了很多公司。",
    "deep": "深度学习改变了语音识别。",
    "learning": "他做deep learning，也做推荐。",
    "apart": "deep在前，learning在后。",
    "trad": "這套軟體寫得好，影片和網路都行，叫計程車也方便。",
    "simp": "这套软件写得好，视频和网络都行，叫出租车也方便。",
    "phone": "我用iPhone6拍照。",
    "mouse": "滑鼠壞了。",
    "amazon": "亚马逊的Amazon Prime不错。",
}
SYNONYMS = """
腾讯, 鵝廠, Tencent   # the company
企鹅公司 => 腾讯
深度学习，Deep Learning
腾讯
甲=>
"""


@pytest.fixture(scope="module")
def small(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    folder = tmp_path_factory.mktemp("widening")
    data = folder / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana"))
    (data / "synonyms.txt").write_text(SYNONYMS, encoding="utf-8")
    settings = Settings(url=node_url, index=f"widening-{uuid4().hex[:12]}", data=data)
    small = Small(settings, folder)
    talk = {
        "id": "talk",
        "turns": [
            {"role": "interviewer", "text": "鹅厂会回应吗？"},
            {"role": "interviewee", "speaker": "陶渊", "text": "不知道。", "reply_to": 1},
        ],
    }
    small.add(*({"id": name, "turns": [{"text": text}]} for name, text in TEXTS.items()), talk)
    yield small
    with connect(settings) as client:
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def other(small: Small, **settings: Any) -> Small:
    """The same archive with other settings."""
    return Small(replace(small.settings, **settings), small._folder)


COMPANY = {"tencent", "goose", "latin", "many1", "many2", "many3", "talk"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("腾讯", COMPANY),
        ("騰訊", COMPANY),
        ("鹅厂", COMPANY),
        ("tencent", COMPANY),
        ("ＴＥＮＣＥＮＴ", COMPANY),
        (
            "企鹅公司",
            {"company", "pair", "tencent", "many1", "many2", "many3", "talk"} - {"talk"},
        ),  # one way, and itself
        ("腾讯 -股价", {"many1", "many2", "many3", "talk"}),
        ("股价 -腾讯", {"goose", "latin"}),  # the word itself, not its synonyms
        ("股价 -鹅厂", {"tencent", "latin"}),
        ('"腾讯"', {"tencent", "many1", "many2", "many3"}),  # to the letter
        ("腾*", {"tencent", "many1", "many2", "many3"}),
        ("腾讯 OR 年报", COMPANY | {"company"}),
        ("deep learning", {"deep", "learning", "apart"}),
        ("深度学习", {"deep", "learning"}),
    ],
)
def test_a_word_finds_what_means_the_same(small: Small, query: str, names: set[str]) -> None:
    found = small.found(query)
    if query == "企鹅公司":
        assert found >= {"company", "tencent", "many1", "many2", "many3"}
        assert not found & {"goose", "latin", "talk"}
    else:
        assert found == names


def test_without_synonyms_only_the_word_is_found(small: Small) -> None:
    plain = other(small, synonyms=False)
    assert plain.found("腾讯") == {"tencent", "many1", "many2", "many3"}
    assert plain.found("鹅厂") == {"goose", "talk"}
    assert plain.archive.search("腾讯").also == ()


def test_a_search_overrides_the_settings(small: Small) -> None:
    assert small.archive.search("腾讯", synonyms=False).also == ()
    assert small.archive.search("软件", regional=True).also == ("软体",)
    assert small.archive.facets("speaker", query="腾讯", synonyms=False) == other(small, synonyms=False).archive.facets(
        "speaker", query="腾讯"
    )
    plain = other(small, synonyms=False, regional=True)
    assert plain.archive.search("腾讯", synonyms=True).also == small.archive.search("腾讯").also
    assert plain.archive.search("软件", regional=False).also == ()


def test_what_was_typed_comes_first(small: Small) -> None:
    """tencent, goose and latin say the same, but for the name; the rarer one does not count more."""
    for query, first in (("腾讯 股价", "tencent"), ("鹅厂 股价", "goose"), ("Tencent 股价", "latin")):
        assert small.archive.search(query).hits[0].turn.interview_id == first
    scores = {hit.turn.interview_id: hit.score for hit in small.archive.search("腾讯").hits}
    assert scores["tencent"] > scores["goose"] > 0


def test_a_synonym_counts_only_whole(small: Small) -> None:
    assert "pair" not in small.found("深度学习")
    assert small.found("Deep Learning", match="all") == {"deep", "learning", "apart"}  # apart: both words
    assert small.found("深度学习", match="all") == {"deep", "learning"}


def test_synonyms_are_counted_marked_and_said(small: Small) -> None:
    result = small.archive.search("腾讯 股价", facets=["interview"])
    assert (result.every, result.words) == (3, ("腾讯", "股价"))
    assert result.also == ("鵝廠", "Tencent")
    assert {one.value for one in result.facets[0].buckets} == {"tencent", "goose", "latin"}
    assert {shown(hit) for hit in result.hits if hit.turn.interview_id in {"goose", "latin"}} == {
        "«鹅厂»的«股价»跌了，«鹅厂»没有回应。",
        "«Tencent»的«股价»跌了，«Tencent»没有回应。",
    }
    (answer,) = [
        hit for hit in small.archive.search("腾讯 不知道").hits if hit.turn.interview_id == "talk" and hit.question
    ]
    assert answer.question is not None
    assert shown_question(answer) == "«鹅厂»会回应吗？"
    assert small.archive.search("deep learning").also == ("深度学习",)


def shown_question(hit: Any) -> str:
    text = hit.question.turn.text
    for start, end in reversed(hit.question.marks):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return str(text)


def test_a_synonym_that_no_turn_holds_is_not_said(small: Small) -> None:
    (small.settings.data / "synonyms.txt").write_text("股价, 股票价格\n", encoding="utf-8")
    try:
        result = small.archive.search("股价")
        assert result.also == ()
        assert {hit.turn.interview_id for hit in result.hits} == {"tencent", "goose", "latin"}
    finally:
        (small.settings.data / "synonyms.txt").write_text(SYNONYMS, encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "elsewhere"), [("软件", "軟體"), ("视频", "影片"), ("网络", "網路"), ("出租车", "計程車")]
)
def test_regional_words_only_where_they_are_asked_for(small: Small, word: str, elsewhere: str) -> None:
    assert small.found(word) == {"simp"}
    assert small.found(elsewhere) == {"trad"}
    regional = other(small, regional=True)
    assert regional.found(word) == regional.found(elsewhere) == {"simp", "trad"}
    first, second = regional.archive.search(elsewhere).hits
    assert first.turn.interview_id == "trad"
    assert second.turn.text[slice(*second.marks[0])] == word
    assert regional.found(f'"{word}"') == {"simp"}
    assert regional.found(f"写 -{word}") == {"trad"}


def test_where_nothing_is_found_the_word_of_the_other_side_is_suggested(small: Small) -> None:
    near = small.archive.near("鼠标")
    assert near.words[0].word == near.query == "滑鼠"
    assert near.words[0].turns == 1
    assert small.archive.near("鼠标 相机").query == "滑鼠"
    assert small.archive.near("骑楼").words == ()


@pytest.mark.parametrize(
    ("typed", "meant", "names"),
    [("iphnoe", "iphone", {"phone"}), ("iPhon", "iphone", {"phone"}), ("amazom", "amazon", {"amazon"})],
)
def test_letters_that_stand_nowhere_find_the_nearest_word(
    small: Small, typed: str, meant: str, names: set[str]
) -> None:
    result = small.archive.search(typed)
    assert {hit.turn.interview_id for hit in result.hits} == names
    assert result.also == (meant,)
    assert result.hits[0].turn.text[slice(*result.hits[0].marks[0])].lower() == meant
    assert small.found(f'"{typed}"') == set()


@pytest.mark.parametrize("typed", ["iphone", "deep", "ibm", "xiaomi", "股份", "iphone7s", "-amazom"])
def test_other_words_are_left_as_they_are(small: Small, typed: str) -> None:
    assert small.archive.search(typed).also == ()


def test_it_is_two_round_trips_all_the_same(small: Small) -> None:
    from search_cli.client import ArchiveClient

    asked: list[int] = []

    class Counting(ArchiveClient):
        def searches(self, searches: Any, **more: Any) -> Any:
            asked.extend([len(searches)] if searches else [])
            return super().searches(searches, **more)

    archive = Archive(replace(small.settings, regional=True))
    archive._client = Counting(archive._settings)
    archive.search("腾讯 软件 iphnoe")
    assert len(asked) == 2


# On the command line


@pytest.fixture
def run(small: Small, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("FANGTAN_DATA", str(small.settings.data))
    for name in ("FANGTAN_SYNONYMS", "FANGTAN_REGIONAL"):
        monkeypatch.setenv(name, "")
    return CommandLine(small.settings, monkeypatch, capsys)


def test_the_head_says_what_else_was_searched(run: CommandLine, small: Small) -> None:
    printed = run("search", "腾讯", "股价", "--match", "all")
    assert printed.lines[0].startswith(" 3 turns with every word, 7 with some · also 鵝廠 · Tencent · 3 of ")
    assert " · also " not in run("search", "腾讯", "--no-synonyms").out
    assert " · also " not in run("search", "腾讯", FANGTAN_SYNONYMS="0").out
    assert " · also " in run("search", "腾讯", "--synonyms", FANGTAN_SYNONYMS="0").out


def test_lines_of_the_file_that_cannot_be_used_are_told_once(run: CommandLine, small: Small) -> None:
    printed = run("search", "腾讯")
    path = small.settings.data / "synonyms.txt"
    assert printed.err.splitlines()[::2] == [
        f"Note: {path}:5: a word alone has no synonym: 腾讯",
        f"Note: {path}:6: no word on one side of the arrow: 甲=>",
    ]
    assert printed.code == 0
    assert run("search", "腾讯", "--no-synonyms").err == ""


def test_regional_is_an_option_of_every_command_with_a_query(run: CommandLine) -> None:
    assert run("search", "软件", "--ids", "--no-synonyms").lines == ["simp#1"]
    assert run("search", "软件", "--ids", "--regional").lines == ["simp#1", "trad#1"]
    assert run("search", "軟體", "--ids", "--regional").lines == ["trad#1", "simp#1"]
    assert run("search", "软件", "--ids", FANGTAN_REGIONAL="1").lines == ["simp#1", "trad#1"]
    assert run("search", "软件", "--ids", "--no-regional").lines == ["simp#1"]
    for command in ("facets", "speakers", "topics", "kwic"):
        assert "--regional" in run(command, "--help").out


def test_a_setting_that_is_neither_on_nor_off_is_told(run: CommandLine) -> None:
    printed = run("search", "软件", FANGTAN_REGIONAL="perhaps")
    assert printed.code == 2
    assert "FANGTAN_REGIONAL=perhaps is neither on nor off." in printed.err
