"""The similarity of transcripts, and which of them are duplicates."""

import random
import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.model import Interview
from indexer.parser.parse import parse
from indexer.readers.discover import walk
from indexer.readers.read import read
from indexer.readers.script import Script
from indexer.text.near_duplicates import MIN_SIMILARITY, SHORT_TEXT, SKETCH_SIZE, Sketch, sketch
from tests.support.talks import smoothed, talk

SHARED = Path(__file__).parents[4] / "shared/data"
ONE, OTHER = talk(1), talk(2)


def alike(one: str, other: str) -> float:
    return sketch([one]).similarity(sketch([other]))


def same(one: str, other: str) -> float:
    likeness = sketch([one]).duplicate_similarity(sketch([other]))
    assert likeness == sketch([other]).duplicate_similarity(sketch([one]))
    return likeness


def test_the_same_text_is_wholly_alike() -> None:
    assert alike(ONE, ONE) == same(ONE, ONE) == 1
    assert len(sketch([ONE]).hashes) == SKETCH_SIZE


def test_it_does_not_matter_how_the_text_is_parted() -> None:
    assert sketch([ONE]) == sketch(ONE.splitlines()) == sketch(list(ONE))


def test_neither_script_nor_width_nor_punctuation_nor_line_breaks_matter() -> None:
    assert alike(ONE, OpenCC("s2t").convert(ONE)) > 0.8
    assert alike(ONE, ONE.replace("，", ",").replace("。", " . ")) == 1
    assert alike(ONE, re.sub("(.{20})", r"\1\n", ONE)) == 1
    assert alike(ONE + "我们一起用App看2020年的账" * 30, ONE + "我们一起用ＡＰＰ看２０２０年的账" * 30) == 1


def test_other_words_of_the_same_people_are_not_alike() -> None:
    assert all(alike(talk(one), talk(other)) < MIN_SIMILARITY for one, other in combinations(range(12), 2))


def test_an_edited_version_is_the_same_interview() -> None:
    edited = re.sub("[山水田土]", "", ONE).replace("下雨", "落雨").replace("看", "瞧")
    assert MIN_SIMILARITY < same(ONE, edited) < 1


@pytest.mark.parametrize("seed", range(8))
def test_a_word_for_word_transcript_and_its_smoothed_version_are_one(seed: int) -> None:
    said = talk(seed, fillers=True)
    assert 0 < same(said, smoothed(said, seed)) < 1


def test_the_same_questions_do_not_make_two_one() -> None:
    questions = [re.sub("问：|。|，", "", line) + "？" for line in talk(9, 60).split("\n\n")[::2]]
    answers = [line.strip() for seed in (1, 2) for line in talk(seed, 60).split("\n\n")[1::2]]
    one, other = (
        "".join(f"{asked}\n{answer}\n" for asked, answer in zip(questions, said, strict=True))
        for said in (answers[:60], answers[60:])
    )
    assert same(one, other) == 0
    assert same(one, one) == 1


def test_the_same_opening_and_closing_do_not_make_two_one() -> None:
    opening, closing = talk(8, exchanges=12), talk(9, exchanges=12)
    one, other = (opening + talk(seed, exchanges=36) + closing for seed in (1, 2))
    assert alike(one, other) > MIN_SIMILARITY
    assert same(one, other) == 0


def test_a_longer_head_and_tail_do_not_make_one_two() -> None:
    assert same(ONE, talk(8, exchanges=12) + ONE + talk(9, exchanges=12)) > 0.5


@pytest.mark.parametrize(("share", "one"), [(0.9, True), (0.6, True), (0.5, True), (0.3, False), (0.1, False)])
def test_half_of_an_interview_is_it_and_an_excerpt_is_not(share: float, one: bool) -> None:
    whole = talk(3, 120)
    assert (same(whole, whole[: int(len(whole) * share)]) > 0) is one


def test_an_interview_in_a_book_of_interviews_stays_on_its_own() -> None:
    book = "".join(talk(seed) for seed in range(4))
    assert not any(same(book, talk(seed)) for seed in range(4))


def test_of_a_short_text_only_the_same_is_the_same() -> None:
    notice = "今天的会议到此结束，谢谢大家，明天上午继续。" * 8
    assert same(notice, notice) == same(notice, OpenCC("s2t").convert(notice.replace("，", ","))) == 1
    assert same(notice, notice + "再见。") == same(notice, ONE) == 0


def test_a_very_short_text_may_occur_twice() -> None:
    notice = "今天的会议到此结束。"
    assert len(notice) < SHORT_TEXT
    assert sketch([notice], ["主持人", "问"]).duplicate_similarity(sketch([notice], ["主持人", "问"])) == 1
    assert sketch([notice], ["孟秋禾", "问"]).duplicate_similarity(sketch([notice], ["問", "孟秋禾"])) == 1
    assert sketch([notice], ["2020-01-02"]).duplicate_similarity(sketch([notice], ["2020-01-09"])) == 0
    assert sketch([ONE], ["2020-01-02"]) == sketch([ONE], ["2020-01-09"])


@pytest.mark.parametrize("nothing", ["", " \n", "……！？"])
def test_nothing_is_never_the_same_as_nothing(nothing: str) -> None:
    assert sketch([nothing], ["甲"]) == Sketch()
    assert same(nothing, nothing) == 0
    assert Sketch().text() == ""


def test_words_without_a_spot_are_recognised_too() -> None:
    english = "The quick brown fox jumps over the lazy dog. " * 40
    assert same(english, english.upper()) == 1
    assert same(english, english + "x") == 0


sketches = st.sets(st.integers(0, 2**32 - 1), min_size=1, max_size=SKETCH_SIZE).flatmap(
    lambda hashes: st.builds(
        Sketch,
        st.just(tuple(sorted(hashes))),
        st.binary(min_size=len(hashes), max_size=len(hashes)).map(lambda data: bytes(one % 3 for one in data)),
        st.integers(len(hashes), 2**32 - 1),
    )
)


@given(sketches | st.just(Sketch()) | st.binary(min_size=1).map(lambda data: Sketch(text_hash=data.hex())))
def test_a_sketch_is_stored_as_text(ours: Sketch) -> None:
    assert Sketch.of_text(ours.text()) == ours
    assert ours.similarity(ours) == (1 if ours.text() else 0)


@given(sketches, sketches)
def test_similarity_is_symmetric(one: Sketch, other: Sketch) -> None:
    assert 0 <= one.similarity(other) == other.similarity(one) <= 1
    assert one.duplicate_similarity(other) in {0, one.similarity(other)}


@given(st.lists(st.text(), max_size=5))
def test_any_text_has_a_sketch(texts: list[str]) -> None:
    assert sketch(texts) == sketch(["".join(texts)])


@given(st.text("我们一个可以，。？?山水 \n", max_size=400))
def test_a_copy_is_a_duplicate(text: str) -> None:
    assert sketch([text]).duplicate_similarity(sketch([text])) == (1 if sketch([text]).text() else 0)


def test_the_estimate_is_close_to_the_true_similarity() -> None:
    chance = random.Random(4)
    for share in (0.9, 0.7, 0.5, 0.3):
        parts = [talk(100 + number, 2) for number in range(150)]
        chance.shuffle(parts)
        assert alike("".join(parts), "".join(parts[: int(len(parts) * share)])) == pytest.approx(share, abs=0.15)


def interviews(folder: str) -> dict[str, Sketch]:
    found = {}
    for file in walk([SHARED / folder]):
        for number, item in enumerate(read(file.path) if file.path.suffix == ".txt" else ()):
            assert isinstance(item, Script | Interview)
            interview = parse(item) if isinstance(item, Script) else item
            found[f"{file.path.relative_to(SHARED)}/{number}"] = sketch(turn.text for turn in interview.turns)
    return found


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared interviews are not here")
def test_of_real_interviews_only_the_two_scripts_of_one_are_the_same() -> None:
    sketches = interviews("interviews")
    holding = defaultdict(list)
    for name, one in sketches.items():
        for hash_ in one.hashes:
            holding[hash_].append(name)
    pairs = {
        (one, other): sketches[one].similarity(sketches[other])
        for names in holding.values()
        for one, other in combinations(names, 2)
    }
    found = [(one, other) for one, other in pairs if sketches[one].duplicate_similarity(sketches[other])]
    assert len(found) > 40
    assert all(Path(one).name[:10] == Path(other).name[:10] for one, other in found)
    assert all({"simplified", "traditional"} == {Path(one).parts[1] for one in pair} for pair in found)
    assert not [likeness for likeness in pairs.values() if 0.05 < likeness < 0.7]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared meetings are not here")
def test_no_two_of_real_meetings_are_the_same() -> None:
    sketches = interviews("vcsum")
    assert len(sketches) > 20
    assert not [pair for pair in combinations(sketches.values(), 2) if pair[0].duplicate_similarity(pair[1])]
