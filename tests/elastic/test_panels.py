"""Every panel, control, session and KQL line of the dashboard, asked of a real node: what Kibana would show."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from elasticsearch import Elasticsearch, helpers

from indexer.elastic.connection import connect
from indexer.settings import Settings
from indexer.store import mapping
from search_cli.tools.kibana import generate, guide
from tests.support import kql, lens

Turn = dict[str, Any]

PANELS = [one.id.removeprefix("fangtan-turns-") for one in generate.objects("fangtan") if one.type == "lens"]


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Iterator[Elasticsearch]:
    with connect(sample) as client:
        yield client


@pytest.fixture(scope="module")
def objects(sample: Settings) -> dict[str, dict[str, Any]]:
    """The saved objects over the sample archive, by the last part of their id."""
    return {one.id.removeprefix(f"{sample.index}-"): one.as_line() for one in generate.objects(sample.index)}


@pytest.fixture(scope="module")
def turns(archive: Elasticsearch, sample: Settings) -> dict[str, Turn]:
    """Every dated turn by its address, read back whole: what the panels count, counted here by hand."""
    found = {hit["_id"]: hit["_source"] for hit in helpers.scan(archive, index=f"{sample.index}-turns")}
    assert len(found) > 50
    return {address: turn for address, turn in found.items() if "date" in turn}


@pytest.fixture
def show(
    archive: Elasticsearch, sample: Settings, objects: dict[str, dict[str, Any]]
) -> Callable[..., list[tuple[Any, ...]]]:
    def rows(name: str, *filters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        panel = objects[f"turns-{name}"]
        window = lens.time_range(objects["turns-dashboard"])
        answer = archive.search(index=f"{sample.index}-turns", body=lens.body(panel, mapping.TURN, window, *filters))
        return lens.rows(panel, answer.body)

    return rows


Show = Callable[..., list[tuple[Any, ...]]]


def ranked(counts: Mapping[Any, float], size: int) -> list[float]:
    """The largest counts: what stands beside a name depends on ties, how much does not."""
    return sorted(counts.values(), reverse=True)[:size]


def of(turns: dict[str, Turn], field: str) -> Iterator[tuple[Any, Turn]]:
    """Each value of a field with the turn that has it."""
    for turn in turns.values():
        values = turn.get(field, [])
        for value in values if isinstance(values, list) else [values]:
            yield value, turn


# --- panels


@pytest.mark.parametrize("name", PANELS)
def test_every_panel_shows_something(name: str, show: Show) -> None:
    assert len(show(name)) >= 3


def test_speakers(show: Show, turns: dict[str, Turn]) -> None:
    counted = Counter(speaker for speaker, _ in of(turns, "speaker"))
    rows = show("speakers")
    assert [count for _, count in rows] == ranked(counted, 15)
    assert all(counted[speaker] == count for speaker, count in rows)
    assert counted["郑志昊"] == 7


def test_topics(show: Show, turns: dict[str, Turn]) -> None:
    counted = Counter(topic for topic, _ in of(turns, "topics"))
    rows = show("topics")
    assert [count for _, count in rows] == ranked(counted, 40)
    assert all(counted[topic] == count for topic, count in rows)


def test_over_time(show: Show, turns: dict[str, Turn]) -> None:
    counted = Counter((turn["speaker"], turn["date"][:4]) for turn in turns.values() if "speaker" in turn)
    rows = show("over-time")
    assert {(speaker, date[:4]): count for speaker, date, count in rows} == {
        key: count for key, count in counted.items() if key[0] in {speaker for speaker, *_ in rows}
    }
    assert len({date for _, date, _ in rows}) >= 4, "years apart"


def test_shares_of_interviewer_and_interviewee(show: Show, turns: dict[str, Turn]) -> None:
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for turn in turns.values():
        if turn["role"] in {"interviewer", "interviewee"}:
            spoken[turn["title"]][turn["role"]] += len(turn["text"])
    rows = show("shares")
    assert all(spoken[title][role] == characters for title, role, characters in rows)
    assert {title for title, *_ in rows} <= spoken.keys()
    assert len({title for title, *_ in rows}) == min(20, len(spoken))
    assert {role for _, role, _ in rows} == {"interviewer", "interviewee"}


def test_who_about_what(show: Show, turns: dict[str, Turn]) -> None:
    counted = Counter((turn["speaker"], topic) for topic, turn in of(turns, "topics") if "speaker" in turn)
    rows = show("who-about-what")
    assert all(counted[speaker, topic] == count for speaker, topic, count in rows)
    assert len({speaker for speaker, *_ in rows}) >= 5


def test_interviews_of_each_outlet(show: Show, turns: dict[str, Turn]) -> None:
    interviews: dict[str, set[str]] = defaultdict(set)
    for outlet, turn in of(turns, "outlet"):
        interviews[outlet].add(turn["interview_id"])
    assert dict(show("outlets")) == {outlet: len(ids) for outlet, ids in interviews.items()}


def test_characteristic_words_are_the_speakers_own(show: Show, turns: dict[str, Turn]) -> None:
    said = Counter((turn["speaker"], word) for word, turn in of(turns, "keywords") if "speaker" in turn)
    everyone = Counter(word for word, _ in of(turns, "keywords"))
    spoken = Counter(speaker for speaker, _ in of(turns, "speaker"))
    for speaker, word, count in show("characteristic-words"):
        assert said[speaker, word] == count
        assert count / spoken[speaker] > everyone[word] / len(turns), "no more frequent here than elsewhere"


def test_longest_answers(show: Show, turns: dict[str, Turn]) -> None:
    longest: dict[tuple[str, str], int] = defaultdict(int)
    for turn in turns.values():
        if turn["role"] == "interviewee" and "speaker" in turn:
            place = turn["speaker"], turn["title"]
            longest[place] = max(longest[place], len(turn["text"]))
    rows = show("longest-answers")
    assert all(longest[speaker, title] == length for speaker, title, length in rows)
    assert rows[0][2] == max(longest.values())


# --- controls


def test_every_control_offers_values(
    archive: Elasticsearch, sample: Settings, objects: dict[str, dict[str, Any]]
) -> None:
    for name, body in lens.control_queries(objects["turns-dashboard"]).items():
        answer = archive.search(index=f"{sample.index}-turns", body=body)
        assert len(answer["aggregations"]["suggestions"]["buckets"]) >= 3, name


@pytest.mark.parametrize("name", PANELS)
def test_a_chosen_speaker_narrows_every_panel(name: str, show: Show) -> None:
    rows = show(name, {"term": {"speaker": "郑志昊"}})
    everything = show(name)
    assert len(rows) < len(everything)
    if name != "characteristic-words":
        assert rows
    if name in {"over-time", "speakers", "who-about-what", "longest-answers"}:
        assert {row[0] for row in rows} == {"郑志昊"}


# --- Discover


def test_the_session_reads_newest_interview_first_each_in_its_own_order(
    archive: Elasticsearch, sample: Settings, objects: dict[str, dict[str, Any]]
) -> None:
    attributes = objects["turns-session"]["attributes"]
    sort = [{field: direction} for field, direction in attributes["sort"]]
    answer = archive.search(index=f"{sample.index}-turns", sort=sort, size=500, fields=attributes["columns"])
    places = [(hit["sort"][0], hit["sort"][1], hit["sort"][2]) for hit in answer["hits"]["hits"]]
    assert places == sorted(places, key=lambda place: (-place[0], place[1], place[2]))
    shown = [hit["fields"] for hit in answer["hits"]["hits"]]
    assert all("text" in row for row in shown)
    assert sum("topics" in row and "speaker" in row for row in shown) > len(shown) / 2


def test_the_list_of_interviews(archive: Elasticsearch, sample: Settings, objects: dict[str, dict[str, Any]]) -> None:
    attributes = objects["interviews-session"]["attributes"]
    sort = [{field: direction} for field, direction in attributes["sort"]]
    answer = archive.search(index=f"{sample.index}-interviews", sort=sort, size=500, fields=attributes["columns"])
    titles = [row["title"][0] for hit in answer["hits"]["hits"] if "title" in (row := hit["fields"])]
    assert "与小米手机合作发布红米手机" in " ".join(titles)
    assert len(titles) >= 10


# --- KQL

MEANT: Mapping[str, Callable[[Turn], bool]] = {
    '"红米手机"': lambda turn: (
        "红米手机" in [turn["title"], turn.get("speaker"), *turn.get("topics", [])] or "红米手机" in turn["text"]
    ),
    'text: "红米手机"': lambda turn: "红米手机" in turn["text"],
    'speaker: "郑志昊"': lambda turn: turn.get("speaker") == "郑志昊",
    'speaker: "郑志昊" and text: "小米"': lambda turn: turn.get("speaker") == "郑志昊" and "小米" in turn["text"],
    'topics: "商业化" and role: interviewee': lambda turn: (
        "商业化" in turn.get("topics", []) and turn["role"] == "interviewee"
    ),
    'mentions: "苏未名"': lambda turn: "苏未名" in turn["text"] or "蘇未名" in turn["text"],
    'text: "小米" and not text: "红米"': lambda turn: "小米" in turn["text"] and "红米" not in turn["text"],
    "words: 资讯": lambda turn: "资讯" in turn["words"].split(),
    "speaker: 郑*": lambda turn: turn.get("speaker", "").startswith("郑"),
    "numbers >= 100000000": lambda turn: any(number >= 100000000 for number in turn.get("numbers", [])),
    "length > 200 and role: interviewee": lambda turn: len(turn["text"]) > 200 and turn["role"] == "interviewee",
    'date >= "2013-01-01" and date < "2014-01-01"': lambda turn: turn["date"].startswith("2013"),
}


def found(archive: Elasticsearch, sample: Settings, text: str) -> set[str]:
    window = {"exists": {"field": "date"}}
    query = {"bool": {"filter": [kql.query(text, mapping.TURN), window]}}
    answer = archive.search(index=f"{sample.index}-turns", query=query, size=1000, source=False)
    return {hit["_id"] for hit in answer["hits"]["hits"]}


@pytest.mark.parametrize("example", guide.EXAMPLES, ids=lambda example: example.kql)
def test_every_line_of_the_guide_finds_what_it_says(
    example: guide.Example, archive: Elasticsearch, sample: Settings, turns: dict[str, Turn]
) -> None:
    meant = {address for address, turn in turns.items() if MEANT[example.kql](turn)}
    assert meant, "the sample has no answer to this example"
    assert found(archive, sample, example.kql) == meant


def test_without_quotes_each_character_counts_by_itself(
    archive: Elasticsearch, sample: Settings, turns: dict[str, Turn]
) -> None:
    either = {address for address, turn in turns.items() if set("隐私") & set(turn["text"])}
    together = {address for address, turn in turns.items() if "隐私" in turn["text"]}
    assert found(archive, sample, "text: 隐私") == either
    assert found(archive, sample, 'text: "隐私"') == together
    assert together
    assert together < either


def test_words_are_found_in_either_script(archive: Elasticsearch, sample: Settings, turns: dict[str, Turn]) -> None:
    printed = {turns[address]["language"] for address in found(archive, sample, "words: 资讯")}
    assert "zh-Hant" in printed
