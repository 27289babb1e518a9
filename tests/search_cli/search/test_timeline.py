"""Periods: their names and days, and those between that have no turn."""

from datetime import date

import pytest

from indexer.errors import UsageError
from search_cli.query.request import request
from search_cli.search.timeline import LONGEST_GAP, Interval, Period, _periods, period_name, timeline_request


def listed(by: Interval, *days: str) -> list[Period]:
    return list(_periods(by, [{"key_as_string": day, "doc_count": 1} for day in days], (), {}))


@pytest.mark.parametrize(
    ("by", "first", "expected"),
    [
        (Interval.YEAR, "2019-01-01", ("2019", "2019-12-31")),
        (Interval.QUARTER, "2019-10-01", ("2019-Q4", "2019-12-31")),
        (Interval.MONTH, "2020-02-01", ("2020-02", "2020-02-29")),
        (Interval.WEEK, "2018-12-31", ("2019-W01", "2019-01-06")),
        (Interval.WEEK, "2020-12-28", ("2020-W53", "2021-01-03")),
        (Interval.YEAR, "9999-01-01", ("9999", "9999-12-31")),
    ],
)
def test_a_period_is_named_and_ends(by: Interval, first: str, expected: tuple[str, str]) -> None:
    (only,) = listed(by, first)
    assert (only.period, only.since, only.until) == (expected[0], first, expected[1])
    assert period_name(by, date.fromisoformat(first)) == expected[0]


def test_periods_without_a_turn_are_listed() -> None:
    found = listed(Interval.QUARTER, "2018-07-01", "2019-04-01")
    assert [(one.period, one.turns) for one in found] == [
        *(("2018-Q3", 1), ("2018-Q4", 0), ("2019-Q1", 0), ("2019-Q2", 1)),
    ]


def test_a_wrong_date_does_not_fill_centuries() -> None:
    assert len(listed(Interval.WEEK, "0201-01-05", "2019-01-07", "2019-01-21")) == 4
    assert len(listed(Interval.MONTH, "1980-01-01", "2023-06-01")) == LONGEST_GAP + 2
    assert len(listed(Interval.MONTH, "1980-01-01", "2023-05-01")) == LONGEST_GAP + 1


def test_options_that_are_not_valid() -> None:
    with pytest.raises(UsageError, match="cannot be split by year"):
        timeline_request(request(), "month", "year", 8)
    with pytest.raises(UsageError, match="fortnight is not a valid period"):
        timeline_request(request(), "fortnight", "", 8)
