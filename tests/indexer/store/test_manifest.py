"""What is in an archive, and whether a file needs loading."""

from dataclasses import replace

import pytest

from indexer.errors import ReadingError, UsageError
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.manifest import IndexManifest
from indexer.store.safeguards import check_broken, check_gone, gone, overrides

ORIGIN = SourceInfo(source="a/foo.txt", path="/a/foo.txt", hash="h", content="c", fingerprint="f")
ONE = IndexedInterview("foo", ORIGIN, turns=10, passages=1)


def of_file(interview_id: str, path: str) -> IndexedInterview:
    return replace(ONE, interview_id=interview_id, origin=replace(ORIGIN, path=path))


def many(count: int) -> list[IndexedInterview]:
    """The interviews of one JSON-lines file, the last of which says how many there are."""
    return [
        replace(
            ONE,
            interview_id=f"foo/{part}",
            origin=replace(ORIGIN, part=part, parts=count if part == count else 0),
        )
        for part in range(1, count + 1)
    ]


def inside(*records: IndexedInterview, **documents: int) -> IndexManifest:
    return IndexManifest(records, {**{one.interview_id: one.turns + one.passages for one in records}, **documents})


def test_a_file_that_is_in_needs_no_loading():
    assert inside(ONE).unchanged("/a/foo.txt", "h", "f") == (ONE,)


@pytest.mark.parametrize(
    ("path", "hash_", "fingerprint"), [("/b", "h", "f"), ("/a/foo.txt", "x", "f"), ("/a/foo.txt", "h", "x")]
)
def test_another_file_other_bytes_or_other_knowledge_need_loading(path, hash_, fingerprint):
    assert inside(ONE).unchanged(path, hash_, fingerprint) == ()


@pytest.mark.parametrize("there", [0, 10, 12])
def test_an_interview_with_other_documents_than_it_promises_needs_loading(there):
    ours = inside(ONE, foo=there)
    assert ours.unchanged("/a/foo.txt", "h", "f") == ()
    assert not ours.is_complete(ONE)


def test_a_file_of_many_is_in_if_all_its_interviews_are():
    records = many(3)
    assert inside(*records).unchanged("/a/foo.txt", "h", "f") == tuple(records)
    assert inside(*reversed(records)).unchanged("/a/foo.txt", "h", "f") == tuple(records)


@pytest.mark.parametrize("missing", [0, 1, 2])
def test_a_file_of_many_needs_loading_while_one_is_missing(missing):
    records = many(3)
    del records[missing]
    assert inside(*records).unchanged("/a/foo.txt", "h", "f") == ()


def test_a_file_of_many_needs_loading_while_one_is_of_the_file_as_it_was():
    records = many(3)
    records[1] = replace(records[1], origin=replace(records[1].origin, hash="before"))
    assert inside(*records).unchanged("/a/foo.txt", "h", "f") == ()


def test_a_file_that_lost_its_last_interview_needs_loading():
    last = replace(ONE, interview_id="foo/3", origin=replace(ORIGIN, part=3, parts=0))
    assert inside(*many(3)[:2], last).unchanged("/a/foo.txt", "h", "f") == ()


def test_what_a_stopped_run_left_behind_is_seen():
    ours = inside(ONE, orphan=4)
    assert ours.has_documents("orphan")
    assert ours.has_documents("foo")
    assert not ours.has_documents("new")


def test_an_interview_without_documents_is_seen_too():
    assert IndexManifest([ONE], {}).has_documents("foo")


def test_the_paths_of_an_archive():
    other = of_file("bar", "/a/bar.txt")
    assert inside(ONE, other).paths == ("/a/bar.txt", "/a/foo.txt")
    assert inside(ONE, other).of_file("/a/bar.txt") == (other,)
    assert inside().of_file("/nowhere") == ()


def test_a_file_is_gone_if_it_is_neither_looked_at_nor_there():
    other = of_file("bar", "/a/bar.txt")
    ours = inside(ONE, other)
    assert gone(ours, {"/a/foo.txt"}, lambda path: False) == (other,)
    assert gone(ours, set(), lambda path: path == "/a/foo.txt") == (other,)
    assert gone(ours, set(), lambda path: True) == ()


def test_a_rebuild_does_not_lose_interviews_whose_files_are_gone():
    check_gone(())
    with pytest.raises(
        UsageError, match=r"The file /a/foo\.txt is gone: .* lose 1 of the archive's interviews\."
    ) as one:
        check_gone((ONE,))
    assert "--prune" in one.value.next_step
    five = [of_file(name, f"/{name}") for name in "abcde"]
    with pytest.raises(UsageError, match=r"The files /a, /b, /c and 2 more are gone: .* lose 5 of"):
        check_gone(five)


def test_a_rebuild_does_not_lose_what_a_broken_file_once_held():
    ours = inside(*many(3))
    check_broken(ours, {"/new.txt"}, {})
    check_broken(ours, {"/a/foo.txt"}, {"/a/foo.txt": 3})
    with pytest.raises(ReadingError, match=r"/a/foo\.txt: .*nothing was changed") as broken:
        check_broken(ours, {"/a/foo.txt"}, {"/a/foo.txt": 2})
    assert "fangtan index --rebuild --prune" in broken.value.next_step


def test_what_a_person_said_is_kept_until_they_say_otherwise():
    said = [
        replace(
            ONE, origin=replace(ORIGIN, overrides=("outlet=搜狐IT", "author=甲", "author=乙", "url=https://a.cn/?b=c"))
        )
    ]
    assert overrides((), ()) == ()
    assert overrides((), (("outlet", "新京报"), ("url", ""))) == (("outlet", "新京报"),)
    kept = (("outlet", "搜狐IT"), ("author", "甲"), ("author", "乙"), ("url", "https://a.cn/?b=c"))
    assert overrides(said, ()) == kept
    assert overrides(said, (("author", "丙"),)) == (kept[0], kept[3], ("author", "丙"))
    assert overrides(said, (("author", ""), ("title", "题"))) == (kept[0], kept[3], ("title", "题"))
