"""Ids: readable, fit for an address, kept, never two alike."""

import re
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.ids import LONGEST, CopyError, IdRegistry, TakenError, free, readable
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.manifest import IndexManifest


def record(interview_id: str, path: str, part: int = 1, hash_: str = "h", content: str = "c") -> IndexedInterview:
    origin = SourceInfo(source=path, path=path, hash=hash_, content=content, fingerprint="f", part=part)
    return IndexedInterview(interview_id, origin, 1, 1)


def register(*records: IndexedInterview, files: frozenset[str] | None = None) -> IdRegistry:
    there = frozenset(one.origin.path for one in records) if files is None else files
    return IdRegistry(IndexManifest(records), lambda path: path in there)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("qzone-xiaomi", "qzone-xiaomi"),
        ("2019/foo", "2019/foo"),
        ("与小米手机合作发布红米手机", "与小米手机合作发布红米手机"),
        ("2019-01-18-108年度开放政府联系人共识会议（第一场）", "2019-01-18-108年度开放政府联系人共识会议（第一场）"),
        ("2019-02-25-【渔港钓鱼案】筹备会议", "2019-02-25-【渔港钓鱼案】筹备会议"),
        ("迈克尔·乔丹", "迈克尔·乔丹"),
        ("访谈 第一场", "访谈-第一场"),
        ("访谈　第一场", "访谈-第一场"),
        ("问#答", "问-答"),
        ("问＃答", "问-答"),
        ("a: b?", "a-b"),
        ("it's (1)", "it-s-1"),
        ("a\x1b[31mb\n", "a-31mb"),
        ("../../etc/passwd", "etc/passwd"),
        ("-rf", "rf"),
        (".hidden./x", "hidden/x"),
        ("", "interview"),
        ("???", "interview"),
        ("a//b", "a/b"),
        ("e\u0301te\u0301", "été"),
        ("\udcff\udcfe录音", "录音"),
        ("採訪_final v2", "採訪_final-v2"),
    ],
)
def test_an_id_is_readable(name, id_):
    assert readable(name) == id_


@given(st.text(max_size=300))
def test_an_id_can_be_typed_cited_and_stored(name):
    id_ = readable(name)
    assert id_
    assert readable(id_) == id_
    assert len(id_) <= LONGEST
    assert len(f"{id_}#1234567".encode()) <= 512
    assert id_.isprintable()
    assert not re.search(r"[\s#:\"'`$&|;<>()\[\]{}*?!\\%,^]", id_)
    assert not id_.startswith("-")


def test_long_names_stay_apart():
    one, other = (readable("会议" * 80 + end) for end in ("甲", "乙"))
    assert one != other
    assert len(one) == len(other) == LONGEST


def test_a_free_id_is_what_was_wanted():
    assert free("foo", "/a/foo.txt", lambda id_: False) == "foo"


def test_a_taken_id_gets_some_of_the_paths_hash():
    name = free("foo", "/a/foo.txt", {"foo"}.__contains__)
    assert re.fullmatch(r"foo-[0-9a-f]{4}", name)
    assert free("foo", "/a/foo.txt", {"foo"}.__contains__) == name
    assert free("foo", "/b/foo.txt", {"foo"}.__contains__) != name
    longer = free("foo", "/a/foo.txt", {"foo", name}.__contains__)
    assert longer.startswith(name)
    assert len(longer) == len(name) + 4


def test_a_taken_long_id_stays_short():
    assert len(free("会" * LONGEST, "/a", lambda id_: len(id_) < LONGEST - 1 or id_ == "会" * LONGEST)) <= LONGEST


def test_files_of_one_name_get_ids_of_their_own_whatever_comes_first():
    paths = ["/a/foo.txt", "/b/foo.txt", "/c/foo.txt"]
    given_ids = []
    for order in permutations(paths):
        ours = register()
        ids = {path: ours.assign("foo", path, 1, path) for path in order}
        assert len(set(ids.values())) == 3
        assert ids[order[0]] == "foo"
        given_ids.append({path: id_ for path, id_ in ids.items() if path != order[0]})
    # the one that came first has the plain name, and each of the others the name its own path gives it
    assert len({(path, id_) for one in given_ids for path, id_ in one.items()}) == 3


def test_an_indexed_file_keeps_its_id():
    ours = register(record("interviews/qzone", "/data/interviews/qzone.txt"))
    assert ours.assign("qzone", "/data/interviews/qzone.txt", 1, "other") == "interviews/qzone"


def test_a_newcomer_does_not_take_the_id_of_an_indexed_file():
    ours = register(record("qzone", "/data/qzone.txt"))
    assert ours.assign("qzone", "/new/qzone.txt", 1, "new").startswith("qzone-")
    assert ours.assign("qzone", "/data/qzone.txt", 1, "h") == "qzone"


def test_a_moved_file_keeps_its_id():
    ours = register(record("qzone", "/old/qzone.txt", hash_="same"), files=frozenset({"/new/qzone.txt"}))
    assert ours.assign("qzone", "/new/qzone.txt", 1, "same") == "qzone"


def test_a_file_like_one_that_is_gone_is_another_if_its_bytes_differ():
    ours = register(record("qzone", "/old/qzone.txt", hash_="old"), files=frozenset({"/new/qzone.txt"}))
    assert ours.assign("qzone", "/new/qzone.txt", 1, "new") != "qzone"


def test_a_copy_below_another_folder_is_the_same_transcript():
    ours = register(record("qzone", "/old/qzone.txt", hash_="same"))
    assert ours.assign("qzone", "/new/qzone.txt", 1, "same") == "qzone"


def test_copies_are_kept_apart_where_that_is_wanted():
    before = IndexManifest([record("qzone", "/old/qzone.txt", hash_="same")])
    ours = IdRegistry(before, lambda path: path == "/old/qzone.txt", keep_copies=True)
    first, second = (ours.assign("qzone", f"/{folder}/qzone.txt", 1, "same") for folder in "ab")
    assert len({"qzone", first, second}) == 3
    assert (
        IdRegistry(before, lambda path: False, keep_copies=True).assign("qzone", "/a/qzone.txt", 1, "same") == "qzone"
    )


def test_a_copy_under_another_name_is_another_transcript():
    ours = register(record("qzone", "/old/qzone.txt", hash_="same"))
    assert ours.assign("copy", "/old/copy.txt", 1, "same") == "copy"
    assert ours.assign("qzone", "/old/qzone.md", 1, "same") != "qzone"


def test_a_file_of_the_same_name_with_other_bytes_is_another_transcript():
    ours = register(record("qzone", "/old/qzone.txt", hash_="old"))
    assert ours.assign("qzone", "/new/qzone.txt", 1, "new").startswith("qzone-")


def test_of_two_copies_in_one_run_the_second_is_the_first():
    for files in (frozenset[str](), None):
        ours = register(record("qzone", "/old/qzone.txt", hash_="same"), files=files)
        assert ours.assign("qzone", "/a/qzone.txt", 1, "same") == "qzone"
        with pytest.raises(CopyError, match="qzone"):
            ours.assign("qzone", "/b/qzone.txt", 1, "same")
        assert ours.assign("qzone", "/c/qzone.txt", 1, "other").startswith("qzone-")


def test_in_a_rebuild_the_original_is_the_copy_that_came_first():
    ours = register(record("2019/qzone", "/old/2019/qzone.txt", hash_="same"))
    assert ours.assign("2019/qzone", "/new/2019/qzone.txt", 1, "same") == "2019/qzone"
    with pytest.raises(CopyError, match="2019/qzone"):  # of a file that nobody named the folder is not known
        ours.assign("qzone", "/old/2019/qzone.txt", 1, "same")


def test_the_interviews_of_one_file_are_numbered():
    ours = register()
    assert [ours.assign("all", "/all.jsonl", part, "h") for part in (1, 2, 3)] == ["all", "all/2", "all/3"]


def test_a_transcript_may_give_its_own_id():
    ours = register()
    assert ours.claim("vcsum_000.txt", "/vcsum.jsonl", "c1") == "vcsum_000.txt"
    assert ours.claim("with space", "/vcsum.jsonl", "c1") == "with-space"


def test_an_own_id_is_given_once():
    ours = register()
    ours.claim("a", "/x.jsonl", "c1")
    with pytest.raises(TakenError, match=r"its id a is also that of another transcript, in /x\.jsonl"):
        ours.claim("a", "/x.jsonl", "c1")
    with pytest.raises(TakenError):
        ours.claim("a", "/y.jsonl", "c2")


def test_an_own_id_with_the_same_contents_in_another_file_is_the_same_transcript():
    ours = register()
    ours.claim("a", "/x.jsonl", "same")
    with pytest.raises(CopyError, match="a"):
        ours.claim("a", "/y.jsonl", "same")
    assert register(record("a", "/x.jsonl", content="same")).claim("a", "/y.jsonl", "same") == "a"


def test_an_own_id_of_an_indexed_file_is_refused_while_that_file_is_there():
    there = record("a", "/x.jsonl")
    with pytest.raises(TakenError):
        register(there).claim("a", "/y.jsonl", "c1")
    assert register(there).claim("a", "/x.jsonl", "c1") == "a"
    assert register(there, files=frozenset()).claim("a", "/y.jsonl", "c1") == "a"


@given(
    st.lists(st.tuples(st.sampled_from(["a", "a/2", "b"]), st.sampled_from("xyz"), st.integers(1, 3), st.booleans()))
)
def test_no_id_is_given_twice(wishes):
    ours = register(record("a", "x"), record("a/2", "y", part=2), record("b", "gone"), files=frozenset("xyz"))
    seen: set[str] = set()
    for name, path, part, own in wishes:
        try:
            id_ = ours.claim(name, path, "c1") if own else ours.assign(name, path, part, "h")
        except (TakenError, CopyError):
            continue
        assert id_ not in seen
        seen.add(id_)


def test_what_has_a_name_of_its_own_in_a_file_keeps_its_id_when_something_is_put_in_before_it():
    ours = register()
    first = [ours.assign("talks", "/data/talks.zip", part, "h", name) for part, name in ((1, "2019/b"), (2, "b"))]
    assert first == ["talks/2019/b", "talks/b"]
    records = [record(id_, "/data/talks.zip", part=part) for part, id_ in enumerate(first, start=1)]
    again = register(*records)
    names = ("2019/a", "2019/b", "a", "b")
    assert [again.assign("talks", "/data/talks.zip", part, "new", name) for part, name in enumerate(names, 1)] == [
        "talks/2019/a",
        "talks/2019/b",
        "talks/a",
        "talks/b",
    ]


def test_it_keeps_it_too_when_another_folder_is_named():
    ours = register(record("data/talks/b", "/data/talks.zip", part=7))
    assert ours.assign("talks", "/data/talks.zip", 1, "new", "b") == "data/talks/b"
    assert ours.assign("talks", "/data/talks.zip", 2, "new", "c") == "talks/c"


def test_archives_of_one_name_do_not_take_each_others_ids():
    ours = register(record("talks/b", "/data/talks.zip"))
    other = ours.assign("talks", "/new/talks.zip", 1, "new", "b")
    assert other.startswith("talks/b-")
    assert ours.assign("talks", "/new/talks.zip", 2, "new", "c") == "talks/c"


def test_an_archive_that_moved_keeps_its_ids():
    ours = register(record("talks/b", "/old/talks.zip", hash_="same", part=3), files=frozenset({"/new/talks.zip"}))
    assert ours.assign("talks", "/new/talks.zip", 1, "same", "b") == "talks/b"
