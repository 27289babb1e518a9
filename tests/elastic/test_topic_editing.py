"""Topics edited from the command line: what is shown, written and counted, and what a rebuild makes of it."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from search_cli.archive import Archive as SearchArchive
from tests.support.archives import Archive, line
from tests.support.cli import CommandLine

FILE = """\
# what the market is about
["摊位、凉棚、秤"]
learned = true
weights = {"摊位" = 1.2, "凉棚" = 1.2, "秤砣" = 1.2}

["渡船、船票"]
learned = true
weights = {"渡船" = 1.2, "船票" = 1.2}

# mine
["灯会"]
terms = ["灯笼", "猜谜"]
"""
SAID = {
    "market": ["摊位上的凉棚是新的", "凉棚底下有秤砣", "摊位和秤砣都要租"],
    "ferry": ["渡船的船票涨了", "船票在渡船上卖", "摊位上不卖渡船的船票，凉棚里卖"],
    "lights": ["灯会的灯笼挂满了街", "灯会上猜谜", "灯笼和猜谜，还有渡船与船票"],
}


@pytest.fixture(scope="module")
def fair(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Three interviews on what a fair has, with topics of their own."""
    folder = tmp_path_factory.mktemp("fair")
    data = folder / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana", "topics.toml"))
    (folder / "transcripts").mkdir()
    settings = Settings(url=node_url, index=f"fair-{uuid4().hex[:12]}", data=data)
    with connect(settings) as client:
        archive = Archive(folder / "transcripts", settings, client)
        given = line(
            "given", "甲", turns=[{"text": "夜市", "topics": ["集市/夜市"]}, {"text": "早市", "topics": ["集市/早市"]}]
        )
        lines = [line(name, *(text for text in texts for _ in range(4))) for name, texts in SAID.items()]
        archive.path("fair_jsonl").write_text("".join([*lines, given]), encoding="utf-8")
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def run(fair: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line on an archive with the topics of `FILE`."""
    file = fair.settings.data / "topics.toml"
    file.write_text(FILE, encoding="utf-8")
    _forget()
    fair.index(rebuild=True)
    monkeypatch.setenv("FANGTAN_DATA", str(fair.settings.data))
    return CommandLine(fair.settings, monkeypatch, capsys)


def _forget() -> None:
    from indexer.enrich.enrich import load_knowledge
    from indexer.enrich.topics import Topics

    Topics.forget()
    load_knowledge.cache_clear()


def topics_of(fair: Archive) -> dict[str, frozenset[str]]:
    """The topics of each turn, by address."""
    found = fair.contents()
    return {id_: frozenset(one.get("topics", ())) for (kind, id_), one in found.items() if kind == "turns"}


STEPS = [
    ["rename", "摊位", "集市/摊位"],
    ["split", "摊位", "--terms", "凉棚、秤砣", "--into", "集市/凉棚"],
    ["add", "渡船、船票", "灯笼", "猜谜", "--weight", "3"],
    ["merge", "集市/摊位", "凉棚", "--into", "集市"],
    ["drop", "渡船"],
]


def test_a_step_writes_what_it_shows_and_only_that(run: CommandLine, fair: Archive) -> None:
    file = fair.settings.data / "topics.toml"
    for step in STEPS:
        before, text = topics_of(fair), file.read_text("utf-8")
        shown = run("topics", *step, "--dry-run")
        planned = json.loads(run("topics", *step, "--dry-run", "--json").out)
        assert (shown.code, shown.err, file.read_text("utf-8")) == (0, "", text), step
        refused = run("topics", *step)
        assert (refused.code, file.read_text("utf-8")) == (2, text)
        done = run("topics", *step, "--yes")
        assert (done.code, done.err) == (0, "")
        now = topics_of(fair)
        changed = sum(now[id_] != topics for id_, topics in before.items())
        assert changed, step
        assert (planned["archive"]["relabelled"], planned["written"]) == (changed, False)
        counted = f" {changed} of {len(before)} turns, in "
        assert shown.lines[-1].startswith(counted)
        assert done.lines[-1].startswith(counted)
    assert {"# what the market is about", "# mine"} <= set(file.read_text("utf-8").splitlines())
    assert ": current" in run("status").out
    kept = fair.contents()
    fair.index(rebuild=True)
    assert fair.contents() == kept


def test_a_parent_has_the_turns_of_its_children_each_once(run: CommandLine, fair: Archive) -> None:
    run("topics", "rename", "摊位", "集市/摊位", "--yes")
    run("topics", "rename", "渡船", "集市/渡船", "--yes")
    turns = topics_of(fair)
    archive = SearchArchive(fair.settings)
    (facet,) = archive.facets("topic", size=None)
    counts = {one.value: one.count for one in facet.buckets}
    assert counts == {
        name: sum(name in topics for topics in turns.values()) for name in chain.from_iterable(turns.values())
    }
    children = {name for name in counts if name.startswith("集市/")}
    assert children == {"集市/摊位", "集市/渡船", "集市/夜市", "集市/早市"}
    assert any(len(children & topics) == 2 for topics in turns.values())  # on two of them, and counted once
    assert counts["集市"] == sum(bool(children & topics) for topics in turns.values())
    assert archive.search(topic="集市", limit=1).total == counts["集市"]
    assert archive.search(topic=("集市/摊位", "集市/渡船"), limit=1).total <= counts["集市"]
    profile = archive.topic("集市")
    assert (profile.turns, {one.value for one in profile.children}) == (counts["集市"], children)
    assert archive.topic("渡船").parent == "集市"
    listed = run("topics").lines
    place = next(number for number, row in enumerate(listed) if row.startswith(" 集市 "))
    assert {row.split()[0] for row in listed[place + 1 : place + 5]} == {"摊位", "渡船", "夜市", "早市"}
    assert all(row.startswith("   ") for row in listed[place + 1 : place + 5])
    hit = next(hit for hit in archive.search("摊位", topic="集市/摊位").hits if "集市/渡船" not in hit.turn.topics)
    assert set(hit.turn.topics) == {"集市/摊位", "集市"}


def test_the_file_is_edited_in_an_editor(run: CommandLine, fair: Archive, tmp_path: Path) -> None:
    file = fair.settings.data / "topics.toml"
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\nsed -i "$EDIT" "$1"\n', encoding="utf-8")
    editor.chmod(0o755)

    same = run("topics", "edit", VISUAL=str(editor), EDIT="")
    assert same.out == " topics.toml is as it was.\n"
    invalid = run("topics", "edit", "--yes", VISUAL=str(editor), EDIT="s/terms/words/")
    assert (invalid.code, file.read_text("utf-8")) == (2, FILE)
    assert f"{file}:11: " in invalid.err
    done = run("topics", "edit", "--yes", VISUAL=str(editor), EDIT='s/"灯会"/"节日\\/灯会"/;s/# mine/# ours/')
    assert done.lines[0].split() == ["renamed", "灯会", "→", "节日/灯会"]
    assert "# ours" in file.read_text("utf-8")
    assert {"节日", "节日/灯会"} <= set(chain.from_iterable(topics_of(fair).values()))
    comment = run("topics", "edit", "--yes", VISUAL=str(editor), EDIT="s/# ours/# theirs/")
    assert comment.lines[0] == " No topic differs: only comments, or the order."
    assert "# theirs" in file.read_text("utf-8")
    assert ": current" in run("status").out
    missing = run("topics", "edit", VISUAL="/nowhere/editor")
    assert (missing.code, "EDITOR" in missing.err) == (2, True)


def test_without_an_archive_only_the_file_changes(
    fair: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(url=fair.settings.url, index=f"fair-none-{uuid4().hex[:8]}", data=fair.settings.data)
    file = settings.data / "topics.toml"
    file.write_text("", encoding="utf-8")
    _forget()
    monkeypatch.setenv("FANGTAN_DATA", str(settings.data))
    run = CommandLine(settings, monkeypatch, capsys)
    assert "Nothing is indexed" in run("topics", "add", "茶", "龙井", "--dry-run").out
    assert run("topics", "add", "茶", "龙井", "--json").code == 2
    added = json.loads(run("topics", "add", "茶", "龙井", "--yes", "--json").out)
    assert [(one["kind"], one["name"], one["added"]) for one in added["topics"]] == [("new", "茶", ["龙井"])]
    assert (added["archive"], added["written"]) == (None, True)
    assert tomllib.loads(file.read_text("utf-8")) == {"茶": {"terms": ["龙井"]}}
