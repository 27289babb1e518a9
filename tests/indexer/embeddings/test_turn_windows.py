"""Interviews cut into windows: each turn once, with the turns around it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.embeddings.neighbours import REACH
from indexer.embeddings.turn_windows import cut


@settings(max_examples=60)
@given(length=st.integers(0, 60), size=st.integers(1, 20))
def test_each_turn_is_in_one_window_with_those_around_it(length: int, size: int):
    turns = [(number, f"第{number}句") for number in range(1, length + 1)]
    windows = list(cut("示例", iter(turns), size))
    assert [number for one in windows for number in one.turns[one.first : one.end]] == [n for n, _ in turns]
    for one in windows:
        first, end = one.turns[one.first], one.turns[one.end - 1]
        assert one.turns == tuple(range(max(1, first - REACH), min(length, end + REACH) + 1))
        assert one.texts == tuple(f"第{number}句" for number in one.turns)
