"""Which interviews are versions of which."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.store.duplicates import PrimaryIndex, Ranking, find_duplicates
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.text.near_duplicates import sketch
from indexer.text.simplify import ScriptOrigin as Origin
from tests.support.talks import talk


def record(id_: str, text: str, attributed: int = 10, path: str = "", part: int = 1) -> IndexedInterview:
    origin = SourceInfo(
        path=path or f"/a/{id_}.txt", part=part, hash="h", content="c", fingerprint="f", sketch=sketch([text]).text()
    )
    return IndexedInterview(id_, origin, turns=attributed, passages=1, attributed=attributed, spoken=len(text))


ONE, OTHER = talk(1), talk(2)
CUT_TEXT = ONE[: len(ONE) * 2 // 3]
FULL, COPY, CUT, ALONE = record("b", ONE), record("c", ONE), record("a", CUT_TEXT), record("d", OTHER)


def test_the_fullest_is_the_main_version_whatever_the_order() -> None:
    for order in permutations((FULL, COPY, CUT, ALONE)):
        assert find_duplicates(order) == {"a": "b", "c": "b"}


def test_without_the_main_version_the_next_takes_its_place() -> None:
    assert find_duplicates([COPY, CUT, ALONE]) == {"a": "c"}
    assert find_duplicates([CUT, ALONE]) == {}


@pytest.mark.parametrize(
    ("better", "why"),
    [
        (replace(COPY, attributed=11, spoken=1), "more turns are attributed"),
        (replace(COPY, date="2013-08-02", spoken=1), "it has a date"),
        (replace(COPY, spoken=FULL.spoken + 1), "it says more"),
        (record("c", ONE, path="/a/a.txt"), "its path comes first"),
        (record("c", ONE, path=FULL.origin.path, part=0), "it comes first in its file"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_what_makes_the_main_version(better: IndexedInterview, why: str) -> None:
    assert why
    assert find_duplicates([FULL, better]) == find_duplicates([better, FULL]) == {"b": "c"}


def test_of_equals_the_one_that_was_in_first_stays() -> None:
    assert find_duplicates([FULL, COPY], Ranking({"c"})) == {"b": "c"}
    assert find_duplicates([FULL, COPY], Ranking({"b", "c"})) == {"c": "b"}
    assert find_duplicates([FULL, CUT], Ranking({"a"})) == {"a": "b"}


def in_script(one: IndexedInterview, script: Origin, known: int = 3, date: str = "2020-01-01") -> IndexedInterview:
    """Return an interview as if it were in a script, with other bytes than any other."""
    origin = replace(one.origin, script=int(script), content=f"{one.interview_id} {script}")
    return replace(one, origin=origin, known=known, date=date)


LONGER = replace(FULL, spoken=FULL.spoken + 20)


@pytest.mark.parametrize(
    ("better", "worse", "why"),
    [
        (
            in_script(COPY, Origin.TRADITIONAL, 2),
            in_script(LONGER, Origin.UNDECIDED),
            "written in Traditional",
        ),
        (
            in_script(COPY, Origin.UNDECIDED, 2),
            in_script(LONGER, Origin.CONVERTED),
            "the other is a conversion",
        ),
        (in_script(COPY, Origin.UNDECIDED, 4), in_script(LONGER, Origin.UNDECIDED), "more is known of it"),
        (
            in_script(COPY, Origin.UNDECIDED, date="2019-12-31"),
            in_script(LONGER, Origin.UNDECIDED),
            "it is earlier",
        ),
        (in_script(LONGER, Origin.UNDECIDED), in_script(CUT, Origin.TRADITIONAL), "it is far fuller"),
        (replace(LONGER, origin=replace(COPY.origin, path="/z/a.txt", content="z")), LONGER, "its name comes first"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_the_original_is_the_primary_whatever_the_order_and_the_runs(
    better: IndexedInterview, worse: IndexedInterview, why: str
) -> None:
    better, worse = replace(better, interview_id="better"), replace(worse, interview_id="worse")
    for order in permutations((better, worse, ALONE)):
        for earlier in ((), ("better",), ("worse",)):
            assert find_duplicates(order, Ranking(earlier)) == {"worse": "better"}, why


def test_the_folder_that_a_person_prefers_comes_before_all() -> None:
    full, cut = record("full", ONE, path="/a/typed/x.txt"), record("cut", CUT_TEXT, 3, path="/b/by hand/old/x.txt")
    assert find_duplicates([full, cut]) == {"cut": "full"}
    assert find_duplicates([full, cut], Ranking(preferred=("by hand",))) == {"full": "cut"}
    assert find_duplicates([full, cut], Ranking(preferred=("typed", "by hand"))) == {"cut": "full"}
    assert find_duplicates([full, cut], Ranking(preferred=("hand", "old/by hand"))) == {"cut": "full"}


def test_the_path_of_the_checkout_does_not_matter() -> None:
    for one, other in (("/a/clone/2020/x.txt", "/z/clone/2019/y.txt"), ("/z/2019/x.txt", "/a/2020/x.txt")):
        assert find_duplicates([record("first", ONE, path=one), record("second", ONE, path=other)]) == {
            "second": "first"
        }


def test_what_cannot_be_read_is_no_main_version_if_another_can_be() -> None:
    assert find_duplicates([FULL, CUT], unreadable={"b"}) == {"b": "a"}
    assert find_duplicates([FULL, CUT], unreadable={"a", "b"}) == {"a": "b"}


def test_a_short_text_is_a_version_only_of_the_same() -> None:
    notice = "今天的会议到此结束，谢谢大家，明天上午继续。"
    assert find_duplicates([record("a", notice), record("b", notice), record("c", notice + "再见。")]) == {"b": "a"}
    assert find_duplicates([record("a", ""), record("b", "")]) == {}


def test_a_transcript_is_compared_with_the_main_versions_that_are_in() -> None:
    known = PrimaryIndex()
    assert known.primary(COPY) == known.better_primary(COPY) == ""
    known.add(ALONE)
    assert known.primary(COPY) == ""
    known.add(FULL)
    assert known.primary(COPY) == known.better_primary(COPY) == "b"
    assert known.primary(FULL) == ""


def test_a_better_one_is_not_below_the_main_version_that_is_in() -> None:
    known = PrimaryIndex(Ranking({"a"}))
    known.add(CUT)
    assert (known.primary(FULL), known.better_primary(FULL)) == ("a", "")


def test_what_says_something_else_now_is_no_longer_what_it_was() -> None:
    known = PrimaryIndex()
    known.add(FULL)
    known.add(replace(ALONE, interview_id="b"))
    assert known.primary(COPY) == ""
    assert known.primary(ALONE) == "b"
    known.drop("b")
    known.drop("b")
    assert known.primary(ALONE) == ""


def test_of_several_it_is_a_version_of_the_most_alike() -> None:
    known = PrimaryIndex()
    known.add(replace(CUT, interview_id="cut"))
    known.add(replace(FULL, interview_id="full"))
    assert known.primary(COPY) == "full"
    assert known.primary(replace(CUT, interview_id="x")) == "cut"


@given(st.lists(st.sampled_from([(seed, share) for seed in range(3) for share in (3, 4)]), max_size=8))
def test_a_main_version_is_never_a_version(drawn: list[tuple[int, int]]) -> None:
    texts = [talk(seed)[: len(talk(seed)) * share // 4] for seed, share in drawn]
    found = find_duplicates([record(f"{place}", text) for place, text in enumerate(texts)])
    assert not found.keys() & set(found.values())
    assert len(drawn) - len(found) == len({seed for seed, _ in drawn})
    assert all(drawn[int(version)][0] == drawn[int(main)][0] for version, main in found.items())
