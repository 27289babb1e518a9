"""What may answer at ELASTICSEARCH_URL and is not Elasticsearch, or not whole."""

import io
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import pytest

from search_cli.app import main
from tests.support.examples import examples

PRODUCT = "X-Elastic-Product: Elasticsearch\r\nContent-Type: application/json\r\n"


def said(body: str, headers: str = PRODUCT, status: str = "200 OK", length: int | None = None) -> bytes:
    size = len(body.encode()) if length is None else length
    return f"HTTP/1.1 {status}\r\n{headers}Content-Length: {size}\r\nConnection: close\r\n\r\n{body}".encode()


ANSWERS = {
    "empty object": said("{}"),
    "empty list": said("[]"),
    "null": said("null"),
    "nothing": said(""),
    "text": said("好", PRODUCT.replace("application/json", "text/plain")),
    "another product": said('{"version": {"number": "2.4.0"}}', "Content-Type: application/json\r\n"),
    "a web page": said("<html><body>It works!</body></html>", "Content-Type: text/html\r\n"),
    "a web page of a proxy": said("<html>502</html>", "Content-Type: text/html\r\n", "502 Bad Gateway"),
    "half an answer": said('{"hits": {"to'),
    "an answer cut short": said('{"hits": {"to', length=9000),
    "an error without a body": said("", status="500 Internal Server Error"),
    "an error of another form": said('{"error": "no", "status": 400}', status="400 Bad Request"),
    "an error of lists": said('{"error": ["no"]}', status="404 Not Found"),
    "wrong types": said('{"hits": 1, "_shards": [], "took": "x", "responses": {"a": 1}, "count": "many", "id": 3}'),
    "not HTTP": b"220 mail.example ESMTP\r\n",
    "closed at once": b"",
}


@contextmanager
def server(answer: bytes) -> Iterator[str]:
    """Answer every request with these bytes."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    read_request(connection)
                    connection.sendall(answer)
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()


def read_request(connection: socket.socket) -> None:
    """Read a request: to close a connection with unread bytes in it would be another fault."""
    received = b""
    while b"\r\n\r\n" not in received:
        received += connection.recv(65536)
    head, _, body = received.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += connection.recv(65536)


def complaints(name: str, patch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Run every command against a server that answers so; return those that do not end with a line that says it."""
    wrong = []
    with server(ANSWERS[name]) as url:
        patch.setenv("ELASTICSEARCH_URL", url)
        for command, typed in examples().items():
            out, err = io.StringIO(), io.StringIO()
            patch.setattr(sys, "argv", ["fangtan", *typed])
            try:
                with redirect_stdout(out), redirect_stderr(err):
                    main()
            except SystemExit as ended:
                told = err.getvalue() or out.getvalue()
                if ended.code == 3 and ("Try: " not in told and command != "node status"):
                    wrong.append((command, told))
            except Exception as error:  # noqa: BLE001 - any is a traceback
                wrong.append((command, repr(error)))
    return wrong
