"""`fangtan timeline` and `words` on the sample interviews: screens, and what other programs get."""

import csv
import io
import json

import pytest

from indexer.settings import Settings
from tests.support.cli import CommandLine


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_timeline_adds_up_in_every_form(run):
    found = json.loads(run("timeline", "手机", "--split", "speaker", "--json").out)
    lines = [json.loads(line) for line in run("timeline", "手机", "--jsonl").out.splitlines()]
    table = rows(run("timeline", "手机", "--csv").out)
    assert found["turns"] == sum(one["turns"] for one in found["periods"]) + found["undated"] > 0
    assert [one["turns"] for one in lines] == [one["turns"] for one in found["periods"]]
    assert [(row["period"], int(row["turns"])) for row in table] == [(one["period"], one["turns"]) for one in lines]
    for one in lines:
        limited = json.loads(
            run("facets", "speaker", "手机", "--since", one["since"], "--until", one["until"], "--json").out
        )
        assert limited["total"] == one["turns"]


def test_the_next_step_of_a_timeline_finds_its_turns(run):
    shown = run("timeline", "手机", "--by", "month", "--role", "受访")
    command = shown.lines[-1].partition("Read on: fangtan ")[2].split()
    most = max(
        json.loads(run("timeline", "手机", "--by", "month", "--role", "受访", "--json").out)["periods"],
        key=lambda one: one["turns"],
    )
    assert command[-4:] == ["--since", most["period"], "--until", most["period"]]
    assert json.loads(run(*command, "--json").out)["every"] == most["turns"]


def test_words_of_a_speaker(run):
    found = json.loads(run("words", "--speaker", "郑志昊", "--json").out)
    table = rows(run("words", "--speaker", "郑志昊", "--csv").out)
    lines = run("words", "--speaker", "郑志昊", "--jsonl").out.splitlines()
    assert "qq空间" in [one["word"] for one in found["words"][:5]]
    assert found["found"] == len(found["words"]) == len(table) == len(lines)
    assert all(one["count"] >= 3 for one in found["words"])
    assert run("words", "--speaker", "郑志昊").lines[3].split()[0] == found["words"][0]["word"]


def test_mistakes_are_told_with_the_next_step(run):
    assert "cannot be split by month" in run("timeline", "--split", "month").err
    assert "Did you mean speaker?" in run("timeline", "--split", "speker").err
    assert "not a valid sort" in run("words", "--sort", "length").err
    assert "There is no speaker" in run("words", "--speaker", "查无此人").err


def test_two_speakers_in_every_form(run):
    found = json.loads(run("compare", "郑志昊", "邵启年", "--json").out)
    table = rows(run("compare", "郑志昊", "邵启年", "--csv").out)
    lines = [json.loads(line) for line in run("compare", "郑志昊", "邵启年", "--jsonl").out.splitlines()]
    assert table[0] == {
        "kind": "side",
        "value": "value",
        "left": "郑志昊",
        "right": "邵启年",
        "score": "",
        "log_ratio": "",
    }
    assert [one["value"] for one in lines if one["kind"] == "word" and one["score"] > 0] == [
        one["word"] for one in found["left_words"]
    ]
    assert len(table) == len(lines)
    assert json.loads(run("facets", "speaker", "--json").out)["buckets"][0]["count"] >= found["left"]["turns"] > 0


def test_what_cannot_be_compared(run):
    assert "郑志昊 and 鄭志昊 are the same speaker." in run("compare", "郑志昊", "鄭志昊").err
    assert "There is no speaker 查无此人" in run("compare", "郑志昊", "查无此人").err
    assert "--topic chooses what is compared" in run("compare", "教育", "农业", "--by", "topic", "--topic", "教育").err


def test_the_dispersion_of_a_word_in_every_form(run):
    found = json.loads(run("dispersion", "手机", "--json").out)
    table = rows(run("dispersion", "手机", "--csv").out)
    lines = [json.loads(line) for line in run("dispersion", "手机", "--jsonl").out.splitlines()]
    occurrences = json.loads(run("kwic", "手机", "--json").out)["lines"]
    assert found["lines"] == lines
    assert [row["first"] for row in table] == [one["first"] for one in lines]
    assert sum(len(one["positions"]) for one in lines) == found["occurrences"] == len(occurrences)
    assert {one["first"] for one in lines} <= {one["address"] for one in occurrences}
    assert all(0 <= place <= 1 for one in lines for place in one["positions"])
    dates = [row["date"] for row in rows(run("dispersion", "手机", "--sort", "date", "--csv").out)]
    assert dates == sorted(dates)


def test_a_dispersion_without_occurrences(run):
    assert run("dispersion", "小咪咪").lines[0] == " No turn contains 小咪咪."
    assert "needs a word" in run("dispersion").err
