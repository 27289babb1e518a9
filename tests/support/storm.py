"""A proxy in front of Elasticsearch that does to requests what networks and busy clusters do."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PRODUCT = {"X-Elastic-Product": "Elasticsearch", "Content-Type": "application/vnd.elasticsearch+json;compatible-with=9"}
_HTML = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


def _error(kind: str, reason: str, status: int) -> bytes:
    cause = {"type": kind, "reason": reason}
    return json.dumps({"error": {"root_cause": [cause], **cause}, "status": status}).encode()


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=lambda: PRODUCT)


BUSY = Answer(429, _error("es_rejected_execution_exception", "rejected execution: queue capacity 1000", 429))
UNAVAILABLE = Answer(503, _error("cluster_block_exception", "blocked by: [SERVICE_UNAVAILABLE/2/no master];", 503))
NO_SHARDS = Answer(503, _error("search_phase_execution_exception", "all shards failed", 503))
GATEWAY = Answer(502, _HTML, {"Content-Type": "text/html"})
PAGE = Answer(200, _HTML, {"Content-Type": "text/html"})
EMPTY = Answer(200, b"{}")


class Storm:
    """What happens to requests, by probability; `hits` counts what did.

    `busy`, `unavailable`, `no_shards`, `gateway`, `page`, `empty`   answered so, and not done
    `reset`                              the connection is cut before the request is done
    `lost`                               the request is done, and the connection cut before the answer
    `truncated`                          of the answer, a half arrives, then the connection is cut
    `half`                               of the answer, a half arrives as if it were the whole
    `delayed`                            answered after some tenths of a second
    `refused`                            a third of the actions of a bulk request are refused and not done
    `partial`                            of a search, a shard did not answer, and its hits are missing
    """

    def __init__(self, rates: Mapping[str, float], chance: random.Random) -> None:
        self._rates, self._chance = rates, chance
        self._alone = threading.Lock()
        self.hits: Counter[str] = Counter()

    def fate(self, path: str) -> str:
        """Draw what happens to a request; "" if nothing does."""
        with self._alone:
            drawn = self._chance.random()
            for name, rate in self._rates.items():
                drawn -= rate
                if drawn < 0:
                    if (name == "refused" and "_bulk" not in path) or (name == "partial" and "search" not in path):
                        return ""
                    self.hits[name] += 1
                    return name
            return ""

    def chosen(self, number: int) -> set[int]:
        """Draw a third of some positions."""
        with self._alone:
            return {one for one in range(number) if self._chance.random() < 1 / 3}


_CANNED = {
    "busy": BUSY,
    "unavailable": UNAVAILABLE,
    "no_shards": NO_SHARDS,
    "gateway": GATEWAY,
    "page": PAGE,
    "empty": EMPTY,
}


@contextmanager
def proxy(url: str, storm: Storm) -> Iterator[str]:  # noqa: C901 - a server is a class
    """Run a proxy of a server; yield its address."""
    upstream = urlsplit(url).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            fate = storm.fate(self.path)
            if fate == "reset":
                self._cut()
                return
            if fate == "delayed":
                time.sleep((storm.fate("") and 0.1) or 0.3)
            if fate in _CANNED:
                self._answer(_CANNED[fate])
                return
            answer = self._refused(body) if fate == "refused" else self._forward(body)
            if fate == "partial":
                answer = Answer(answer.status, _without_a_shard(answer.body), answer.headers)
            if fate == "half":
                answer = Answer(answer.status, answer.body[: len(answer.body) // 2], answer.headers)
            if fate == "lost":
                self._cut()
            elif fate == "truncated":
                self._answer(answer, sent=len(answer.body) // 2)
                self._cut()
            else:
                self._answer(answer)

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = serve  # noqa: N815  the names http.server calls

        def _forward(self, body: bytes) -> Answer:
            connection = HTTPConnection(upstream, timeout=60)
            try:
                kept = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
                connection.request(self.command, self.path, body, kept)
                response = connection.getresponse()
                headers = {name: value for name, value in response.getheaders() if name.lower() not in _HOP}
                return Answer(response.status, response.read(), headers)
            finally:
                connection.close()

        def _refused(self, body: bytes) -> Answer:
            """Forward a bulk request without some of its actions, and say of those that the server is too busy."""
            actions = _actions(body)
            refused = storm.chosen(len(actions))
            rest = b"".join(action for place, (action, _) in enumerate(actions) if place not in refused)
            done = self._forward(rest) if rest else Answer(200, b'{"took": 1, "errors": false, "items": []}')
            if done.status != 200:
                return done
            answer = json.loads(done.body)
            items = iter(answer["items"])
            answer["items"] = [
                _busy_item(head) if place in refused else next(items) for place, (_, head) in enumerate(actions)
            ]
            answer["errors"] = bool(refused) or answer["errors"]
            return Answer(200, json.dumps(answer).encode())

        def _answer(self, answer: Answer, sent: int | None = None) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body[:sent])

        def _cut(self) -> None:
            self.wfile.flush()
            self.close_connection = True
            self.connection.close()

        def log_message(self, format: str, *args: Any) -> None:
            """Keep the output clean."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Keep the output clean: connections are cut here."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


_HOP = {"connection", "content-length", "host", "transfer-encoding", "keep-alive", "accept-encoding"}


def _actions(body: bytes) -> list[tuple[bytes, dict[str, Any]]]:
    """Return the actions of a bulk request: each as sent, and its head."""
    lines, found = iter(body.splitlines(keepends=True)), []
    for line in lines:
        head = json.loads(line)
        found.append((line if "delete" in head else line + next(lines), head))
    return found


def _busy_item(head: dict[str, Any]) -> dict[str, Any]:
    ((kind, about),) = head.items()
    error = {"type": "es_rejected_execution_exception", "reason": "rejected execution of coordinating operation"}
    return {kind: {"_index": about["_index"], "_id": about["_id"], "status": 429, "error": error}}


def _without_a_shard(body: bytes) -> bytes:
    """Return the answer to a search without half of its hits, and a shard that failed."""
    answer = json.loads(body)
    for one in answer.get("responses", [answer]):
        if isinstance(one, dict) and "_shards" in one:
            one["_shards"].update(failed=1, successful=max(one["_shards"]["successful"] - 1, 0))
            hits = one.get("hits", {}).get("hits")
            if hits:
                one["hits"]["hits"] = hits[: len(hits) // 2]
    return json.dumps(answer).encode()
