"""What a shell may complete: the archive's own speakers, topics, outlets and interviews, if Elasticsearch runs.

Pressing Tab never starts a node and never prints an error: where there is no answer within a second, there is none.
"""

from indexer.errors import FangtanError
from indexer.model import Role
from search_cli.query.request import FacetField

FIELDS = tuple(field.value for field in FacetField)
"""What can be counted: `--facet`, `fangtan facets`."""

_SECONDS = 1
_MANY = 500


def speakers(incomplete: str) -> list[str]:
    """Return the speakers that begin so."""
    return _values("speaker", incomplete)


def topics(incomplete: str) -> list[str]:
    """Return the topics that begin so."""
    return _values("topic", incomplete)


def outlets(incomplete: str) -> list[str]:
    """Return the outlets that begin so."""
    return _values("outlet", incomplete)


def interviews(incomplete: str) -> list[str]:
    """Return the interviews whose ids begin so."""
    return _values("interview", incomplete)


def roles(incomplete: str) -> list[str]:
    """Return the roles that begin so."""
    return [role.value for role in Role if role.value.startswith(incomplete)]


def fields(incomplete: str) -> list[str]:
    """Return what can be counted and begins so."""
    return [field for field in FIELDS if field.startswith(incomplete)]


def _values(field: str, incomplete: str) -> list[str]:
    """Return the archive's values of a field that begin so; nothing where Elasticsearch is not there to ask."""
    try:
        return [value for value in _asked(field) if value.startswith(incomplete)]
    except (FangtanError, OSError):
        return []


def _asked(field: str) -> list[str]:
    """Ask Elasticsearch for the most frequent values of a field, if it runs."""
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
        (facet,) = Archive(settings, client).facets(field, size=_MANY)
    return [bucket.value for bucket in facet.buckets]
