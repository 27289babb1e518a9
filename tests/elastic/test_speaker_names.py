"""One person has one name: both scripts, whatever the order of files; speakers.toml applied to indexed turns."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich.enrich import load_knowledge
from indexer.settings import sample_data
from indexer.store import mapping
from tests.support.archives import Archive, Contents
from tests.support.cli import CommandLine

TALK = "{asks}：{word}的泊位好找吗？\n\n{says}：{word}的泊位都好找。\n\n{asks}：那就好。\n\n{says}：是的，很好。\n"
HANT = TALK.format(asks="周明", says="林曉嵐", word="城東社區共享單車")
HANS = TALK.format(asks="周明", says="林晓岚", word="河西大桥旁边电动汽车")
MORE = TALK.format(asks="林晓岚", says="部长周明", word="南站广场地下停车")
ENTRY = """
["林晓岚"]
affiliations = [{affiliation = "产品总监"}]
labels = {a = ["周明"]}
turns = ["b#1"]
"""


def names(contents: Contents) -> dict[str, list[str]]:
    """The speakers of each interview's turns, and that its other documents agree with them."""
    found: dict[str, list[str]] = {}
    for (kind, id_), one in sorted(contents.items()):
        if kind == "turns":
            found.setdefault(one["interview_id"], []).append(one["speaker"])
            asked = contents.get(("turns", f"{one['interview_id']}#{one.get('reply_to')}"), {})
            assert one.get("reply_to_speaker") == asked.get("speaker"), id_
    for (kind, id_), one in contents.items():
        if kind != "turns":
            mine = set(found[one["interview_id"]])
            assert set(one["speakers" if kind == "interviews" else "speaker"]) == mine, id_
    return found


def test_both_scripts_are_one_person_whatever_the_order(archive: Archive) -> None:
    archive.write(a_txt=HANT)
    archive.index()
    assert set(names(archive.contents())["a"]) == {"周明", "林曉嵐"}
    archive.write(b_txt=HANS, c_txt=MORE)
    archive.index()
    later = archive.contents()
    assert set(names(later)["a"]) == {"周明", "林晓岚"}  # four turns print it so, two the other
    assert later["turns", "a#2"]["printed_speaker"] == "林曉嵐"
    assert later["turns", "c#2"]["speaker"] == "周明"  # a title before the name
    archive.index(rebuild=True)
    assert without_empty(archive.contents()) == without_empty(later)
    archive.delete("b_txt", "c_txt")
    archive.index(prune=True)
    assert set(names(archive.contents())["a"]) == {"周明", "林曉嵐"}


def test_new_indices_have_the_names_at_once_and_no_document_is_written_twice(archive: Archive) -> None:
    archive.write(a_txt=HANT, b_txt=HANS, c_txt=MORE)
    archive.index(rebuild=True)
    assert set(names(archive.contents())["a"]) == {"周明", "林晓岚"}
    for index in mapping.names(archive.settings).each:
        counts = archive.client.indices.stats(index=index, metric="docs,indexing")["_all"]["primaries"]
        assert counts["indexing"]["index_total"] == counts["docs"]["count"], index


def test_a_run_killed_while_it_names_speakers_is_completed_by_the_next(archive: Archive) -> None:
    archive.write(a_txt=HANT, b_txt=HANS, c_txt=MORE)
    archive.index()
    whole = archive.contents()
    turns = f"{archive.settings.index}-turns"
    archive.client.update(index=turns, id="a#2", doc={"speaker": "林曉嵐"}, refresh=True)
    assert archive.index().unchanged == 3
    assert archive.contents() == whole


@pytest.fixture
def registry(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """The archive with a data folder of its own."""
    shutil.copytree(sample_data(), tmp_path / "data", ignore=shutil.ignore_patterns("interviews", "kibana"))
    monkeypatch.setenv("FANGTAN_DATA", str(tmp_path / "data"))
    yield Archive(archive.folder, replace(archive.settings, data=tmp_path / "data"), archive.client)
    load_knowledge.cache_clear()


def test_a_changed_file_is_shown_and_applied_without_reading_a_transcript(
    registry: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from indexer.enrich import speakers

    registry.write(a_txt=HANT, b_txt=HANS)
    registry.index()
    before = registry.contents()
    run = CommandLine(registry.settings, monkeypatch, capsys)
    assert run("speakers", "apply", "--yes").out.startswith(" No turn changes")
    path = registry.settings.data / "speakers.toml"
    path.write_text(ENTRY, encoding="utf-8")
    speakers.load.cache_clear()
    load_knowledge.cache_clear()
    assert "changed since: fangtan speakers apply" in " ".join(run("status").out.split())
    shown = run("speakers", "apply", "--dry-run")
    assert shown.lines[0] == " 7 of 8 turns, in 2 interviews, change speaker, affiliation or role:"
    assert registry.contents() == before
    changes = {
        (one["before"], one["after"]): one["turns"]
        for one in json.loads(run("speakers", "apply", "--dry-run", "--json").out)["changes"]
    }
    assert changes == {("林曉嵐", "林晓岚"): 4, ("周明", "林晓岚"): 3}
    assert run("speakers", "apply").code == 2
    assert run("speakers", "apply", "--yes").lines[-1].startswith(" Applied: 7 turns of 2 interviews written, in ")
    after = registry.contents()
    assert names(after) == {"a": ["林晓岚"] * 4, "b": ["林晓岚", "林晓岚", "周明", "林晓岚"]}
    assert after["turns", "a#2"]["affiliation"] == "产品总监"
    assert registry.index().unchanged == 2
    registry.index(rebuild=True)
    assert registry.contents() == after
    path.unlink()
    speakers.load.cache_clear()
    load_knowledge.cache_clear()
    registry.index()  # a run applies a changed file as well
    assert names(registry.contents()) == names(before)


SAID_HANT = (
    "周明：上次蔡雅琳委員怎麼看城東的泊位？\n\n林曉嵐：蔡雅琳說夠用了，嵐總也同意。\n\n周明：高峰會怎麼說？\n\n"
    "林曉嵐：高峰會沒有談。\n"
)
SAID_HANS = (
    "何苗：河西大桥旁边的充电桩，蔡雅琳和林晓岚都去看过吗？\n\n王明：岚总去过，蔡雅琳没有去。\n\n何苗：那么海边呢？\n\n"
    "王明：海边只有我去过。\n"
)
PEOPLE = """
not_people = ["何苗"]
["林晓岚"]
aliases = ["岚总"]
roles = [{role = "host", interview = "a"}]
["王明（河西）"]
labels = {b = ["王明"]}
[ "无人" ]
turns = ["a#9", "none#1"]
"""


def mentioned(contents: Contents) -> dict[str, list[str]]:
    """Whom each turn mentions, and that the interviews' own documents agree."""
    found = {id_: one.get("mentions") or [] for (kind, id_), one in sorted(contents.items()) if kind == "turns"}
    for (kind, id_), one in contents.items():
        if kind == "interviews":
            mine = {name for address, names in found.items() if address.startswith(f"{id_}#") for name in names}
            assert set(one.get("mentions") or []) == mine, id_
    return {address: names for address, names in found.items() if names}


def test_who_is_spoken_of_has_one_name_and_follows_speakers_toml(
    registry: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    registry.write(a_txt=SAID_HANT, b_txt=SAID_HANS)
    report = registry.index()
    assert (report.renamed, report.missing) == (0, ())
    plain = registry.contents()
    assert mentioned(plain) == {
        "a#1": ["蔡雅琳"],
        "a#2": ["蔡雅琳"],
        "b#1": ["蔡雅琳", "林曉嵐"],
        "b#2": ["蔡雅琳"],
    }
    assert plain["turns", "b#1"]["printed_mentions"] == ["蔡雅琳", "林晓岚"]
    path = registry.settings.data / "speakers.toml"
    change(path, PEOPLE)
    run = CommandLine(registry.settings, monkeypatch, capsys)
    shown = json.loads(run("speakers", "apply", "--dry-run", "--json").out)
    assert (shown["mentions"], shown["missing"]) == (3, ["none", "a#9"])
    assert {one["name"]: (one["added"], one["removed"]) for one in shown["mentioned"]} == {
        "林晓岚": (3, 0),
        "林曉嵐": (0, 1),
    }
    assert "none, a#9" in run("speakers", "apply", "--dry-run").lines[0]
    assert registry.contents() == plain
    run("speakers", "apply", "--yes")
    after = registry.contents()
    assert mentioned(after) == {
        "a#1": ["蔡雅琳"],
        "a#2": ["蔡雅琳", "林晓岚"],
        "b#1": ["蔡雅琳", "林晓岚"],
        "b#2": ["林晓岚", "蔡雅琳"],
    }
    assert {one["role"] for (kind, _), one in after.items() if kind == "turns" and one["speaker"] == "林晓岚"} == {
        "host"
    }
    assert "host" in after["passages", "a/p1"]["role"]
    assert {one["speaker"] for (kind, _), one in after.items() if kind == "turns"} >= {"王明（河西）", "周明"}
    assert run("speakers", "apply", "--dry-run").lines[-1].startswith(" No turn changes")
    registry.index(rebuild=True)
    assert without_empty(registry.contents()) == without_empty(after)
    change(path, "")
    assert registry.index().renamed == 4  # 林曉嵐 and 王明 of b
    assert without_empty(registry.contents()) == without_empty(plain)


def change(path: Path, text: str) -> None:
    from indexer.enrich import speakers

    path.write_text(text, encoding="utf-8")
    speakers.load.cache_clear()
    load_knowledge.cache_clear()


def without_empty(contents: Contents) -> Contents:
    """The documents without the fields that an update emptied."""
    return {
        key: {name: value for name, value in one.items() if value not in (None, [])} for key, one in contents.items()
    }


def test_two_people_of_one_name_are_kept_apart_by_file(registry: Archive) -> None:
    registry.write(a_txt=SAID_HANT.replace("周明", "王明"), b_txt=SAID_HANS)
    change(registry.settings.data / "speakers.toml", PEOPLE)
    registry.index()
    contents = registry.contents()
    assert set(names(contents)["a"]) == {"王明", "林晓岚"}
    assert set(names(contents)["b"]) == {"何苗", "王明（河西）"}
