"""`fangtan topic`: its figures are those of plain counting and of other commands; a name need not be typed in full."""

import json

import pytest
from elasticsearch import Elasticsearch, helpers
from rich.cells import cell_len

from indexer.errors import NotFoundError
from indexer.settings import Settings
from search_cli.archive import Archive
from tests.support.cli import CommandLine

NAME = "城市更新"


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def test_the_page_agrees_with_plain_counting(sample: Settings, node_url: str) -> None:
    archive = Archive(sample)
    with Elasticsearch(node_url) as client:
        stored = [hit["_source"] for hit in helpers.scan(client, index=f"{sample.index}-turns")]
    mine = [one for one in stored if NAME in one.get("topics", ())]
    profile = archive.topic(NAME)
    assert (profile.name, profile.turns, profile.of_turns) == (NAME, len(mine), len(stored))
    assert profile.interviews == len({one["interview_id"] for one in mine})
    assert profile.characters == sum(one["length"] for one in mine)
    assert profile.turns == archive.search(topic=NAME, limit=1).total
    listed = next(one for one in archive.topics() if one.name == NAME)
    assert (listed.turns, listed.share, set(listed.words) <= {one.word for one in profile.words}) == (
        *(profile.turns, profile.share, True),
    )
    (facet,) = archive.facets("topic", size=None)
    assert {one.value: one.count for one in facet.buckets}[NAME] == profile.turns
    for one in profile.speakers:
        assert one.turns == sum(turn.get("speaker") == one.name for turn in mine)
        assert one.of_turns == sum(turn.get("speaker") == one.name for turn in stored)
    for year in profile.years:
        assert year.count == sum(turn.get("date", "").startswith(year.value) for turn in mine)
    assert sum(one.count for one in profile.years) + profile.undated == profile.turns
    for other in profile.together:
        assert other.count == sum(other.value in turn["topics"] for turn in mine)
        assert archive.search(f"-(-topic:{other.value})", topic=NAME, limit=1).total == other.count
    for word in profile.words[:5]:
        assert archive.search(f'"{word.word}"', topic=NAME, limit=1).total == word.turns, word
    assert profile.best
    for best in profile.best:
        assert NAME in best.turn.topics
        marked = {best.turn.text[start:end] for start, end in best.marks}
        assert marked & {one.word for one in profile.words}


def test_a_filter_limits_all_of_it(sample: Settings) -> None:
    profile = Archive(sample).topic(NAME, best=0, since="2100")
    assert (profile.turns, profile.of_turns, profile.best) == (0, 0, ())


@pytest.mark.parametrize(
    "typed",
    ["城市 更新", "城市更", "更新", "老舊小區", "旧小区"],
    ids=["name", "part", "end", "a word", "part of a word"],
)
def test_a_part_of_the_name_or_a_word_is_enough(sample: Settings, typed: str) -> None:
    assert Archive(sample).topic(typed, best=0).name == NAME


def test_what_several_topics_have_is_told_and_what_none_has(run: CommandLine, sample: Settings) -> None:
    with pytest.raises(NotFoundError) as error:
        Archive(sample).topic("社")
    assert {"社交产品", "社区治理"} <= set(error.value.near)
    missing = run("topic", "缝纫机厂")
    assert (missing.code, missing.out) == (1, "")
    assert "There is no topic 缝纫机厂." in missing.err
    word = run("search", "手机", "--topic", "口袋公园")
    assert (word.code, f"--topic {NAME}" in word.err) == (1, True)


@pytest.mark.parametrize("columns", [40, 80])
def test_the_screen_fits(run: CommandLine, columns: int) -> None:
    shown = run("topic", "更新", COLUMNS=str(columns))
    assert (shown.code, shown.err) == (0, "")
    commands = [line for line in shown.lines if "fangtan search" in line]
    assert max(map(cell_len, (line for line in shown.lines if line not in commands))) <= columns
    assert shown.lines[0].startswith(f" {NAME}")
    assert len(commands) == 5


def test_the_machine_forms_have_the_same(run: CommandLine) -> None:
    found = json.loads(run("topic", NAME, "--json", "--turns", "1").out)
    assert (found["name"], len(found["best"])) == (NAME, 1)
    rows = [json.loads(line) for line in run("topic", NAME, "--jsonl", "--turns", "1").lines]
    assert rows[0]["turns"] == found["turns"]
    assert [row["value"] for row in rows if row["kind"] == "word"] == [one["word"] for one in found["words"]]
    header, *lines = run("topic", NAME, "--csv", "--turns", "1").lines
    assert header.endswith("kind,value,turns,share,weight,of_turns,own_share")
    assert len(lines) == len(rows)
