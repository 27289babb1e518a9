"""Requests to a cluster with several addresses: what one of them does not answer is sent to another.

elasticsearch-py takes them in turn and leaves out for a while those that failed. It sends a request again if there was
no connection, or if the connection broke: what fangtan writes has ids, so that twice is the same as once. A request
that was not answered in time it does not send again; here it does, if the request only reads. And an address whose
machine is gone is not waited for as long as an answer is.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from elastic_transport import ConnectionError, ConnectionTimeout, HttpHeaders, Transport, Urllib3HttpNode
from elastic_transport.client_utils import DEFAULT, DefaultType

if TYPE_CHECKING:
    from elastic_transport._node import NodeApiResponse
    from elastic_transport._transport import TransportApiResponse

CONNECT_SECONDS = 5.0
"""What a connection may take; the client's own limit is that of an answer."""

_READS = frozenset({"_count", "_field_caps", "_mget", "_msearch", "_pit", "_search"})
"""Endpoints that read, though their method is POST."""


class ClusterNode(Urllib3HttpNode):
    """An address of a cluster; one that accepts no connection in `CONNECT_SECONDS` is gone."""

    def perform_request(
        self,
        method: str,
        target: str,
        body: bytes | None = None,
        headers: HttpHeaders | None = None,
        request_timeout: DefaultType | float | None = DEFAULT,
    ) -> "NodeApiResponse":
        """Send a request; raise `ConnectionError`, upon which it is sent to another address, without a connection."""
        from urllib3 import Timeout
        from urllib3.exceptions import ConnectTimeoutError

        seconds = self.config.request_timeout if isinstance(request_timeout, DefaultType) else request_timeout
        timeout = Timeout(connect=min(CONNECT_SECONDS, seconds or CONNECT_SECONDS), read=seconds)
        try:  # the timeout is handed to urllib3 as it is
            return super().perform_request(method, target, body, headers, cast("float", timeout))
        except ConnectionTimeout as error:
            if isinstance(error.__cause__, ConnectTimeoutError):
                raise ConnectionError(f"No connection in {CONNECT_SECONDS:.0f} s", errors=error.errors) from error
            raise


class ClusterTransport(Transport):
    """A transport that also sends again, to another address, reads that were not answered in time."""

    def perform_request(
        self,
        method: str,
        target: str,
        *,
        retry_on_timeout: bool | DefaultType = DEFAULT,
        **others: Any,  # noqa: ANN401  handed on
    ) -> "TransportApiResponse":
        """Send a request and return its answer."""
        if isinstance(retry_on_timeout, DefaultType):
            retry_on_timeout = _is_read(method, target)
        return super().perform_request(method, target, retry_on_timeout=retry_on_timeout, **others)


def client_options(addresses: int) -> Mapping[str, Any]:
    """Return the options of a client with so many addresses: each is tried before the client gives up."""
    return {"transport_class": ClusterTransport, "node_class": ClusterNode, "max_retries": max(3, addresses - 1)}


def _is_read(method: str, target: str) -> bool:
    """Tell whether a request changes nothing."""
    path = target.partition("?")[0].rstrip("/")
    return method in {"GET", "HEAD"} or (method == "POST" and path.rpartition("/")[2] in _READS)
