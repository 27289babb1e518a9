"""`fangtan index` learns the topics of an archive that has none, and writes every turn once, with them."""

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.enrich.enrich import load_knowledge
from indexer.enrich.topics import Topics
from indexer.indexing import spool
from indexer.pipeline import Callbacks, IndexOptions
from indexer.report import IndexReport, Progress
from indexer.settings import Settings
from indexer.topics import archive_topics, first_topics
from indexer.topics import learn as learning
from tests.elastic.test_learn_topics import interview, topics_of
from tests.indexer.enrich.test_stretches import SUBJECTS
from tests.support.archives import Archive
from tests.support.cli import CommandLine

NAMES = list(SUBJECTS)


@pytest.fixture
def talks(node_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An empty archive that knows nothing, and a folder for transcripts."""
    monkeypatch.setattr(learning, "COMMON", 0.4)  # there are three subjects only
    (tmp_path / "transcripts").mkdir()
    (tmp_path / "data").mkdir()
    settings = Settings(url=node_url, index=f"first-{uuid4().hex[:12]}", data=tmp_path / "data")
    with connect(settings) as client:
        archive = Archive(tmp_path / "transcripts", settings, client)
        yield archive
        archive.drop()
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


def write(talks: Archive, first: int, after: int) -> None:
    """Write interviews on two of three subjects each."""
    for n in range(first, after):
        text = interview(f"talk{n}", NAMES[n % 3], NAMES[(n + 1) % 3])
        talks.path(f"talk{n}_jsonl").write_text(text, encoding="utf-8")


def index(
    talks: Archive, *, rebuild: bool = False, keep: bool = False, callbacks: Callbacks | None = None
) -> IndexReport:
    """Index as the command does."""
    options = IndexOptions((talks.folder,), rebuild=rebuild, keep_duplicates=keep)
    find = first_topics.finder(talks.client, talks.settings)
    return pipeline.index(options, talks.settings, talks.client, callbacks or Callbacks(), find)


def topics_file(talks: Archive) -> Path:
    return talks.settings.data / "topics.toml"


def forget() -> None:
    """Read the files again, as the next command does."""
    load_knowledge.cache_clear()
    Topics.forget()


def test_the_first_run_learns_topics_and_equals_a_later_one(talks: Archive) -> None:
    write(talks, 0, 9)
    talks.path("copy_jsonl").write_text(talks.path("talk0_jsonl").read_text("utf-8").replace("talk0", "copy"), "utf-8")
    report = index(talks)
    assert (report.indexed, report.turns, report.failed) == (9, 216, ())
    assert len(report.topics) >= 3
    assert sum(turns for _, turns in report.topics) == 216
    assert {topic for topics in topics_of(talks).values() for topic in topics} <= {name for name, _ in report.topics}
    contents, text = talks.contents(), topics_file(talks).read_bytes()
    # learned again from the archive: the same; indexed afresh: the same
    assert archive_topics.learn_topics(talks.client, talks.settings).after.encode() == text
    assert not archive_topics.plan_reindex(talks.client, talks.settings).is_pending
    again = index(talks)
    assert (again.indexed, again.topics) == (0, ())
    assert (talks.contents(), topics_file(talks).read_bytes()) == (contents, text)
    forget()
    assert index(talks, rebuild=True).topics == ()
    assert (talks.contents(), topics_file(talks).read_bytes()) == (contents, text)


def test_an_archive_that_was_too_small_is_updated_when_it_has_grown(talks: Archive) -> None:
    write(talks, 0, 2)
    assert index(talks).topics == ()
    assert not topics_file(talks).exists()
    write(talks, 2, 9)
    report = index(talks)
    assert (report.indexed, report.unchanged) == (7, 2)
    assert report.topics
    learned = {name for name, _ in report.topics}
    assert all(set(topics) <= learned for topics in topics_of(talks).values())
    contents = talks.contents()
    forget()
    write(talks, 9, 10)
    assert index(talks).topics == ()
    assert set(topics_of(talks)["talk9#1"]) <= learned
    talks.delete("talk9_jsonl")
    pipeline.index(IndexOptions((talks.folder,), prune=True), talks.settings, talks.client)
    assert talks.contents() == contents


@pytest.mark.parametrize("held", [10, 100], ids=["some", "all"])
def test_beyond_what_is_analyzed_the_run_goes_on_with_the_topics(
    talks: Archive, monkeypatch: pytest.MonkeyPatch, held: int
) -> None:
    def size(full: spool.Spool) -> int:
        """The size of a spool that is full of analyses with 8 interviews, and full with those that it may hold."""
        return sum(
            limit for limit, most in ((spool.MOST_ANALYZED + 1, 8), (spool.MOST, held)) if len(full.records) >= most
        )

    write(talks, 0, 12)
    monkeypatch.setattr(spool.Spool, "size", property(size))
    report = index(talks, keep=True)
    assert report.indexed == 12
    assert sum(turns for _, turns in report.topics) < 12 * 24
    contents = talks.contents()
    forget()
    talks.index(rebuild=True)
    assert talks.contents() == contents


def test_a_run_that_is_stopped_while_it_reads_writes_nothing_and_is_begun_anew(talks: Archive) -> None:
    write(talks, 0, 9)
    calls = iter(range(100))
    report = index(talks, callbacks=Callbacks(should_stop=lambda: next(calls) > 4))
    assert (report.interrupted, report.indexed) == (True, 0)
    assert not topics_file(talks).exists()
    assert index(talks).indexed == 9
    assert topics_file(talks).exists()


def test_a_run_that_is_killed_while_it_loads_is_completed_with_the_same_topics(talks: Archive) -> None:
    write(talks, 0, 9)

    def killed(progress: Progress) -> None:
        if progress.turns:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index(talks, callbacks=Callbacks(on_progress=killed))
    text = topics_file(talks).read_bytes()
    forget()
    assert index(talks).topics == ()
    contents = talks.contents()
    assert len(topics_of(talks)) == 216
    talks.index(rebuild=True)
    assert (talks.contents(), topics_file(talks).read_bytes()) == (contents, text)


def test_the_command_tells_the_largest_and_leaves_them_out(
    talks: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FANGTAN_DATA", str(talks.settings.data))
    run = CommandLine(talks.settings, monkeypatch, capsys)
    write(talks, 0, 9)
    printed = run("index", str(talks.folder), "--no-topics")
    assert "topic" not in printed.out
    assert not topics_file(talks).exists()
    talks.drop()
    printed = run("index", str(talks.folder))
    names = {one["name"] for one in json.loads(run("topics", "--json").out)}
    told = " ".join(printed.out.split())
    assert any(f"{len(names)} topics: {name} (" in told for name in names)
    assert "(fangtan topics)" in " ".join(printed.out.split())
    assert topics_file(talks).read_text("utf-8").startswith("# Topics: ")
