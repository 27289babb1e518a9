"""Read from Elasticsearch without its client, whose import takes longer than all the rest of a search.

A `LightReader` sends the reads that every search makes as the client sends them. It returns only an answer of which
nothing is missing and about which nothing is to be said; of all else it returns None, and the client asks again. What a
refusal means, a lost shard, a closed index, another program's answer, is known in one place (`complete_answers`), and a
read that is asked twice changes nothing.
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from http.client import HTTPConnection, HTTPException
from threading import local
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from indexer.elastic.answer_checks import is_whole, strict

_SECONDS = 30
"""As the client waits for an answer (`connection`)."""

_JSON = "application/vnd.elasticsearch+{}; compatible-with=9"
"""The version of elasticsearch-py: a cluster of the next one answers it as this one would."""

_OK = 200
Body = Mapping[str, Any]


class LightReader:
    """A connection to one address over plain HTTP; each thread has its own.

    Methods return the body of an answer, None if the client has to ask, and raise `TimeoutError` after 30 s of silence.
    """

    def __init__(self, url: str, authorization: str = "") -> None:
        parts = urlsplit(url)
        self._address = parts.hostname or "", parts.port or 80
        self._path = parts.path.rstrip("/")
        self._headers = {"accept": _JSON.format("json"), "user-agent": "fangtan"}
        if authorization:
            self._headers["authorization"] = authorization
        self._own = local()

    def msearch(self, searches: Sequence[Body], parameters: Mapping[str, str]) -> dict[str, Any] | None:
        """Return the answers to several searches, given as header and body in turn."""
        lines = [strict(part) if index % 2 == 0 else part for index, part in enumerate(searches)]
        body = b"".join(_json(line) + b"\n" for line in lines)
        return self._ask("msearch", "POST", f"/_msearch?{urlencode(parameters)}", body, "x-ndjson")

    def mget(self, documents: Sequence[Body]) -> dict[str, Any] | None:
        """Return documents, each named by `_index` and `_id`, with what of its `_source` is wanted."""
        return self._ask("mget", "POST", "/_mget", _json({"docs": list(documents)}), "json")

    def mapping(self, index: str, filter_path: str = "") -> dict[str, Any] | None:
        """Return the mapping of an index, or the part of it that is named."""
        parameters = f"?{urlencode({'filter_path': filter_path})}" if filter_path else ""
        return self._ask("indices.get_mapping", "GET", f"/{quote(index, safe='')}/_mapping{parameters}")

    def _ask(
        self, endpoint: str, method: str, target: str, body: bytes | None = None, kind: str = ""
    ) -> dict[str, Any] | None:
        """Send a request; return the body of a whole answer, None for any other."""
        headers = self._headers | ({"content-type": _JSON.format(kind)} if kind else {})
        connection = self._connection()
        try:
            connection.request(method, self._path + target, body, headers)
            answer = connection.getresponse()
            content = answer.read()
        except TimeoutError:
            connection.close()
            raise
        except (OSError, HTTPException, ValueError):
            connection.close()
            return None
        is_ours = answer.status == _OK and answer.headers.get("x-elastic-product") == "Elasticsearch"
        if not is_ours or "warning" in answer.headers:
            return None
        return _whole(endpoint, content)

    def _connection(self) -> HTTPConnection:
        """Return the connection of this thread; it is opened with the first request, and again once it was closed."""
        if not hasattr(self._own, "connection"):
            self._own.connection = HTTPConnection(*self._address, timeout=_SECONDS)
        connection: HTTPConnection = self._own.connection
        return connection


def authorization(api_key: str = "", username: str = "", password: str = "") -> str:
    """Return the header of credentials, "" without any."""
    if api_key:
        return f"ApiKey {api_key}"
    return f"Basic {b64encode(f'{username}:{password}'.encode()).decode('ascii')}" if username else ""


def _whole(endpoint: str, content: bytes) -> dict[str, Any] | None:
    """Return the body of a whole answer, None for any other, of whatever form."""
    try:
        body = json.loads(content)
        return body if isinstance(body, dict) and is_whole(endpoint, body) else None
    except (ValueError, RecursionError, AttributeError, TypeError, KeyError, IndexError):
        return None


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
