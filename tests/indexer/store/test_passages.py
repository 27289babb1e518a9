"""Passages: where they begin and end, by turns, exchanges and characters, in both grids."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Role, Turn
from indexer.store.passages import CHARACTERS, SLACK, TURNS, spans


def of_exchanges(*sizes: int) -> list[Turn]:
    """Turns in exchanges of these sizes: the first is what comes before the first question."""
    exchanges = [exchange for exchange, size in enumerate(sizes) for _ in range(size)]
    return [Turn(place, "甲", Role.OTHER, "话", exchange=of) for place, of in enumerate(exchanges, start=1)]


def of_lengths(*characters: int) -> list[Turn]:
    """Turns of a meeting with so many characters each."""
    return [Turn(place, "甲", Role.OTHER, "话" * size) for place, size in enumerate(characters, start=1)]


@pytest.mark.parametrize(
    ("sizes", "passages"),
    [
        ((1, *[2] * 7), [(0, 5), (0, 11), (5, 15), (11, 15)]),  # a lead, seven questions and answers
        ((10,), [(0, 10)]),  # one passage needs no second grid
        ((5, 5, 5), [(0, 5), (0, 10), (5, 15), (10, 15)]),
        ((9, 4), [(0, 13)]),  # the second exchange begins at the tenth turn and is kept whole
        ((9, 6), [(0, 5), (0, 14), (5, 15), (14, 15)]),  # too long to be kept whole
        ((30,), [(0, 5), (0, 10), (5, 15), (10, 20), (15, 25), (20, 30), (25, 30)]),  # nobody asks
        ((0, 30), [(0, 9), (0, 14), (9, 23), (14, 28), (23, 30), (28, 30)]),
        ((1,), [(0, 1)]),
        ((), []),
    ],
)
def test_passages_end_where_an_exchange_ends_if_that_is_near(sizes: tuple[int, ...], passages: list[tuple[int, int]]):
    assert spans(of_exchanges(*sizes)) == passages


def test_a_monologue_is_a_passage_of_its_own():
    turns = of_lengths(*[100] * 4, 2 * CHARACTERS, *[100] * 4)
    assert (4, 5) in spans(turns)
    assert not [one for one in spans(turns) if one[0] < 4 < one[1] or one[0] <= 4 < one[1] - 1]


def test_long_turns_make_short_passages():
    assert {(0, 3), (3, 6), (6, 9), (9, 12)} <= set(spans(of_lengths(*[CHARACTERS // 3] * 12)))


def test_a_long_answer_is_not_parted_from_its_question():
    said = of_lengths(*[20, 2 * CHARACTERS] * 6)
    turns = [Turn(one.turn, "甲", Role.OTHER, one.text, exchange=1 + place // 2) for place, one in enumerate(said)]
    assert len(spans(turns)) == 6
    assert all(first % 2 == 0 and last % 2 == 0 for first, last in spans(turns))


@given(st.lists(st.integers(1, 20), max_size=12), st.integers(1, 900))
def test_passages_are_in_the_order_they_end_and_of_bounded_size(sizes: list[int], characters: int):
    turns = [Turn(one.turn, "甲", Role.OTHER, "话" * characters, exchange=one.exchange) for one in of_exchanges(*sizes)]
    found = spans(turns)
    assert all(before[1] <= after[1] for before, after in pairwise(found))
    assert len(set(found)) == len(found)
    assert all(0 < last - first <= TURNS + SLACK for first, last in found)


@given(st.lists(st.integers(0, 20), max_size=12))
def test_every_turn_lies_in_two_passages_where_there_are_several(sizes: list[int]):
    turns = of_exchanges(*sizes)
    found = spans(turns)
    within = [sum(first <= place < last for first, last in found) for place in range(len(turns))]
    assert all(1 <= count <= 2 for count in within)
