"""How evenly interviews share a word, and in which stretch it falls."""

import pytest

from search_cli.kwic.dispersion import deviation_of_proportions, stretches


@pytest.mark.parametrize(
    ("counts", "sizes", "expected"),
    [
        ({"a": 2, "b": 6}, {"a": 100, "b": 300}, 0.0),
        ({"a": 8}, {"a": 100, "b": 300}, 0.75),
        ({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, dict.fromkeys("abcde", 9), 0.2),
        ({}, {"a": 100}, 0.0),
    ],
)
def test_deviation_of_proportions(counts: dict[str, int], sizes: dict[str, int], expected: float) -> None:
    assert deviation_of_proportions(counts, sizes) == pytest.approx(expected)


def test_the_last_place_is_in_the_last_stretch() -> None:
    assert stretches([0.0, 0.24, 0.25, 0.999, 1.0], 4) == [2, 1, 0, 2]
