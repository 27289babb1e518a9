"""The one place where the client's errors become fangtan's, each with its next step."""

from collections.abc import Iterator
from contextlib import contextmanager

from indexer.errors import ElasticError, UnreachableError
from indexer.settings import Settings


@contextmanager
def translating(settings: Settings) -> Iterator[None]:
    """Raise an error of ours in place of one of the client's."""
    from elastic_transport import ConnectionError as Unreachable
    from elasticsearch import ApiError

    try:
        yield
    except Unreachable as error:
        raise UnreachableError(f"Nothing answers at {settings.url}.", "Check ELASTICSEARCH_URL.") from error
    except ApiError as error:
        raise ElasticError(str(error)) from error
