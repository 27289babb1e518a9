"""What an archive knows lies in its own folder or beside its transcripts; samples give way to others."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.enrich.enrich import load_knowledge
from indexer.enrich.topics import Topics
from indexer.settings import POINTER, Settings, archive_data, archive_folder, sample_data
from tests.support.archives import Archive, line
from tests.support.cli import CommandLine

SAMPLES = sample_data() / "interviews"


@pytest.fixture
def run(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[CommandLine]:
    """The command line, without FANGTAN_DATA."""
    monkeypatch.setenv("FANGTAN_DATA", "")
    yield CommandLine(settings, monkeypatch, capsys)
    load_knowledge.cache_clear()
    Topics.forget()


@pytest.fixture
def talks(settings: Settings, client, tmp_path: Path) -> Archive:
    """A folder with a transcript of one's own."""
    archive = Archive(tmp_path / "talks", settings, client)
    archive.path("notes_jsonl").parent.mkdir()
    archive.path("notes_jsonl").write_text(line("notes", "我们今天讨论口罩", "社交营销与品牌口碑的推广"), "utf-8")
    return archive


def known(run: CommandLine) -> tuple[object, ...]:
    """The folder, and the numbers of topics, speakers, words and synonyms."""
    found = json.loads(run("status", "--json").out)["knowledge"]
    return tuple(found[name] for name in ("folder", "topics", "speakers", "words", "synonyms"))


def test_a_new_archive_knows_nothing_and_is_told_things_in_its_own_folder(run: CommandLine, talks: Archive) -> None:
    own = archive_folder(talks.settings.index)
    assert run("index", str(talks.folder)).code == 0
    assert known(run) == (str(own), 0, 0, 0, 0)
    assert {path.name.partition(".")[0] for path in own.iterdir()} == {"files"}  # the list of what was read
    assert run("search", "口罩", "--ids").out == "notes#1\n"
    assert run("dict", "add", "社交营销", "-y").code == 0
    assert (own / "words.txt").is_file()
    assert known(run) == (str(own), 0, 0, 1, 0)
    assert ": current" in run("status").out


def test_transcripts_bring_what_is_known_about_them(run: CommandLine, talks: Archive) -> None:
    brought, index = talks.folder / "fangtan", talks.settings.index
    brought.mkdir()
    (brought / "topics.toml").write_text('["防疫"]\nterms = ["口罩", "讨论"]\n', "utf-8")
    (brought / "words.txt").write_text("社交营销 3 n\n", "utf-8")
    (brought / "notes.txt").write_text("问：在吗？\n\n答：在。\n", "utf-8")
    indexed = run("index", str(talks.folder))
    assert (indexed.code, indexed.err) == (0, "")
    assert indexed.out.startswith("Indexed 1 interview ")  # words.txt is no transcript
    assert archive_data(index) == brought
    assert run("search", "口罩", "--topic", "防疫", "--ids").out == "notes#1\n"
    assert known(run) == (str(brought), 1, 0, 1, 0)
    # another folder's is not mixed in
    other = talks.folder.parent / "more"
    (other / "fangtan").mkdir(parents=True)
    (other / "fangtan/words.txt").write_text("口罩厂 3 n\n", "utf-8")
    (other / "more.txt").write_text("问：第二次了？\n\n答：第二次。\n", "utf-8")
    printed = run("index", str(other))
    assert printed.code == 0
    assert f"{other / 'fangtan'} is not used" in "".join(printed.err.split("\n      "))
    # moved: nothing is found until it is said where
    moved = talks.folder.rename(talks.folder.with_name("moved"))
    load_knowledge.cache_clear()
    for command in (("search", "口罩"), ("index", str(other)), ("dict", "list")):
        printed = run(*command, COLUMNS="400")
        assert printed.code == 2
        assert f"There is no folder {brought}" in printed.err
        assert f"rm {archive_folder(index) / POINTER}" in printed.err
    assert "Knowledge There is no folder" in " ".join(run("status").out.split())
    assert run("index", str(moved)).code == 0
    assert archive_data(index) == moved / "fangtan"
    assert run("search", "口罩", "--topic", "防疫", "--ids").out == "notes#1\n"


def test_samples_bring_what_they_know_and_give_way(run: CommandLine, talks: Archive) -> None:
    index = talks.settings.index
    assert run("index", str(SAMPLES / "qzone-xiaomi.txt"), str(SAMPLES / "clinic-2021.txt")).code == 0
    assert archive_data(index) == sample_data()
    (talks.folder / "empty").mkdir()
    assert run("index", str(talks.folder / "empty")).code == 2
    assert run("index", str(talks.folder / "none"), "--prune").code == 0  # nothing to index: the samples stay
    assert talks.ids() == ["clinic-2021", "qzone-xiaomi"]
    printed = run("index", str(talks.folder))
    assert printed.code == 0
    assert f"The 2 samples in the archive {index} give way" in printed.err
    assert "Try: make demo " in printed.err
    assert talks.ids() == ["notes"]
    assert archive_data(index) == archive_folder(index)
    assert "社交营销" not in talks.contents()["turns", "notes#2"].get("topics", ())
    assert run("index", str(talks.folder)).err == ""
    # beside transcripts of one's own they stay, and are told
    assert run("index", str(SAMPLES / "clinic-2021.txt")).code == 0
    assert archive_data(index) == archive_folder(index)
    printed = run("index", str(talks.folder))
    assert "also has the 1 samples" in printed.err
    assert talks.ids() == ["clinic-2021", "notes"]


def test_nothing_gives_way_under_a_folder_that_is_set(run: CommandLine, talks: Archive) -> None:
    folder = {"FANGTAN_DATA": str(sample_data())}
    assert run("index", str(SAMPLES / "clinic-2021.txt"), **folder).code == 0
    assert run("index", str(talks.folder), **folder).code == 0
    assert talks.ids() == ["clinic-2021", "notes"]
    own = archive_folder(talks.settings.index)
    assert {path.name.partition(".")[0] for path in own.iterdir()} == {"files"}
