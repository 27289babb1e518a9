"""Runs over an archive that the run before left as it should be: they know it, and miss nothing that changed since."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from indexer.elastic.connection import connect
from indexer.indexing.file_list import list_path
from indexer.report import IndexReport
from indexer.store import mapping
from tests.support.archives import Archive, line, transcript
from tests.support.talks import talk


@contextmanager
def counted(archive: Archive) -> Iterator[tuple[Any, Counter[str]]]:
    """A client, and how often it scrolls and aggregates: what reading all that is indexed takes."""
    seen: Counter[str] = Counter()
    with connect(archive.settings) as client:
        original = client.transport.perform_request

        def perform(method: str, target: str, **others: Any) -> Any:
            seen["searches"] += "/_search" in target
            return original(method, target, **others)

        client.transport.perform_request = perform  # type: ignore[method-assign]
        yield client, seen


def settled(archive: Archive) -> IndexReport:
    """Index until a run finds nothing to do, which records it, and once more."""
    for _ in range(3):
        archive.index()
    return archive.index()


def test_nothing_that_is_indexed_is_read(archive: Archive) -> None:
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2), talk_jsonl=line("one", "一") + line("two", "二"))
    settled(archive)
    before = archive.contents()
    with counted(archive) as (client, seen):
        report = archive.index(client=client)
    assert (report.files, report.unchanged, report.indexed, report.failed) == (3, 4, 0, ())
    assert seen["searches"] == 1  # for the word that the report shows
    list_path(archive.settings.index).unlink()
    with counted(archive) as (client, seen):
        again = archive.index(client=client)
    assert (again.files, again.unchanged, again.word) == (report.files, report.unchanged, report.word)
    assert seen["searches"] > 3
    assert archive.contents() == before


def test_what_somebody_deletes_from_the_index_is_loaded_again(archive: Archive) -> None:
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2))
    settled(archive)
    before = archive.contents()
    for kind, id_ in (("turns", "foo#3"), ("interviews", "bar")):
        name = getattr(mapping.names(archive.settings), kind)
        archive.client.delete(index=name, id=id_, refresh=True)
        assert archive.index().indexed == 1
        assert archive.contents() == before
        settled(archive)


def test_a_changed_a_new_and_a_deleted_file_are_found(archive: Archive) -> None:
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2), gone_txt=transcript(3))
    settled(archive)
    archive.delete("gone_txt")
    report = archive.index()
    assert (report.unchanged, report.indexed, report.gone) == (2, 0, ("gone",))
    archive.write(foo_txt=transcript(7, "隐私"), new_txt=transcript(4))
    report = archive.index(prune=True)
    assert (report.unchanged, report.indexed, report.removed) == (1, 2, ("gone",))
    assert archive.ids() == ["bar", "foo", "new"]


def test_a_copy_of_what_is_indexed_becomes_its_duplicate(archive: Archive) -> None:
    archive.write(foo_txt=talk(1), bar_txt=talk(2))
    settled(archive)
    archive.write(other_txt=f"{talk(1)}\n")
    assert archive.index().versions == ("other",)
    settled(archive)
    archive.delete("foo_txt")
    report = archive.index(prune=True)
    assert report.removed == ("foo",)
    assert (archive.texts("other"), archive.texts("foo")) != ([], [])


def test_a_file_that_fails_is_told_every_time_and_costs_the_others_nothing(archive: Archive) -> None:
    archive.write(foo_txt=transcript(7), empty_txt="", talk_jsonl=line("one", "一") + "{\n" + line("two", "二"))
    first = archive.index()
    assert len(first.failed) == 2
    settled(archive)
    with counted(archive) as (client, seen):
        report = archive.index(client=client)
    assert (report.failed, report.unchanged, report.indexed) == (first.failed, 3, 0)
    assert seen["searches"] < 20


def test_a_file_that_is_moved_takes_its_interviews_along(archive: Archive) -> None:
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2))
    settled(archive)
    archive.path("foo_txt").rename(archive.path("foo_txt").with_name("moved.txt"))
    report = archive.index(prune=True)
    assert (report.indexed, report.removed, archive.ids()) == (1, ("foo",), ["bar", "moved"])


def test_other_options_are_another_question(archive: Archive) -> None:
    archive.write(a__foo_txt=talk(1), b__other_txt=f"{talk(1)}\n")
    settled(archive)
    assert (archive.texts("a/foo") != [], archive.texts("b/other")) == (True, [])
    archive.index(settings=replace(archive.settings, primaries=("b",)))
    assert (archive.texts("a/foo"), archive.texts("b/other") != []) == ([], True)
