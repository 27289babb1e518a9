"""An Elasticsearch client that takes no part of an answer for the whole.

Where shards are lost, or a search runs out of time, Elasticsearch answers with what it has, with status 200 and less
than everything: a quotation that is in the archive would be reported as absent. Here every request asks for the whole,
and every answer is checked, in this one place. After an error it is asked why (`damage`, `disk_space`), and an index
that somebody closed is opened again.
"""

import warnings
from collections.abc import Mapping
from typing import Any, NoReturn, Self

from elastic_transport import ApiResponse, ConnectionTimeout
from elasticsearch import ApiError, AuthorizationException, Elasticsearch

from indexer.elastic.answer_checks import SERVER_ERRORS, closed_index, has_server_error, strict, whole
from indexer.errors import ClosedIndexWarning, FullDiskError, IncompleteAnswerError, UnauthorisedError
from indexer.language.messages import gettext as _

_STRICT = frozenset({"search", "open_point_in_time"})
"""Endpoints with the parameter `allow_partial_search_results`; msearch has it in the header of each search."""

_OPTIONS = ("_headers", "_request_timeout", "_max_retries", "_retry_on_timeout", "_retry_on_status", "_ignore_status")
"""What a client keeps of the options it was made with (elasticsearch/_sync/client/_base.py)."""

_UNAVAILABLE = 503
_BRIEFLY, _PATIENTLY = 2, 10
"""Seconds for a question about an error; the first for a server that has been silent for longer already."""

_OPENED = 8
"""Indices that one request may find closed: an archive has three."""


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
            body = [strict(part) if index % 2 == 0 else part for index, part in enumerate(body)]
        for _attempt in range(_OPENED):
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
                closed = closed_index(answer.body)
                if not closed:
                    if has_server_error(answer.body):
                        self._explain(None, _indices(path_parts, body))
                    return whole(answer, endpoint_id or "")
            except (ApiError, ConnectionTimeout, IncompleteAnswerError) as error:
                closed = closed_index(error.body) if isinstance(error, ApiError) else ""
                if not closed:
                    self._explain(error, _indices(path_parts, body))
                    raise
            self._open(closed)
        raise IncompleteAnswerError(_("its indices are closed again and again"))

    def timed_out(self, indices: str) -> NoReturn:
        """Raise the error for a request that was not answered in time."""
        error = ConnectionTimeout("Connection timed out")
        self._explain(error, indices)
        raise error

    def _explain(self, error: Exception | None, indices: str) -> None:
        """Raise an error that says more than this one of the server, if there is more to say."""
        if isinstance(error, ApiError) and error.status_code < SERVER_ERRORS:
            return
        from indexer.elastic import damage, disk_space

        seconds = _BRIEFLY if isinstance(error, ConnectionTimeout) else _PATIENTLY
        is_unavailable = not isinstance(error, ApiError) or error.status_code == _UNAVAILABLE
        if is_unavailable and (shortage := disk_space.find_shortage(self._plain(), seconds)):
            raise FullDiskError(shortage) from error
        if (explained := damage.explain(self._plain(), indices, seconds=seconds)) is not None:
            raise explained from error

    def _open(self, index: str) -> None:
        """Open an index that somebody closed, and warn of it."""
        from indexer.elastic import damage

        try:
            damage.open_index(self._plain(), index)
        except AuthorizationException as error:
            raise UnauthorisedError(
                _("The index {index} is closed, and these credentials may not open it.").format(index=index),
                _("Ask its administrator to open it: POST /{index}/_open").format(index=index),
            ) from error
        opened = _("The index {index} was closed: it is opened again.").format(index=index)
        warnings.warn(ClosedIndexWarning(opened), stacklevel=1)

    def _plain(self) -> Elasticsearch:
        """Return a client that takes any answer."""
        plain = Elasticsearch(_transport=self.transport)
        plain._headers = self._headers
        return plain


def _indices(path_parts: Mapping[str, Any] | None, body: object) -> str:
    """Return the indices that a request names, "" if it names none."""
    if path_parts and isinstance(index := path_parts.get("index"), str | list | tuple):
        return index if isinstance(index, str) else ",".join(index)
    headers = body[::2] if isinstance(body, list | tuple) else ()
    documents = body.get("docs", ()) if isinstance(body, Mapping) else ()
    parts = [part for part in (*headers, *documents) if isinstance(part, Mapping)]
    named = {str(part[key]) for part in parts for key in ("index", "_index") if key in part}
    return ",".join(sorted(named))
