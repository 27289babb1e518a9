"""What a run is to do with an interview that was read: a plan, without Elasticsearch."""

from dataclasses import replace

from indexer.indexing.interviews import InterviewPlanner, source_info
from indexer.indexing.plan import Load, LoadDuplicate, Move
from indexer.model import Interview, Role, Turn
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.manifest import IndexManifest
from indexer.store.mapping import Names
from indexer.store.rebuild import Target
from tests.support.talks import talk

NAMES = Names("t", "p", "i")


def interview(id_: str, text: str = talk(1)) -> Interview:
    return Interview((Turn(1, "孟秋禾", Role.INTERVIEWEE, text),), id=id_)


def described(one: Interview, path: str = "/a.txt", fingerprint: str = "f") -> SourceInfo:
    return source_info(
        one, source=path[1:], path=path, hash_="h", fingerprint=fingerprint, part=1, parts=1, overrides=(("url", "u"),)
    )


def origin(one: Interview, path: str = "/a.txt", fingerprint: str = "f") -> SourceInfo:
    """Of one second, whenever it is asked for."""
    second = "2026-11-01T00:00:00+00:00"
    return replace(described(one, path, fingerprint), added_at=second, indexed_at=second)


def planner(*indexed: Interview, keep_duplicates: bool = False, complete: bool = True) -> InterviewPlanner:
    records = [IndexedInterview.of(one, origin(one, f"/{one.id}.txt"), passages=1) for one in indexed]
    manifest = IndexManifest(records, {one.interview_id: 2 if complete else 1 for one in records})
    return InterviewPlanner(Target(NAMES, manifest, manifest), keep_duplicates=keep_duplicates)


def test_the_source_of_an_interview_is_described_at_once():
    found = described(interview("a"))
    assert (found.source, found.path, found.hash, found.part, found.overrides) == (
        "a.txt",
        "/a.txt",
        "h",
        1,
        ("url=u",),
    )
    assert found.content
    assert found.sketch
    assert found.indexed_at.endswith("+00:00")
    assert found.content == origin(interview("b")).content, "whatever its id"


def test_a_new_interview_is_loaded():
    new = interview("a")
    assert planner().plan(new, origin(new)) == Load(new, origin(new))


def test_what_is_shown_of_an_indexed_interview_decides_whether_it_is_only_moved():
    same = interview("a")
    moved = replace(origin(same, "/a.txt"), path="/elsewhere/a.txt")
    assert planner(same).plan(same, moved) == Move("a", moved)
    for other in (replace(moved, source="b.txt"), replace(moved, fingerprint="g"), replace(moved, content="c")):
        assert planner(same).plan(same, other) == Load(same, other)
    assert planner(same, complete=False).plan(same, moved) == Load(same, moved)


def test_what_is_indexed_again_was_added_when_it_first_came():
    same = interview("a")
    again = replace(origin(same), content="changed", added_at="2026-11-28T00:00:00+00:00")
    loaded = planner(same).plan(same, again)
    assert isinstance(loaded, Load)
    assert loaded.origin == replace(again, added_at="2026-11-01T00:00:00+00:00")
    new = planner(interview("b", talk(2))).plan(same, again)
    assert isinstance(new, Load)
    assert new.origin == again


def test_a_copy_is_a_duplicate_of_what_is_indexed_or_planned():
    copy = interview("b")
    assert planner(interview("a")).plan(copy, origin(copy, "/b.txt")) == LoadDuplicate(
        copy, origin(copy, "/b.txt"), "a"
    )
    ours = planner()
    first = interview("a")
    ours.plan(first, origin(first))
    assert ours.plan(copy, origin(copy, "/b.txt")) == LoadDuplicate(copy, origin(copy, "/b.txt"), "a")
    ours.forget("a")
    assert ours.plan(copy, origin(copy, "/b.txt")) == Load(copy, origin(copy, "/b.txt"))


def test_duplicates_may_be_kept():
    copy = interview("b")
    ours = planner(interview("a"), keep_duplicates=True)
    assert ours.plan(copy, origin(copy, "/b.txt")) == Load(copy, origin(copy, "/b.txt"))


def test_a_better_transcript_is_loaded_beside_the_one_that_it_will_replace():
    better = Interview((*interview("b").turns, Turn(2, "记者", Role.INTERVIEWER, "好。")), id="b")
    assert planner(interview("a")).plan(better, origin(better, "/b.txt")) == Load(better, origin(better, "/b.txt"))
