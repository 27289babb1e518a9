"""`fangtan exchanges` and `fangtan search --per`: what they count is what a search and its facets count."""

import csv
import io
import json
import re
from collections import Counter, defaultdict

import pytest
from rich.cells import cell_len

from indexer.errors import UsageError
from indexer.settings import Settings
from search_cli import Archive
from search_cli.models import SpokenTurn
from tests.support.brute_force import holds
from tests.support.cli import CommandLine

QUERIES = ("手机", "用户 -广告", "公园 OR 隐私", "“红米手机”", "speaker:郑志昊", "用户 合作", "volunteered:手机", "")


@pytest.fixture(scope="module")
def archive(sample: Settings) -> Archive:
    return Archive(sample)


@pytest.fixture(scope="module")
def everything(archive: Archive) -> dict[str, SpokenTurn]:
    return {hit.turn.address: hit.turn for hit in archive.export()}


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def ranked(archive: Archive, query: str, **options) -> list[SpokenTurn]:
    """The turns that a search counts, best first: those of its first level with any."""
    match = archive.search(query, limit=1).match
    return [hit.turn for hit in archive.export(query, match=match, **options)]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", ["relevance", "date", "random"])
def test_an_exchange_is_found_by_its_turns(archive, everything, query, sort):
    found = ranked(archive, query, sort=sort)
    expected: dict[tuple[str, int], list[str]] = defaultdict(list)
    for turn in found:
        if turn.exchange:
            expected[turn.interview_id, turn.exchange].append(turn.address)
    exchanges = list(archive.export_exchanges(query, sort=sort))
    assert [(one.interview_id, one.exchange) for one in exchanges] == list(expected)
    assert [one.rank for one in exchanges] == list(range(1, len(expected) + 1))
    for one in exchanges:
        whole = [turn for turn in everything.values() if turn.interview_id == one.interview_id]
        inside = [turn for turn in sorted(whole, key=lambda turn: turn.turn) if turn.exchange == one.exchange]
        assert [marked.turn for marked in one.turns] == inside
        assert list(one.matched) == expected[one.interview_id, one.exchange]
    page = archive.exchanges(query, sort=sort, limit=3, page=2, facets="role")
    assert page.found == tuple(exchanges[3:6])
    assert (page.counts.groups, page.counts.turns) == (len(expected), sum(map(len, expected.values())))
    assert page.counts.outside == sum(1 for turn in found if not turn.exchange)
    assert page.counts.turns + page.counts.outside == len(found) == page.counts.facets[0].total
    assert page.counts.interviews == len({turn.interview_id for turn in found})


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("per", ["speaker", "interview"])
def test_the_rows_per_speaker_add_up_with_the_facet(archive, query, per):
    found = ranked(archive, query)
    name = {"speaker": "speaker", "interview": "interview_id"}[per]
    expected = Counter(value for turn in found if (value := getattr(turn, name)))
    best: dict[str, str] = {}
    for turn in found:
        best.setdefault(getattr(turn, name), turn.address)
    rows = list(archive.export_per(per, query))
    assert {row.value: row.turns for row in rows} == expected
    assert [(row.value, row.hit.turn.address) for row in rows] == [(key, at) for key, at in best.items() if key]
    assert [row.hit.rank for row in rows] == list(range(1, len(rows) + 1))
    if "speaker:" not in query:
        (facet,) = archive.facets(per, query=query, size=None)
        assert {bucket.value: bucket.count for bucket in facet.buckets} == expected
    page = archive.per(per, query, limit=2, page=2)
    assert list(page.found) == rows[2:4]
    counts = page.counts
    assert (counts.groups, counts.turns, counts.outside) == (
        len(expected),
        expected.total(),
        len(found) - expected.total(),
    )


def test_the_best_hit_is_the_first_of_a_search(archive):
    row = archive.per("speaker", "用户", speaker="郑志昊", limit=1).found[0]
    hit = archive.search("用户", speaker="郑志昊", limit=1, match="all").hits[0]
    assert (row.hit.turn, row.hit.marks, row.hit.question, row.hit.match) == (
        hit.turn,
        hit.marks,
        hit.question,
        hit.match,
    )
    with pytest.raises(UsageError, match="not a valid field"):
        archive.per("topic", "用户")


def test_questions_and_answers_are_marked_and_told_apart(archive):
    (one,) = archive.exchanges("asked:小米 answered:合作", limit=1).found
    by_part = {one.part(marked.turn): marked for marked in one.turns}
    marked = {
        part: {each.turn.text[start:end] for start, end in each.marks} for part, each in by_part.items() if each.marks
    }
    assert marked == {"question": {"小米"}, "answer": {"合作"}}
    assert all(holds("合作", by_part["answer"].turn.text) for _ in one.matched)


@pytest.mark.parametrize("columns", ["24", "40", "80", "120"])
@pytest.mark.parametrize("command", [("exchanges",), ("search", "--per", "speaker"), ("search", "--per", "interview")])
def test_no_line_is_wider_than_the_terminal(run, columns, command):
    printed = run(*command, "用户", "的", "合作", "--facet", "speaker", COLUMNS=columns)
    assert printed.code == 0, printed.err
    wrapped = [line for line in printed.lines if not line.strip().startswith(("fangtan ", "--"))]  # copied whole
    assert max(map(cell_len, wrapped)) <= int(columns)


def test_the_screens(run):
    exchanges = run("exchanges", "QQ空间", "-n", "1").lines
    assert re.match(r" \d+ exchanges · \d+ turns with QQ空间, 1 more in no exchange · 2 interviews", exchanges[0])
    assert any(line.startswith(" 1  2013-08-02 · 搜狐IT") for line in exchanges)
    assert any(line.strip().startswith("问 搜狐IT  采访") for line in exchanges)
    assert any("答 郑志昊  受访" in line and "▸#" in line for line in exchanges)
    assert exchanges[-1].endswith("more: --page 2")
    per = run("search", "红米手机", "--per", "speaker").lines
    assert per[0] == " 1 speaker · 1 turn with 红米手机, 1 more by nobody named · 1 interview"
    assert "    1 turn: --speaker 郑志昊" in per
    assert run("search", "红米手机", "--per", "interview").lines[0] == " 1 interview · 2 turns with 红米手机"
    assert "No turn contains" in run("exchanges", "蟾蜍牌").out
    assert "No turn contains" in run("search", "蟾蜍牌", "--per", "speaker").out
    alone = run("exchanges", "红米手机", "--role", "narration").lines
    assert alone[-1] == " Try: fangtan search 红米手机 --role narration"


def test_other_programs_get_the_same(run, archive):
    result = archive.exchanges("用户", limit=4)
    printed = json.loads(run("exchanges", "用户", "-n", "4", "--json").out)
    assert (printed["groups"], printed["turns"]) == (result.counts.groups, result.counts.turns)
    assert [one["address"] for one in printed["exchanges"]] == [one.address for one in result.found]
    assert printed["exchanges"][0]["turns"][0]["part"] == "question"
    lines = [json.loads(line) for line in run("exchanges", "用户", "--all", "--jsonl").lines]
    assert len(lines) == result.counts.groups
    assert lines[:4] == printed["exchanges"]
    rows = list(csv.DictReader(io.StringIO(run("exchanges", "用户", "--all", "--csv").out)))
    assert [row["address"] for row in rows] == [turn["address"] for one in lines for turn in one["turns"]]
    assert sum(row["matched"] == "1" for row in rows) == result.counts.turns
    assert run("exchanges", "用户", "--ids", "-n", "2").lines == [one["turns"][0]["address"] for one in lines[:2]]
    per = json.loads(run("search", "用户", "--per", "speaker", "--json").out)
    rows = list(csv.DictReader(io.StringIO(run("search", "用户", "--per", "speaker", "--all", "--csv").out)))
    assert len(rows) == per["groups"]
    assert sum(int(row["turns"]) for row in rows) == per["turns"]
    assert [row["per"] for row in rows[:10]] == [hit["per"] for hit in per["hits"]]


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (("exchanges", "用户", "--page", "99"), "There is no page 99: the last is "),
        (("search", "用户", "--per", "speaker", "--page", "99"), "There is no page 99: the last is "),
        (("exchanges", "用户", "--all"), "--all requires a format with one result per line."),
        (("search", "用户", "--per", "speaker", "--show-query"), "--per groups the hits of several requests."),
        (("search", "用户", "--per", "outlet"), "Invalid value for '--per'"),
        (("exchanges", "用户", "--seed", "1"), "--seed 1 requires --sort random."),
    ],
)
def test_a_mistake_is_told(run, command, told):
    printed = run(*command)
    assert printed.code == 2
    assert told in printed.err
