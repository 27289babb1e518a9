"""List the interviews that match words of the title and filters."""

from collections.abc import Iterator, Sequence
from typing import Any

from indexer.model import from_source, source_fields
from search_cli.catalog import ArchivedInterview
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause
from search_cli.query.interview_query import interview_query
from search_cli.query.request import SearchRequest
from search_cli.search import known_names
from search_cli.search.check_names import check_names
from search_cli.search.kept_work import resolve_kept
from search_cli.search.name_lookup import look_up


def interviews(client: ArchiveClient, request: SearchRequest) -> tuple[ArchivedInterview, ...]:
    """Return the interviews that match, the latest first, those without a date last.

    Raises `NotFoundError` for a name of no interview.
    """
    latest = [{"date": {"order": "desc", "missing": "_last"}}, {"interview_id": "asc"}]
    query, shown = interview_query(resolved(client, request)), source_fields(ArchivedInterview)
    found = documents(client, client.names.interviews, query, latest, shown)
    return tuple(from_source(ArchivedInterview, source) for source in found)


def resolved(client: ArchiveClient, request: SearchRequest) -> SearchRequest:
    """Return a request with the names in its fields as the archive has them; raise `NotFoundError` for an unknown one.

    Raises `UsageError` for a field that interviews do not have.
    """
    request = resolve_kept(client, request)
    interview_query(request)
    names = look_up(client, known_names.names_body(known_names.fields_of(request)))
    found = known_names.resolve(request, names)
    check_names(client, found, names)
    return found


def documents(
    client: ArchiveClient, index: str, query: Clause, sort: list[Any], fields: Sequence[str] = ("*",)
) -> Iterator[dict[str, Any]]:
    """Yield the documents that match, with these of their fields."""
    for page in client.pages(index, {"query": query, "sort": sort, "_source": list(fields)}):
        yield from (hit["_source"] for hit in page["hits"]["hits"])
