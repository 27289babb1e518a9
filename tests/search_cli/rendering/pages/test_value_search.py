"""The search that shows the turns of a value that was counted."""

import pytest

from search_cli.models import Bucket, Facet
from search_cli.rendering.pages.value_search import crosstab_search, facet_search, value_search
from search_cli.rendering.terminal.styles import plain_text
from search_cli.search.crosstab import Crosstab, CrosstabRow

FILTERS = ("--speaker 郑志昊", "--since 2013")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([("outlet", "搜狐 IT")], "fangtan search 小米 --outlet '搜狐 IT' --speaker 郑志昊 --since 2013"),
        ([("speaker", "邵启年")], "fangtan search 小米 --speaker 邵启年 --since 2013"),
        ([("month", "2018-11")], "fangtan search 小米 --since 2018-11 --until 2018-11 --speaker 郑志昊"),
        ([("keyword", "手机")], "fangtan search 小米 keyword:手机 --speaker 郑志昊 --since 2013"),
    ],
)
def test_the_command(values: list[tuple[str, str]], expected: str) -> None:
    (shown,) = value_search(values, "小米", FILTERS, 200)
    assert plain_text(shown) == f" Read on: {expected}"


def test_the_most_frequent_value_that_has_a_name() -> None:
    facet = Facet("speaker", (Bucket("", 9, 0.6), Bucket("郑志昊", 4, 0.3), Bucket("邵启年", 2, 0.1)), 15)
    (shown,) = facet_search(facet, "", (), 80)
    assert plain_text(shown) == " Read on: fangtan search --speaker 郑志昊"
    assert facet_search(Facet("speaker", (), 0), "", (), 80) == []


def test_the_largest_cell() -> None:
    rows = (CrosstabRow("郑志昊", 7, 900, (3, 1)), CrosstabRow("邵启年", 5, 900, (0, 5)))
    (shown,) = crosstab_search(Crosstab("speaker", "year", ("2013", "2014"), rows, 12, 2), "", (), 80)
    assert plain_text(shown) == " Read on: fangtan search --speaker 邵启年 --since 2014 --until 2014"
    (shown,) = crosstab_search(Crosstab("speaker", "", (), (CrosstabRow("郑志昊", 7, 900),), 7, 1), "", (), 80)
    assert plain_text(shown) == " Read on: fangtan search --speaker 郑志昊"
    assert crosstab_search(Crosstab("speaker", "year", (), (), 0, 0), "", (), 80) == []
