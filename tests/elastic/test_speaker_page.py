"""`fangtan speaker`: its figures are those that other commands count, and it fits the screen."""

import json

import pytest
from rich.cells import cell_len

from indexer.settings import Settings
from search_cli.archive import Archive
from tests.support.cli import CommandLine

NAME = "郑志昊"


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def test_the_page_agrees_with_other_counts(sample: Settings) -> None:
    archive = Archive(sample)
    profile = archive.speaker(NAME)
    listed = next(one for one in archive.speakers() if one.name == NAME)
    for figure in ("turns", "characters", "interviews", "first", "last"):
        assert getattr(profile, figure) == getattr(listed, figure), figure
    assert [one.affiliation for one in profile.offices] == list(listed.affiliations)
    assert profile.of_characters == sum(one.characters for one in archive.speakers() if one.name)
    (topics,) = archive.facets("topic", speaker=NAME, size=10)
    assert [(one.value, one.count) for one in profile.topics] == [(one.value, one.count) for one in topics.buckets]
    asked = {one.name: one.answers_from for one in archive.partners(NAME) if one.answers_from}
    assert {one.value: one.count for one in profile.asked_by} == asked
    assert sum(one.count for one in profile.years) + profile.undated == profile.turns
    (mentions,) = archive.facets("mentions", speaker=NAME, size=None)
    assert {one.value: one.count for one in profile.mentions} == {
        one.value: one.count for one in mentions.buckets if one.value != NAME
    }
    assert profile.mentioned == archive.search(f"mentions:{NAME} -speaker:{NAME}").total
    assert profile.mentioned >= sum(one.count for one in profile.mentioned_by)  # a lead, without a speaker, as well
    words = {one.word: one for one in archive.words(speaker=NAME, limit=None).words}
    assert profile.words
    assert all(one == words[one.word] and one.score > 15 and one.log_ratio > 0 for one in profile.words)
    assert profile.answers
    assert all(turn.speaker == NAME for turn in profile.answers)


def test_a_filter_limits_all_of_it(sample: Settings) -> None:
    profile = Archive(sample).speaker(NAME, answers=0, since="2100")
    assert (profile.turns, profile.of_characters, profile.answers) == (0, 0, ())


@pytest.mark.parametrize("columns", [40, 80])
def test_the_screen_fits(run: CommandLine, columns: int) -> None:
    shown = run("speaker", "鄭志昊", COLUMNS=str(columns))
    assert (shown.code, shown.err) == (0, "")
    texts = [text for text in shown.lines if "fangtan" not in text or columns > 40]  # commands are not broken
    assert max(map(cell_len, texts)) <= columns
    assert shown.lines[0].startswith(f" {NAME}")
    assert shown.lines[-1].strip().endswith(f"--speaker {NAME}")


def test_the_same_as_json_and_an_unknown_name(run: CommandLine, sample: Settings) -> None:
    found = json.loads(run("speaker", NAME, "--json", "--answers", "1").out)
    assert (found["names"], len(found["answers"])) == ([NAME], 1)
    missing = run("speaker", "郑志豪")
    assert missing.code == 1
    assert f"fangtan speaker {NAME}" in missing.err
