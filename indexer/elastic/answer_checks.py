"""Ask for the whole, and tell whether an answer is one of Elasticsearch's, and the whole of it. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from indexer.errors import ForeignAnswerError, IncompleteAnswerError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

if TYPE_CHECKING:
    from elastic_transport import ApiResponse

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

_ERRORS, SERVER_ERRORS = 300, 500

_SILENT_SHARDS = gettext_noop("{failed} of {total} shards did not answer")

_CLOSED = "index_closed_exception"

_ABSENT = frozenset({"index_not_found_exception"})
"""Errors of single documents that say the whole: there is no such index."""


def whole(answer: "ApiResponse[Any]", endpoint: str) -> "ApiResponse[Any]":
    """Return an answer; raise `ForeignAnswerError` or `IncompleteAnswerError` if it is not, or not the whole of one."""
    if answer.meta.status < _ERRORS:  # the caller may accept an error: there is no such index
        if not _is_answer(endpoint, answer.body):
            raise ForeignAnswerError(endpoint)
        for reason in _missing(endpoint, answer.body):
            raise IncompleteAnswerError(reason)
    return answer


def is_whole(endpoint: str, body: Mapping[str, Any]) -> bool:
    """Tell whether a body is an answer to all that was asked, without an error in any part of it."""
    parts = (body, *_several(body, "responses"), *_several(body, "docs"))
    return _is_answer(endpoint, body) and not any("error" in one for one in parts) and not any(_missing(endpoint, body))


def strict(header: object) -> object:
    """Return the header of one search of several, which must not be answered in part."""
    return {**header, "allow_partial_search_results": False} if isinstance(header, Mapping) else header


def has_server_error(body: object) -> bool:
    """Tell whether one of several searches met an error of the server."""
    return any(one.get("status", 0) >= SERVER_ERRORS for one in _several(body, "responses"))


def closed_index(body: object) -> str:
    """Return the name of a closed index from an error, or from one of several answers; "" if there is none."""
    one_or_more = (body, *_several(body, "responses"), *_several(body, "docs"))
    errors = (one.get("error") for one in one_or_more if isinstance(one, Mapping))
    closed = (one for one in errors if isinstance(one, Mapping) and one.get("type") == _CLOSED)
    return next((str(one.get("index", "")) for one in closed), "")


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
            _("a document was not read: {reason}").format(reason=error.get("reason"))
            for error in errors
            if error["type"] not in _ABSENT
        )
    elif endpoint in _SEARCHES:
        yield from _missing_of_search(body)
    elif endpoint in _EVERY_COPY and (failed := body.get("_shards", {}).get("failed")):
        yield _("{failed} copies of shards did not answer").format(failed=failed)


def _missing_of_search(body: Mapping[str, Any]) -> Iterable[str]:
    """Yield what is missing of the answer to a search or a count."""
    if body.get("timed_out"):
        yield _("the search ran out of time")
    shards = body.get("_shards", {})
    total, successful, failed = (shards.get(key, 0) for key in ("total", "successful", "failed"))
    if failed or successful < total:
        failures = shards.get("failures") or [{}]
        reason = failures[0].get("reason", {}).get("reason")
        told = _("{failed} of {total} shards did not answer: {reason}") if reason else _(_SILENT_SHARDS)
        yield told.format(failed=max(failed, total - successful), total=total, reason=reason)


def _several(body: object, key: str) -> Iterator[Mapping[str, Any]]:
    """Yield the answers to several searches, or several documents; none from another program's answer."""
    found = body.get(key) if isinstance(body, Mapping) else None
    yield from (one for one in found or () if isinstance(one, Mapping)) if isinstance(found, list) else ()
