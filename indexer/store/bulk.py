"""Interviews to Elasticsearch, many requests' worth at a time, each interview's own document last.

An interview is in when its document in the interviews index is, and that is written only after Elasticsearch has
acknowledged every turn and passage. `inside` and `load` keep to one order for each interview, and so a run may be
killed between any two steps:

    1  take its document out (`uncommit`), if there was one      killed after 1: not in; some old documents left behind
    2  write its turns and passages, delete what it had besides  killed in 2: not in; old and new ones left behind
    3  write its document                                        killed after 3: in

Whatever was left behind after 1 or 2 is found by the next run, which counts the documents under each id: an interview
without document, or with another number of turns and passages than its document promises, is loaded again from its
file, and step 2 deletes everything under its id that its file no longer says. This holds if the file was changed back
meanwhile too: what decides is that it is not in, not what its file once was. Ids are deterministic, so loading twice
gives what loading once gives. Elasticsearch acknowledges after writing to its log on disk; a node that is stopped
loses nothing it acknowledged.

Requests are filled by size, sent by a few threads and looked at in the order they were filled. What waits is a handful
of requests, however large the archive.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from indexer.store.documents import Document

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

THREADS = 2
REQUEST_BYTES = 1024 * 1024
LARGEST_LINE = 90 * 1024 * 1024
"""Elasticsearch takes requests of at most 100 MB (`http.max_content_length`)."""

# A busy node answers 429, one that is starting or stopping 503: both pass. 0.5 + 1 + 2 + … + 32 + 32 s in all.
_PASSING = (429, 502, 503, 504)
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 8, 0.5, 32.0
# A document that fills a request alone gets the same 429 when it is larger than the node's memory allows, which does
# not pass: a tenth of the heap, for four times the document (measured on 9.5.3).
_FEW = 3

Line = tuple[bytes, bytes | None]
"""An action as Elasticsearch reads it: its head, and its document unless it deletes."""


Ready = tuple[str, str, bytes]
"""A document ready to be sent: its kind, its `_id`, itself as JSON."""


@dataclass(frozen=True, slots=True)
class Load:
    """One interview to load: its `lines`, and `commit`, its own document, which goes last (`None` for a removal)."""

    interview_id: str
    lines: Iterable[Line]
    commit: Line | None


Job = Load | Callable[[], Load]
"""A load, or what waits for one."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What became of a `Load`: it is in unless `refused`, which says why Elasticsearch did not take a document."""

    interview_id: str
    refused: str = ""


def put(index: str, id_: str, document: Document) -> Line:
    """Return the action that writes a document, in place of the one that has its id."""
    import orjson

    return put_ready(index, id_, orjson.dumps(document))


def put_ready(index: str, id_: str, document: bytes) -> Line:
    """Return the same for a document that is JSON already."""
    import orjson

    return orjson.dumps({"index": {"_index": index, "_id": id_}}), document


def update(index: str, id_: str, fields: Document) -> Line:
    """Return the action that sets some fields of a document."""
    import orjson

    return orjson.dumps({"update": {"_index": index, "_id": id_}}), orjson.dumps({"doc": fields})


def delete(index: str, id_: str) -> Line:
    """Return the action that deletes a document; it is no fault if there is none."""
    import orjson

    return orjson.dumps({"delete": {"_index": index, "_id": id_}}), None


def load(client: "Elasticsearch", loads: Iterable[Load]) -> Iterator[Loaded]:
    """Load interviews as they come; yield each once it is in, or refused, which is a few requests later.

    Raises the client's errors if Elasticsearch cannot be reached or stays too busy: what was yielded is in.
    """
    loader = _Loader(client)
    try:
        for one in loads:
            yield from loader.take(one)
        yield from loader.finish()
    finally:
        loader.close()


@dataclass(slots=True)
class _Ticket:
    """An interview on its way."""

    load: Load
    refused: str = ""

    def refuse(self, reason: str) -> None:
        """Keep the first reason: the others follow from it more often than not."""
        self.refused = self.refused or reason


@dataclass(slots=True)
class _Request:
    """Lines sent together, each with its owner; `complete`: whose last turn is here, `committed`: whose document is."""

    lines: list[Line] = field(default_factory=list)
    owners: list[_Ticket] = field(default_factory=list)
    size: int = 0
    complete: list[_Ticket] = field(default_factory=list)
    committed: list[_Ticket] = field(default_factory=list)

    def add(self, line: Line, size: int, owner: _Ticket) -> None:
        self.lines.append(line)
        self.owners.append(owner)
        self.size += size


class _Loader:
    """The request being filled, and those on their way, in order."""

    def __init__(self, client: "Elasticsearch") -> None:
        # loading a document twice is the same as loading it once: a request that timed out may be sent again
        self._client = client.options(request_timeout=300, retry_on_timeout=True)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fangtan-bulk")
        self._filling = _Request()
        self._sent: deque[tuple[Future[list[tuple[int, str]]], _Request]] = deque()

    def take(self, load: Load) -> Iterator[Loaded]:
        """Send the lines of an interview, as requests fill; yield what became of others meanwhile."""
        ticket = _Ticket(load)
        for line in load.lines:
            yield from self._add(line, ticket)
        self._filling.complete.append(ticket)

    def finish(self) -> Iterator[Loaded]:
        """Send what is left, then the documents that waited for it."""
        while self._filling.lines or self._filling.complete or self._sent:
            self._send()
            while self._sent:
                yield from self._settle()

    def close(self) -> None:
        """Wait for the requests that Elasticsearch has, drop those it has not."""
        self._pool.shutdown(cancel_futures=True)

    def _add(self, line: Line, ticket: _Ticket) -> Iterator[Loaded]:
        """Put a line into the request being filled, or into the next if it would overflow."""
        size = len(line[0]) + len(line[1] or b"") + 2
        if size > LARGEST_LINE:
            ticket.refuse(f"a turn is too long for any Elasticsearch, {_megabytes(size)} as a document")
            return
        if self._filling.lines and self._filling.size + size > REQUEST_BYTES:
            self._send()
            while len(self._sent) > THREADS:
                yield from self._settle()
        self._filling.add(line, size, ticket)

    def _send(self) -> None:
        """Send the request being filled and begin another."""
        request, self._filling = self._filling, _Request()
        self._sent.append(
            (
                self._pool.submit(
                    _bulk, self._client, request.lines, _RETRIES if request.size <= REQUEST_BYTES else _FEW
                ),
                request,
            )
        )

    def _settle(self) -> Iterator[Loaded]:
        """Wait for the oldest request. Interviews that are complete by it get their own document written."""
        future, request = self._sent.popleft()
        for position, reason in future.result():
            alone = f"a turn is too long for this Elasticsearch, {_megabytes(request.size)} as a document: "
            request.owners[position].refuse((alone if request.size > REQUEST_BYTES else "") + reason)
        for ticket in request.committed:
            yield Loaded(ticket.load.interview_id, ticket.refused)
        for ticket in request.complete:
            if ticket.refused or ticket.load.commit is None:
                yield Loaded(ticket.load.interview_id, ticket.refused)
            else:
                yield from self._add(ticket.load.commit, ticket)
                self._filling.committed.append(ticket)


def _bulk(client: "Elasticsearch", lines: list[Line], retries: int) -> list[tuple[int, str]]:
    """Send lines in one request; return the positions of those Elasticsearch refuses, each with the reason.

    A line it is too busy for is sent again, so many times, after a while that doubles.
    """
    from elasticsearch import helpers

    refused = []
    for _, item in helpers.streaming_bulk(
        client,
        cast("list[bytes]", lines),
        chunk_size=len(lines) + 1,
        expand_action_callback=_as_it_is,
        raise_on_error=False,
        yield_ok=False,
        retry_on_status=_PASSING,
        max_retries=retries,
        initial_backoff=_FIRST_WAIT,
        max_backoff=_LONGEST_WAIT,
    ):
        ((action, about),) = item.items()
        if action != "delete" or about["status"] != 404:
            refused.append((action, about))
    return _placed(lines, refused) if refused else []


def _as_it_is(line: object) -> tuple[dict[str, Any], bytes]:
    """Hand a line over as it is: the helper would take an action apart, but leaves alone what is bytes already."""
    return cast("tuple[dict[str, Any], bytes]", line)


def _placed(lines: list[Line], refused: list[tuple[str, dict[str, Any]]]) -> list[tuple[int, str]]:
    """Return where the refused lines are, each with the reason; lines sent again come back out of order."""
    import orjson

    places = {head: place for place, (head, _) in enumerate(lines)}
    heads = (orjson.dumps({action: {"_index": one["_index"], "_id": one["_id"]}}) for action, one in refused)
    return [(places[head], _reason(about)) for head, (_, about) in zip(heads, refused, strict=True)]


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _reason(about: dict[str, Any]) -> str:
    """Return why a document was refused, in Elasticsearch's words: the innermost cause says most."""
    error = about.get("error") or {}
    while isinstance(error, dict) and isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    reason = error.get("reason") or error.get("type") if isinstance(error, dict) else str(error)
    return f"Elasticsearch refused {about['_id']}: {reason or about['status']}"
