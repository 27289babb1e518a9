"""Shell completion: fields, roles, and the archive's speakers, topics, outlets and interviews if Elasticsearch runs.

Pressing Tab never starts a node and never prints an error: without a response within a second, nothing is completed.
"""

from indexer.errors import FangtanError
from indexer.model import Role
from search_cli.query.request import FacetField

FIELDS = tuple(field.value for field in FacetField)
"""The fields of `--facet` and `fangtan facets`."""

_SECONDS = 1
_VALUES = 500


def speakers(incomplete: str) -> list[str]:
    """Complete a speaker."""
    return _values("speaker", incomplete)


def topics(incomplete: str) -> list[str]:
    """Complete a topic."""
    return _values("topic", incomplete)


def outlets(incomplete: str) -> list[str]:
    """Complete an outlet."""
    return _values("outlet", incomplete)


def interviews(incomplete: str) -> list[str]:
    """Complete the id of an interview."""
    return _values("interview", incomplete)


def roles(incomplete: str) -> list[str]:
    """Complete a role."""
    return [role.value for role in Role if role.value.startswith(incomplete)]


def fields(incomplete: str) -> list[str]:
    """Complete a field of facets."""
    return [field for field in FIELDS if field.startswith(incomplete)]


def _values(field: str, incomplete: str) -> list[str]:
    """Return the archive's values of a field with a prefix; none if Elasticsearch is not available."""
    try:
        return [value for value in _frequent(field) if value.startswith(incomplete)]
    except (FangtanError, OSError):
        return []


def _frequent(field: str) -> list[str]:
    """Return the most frequent values of a field, if Elasticsearch runs."""
    from dataclasses import replace

    from indexer import settings as environment

    settings = environment.load()
    if not settings.url:
        from indexer.elastic.node import paths, state

        node = state.running(paths.node_paths(settings))
        if node is None:
            return []
        settings = replace(settings, url=node.url, api_key="", username="", password="")
    from indexer.elastic.connection import connect
    from search_cli.archive import Archive

    with connect(settings).options(request_timeout=_SECONDS, max_retries=0) as client:
        (facet,) = Archive(settings, client).facets(field, size=_VALUES)
    return [bucket.value for bucket in facet.buckets]
