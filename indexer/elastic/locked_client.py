"""A client that writes only while its run holds the lock of the archive."""

from collections.abc import Callable
from typing import Any

from elastic_transport import ApiResponse
from elasticsearch import Elasticsearch

from indexer.elastic.complete_answers import CompleteElasticsearch

_WRITES = frozenset(
    {
        *("bulk", "index", "update", "delete"),
        *("snapshot.create", "snapshot.restore"),
        *("indices.create", "indices.delete", "indices.put_mapping", "indices.update_aliases"),
    }
)
"""The endpoints that change what an archive has."""


class LockedElasticsearch(CompleteElasticsearch):
    """A client that calls a check before each request that writes, also when a busy node is asked again.

    The check raises if the lock is lost: a run that slept longer than others wait for it, with its machine or by
    SIGSTOP, writes nothing into the archive that another run has taken meanwhile.
    """

    check: Callable[[], None]

    @classmethod
    def locked(cls, client: Elasticsearch, check: Callable[[], None]) -> "LockedElasticsearch":
        """Return a client with the connections, credentials and timeouts of another."""
        locked = cls.of(client)
        locked.check = check
        return locked

    def options(self, *args: Any, **kwargs: Any) -> "LockedElasticsearch":  # noqa: ANN401 - those of the client
        """Return the client with other options, and the same check."""
        client = super().options(*args, **kwargs)
        client.check = self.check
        return client

    def perform_request(
        self,
        method: str,
        path: str,
        *,
        endpoint_id: str | None = None,
        **others: Any,  # noqa: ANN401 - handed on
    ) -> ApiResponse[Any]:
        """Send a request, if it may be sent."""
        if endpoint_id in _WRITES:
            self.check()
        return super().perform_request(method, path, endpoint_id=endpoint_id, **others)
