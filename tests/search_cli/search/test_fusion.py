"""Words and meaning fused: a weight that words set, turns around a turn, and what is promoted."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_cli.query.nearest import NEAREST
from search_cli.search.fusion import (
    ALONE,
    MOST_DOUBT,
    PROMOTED,
    WEIGHT,
    Fused,
    Scored,
    add_nearness,
    fuse,
    information,
    weight,
)

ADDRESSES = [f"talk#{number}" for number in range(1, 30, 7)] + [f"other#{number}" for number in range(1, 40)]


def ranked(scores: dict[str, float]) -> list[Scored]:
    return sorted(scores.items(), key=lambda one: -one[1])


def addresses(fused: Fused) -> list[str]:
    return [address for address, _ in fused.best]


scored = st.dictionaries(st.sampled_from(ADDRESSES), st.floats(0.1, 300), max_size=20).map(ranked)
near = st.dictionaries(st.sampled_from(ADDRESSES), st.floats(0.0, 1.0), max_size=20).map(ranked)


@given(scored, near, st.integers(1, 60), st.one_of(st.none(), st.floats(1, 90)), st.sampled_from([0.0, 0.5]))
@settings(max_examples=60)
def test_every_turn_is_there_once_best_first(
    words: list[Scored], nearest: list[Scored], number: int, known: float | None, floor: float
) -> None:
    fused = fuse(words, nearest, number, known, floor)
    found = addresses(fused)
    assert len(found) == len(set(found))
    assert {address for address, _ in words} <= set(found)
    assert set(found) - {address for address, _ in words} == set(fused.promoted)
    assert all(dict(nearest)[address] >= floor for address in fused.promoted)
    assert all(one >= other for (_, one), (_, other) in pairwise(fused.best))


def test_without_the_nearest_the_order_is_that_of_words() -> None:
    words = [("a#1", 9.0), ("b#1", 8.0)]
    assert fuse(words, [], 2, 4.0) == Fused(tuple(words))


def test_of_two_turns_with_the_same_words_the_nearer_comes_first() -> None:
    fused = fuse([("a#1", 50.0), ("b#1", 50.0)], [("b#1", 0.7), ("a#1", 0.5)], 2, 5.0)
    assert addresses(fused) == ["b#1", "a#1"]


def test_words_that_are_sure_outweigh_meaning_and_words_that_find_nothing_do_not() -> None:
    words = [("sure#1", 100.0), *((f"far#{10 * n}", 30.0) for n in range(1, 12))]
    nearest = [("said#1", 0.65), ("sure#1", 0.45), ("far#10", 0.4)]
    assert addresses(fuse(words, nearest, 4, 10.0))[0] == "sure#1"  # 10 for a unit of information
    assert addresses(fuse(words, nearest, 4, 50.0))[0] == "said#1"  # 2


def test_the_weight_falls_with_the_number_of_words_and_their_lead() -> None:
    level = [(f"a#{n}", 10.0) for n in range(12)]
    ahead = [("a#0", 10.0), *((f"a#{n}", 1.0) for n in range(1, 12))]
    assert weight(level, 4, None) == pytest.approx(weight(level, 1, None) / 4)
    assert weight(ahead, 1, None) == pytest.approx(WEIGHT * 1.2)
    assert weight(level, 1, 1000.0) == pytest.approx(MOST_DOUBT * weight(level, 1, None))
    assert weight([], 3, 20.0) == ALONE


def test_the_turns_around_a_turn_lift_it() -> None:
    words = [("a#5", 50.0), ("b#5", 49.0), ("b#6", 48.0), ("b#7", 47.0), *((f"c#{9 * n}", 20.0) for n in range(1, 9))]
    assert addresses(fuse(words, [("d#1", 0.5)], 9, None))[0] == "b#6"


def test_meaning_promotes_only_what_scores_more_than_the_last_by_words_and_never_too_many() -> None:
    words = [(f"a#{9 * n}", 400.0 - n) for n in range(NEAREST)]
    few = [(f"b#{9 * n}", 0.6 - n / 1000) for n in range(NEAREST)]
    assert not fuse(words, few, 40, None).promoted
    assert len(fuse(words[:5], few, 2, None).promoted) == PROMOTED
    assert not fuse(words[:5], few, 2, None, floor=0.7).promoted


def test_information_is_the_sum_of_idf() -> None:
    assert information([], 100) == 0
    assert information([1, 1], 1000) == pytest.approx(2 * information([1], 1000))
    assert information([500], 1000) < 1 < information([0], 1000)


@given(scored, near, st.sampled_from([0.0, 0.5]))
@settings(max_examples=40)
def test_turns_like_a_turn_are_there_once_and_the_floor_holds(
    words: list[Scored], nearest: list[Scored], floor: float
) -> None:
    found = add_nearness(words, nearest, floor)
    by_words = {address for address, _ in words}
    assert {address for address, _ in found} - by_words == {
        address for address, cosine in nearest if cosine >= floor and address not in by_words
    }
    assert len(dict(found)) == len(found)
    assert all(one >= other for (_, one), (_, other) in pairwise(found))
    if not nearest:
        assert list(found) == words


def test_a_turn_near_in_meaning_passes_one_that_shares_words_and_is_far() -> None:
    words, nearest = [("a#1", 10.0), ("b#1", 9.0)], [("c#1", 0.9), ("b#1", 0.85), ("a#1", 0.7)]
    assert [address for address, _ in add_nearness(words, nearest)] == ["b#1", "c#1", "a#1"]
