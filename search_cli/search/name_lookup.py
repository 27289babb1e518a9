"""Look up the names that a request may mean."""

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Response
from search_cli.search.known_names import KnownNames, known_names, names_within_body


def look_up(client: ArchiveClient, body: Body | None) -> KnownNames:
    """Return the names that the search of `known_names.names_body` finds; none without it."""
    return with_parts(client, body, client.search(client.names.interviews, body))[0] if body else KnownNames()


def with_parts(client: ArchiveClient, body: Body, response: Response) -> tuple[KnownNames, int]:
    """Return the names in the response to that search, and the milliseconds of another one, for names by a part."""
    if (within := names_within_body(body, response)) is None:
        return known_names(response), 0
    found = client.searches([(client.names.interviews, within)])
    return known_names(response, *found.responses), found.milliseconds
