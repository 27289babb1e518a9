"""The duplicates of interviews: other transcripts, whose turns are not indexed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.errors import NotFoundError
from indexer.language.messages import gettext as _
from indexer.model import from_source
from indexer.store import mapping
from search_cli.catalog import ArchivedVersion
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause
from search_cli.query.clauses import exact_id_clauses, id_clause
from search_cli.search import responses
from search_cli.search.addresses import find_interview
from search_cli.search.interview_list import documents

_NEAR = 5
_BY_ID = {"interview_id": "asc"}


@dataclass(frozen=True, slots=True)
class VersionFile:
    """The file of a duplicate, from which its turns can be read, as they are not indexed.

    `version` is the id of the duplicate, `main` that of its primary; `source` is the path as typed, `path` the absolute
    one. `part` counts the interviews of the file from 1, `hash` is of its bytes, `given` are overrides as KEY=VALUE.
    """

    version: str = field(metadata={"source": "interview_id"})
    main: str = field(metadata={"source": "version_of"})
    source: str
    path: str
    part: int
    hash: str
    given: tuple[str, ...] = ()


def versions(client: ArchiveClient) -> Iterator[ArchivedVersion]:
    """Yield the duplicates, in the order of their primaries."""
    has_versions: Clause = {"exists": {"field": "versions"}}
    primaries = {one["interview_id"]: one for one in documents(client, client.names.interviews, has_versions, [_BY_ID])}
    by_primary = [{"version_of": "asc"}, _BY_ID]
    for version in documents(client, mapping.versions(client.settings), {"match_all": {}}, by_primary):
        if primary := primaries.get(version["version_of"]):
            yield responses.archived_version(version, primary)


def version_file(client: ArchiveClient, prefix: str) -> VersionFile:
    """Return the file of a duplicate, by a unique prefix of its id, or by that of a primary with one duplicate."""
    exact = exact_id_clauses(prefix)
    query = {"bool": {"filter": [id_clause(prefix)], "should": exact}}
    body = {"query": query, "sort": [{"_score": "desc"}, _BY_ID], "size": _NEAR + 1}
    hits = client.search(mapping.versions(client.settings), body)["hits"]["hits"]
    found = [from_source(VersionFile, hit["_source"]) for hit in hits]
    if found and (len(found) == 1 or hits[0]["_score"] > hits[1]["_score"]):
        return found[0]
    if not found:
        primary = find_interview(client, prefix)
        if len(primary.versions) == 1:
            return version_file(client, primary.versions[0])
        if not primary.versions:
            raise NotFoundError(
                _("{interview} has no duplicate.").format(interview=primary.id),
                (),
                _("fangtan duplicates lists those there are."),
            )
        several = _("{interview} has {number} duplicates.")
        raise NotFoundError(
            several.format(interview=primary.id, number=len(primary.versions)),
            primary.versions[:_NEAR],
            _("Name one of them: fangtan show {id} --version").format(id=primary.versions[0]),
        )
    raise NotFoundError(
        _("Several duplicates begin with {prefix}.").format(prefix=prefix),
        tuple(one.version for one in found[:_NEAR]),
        _("Write more of the id."),
    )
