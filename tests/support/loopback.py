"""A small HTTP server on the loopback interface, for what talks HTTP to something that cannot run here."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    def payload(self) -> tuple[bytes, str]:
        if isinstance(self.body, bytes):
            return self.body, "application/octet-stream"
        if isinstance(self.body, str):
            return self.body.encode(), "text/plain; charset=utf-8"
        return json.dumps(
            self.body, ensure_ascii=False, separators=(",", ":")
        ).encode(), "application/json; charset=utf-8"


class Loopback:
    """Answers requests by `answer`, to be overridden, and keeps them in `requests`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.url = ""

    def answer(self, request: Request) -> Answer:
        raise NotImplementedError

    def handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            def serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                headers = {name.lower(): value for name, value in self.headers.items()}
                request = Request(self.command, self.path, headers, self.rfile.read(length))
                loopback.requests.append(request)
                answer = loopback.answer(request)
                payload, kind = answer.payload()
                self.send_response(answer.status)
                for name, value in {"Content-Type": kind, **answer.headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(payload)

            do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = serve  # noqa: N815  the names http.server calls

            def log_message(self, format: str, *args: Any) -> None:
                """Keep the tests' output clean."""

        return Handler

    @contextmanager
    def running(self, tls: ssl.SSLContext | None = None) -> Iterator["Loopback"]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        if tls is not None:
            # the handshake belongs to the request's own thread: one that fails does not stop the server
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        self.url = f"{'http' if tls is None else 'https'}://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
