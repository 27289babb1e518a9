"""What a person typed, on the command line or in Python, as one `SearchRequest`."""

from collections.abc import Iterable
from typing import Literal, TypedDict

Sort = Literal["relevance", "date", "position"]
Match = Literal["any", "most", "all"]
Values = str | Iterable[str]
"""One value or several; several mean any of them."""


class Narrowing(TypedDict, total=False):
    """The filters, each also a field of the query language. `since` and `until` are 2013, 2013-07 or 2013-07-05.

    `match` says which turns count: those with any word, with most (the default: up to two words all, then three
    quarters; the question a turn answers helps) or with all.
    """

    speaker: Values
    role: Values
    topic: Values
    outlet: Values
    interview: Values
    keyword: Values
    since: str
    until: str
    match: Match


class SearchOptions(Narrowing, total=False):
    """The filters, and how hits are given: order, page (from 1), facets, turns around each hit (`context`)."""

    sort: Sort
    limit: int
    page: int
    facets: Values
    context: int
