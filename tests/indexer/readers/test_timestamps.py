"""Times in the notations of the formats."""

import pytest

from indexer.readers.timestamps import MAX_MILLISECONDS, milliseconds


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("00:01:02,500", 62_500),
        ("00:01:02.5", 62_500),
        ("01:02", 62_000),
        ("1:00:00", 3_600_000),
        ("90:00", 5_400_000),
        ("00：01：02", 62_000),
        ("62.5", 62_500),
        ("62", 62_000),
        ("4.200s", 4_200),
        (" 7 ", 7_000),
        ("", None),
        ("上午", None),
        ("-3", None),
        ("nan", None),
        ("inf", None),
        ("1e9", None),
        ("2024-05-01 10:00", None),
        ("999:59:59", None),  # later than the index holds
        ("9999999", None),
        ("1:2:3:4", None),
    ],
)
def test_a_time_is_read_as_milliseconds(printed: str, expected: int | None) -> None:
    assert milliseconds(printed) == expected


def test_the_latest_time_fits_an_integer_field() -> None:
    assert MAX_MILLISECONDS == 2**31 - 1
    assert milliseconds("596:31:23") == 2_147_483_000
