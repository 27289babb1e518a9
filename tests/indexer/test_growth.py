"""Four times the text takes about four times as long: the files that once took the square of their size."""

import pytest

from tests.trials.growth import measure

SMALL = 1 << 15
BOUND = 9
"""Times as long, at most: 4 in proportion, 16 with the square."""

LEAST = 0.02
"""Seconds that are too few to compare."""

WORST = (
    *("attributes.html", "long tag.html", "closed otherwise.html", "texts in nested elements.html", "spine.epub"),
    *("label, line.md", "reporter, line.md", "labels alike in a line.txt", "labels alike, many and in a line.txt"),
)
INDEXED = ("accents, line.txt", "zero width, line.md", "mentions.txt")
"""Those that took long behind the parser."""


def seconds(family: str, size: int) -> float:
    return min(sum(measure(family, size, family in INDEXED).values()) for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("family", WORST + INDEXED)
def test_time_grows_in_proportion_to_the_size_of_a_file(family: str) -> None:
    measure(family, 1000, family in INDEXED)
    assert seconds(family, 4 * SMALL) < BOUND * max(seconds(family, SMALL), LEAST)
