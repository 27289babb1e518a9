"""What `--meta` says, as typed."""

import pytest

from indexer.errors import UsageError
from search_cli.commands.meta_option import given


def test_a_value_may_hold_what_it_likes() -> None:
    assert given(["title=甲=乙", " 新京报 ".join(("outlet=", "")), "authors=甲"]) == (
        ("title", "甲=乙"),
        ("outlet", "新京报"),
        ("author", "甲"),
    )


def test_without_a_value_a_key_is_forgotten_where_that_means_something() -> None:
    assert given(["outlet="], forgetting=True) == (("outlet", ""),)
    with pytest.raises(UsageError):
        given(["outlet="])


@pytest.mark.parametrize("forgetting", [False, True])
@pytest.mark.parametrize("typed", ["title", "titel=甲", "=甲", ""])
def test_a_bad_one_is_told_with_the_known_keys(typed: str, forgetting: bool) -> None:
    with pytest.raises(UsageError, match="title, date, outlet, author, authors, url, guest, language"):
        given([typed], forgetting)


@pytest.mark.parametrize("typed", ["2013-08-02", "2013年8月2日", "二〇一三年八月二日", "20130802"])
def test_a_date_may_be_written_as_people_write_it(typed: str) -> None:
    assert given([f"date={typed}"]) == (("date", typed),)


@pytest.mark.parametrize("typed", ["2013", "去年", "2013-13-02", "2013-02-30", "08/02"])
def test_what_is_no_date_is_told_before_anything_runs(typed: str) -> None:
    with pytest.raises(UsageError, match=f"date={typed} is not a date") as told:
        given(["title=甲", f"date={typed}"])
    assert "2013-08-02" in told.value.next_step
