"""What `--meta` says, as typed."""

import pytest

from indexer.errors import UsageError
from search_cli.commands.meta import given


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
