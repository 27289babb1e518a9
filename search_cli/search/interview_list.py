"""List the interviews that match words of the title and filters."""

from search_cli.catalog import ArchivedInterview
from search_cli.client import ArchiveClient
from search_cli.query.interview_query import interview_query
from search_cli.query.request import SearchRequest
from search_cli.search import browse, known_names
from search_cli.search.check_names import check_names
from search_cli.search.kept_work import resolve_kept
from search_cli.search.name_lookup import look_up


def interviews(client: ArchiveClient, request: SearchRequest) -> tuple[ArchivedInterview, ...]:
    """Return the interviews that match, the latest first; raise `NotFoundError` for a name of no interview."""
    return tuple(browse.interviews(client, interview_query(resolved(client, request))))


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
