"""The sample interviews, turn by turn, as annotated by hand: `fixtures/samples.toml`."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Role
from indexer.parser.parse import parse
from indexer.readers.read import read
from indexer.readers.script import Script
from tests.support.fixtures import FIXTURES

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "data" / "interviews"
EXPECTED = tomllib.loads((FIXTURES / "samples.toml").read_text("utf-8"))
SAMPLES = sorted(EXPECTED)
# turns in which residents ask each other, and are answered, after the chair's question
MOVED_ON = {"elevator-meeting-2023": frozenset({10, 11, 12, 15})}
DISCLAIMERS = ("示例，人物与内容均为虚构", "示例，人物與內容均為虛構")


@cache
def parsed(name: str) -> Interview:
    (script,) = read(FOLDER / f"{name}.txt")
    assert isinstance(script, Script)
    return parse(script)


@cache
def attributed(name: str) -> Interview:
    return attribute(parsed(name), Speakers())


def tight(text: str) -> str:
    """Leave out all white space."""
    return "".join(text.split())


def expected_turns(name: str) -> list[tuple[str, str, str]]:
    """Return (label, first characters, last characters) of each turn."""
    rows = EXPECTED[name]["turns"].strip().splitlines()
    return [(tight(label), start.strip(), end.strip()) for label, start, end in (row.split("|") for row in rows)]


def role_of(name: str, label: str) -> Role:
    roles = {one: Role(role) for role, labels in EXPECTED[name]["roles"].items() for one in labels}
    return roles[label] if label else Role.NARRATION


@pytest.mark.parametrize("name", SAMPLES)
def test_every_turn_is_found_with_its_limits(name: str) -> None:
    expected = expected_turns(name)
    texts = [tight(turn.text) for turn in parsed(name).turns]
    labels = [turn.label for turn in parsed(name).turns]
    found = [
        (label, text[: len(start)], text[-len(end) :])
        for label, text, (_, start, end) in zip(labels, texts, expected, strict=False)
    ]
    assert found == expected
    assert len(texts) == len(expected)
    assert [turn.turn for turn in parsed(name).turns] == list(range(1, len(expected) + 1))


@pytest.mark.parametrize("name", SAMPLES)
def test_title_date_outlet_and_authors_are_read(name: str) -> None:
    interview, expected = parsed(name), EXPECTED[name]
    assert (interview.title, interview.date, interview.outlet) == (
        expected["title"],
        expected["date"],
        expected["outlet"],
    )
    assert list(interview.authors) == expected["authors"]


@pytest.mark.parametrize("name", SAMPLES)
def test_roles_and_speakers_are_settled(name: str) -> None:
    names = EXPECTED[name].get("speakers", {})
    labels = [label for label, _, _ in expected_turns(name)]
    turns = attributed(name).turns
    assert [turn.role for turn in turns] == [role_of(name, label) for label in labels]
    assert [turn.speaker for turn in turns] == [names.get(label, label) for label in labels]


@pytest.mark.parametrize("name", SAMPLES)
def test_affiliations_reach_every_turn_of_their_speaker(name: str) -> None:
    told = EXPECTED[name].get("affiliations", {})
    found = {(turn.speaker, turn.affiliation) for turn in attributed(name).turns if turn.speaker in told}
    assert found == set(told.items())


@pytest.mark.parametrize("name", SAMPLES)
def test_answers_reply_to_the_question_before_them(name: str) -> None:
    asked = None
    for turn in attributed(name).turns:
        if turn.role in {Role.INTERVIEWER, Role.HOST}:
            asked = turn.turn
        elif turn.role is not Role.NARRATION:
            assert turn.reply_to == (None if turn.turn in MOVED_ON.get(name, ()) else asked)
            assert turn.exchange > 0


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_say_that_they_are_invented_and_no_turn_does(name: str) -> None:
    head = "".join((FOLDER / f"{name}.txt").read_text("utf-8").splitlines()[:10])
    assert any(one in head for one in DISCLAIMERS)
    assert not [turn.turn for turn in parsed(name).turns if "虚构" in turn.text or "虛構" in turn.text]


def test_the_json_lines_sample_is_taken_as_it_is() -> None:
    interviews = list(read(FOLDER / "short-notes.jsonl"))
    assert all(isinstance(one, Interview) for one in interviews)
    found = {one.id: one for one in interviews if isinstance(one, Interview)}
    assert {name: len(one.turns) for name, one in found.items()} == {"qinghe-2024": 9, "night-market-2018": 7}
    assert found["qinghe-2024"].outlet == "稻上"
    assert [turn.speaker for turn in found["night-market-2018"].turns] == ["", *["周渔", "苏未名"] * 3]
    assert found["qinghe-2024"].turns[4].text.count("\n") == 1


def test_every_sample_has_its_expectations() -> None:
    files = {str(path.relative_to(FOLDER).with_suffix("")) for path in FOLDER.rglob("*.txt")}
    assert files == {*SAMPLES, "qzone-xiaomi"}


def test_people_and_outlets_recur_so_that_facets_mean_something() -> None:
    asking = [name for name in SAMPLES if any(turn.speaker == "韩若溪" for turn in attributed(name).turns)]
    building = [name for name in SAMPLES if any(turn.speaker == "梁叙白" for turn in attributed(name).turns)]
    years = {date.year for name in SAMPLES if (date := parsed(name).date)}
    assert len(asking) == 4
    assert len(building) == 3
    assert years >= set(range(2014, 2025))
