"""`fangtan topics learn`: topics of the archive, shown, written, kept; later transcripts get those that are there."""

import shutil
import tomllib
from collections.abc import Iterator
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.enrich.enrich import load_knowledge
from indexer.enrich.topics import Topics
from indexer.settings import Settings, sample_data
from indexer.store import bulk
from indexer.topics import learn as learning
from tests.indexer.enrich.test_stretches import SUBJECTS, talk
from tests.support.archives import Archive, line
from tests.support.cli import CommandLine


def interview(id_: str, *subjects: str) -> str:
    """A line of the JSON-lines form: twelve turns on each subject."""
    turns = [turn for subject in subjects for turn in talk(subject, 12, hash_of(id_))]
    return line(id_, *("、".join(words) for words in turns))


def hash_of(id_: str) -> int:
    return sum(map(ord, id_))


@pytest.fixture(scope="module")
def talks(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Nine interviews on two of three subjects each, with data files of their own."""
    folder = tmp_path_factory.mktemp("topics")
    data = folder / "data"
    shutil.copytree(sample_data(), data, ignore=shutil.ignore_patterns("interviews", "kibana", "topics.toml"))
    (folder / "transcripts").mkdir()
    settings = Settings(url=node_url, index=f"topics-{uuid4().hex[:12]}", data=data)
    names = list(SUBJECTS)
    with connect(settings) as client:
        archive = Archive(folder / "transcripts", settings, client)
        lines = (interview(f"talk{n}", names[n % 3], names[(n + 1) % 3]) for n in range(9))
        archive.path("talks_jsonl").write_text("".join(lines), encoding="utf-8")
        archive.index()
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def run(talks: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    monkeypatch.setenv("FANGTAN_DATA", str(talks.settings.data))
    monkeypatch.setattr(learning, "COMMON", 0.4)  # there are three subjects only
    return CommandLine(talks.settings, monkeypatch, capsys)


def topics_of(talks: Archive) -> dict[str, tuple[str, ...]]:
    """The topics of each turn, by address."""
    contents = talks.contents()
    return {id_: tuple(one.get("topics", ())) for (kind, id_), one in contents.items() if kind == "turns"}


def test_topics_are_learned_kept_and_given_to_later_transcripts(run: CommandLine, talks: Archive) -> None:
    file, before = talks.settings.data / "topics.toml", topics_of(talks)
    shown = run("topics", "learn", "--number", "3", "--dry-run")
    assert (shown.code, shown.err) == (0, "")
    assert shown.lines[0] == " 3 topics learned from 216 turns: 3 new, 0 with the name they had, 0 gone."
    assert not file.exists()
    refused = run("topics", "learn", "--number", "3")
    assert refused.code == 2
    assert "--yes" in refused.err
    done = run("topics", "learn", "--number", "3", "--yes")
    assert done.lines[:5] == shown.lines
    assert done.lines[5].startswith(" 216 of 216 turns, in 9 interviews, have other topics now; ")
    learned = topics_of(talks)
    assert learned.keys() == before.keys()
    assert {len(topics) for topics in learned.values()} == {1}
    for topic in set(learned.values()):  # each on one subject, whoever speaks of it
        said = {
            words
            for one in talks.contents().values()
            if "turn" in one and one.get("topics") == list(topic)
            for words in one["words"].split()
        }
        assert len([subject for subject, words in SUBJECTS.items() if said & set(words.split())]) == 1
    assert ": current" in run("status").out
    again = run("topics", "learn", "--number", "3", "--yes")
    assert again.out == " 3 topics learned from 216 turns: nothing changed.\n"
    talks.path("later_jsonl").write_text(interview("later", "电影"), encoding="utf-8")
    assert talks.index().indexed == 1
    assert {topics_of(talks)[f"later#{turn}"] for turn in range(1, 13)} < set(learned.values())
    kept = talks.contents()
    talks.index(rebuild=True)
    assert talks.contents() == kept


def test_an_edited_file_is_applied_and_learning_keeps_the_name(run: CommandLine, talks: Archive) -> None:
    file = talks.settings.data / "topics.toml"
    run("topics", "learn", "--number", "3", "--yes")
    assert run("topics", "apply").out == " The archive has the topics of topics.toml.\n"
    name = next(iter(tomllib.loads(file.read_text("utf-8"))))
    file.write_text(file.read_text("utf-8").replace(f'["{name}"]', '["改名"]'), encoding="utf-8")
    Topics.forget()  # what this process has read
    load_knowledge.cache_clear()
    assert "the topics (topics.toml)" in " ".join(run("status").out.split())
    had = [id_ for id_, topics in topics_of(talks).items() if name in topics]
    shown = run("topics", "apply", "--dry-run")
    assert shown.lines[0].startswith(f" {len(had)} of {len(topics_of(talks))} turns, in ")
    counted = shown.lines[0].partition(" would")[0]
    assert run("topics", "apply", "--yes").lines[0].startswith(f"{counted} have other topics now; ")
    assert sorted(id_ for id_, topics in topics_of(talks).items() if topics == ("改名",)) == sorted(had)
    learned = run("topics", "learn", "--number", "3", "--yes")
    assert learned.lines[0].endswith(": nothing changed.")
    kept = talks.contents()
    talks.index(rebuild=True)
    assert talks.contents() == kept


def test_an_update_that_was_killed_is_ended_by_the_same_command(
    run: CommandLine, talks: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("topics", "learn", "--number", "3", "--yes")
    file = talks.settings.data / "topics.toml"
    name = next(iter(tomllib.loads(file.read_text("utf-8"))))
    file.write_text(file.read_text("utf-8").replace(f'["{name}"]', '["半路"]'), encoding="utf-8")
    Topics.forget()
    load_knowledge.cache_clear()

    def killed(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    had = [id_ for id_, topics in topics_of(talks).items() if name in topics]
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "load", killed)
        assert run("topics", "apply", "--yes").code == 130
    assert run("topics", "apply", "--dry-run").lines[0].startswith(f" {len(had)} of ")
    run("topics", "learn", "--number", "3", "--yes")
    assert [id_ for id_, topics in topics_of(talks).items() if topics == ("半路",)] == had
    assert run("topics", "apply").out == " The archive has the topics of topics.toml.\n"
    assert ": current" in run("status").out


def test_topics_of_a_query_are_still_listed(run: CommandLine) -> None:
    assert run("topics", "导演").code == 0
    assert run("topics", "learned").code == 0
