"""An Elasticsearch client that takes no part of an answer for the whole.

Where shards are lost, or a search runs out of time, Elasticsearch answers with what it has, with status 200 and less
than everything: a quotation that is in the archive would be reported as absent. Here every request asks for the whole,
and every answer is checked, in this one place. After an error it is asked why (`damage`), and an index that somebody
closed is opened again.
"""

import warnings
from collections.abc import Iterable, Mapping
from typing import Any, Self

from elastic_transport import ApiResponse, ConnectionTimeout
from elasticsearch import ApiError, AuthorizationException, Elasticsearch

from indexer.errors import (
    ClosedIndexWarning,
    ForeignAnswerError,
    FullDiskError,
    IncompleteAnswerError,
    UnauthorisedError,
)

_EXPECTED: dict[str, tuple[str, type]] = {
    "info": ("version", Mapping),
    "search": ("hits", Mapping),
    "scroll": ("hits", Mapping),
    "open_point_in_time": ("id", str),
    "count": ("count", int),
    "msearch": ("responses", list),
    "mget": ("docs", list),
    "get": ("found", bool),
    "index": ("_seq_no", int),
    "bulk": ("items", list),
    "termvectors": ("term_vectors", Mapping),
    "indices.create": ("acknowledged", bool),
    "indices.delete": ("acknowledged", bool),
    "indices.put_mapping": ("acknowledged", bool),
    "indices.put_index_template": ("acknowledged", bool),
    "indices.update_aliases": ("acknowledged", bool),
    "indices.refresh": ("_shards", Mapping),
    "indices.stats": ("_all", Mapping),
    "nodes.stats": ("nodes", Mapping),
}
"""The endpoints whose answers are checked, with a key that each has, and what it holds."""

_NAMED = frozenset({"indices.get", "indices.get_mapping"})
"""Endpoints that answer by the names of indices."""

_SEARCHES = frozenset({"search", "scroll", "open_point_in_time", "count"})
"""Endpoints that ask one copy of each shard: all must answer."""

_EVERY_COPY = frozenset({"indices.refresh", "indices.stats"})
"""Endpoints that ask every copy: a replica that no node has is not missed, one that failed is."""

_STRICT = frozenset({"search", "open_point_in_time"})
"""Endpoints with the parameter `allow_partial_search_results`; msearch has it in the header of each search."""

_OPTIONS = ("_headers", "_request_timeout", "_max_retries", "_retry_on_timeout", "_retry_on_status", "_ignore_status")
"""What a client keeps of the options it was made with (elasticsearch/_sync/client/_base.py)."""

_ERRORS = 300
_SERVER_ERRORS, _UNAVAILABLE = 500, 503

_CLOSED = "index_closed_exception"
_OPENED = 8
"""Indices that one request may find closed: an archive has three."""

_ABSENT = frozenset({"index_not_found_exception"})
"""Errors of single documents that say the whole: there is no such index."""


class CompleteElasticsearch(Elasticsearch):
    """A client that raises `IncompleteAnswerError` for an answer of which a part is missing."""

    @classmethod
    def of(cls, client: Elasticsearch) -> Self:
        """Return a client with the connections, credentials and timeouts of another."""
        checked = cls(_transport=client.transport)
        for option in _OPTIONS:
            setattr(checked, option, getattr(client, option))
        return checked

    def perform_request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        endpoint_id: str | None = None,
        path_parts: Mapping[str, Any] | None = None,
    ) -> ApiResponse[Any]:
        """Send a request that asks for the whole; raise `IncompleteAnswerError` if the answer is not.

        Raises `DamagedIndexError` if an index cannot be read any more.
        """
        if endpoint_id in _STRICT:
            params = {**(params or {}), "allow_partial_search_results": "false"}
        elif endpoint_id == "msearch" and isinstance(body, list | tuple):
            body = [_strict(part) if index % 2 == 0 else part for index, part in enumerate(body)]
        for _ in range(_OPENED):
            try:
                answer = super().perform_request(
                    method,
                    path,
                    params=params,
                    headers=headers,
                    body=body,
                    endpoint_id=endpoint_id,
                    path_parts=path_parts,
                )
                closed = _closed(answer.body)
                if not closed:
                    if _has_server_error(answer.body):
                        self._explain(None, _indices(path_parts, body))
                    return _whole(answer, endpoint_id or "")
            except (ApiError, ConnectionTimeout, IncompleteAnswerError) as error:
                closed = _closed(error.body) if isinstance(error, ApiError) else ""
                if not closed:
                    self._explain(error, _indices(path_parts, body))
                    raise
            self._open(closed)
        raise IncompleteAnswerError("its indices are closed again and again")

    def _explain(self, error: Exception | None, indices: str) -> None:
        """Raise an error that says more than this one of the server, if there is more to say."""
        if isinstance(error, ApiError) and error.status_code < _SERVER_ERRORS:
            return
        from indexer.elastic import damage, disk_space

        is_unavailable = not isinstance(error, ApiError) or error.status_code == _UNAVAILABLE
        if is_unavailable and (shortage := disk_space.find_shortage(self._plain())):
            raise FullDiskError(shortage) from error
        if (explained := damage.explain(self._plain(), indices)) is not None:
            raise explained from error

    def _open(self, index: str) -> None:
        """Open an index that somebody closed, and warn of it."""
        from indexer.elastic import damage

        try:
            damage.open_index(self._plain(), index)
        except AuthorizationException as error:
            raise UnauthorisedError(
                f"The index {index} is closed, and these credentials may not open it.",
                f"Ask its administrator to open it: POST /{index}/_open",
            ) from error
        warnings.warn(ClosedIndexWarning(f"The index {index} was closed: it is opened again."), stacklevel=1)

    def _plain(self) -> Elasticsearch:
        """Return a client that takes any answer."""
        plain = Elasticsearch(_transport=self.transport)
        plain._headers = self._headers
        return plain


def _whole(answer: ApiResponse[Any], endpoint: str) -> ApiResponse[Any]:
    """Return an answer; raise `ForeignAnswerError` or `IncompleteAnswerError` if it is not, or not the whole of one."""
    if answer.meta.status < _ERRORS:  # the caller may accept an error: there is no such index
        if not _is_answer(endpoint, answer.body):
            raise ForeignAnswerError(endpoint)
        for reason in _missing(endpoint, answer.body):
            raise IncompleteAnswerError(reason)
    return answer


def _has_server_error(body: object) -> bool:
    """Tell whether one of several searches met an error of the server."""
    responses = body.get("responses", ()) if isinstance(body, Mapping) else ()
    return any(isinstance(one, Mapping) and one.get("status", 0) >= _SERVER_ERRORS for one in responses)


def _indices(path_parts: Mapping[str, Any] | None, body: object) -> str:
    """Return the indices that a request names, "" if it names none."""
    if path_parts and isinstance(index := path_parts.get("index"), str | list | tuple):
        return index if isinstance(index, str) else ",".join(index)
    headers = body[::2] if isinstance(body, list | tuple) else ()
    named = {str(header["index"]) for header in headers if isinstance(header, Mapping) and "index" in header}
    return ",".join(sorted(named))


def _closed(body: object) -> str:
    """Return the name of a closed index from an error, or from one of several answers; "" if there is none."""
    if not isinstance(body, Mapping):
        return ""
    for one in (body, *body.get("responses", ()), *body.get("docs", ())):
        error = one.get("error") if isinstance(one, Mapping) else None
        if isinstance(error, Mapping) and error.get("type") == _CLOSED:
            return str(error.get("index", ""))
    return ""


def _strict(header: object) -> object:
    """Return the header of one search, which must not be answered in part."""
    return {**header, "allow_partial_search_results": False} if isinstance(header, Mapping) else header


def _is_answer(endpoint: str, body: object) -> bool:
    """Tell whether Elasticsearch may have answered this: not a web page, nor the `{}` of another program."""
    if endpoint in _NAMED:
        return isinstance(body, Mapping) and all(isinstance(one, Mapping) for one in body.values())
    if endpoint not in _EXPECTED:
        return True
    key, kind = _EXPECTED[endpoint]
    return isinstance(body, Mapping) and isinstance(body.get(key), kind)


def _missing(endpoint: str, body: Any) -> Iterable[str]:  # noqa: ANN401 - JSON
    """Yield what is missing of an answer, in words."""
    if endpoint == "msearch":
        for one in body.get("responses", ()):
            yield from _missing_of_search(one)
    elif endpoint == "mget":
        errors = (one["error"] for one in body.get("docs", ()) if "error" in one)
        yield from (
            f"a document was not read: {error.get('reason')}" for error in errors if error["type"] not in _ABSENT
        )
    elif endpoint in _SEARCHES:
        yield from _missing_of_search(body)
    elif endpoint in _EVERY_COPY and (failed := body.get("_shards", {}).get("failed")):
        yield f"{failed} copies of shards did not answer"


def _missing_of_search(body: Mapping[str, Any]) -> Iterable[str]:
    """Yield what is missing of the answer to a search or a count."""
    if body.get("timed_out"):
        yield "the search ran out of time"
    shards = body.get("_shards", {})
    total, successful, failed = (shards.get(key, 0) for key in ("total", "successful", "failed"))
    if failed or successful < total:
        failures = shards.get("failures") or [{}]
        reason = failures[0].get("reason", {}).get("reason")
        yield f"{max(failed, total - successful)} of {total} shards did not answer" + (f": {reason}" if reason else "")
