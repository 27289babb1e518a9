"""A client that writes only while its run holds the lock of the archive."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from elastic_transport import ApiResponse
from elasticsearch import Elasticsearch, NotFoundError

from indexer.elastic.complete_answers import CompleteElasticsearch

_WRITES = frozenset(
    {
        *("bulk", "index", "update", "delete"),
        *("snapshot.create", "snapshot.restore"),
        *("indices.create", "indices.delete", "indices.put_mapping", "indices.update_aliases"),
    }
)
"""The endpoints that change what an archive has."""


_NO_INDEX = "index_not_found_exception"


class Lock(Protocol):
    """The lock of an archive, as the run that took it has it (`store.lock.Heartbeat`)."""

    def __call__(self) -> None:
        """Raise if the lock is lost, unless it was asked for a short time ago."""

    def confirm(self) -> None:
        """Raise if the lock is lost."""

    def write_alias(self, index: str) -> str:
        """Return the alias through which the run writes to an index."""


class LockedElasticsearch(CompleteElasticsearch):
    """A client that asks for the lock before each request that writes, also when a busy node is asked again.

    The lock raises if it is lost: a run that slept longer than others wait for it, with its machine or by SIGSTOP,
    writes nothing into the archive that another run has taken meanwhile. What is sent all the same, as it slept after
    it had asked, Elasticsearch refuses, since the alias it goes to is removed: then the lock is asked for again.
    """

    lock: Lock

    @classmethod
    def locked(cls, client: Elasticsearch, lock: Lock) -> "LockedElasticsearch":
        """Return a client with the connections, credentials and timeouts of another."""
        locked = cls.of(client)
        locked.lock = lock
        return locked

    def options(self, *args: Any, **kwargs: Any) -> "LockedElasticsearch":  # noqa: ANN401 - those of the client
        """Return the client with other options, and the same lock."""
        client = super().options(*args, **kwargs)
        client.lock = self.lock
        return client

    def write_alias(self, index: str) -> str:
        """Return what to write to instead of an index."""
        return self.lock.write_alias(index)

    def perform_request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        endpoint_id: str | None = None,
        **others: Any,  # noqa: ANN401 - handed on
    ) -> ApiResponse[Any]:
        """Send a request, if it may be sent."""
        if endpoint_id in _WRITES:
            self.lock()
        if endpoint_id == "bulk":
            params = {**(params or {}), "require_alias": "true"}
        try:
            answer = super().perform_request(method, path, params=params, endpoint_id=endpoint_id, **others)
        except NotFoundError as error:
            if error.message == _NO_INDEX:
                self.lock.confirm()
            raise
        if endpoint_id == "bulk" and _NO_INDEX in _errors(answer.body):
            self.lock.confirm()
        return answer


def _errors(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield the types of the errors in an answer to a bulk request."""
    if body.get("errors"):
        yield from (one["error"]["type"] for item in body["items"] for one in item.values() if "error" in one)
