"""How alike two transcripts are told to be."""

import re
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.language.likeness import KEPT, SAME, Sketch, sketch
from indexer.model import Interview
from indexer.parsing.parse import parse
from indexer.reading.files import read, transcripts
from indexer.reading.script import Script
from tests.talks import talk

SHARED = Path(__file__).parents[2] / "shared/data/interviews"
ONE, OTHER = talk(1), talk(2)


def alike(one: str, other: str) -> float:
    return sketch([one]).likeness(sketch([other]))


def test_the_same_text_is_wholly_alike() -> None:
    assert alike(ONE, ONE) == 1
    assert len(sketch([ONE]).hashes) == KEPT


def test_it_does_not_matter_how_the_text_is_parted() -> None:
    assert sketch([ONE]) == sketch(ONE.splitlines()) == sketch(list(ONE))


def test_neither_script_nor_width_nor_punctuation_nor_line_breaks_matter() -> None:
    assert alike(ONE, OpenCC("s2t").convert(ONE)) > 0.8
    assert alike(ONE, ONE.replace("，", ",").replace("。", " . ")) == 1
    assert alike(ONE, re.sub("(.{20})", r"\1\n", ONE)) > 0.8  # a break inside 我们 hides the spot
    assert alike(ONE + "我们一起用App看2020年的账" * 30, ONE + "我们一起用ＡＰＰ看２０２０年的账" * 30) == 1


def test_other_words_of_the_same_people_are_not_alike() -> None:
    assert all(alike(talk(one), talk(other)) < SAME for one, other in combinations(range(12), 2))


def test_an_edited_version_is_alike() -> None:
    edited = re.sub("[山水田土]", "", ONE).replace("下雨", "落雨").replace("看", "瞧")
    assert SAME < alike(ONE, edited) < 1


def test_a_shared_beginning_does_not_make_two_one() -> None:
    opening = talk(9, exchanges=4)
    assert 0 < alike(opening + ONE, opening + OTHER) < SAME


def test_of_a_short_text_nothing_is_told() -> None:
    notice = "我们一起去。" * 50
    assert sketch([notice]) == sketch([]) == Sketch()
    assert alike(notice, notice) == alike(notice, ONE) == 0


@given(st.sets(st.integers(0, 2**32 - 1), max_size=KEPT))
def test_a_sketch_is_stored_as_text(hashes: set[int]) -> None:
    ours = Sketch(tuple(sorted(hashes)))
    assert Sketch.of_text(ours.text()) == ours


@given(st.lists(st.text(), max_size=5))
def test_any_text_has_a_sketch(texts: list[str]) -> None:
    assert sketch(texts) == sketch(["".join(texts)])


def interviews() -> dict[str, Sketch]:
    found = {}
    for file in transcripts([SHARED]):
        for item in read(file.path):
            assert isinstance(item, Script | Interview)
            interview = parse(item) if isinstance(item, Script) else item
            found[file.path.as_posix()] = sketch(turn.text for turn in interview.turns)
    return found


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared interviews are not here")
def test_of_real_interviews_only_the_two_scripts_of_one_are_alike() -> None:
    sketches = interviews()
    pairs = {
        (one, other): sketches[one].likeness(sketches[other])
        for one, other in combinations(sketches, 2)
        if not {*sketches[one].hashes}.isdisjoint(sketches[other].hashes)
    }
    same = [pair for pair, likeness in pairs.items() if likeness >= SAME]
    assert len(same) > 40
    assert all(Path(one).name[:10] == Path(other).name[:10] for one, other in same)
    assert all({"simplified", "traditional"} == {Path(one).parent.name for one in pair} for pair in same)
    assert not [likeness for likeness in pairs.values() if 0.1 < likeness < 0.7]
