"""What the screen asks the archive for: a page of hits with the facets, or what to try instead."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from search_cli.browse.facet_panel import FIELDS
from search_cli.browse.reading_views import Subject
from search_cli.browse.shown_query import values_in, without_field, words_and_fields
from search_cli.models import Facet, SearchResult
from search_cli.query.request import Filters, SearchOptions
from search_cli.query.values import value_of

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.rendering.pages.no_results import NoResults

PAGE = 20
"""Hits that are read, and laid out, at once: more than the 18 that a terminal of 60 lines shows."""
_VALUES = 200
"""Values of a facet that was opened."""


@dataclass(frozen=True, slots=True)
class FoundPage:
    """What a query found: hits and facets, or if there are no hits, what to try."""

    result: SearchResult
    facets: tuple[Facet, ...]
    nothing: "NoResults | None" = None


def find(archive: "Archive", subject: Subject, opened: frozenset[str]) -> FoundPage:
    """Search for a query; the facets `opened` have all their values, up to two hundred."""
    query, options = subject.query, subject.options
    paged = cast("SearchOptions", {**options, "limit": PAGE, "facets": FIELDS})
    result = archive.search(query, **paged)
    if not result.hits:
        return FoundPage(result, result.facets, _nothing(archive, result, subject.filters))
    return FoundPage(result, _facets(archive, result, subject.filters, opened))


def next_page(archive: "Archive", subject: Subject, page: int) -> SearchResult:
    """Return a later page of hits."""
    return archive.search(subject.query, **cast("SearchOptions", {**subject.options, "limit": PAGE, "page": page}))


def _facets(archive: "Archive", result: SearchResult, filters: Filters, opened: frozenset[str]) -> tuple[Facet, ...]:
    """Return the facets of a result, those of `opened` with more values.

    A year that is chosen is a range for the search, whose facet would have no other: it is counted without.
    """
    found = {facet.field: facet for facet in result.facets}
    if wanted := [field for field in FIELDS if field in opened and field != "year"]:
        found |= {one.field: one for one in archive.facets(*wanted, query=result.query, size=_VALUES, **filters)}
    if years := values_in(result.query, "year"):
        (facet,) = archive.facets("year", query=without_field(result.query, "year"), size=None, **filters)
        chosen = tuple(one.value for one in facet.buckets if value_of("year", one.value) in years)
        found["year"] = replace(facet, chosen=chosen)
    return tuple(found[field] for field in FIELDS)


def _nothing(archive: "Archive", result: SearchResult, filters: Filters) -> "NoResults":
    """Return what to try: what there is without the fields of the query, or similar words."""
    from search_cli.rendering.pages.no_results import NoResults

    words, fields = words_and_fields(result.query)
    without = archive.search(words, limit=1, **filters).total if fields else 0
    near = archive.near(result.query, **filters)
    searched = near.searched or result.words
    return NoResults(words if fields else result.query, searched, result.archive_interviews, near, fields, without)
