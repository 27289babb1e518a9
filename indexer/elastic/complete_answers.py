"""An Elasticsearch client that takes no part of an answer for the whole.

Where shards are lost, or a search runs out of time, Elasticsearch answers with what it has, with status 200 and less
than everything: a quotation that is in the archive would be reported as absent. Here every request asks for the whole,
and every answer is checked, in this one place.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from elastic_transport import ApiResponse
from elasticsearch import Elasticsearch

from indexer.errors import IncompleteAnswerError

_EXPECTED = {
    "search": "hits",
    "scroll": "hits",
    "open_point_in_time": "id",
    "count": "count",
    "msearch": "responses",
    "mget": "docs",
}
"""The endpoints whose answers are checked, with a key that each has."""

_STRICT = frozenset({"search", "open_point_in_time"})
"""Endpoints with the parameter `allow_partial_search_results`; msearch has it in the header of each search."""

_ERRORS = 300

_ABSENT = frozenset({"index_not_found_exception"})
"""Errors of single documents that say the whole: there is no such index."""


class CompleteElasticsearch(Elasticsearch):
    """A client that raises `IncompleteAnswerError` for an answer of which a part is missing."""

    @classmethod
    def of(cls, client: Elasticsearch) -> "CompleteElasticsearch":
        """Return a client with the connections and credentials of another."""
        checked = cls(_transport=client.transport)
        checked._headers = client._headers
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
        """Send a request that asks for the whole; raise `IncompleteAnswerError` if the answer is not."""
        if endpoint_id in _STRICT:
            params = {**(params or {}), "allow_partial_search_results": "false"}
        elif endpoint_id == "msearch" and isinstance(body, list | tuple):
            body = [_strict(part) if index % 2 == 0 else part for index, part in enumerate(body)]
        answer = super().perform_request(
            method,
            path,
            params=params,
            headers=headers,
            body=body,
            endpoint_id=endpoint_id,
            path_parts=path_parts,
        )
        if answer.meta.status < _ERRORS:  # the caller may accept an error: there is no such index
            for reason in _missing(endpoint_id or "", answer.body):
                raise IncompleteAnswerError(reason)
        return answer


def _strict(header: object) -> object:
    """Return the header of one search, which must not be answered in part."""
    return {**header, "allow_partial_search_results": False} if isinstance(header, Mapping) else header


def _missing(endpoint: str, body: object) -> Iterable[str]:
    """Yield what is missing of an answer, in words."""
    if endpoint not in _EXPECTED:
        return
    if not isinstance(body, Mapping) or _EXPECTED[endpoint] not in body:
        yield "it is not what Elasticsearch answers"
    elif endpoint == "msearch":
        for one in body.get("responses", ()):
            yield from _missing_of_search(one)
    elif endpoint == "mget":
        errors = (one["error"] for one in body.get("docs", ()) if "error" in one)
        yield from (
            f"a document was not read: {error.get('reason')}" for error in errors if error["type"] not in _ABSENT
        )
    else:
        yield from _missing_of_search(body)


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
