"""Send interviews to Elasticsearch in bulk requests, each interview's own document last.

An interview is indexed when its document in the interviews index is, and that is written only after Elasticsearch has
acknowledged all its turns and passages. `manifest` and `load` rely on one order for each interview, so that a run may
be killed between any two steps:

    1  delete its document (`Writer`), if there was one             killed after 1: not indexed; old documents remain
    2  write its turns and passages, delete any others of its id    killed in 2: not indexed; old and new ones remain
    3  write its document                                           killed after 3: indexed

What remains after 1 or 2 is found by the next run, which counts the documents under each id: an interview without a
document, or with another number of turns and passages than its document says, is indexed again from its file, and step
2 deletes everything under its id that its file no longer has. This also holds if the file was changed back meanwhile:
what counts is that the interview is not indexed, not what its file was. Ids are deterministic, so loading twice gives
the same as loading once. Elasticsearch acknowledges after writing to its log on disk; a node that is stopped loses
nothing it acknowledged.

Requests are filled by size, sent by a few threads and evaluated in the order in which they were filled. A handful of
requests is held at a time, however large the archive.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from indexer.language.messages import gettext as _
from indexer.report import UNCOUNTED, Outcome
from indexer.store.documents import Document
from indexer.store.write_aliases import write_alias

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

THREADS = 2
REQUEST_BYTES = 1024 * 1024
LARGEST_LINE = 90 * 1024 * 1024
"""Elasticsearch accepts requests of at most 100 MB (`http.max_content_length`)."""

# A busy node answers 429, one that is starting or stopping 503: both are temporary. 0.5 + 1 + 2 + … + 32 + 32 s in all.
_TEMPORARY = (429, 502, 503, 504)
_RETRIES, _FIRST_WAIT, _LONGEST_WAIT = 8, 0.5, 32.0
# A document that fills a request by itself gets the same 429 when it is larger than the node's memory allows, which is
# not temporary: a tenth of the heap, for four times the document (measured on 9.5.3).
_FEW_RETRIES = 3


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What to do (index, update, delete) with which document of an index; the document, unless it is deleted."""

    kind: str
    index: str
    id_: str
    document: bytes | None = None


BulkLine = tuple[bytes, bytes | None]
"""An action as Elasticsearch reads it: its head, and its document unless it deletes."""

SerializedDocument = tuple[str, str, bytes]
"""A document ready to be sent: its kind, its `_id`, and itself as JSON."""


@dataclass(frozen=True, slots=True)
class InterviewActions:
    """The actions of one interview; `commit` writes its own document and goes last (`None` for a removal).

    `outcome` is what to report once all of them are acknowledged.
    """

    interview_id: str
    actions: Iterable[BulkAction]
    commit: BulkAction | None
    outcome: Outcome = UNCOUNTED


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The result of an interview's actions: done unless `refused`, which says why Elasticsearch refused a document."""

    interview_id: str
    refused: str = ""
    outcome: Outcome = UNCOUNTED


def put(index: str, id_: str, document: Document) -> BulkAction:
    """Return the action that writes a document, in place of any with its id."""
    import orjson

    return put_serialized(index, id_, orjson.dumps(document))


def put_serialized(index: str, id_: str, document: bytes) -> BulkAction:
    """Return the same for a document that is already serialized."""
    return BulkAction("index", index, id_, document)


def update(index: str, id_: str, fields: Document) -> BulkAction:
    """Return the action that sets some fields of a document."""
    import orjson

    return BulkAction("update", index, id_, orjson.dumps({"doc": fields}))


def delete(index: str, id_: str) -> BulkAction:
    """Return the action that deletes a document, if there is one."""
    return BulkAction("delete", index, id_)


def delete_now(client: "Elasticsearch", index: str, id_: str) -> None:
    """Delete a document, if there is one, in a request of its own."""
    from elasticsearch import NotFoundError

    try:
        client.delete(index=write_alias(client, index), id=id_)
    except NotFoundError as error:
        if "error" in error.body:  # it is the index that is not there
            raise


def load(client: "Elasticsearch", interviews: Iterable[InterviewActions]) -> Iterator[LoadResult]:
    """Send the actions of interviews as they come; yield the result of each, which is a few requests later.

    Raises the client's errors if Elasticsearch cannot be reached or remains too busy: what was yielded is indexed.
    """
    loader = _Loader(client)
    try:
        for interview in interviews:
            yield from loader.add(interview)
        yield from loader.finish()
    finally:
        loader.close()


@dataclass(slots=True)
class _Pending:
    """An interview some of whose actions are sent."""

    interview: InterviewActions
    refused: str = ""

    def refuse(self, reason: str) -> None:
        """Keep the first reason: the others usually follow from it."""
        self.refused = self.refused or reason

    def result(self) -> LoadResult:
        return LoadResult(self.interview.interview_id, self.refused, self.interview.outcome)


@dataclass(slots=True)
class _Request:
    """Actions sent together, with their owners; `complete`: whose last turn is here, `committed`: whose document is."""

    lines: list[BulkLine] = field(default_factory=list)
    owners: list[_Pending] = field(default_factory=list)
    size: int = 0
    complete: list[_Pending] = field(default_factory=list)
    committed: list[_Pending] = field(default_factory=list)

    def add(self, line: BulkLine, size: int, owner: _Pending) -> None:
        self.lines.append(line)
        self.owners.append(owner)
        self.size += size


class _Loader:
    """The request being filled, and those that were sent, in order."""

    def __init__(self, client: "Elasticsearch") -> None:
        # loading a document twice is the same as loading it once: a request that timed out may be sent again
        self._client = client.options(request_timeout=300, retry_on_timeout=True)
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="fangtan-bulk")
        self._filling = _Request()
        self._sent: deque[tuple[Future[list[tuple[int, str]]], _Request]] = deque()

    def add(self, interview: InterviewActions) -> Iterator[LoadResult]:
        """Send the actions of an interview as requests fill; yield the results of others meanwhile."""
        pending = _Pending(interview)
        for action in interview.actions:
            yield from self._add(action, pending)
        self._filling.complete.append(pending)

    def finish(self) -> Iterator[LoadResult]:
        """Send the remaining actions, then the documents that waited for them."""
        while self._filling.lines or self._filling.complete or self._sent:
            self._send()
            while self._sent:
                yield from self._settle()

    def close(self) -> None:
        """Wait for the requests that were sent, and drop the others."""
        self._pool.shutdown(cancel_futures=True)

    def _add(self, action: BulkAction, pending: _Pending) -> Iterator[LoadResult]:
        """Add an action to the request being filled, or to the next if it would overflow."""
        head = _head(action.kind, write_alias(self._client, action.index), action.id_)
        size = len(head) + len(action.document or b"") + 2
        if size > LARGEST_LINE:
            pending.refuse(
                _("a turn is too long for any Elasticsearch, {size} as a document").format(size=_megabytes(size))
            )
            return
        if self._filling.lines and self._filling.size + size > REQUEST_BYTES:
            self._send()
            while len(self._sent) > THREADS:
                yield from self._settle()
        self._filling.add((head, action.document), size, pending)

    def _send(self) -> None:
        """Send the request being filled and begin another."""
        request, self._filling = self._filling, _Request()
        retries = _RETRIES if request.size <= REQUEST_BYTES else _FEW_RETRIES
        self._sent.append((self._pool.submit(_bulk, self._client, request.lines, retries), request))

    def _settle(self) -> Iterator[LoadResult]:
        """Wait for the oldest request; add the documents of the interviews that it completes."""
        future, request = self._sent.popleft()
        for position, reason in future.result():
            request.owners[position].refuse(_of_size(request.size, reason))
        yield from (pending.result() for pending in request.committed)
        for pending in request.complete:
            if pending.refused or pending.interview.commit is None:
                yield pending.result()
            else:
                yield from self._add(pending.interview.commit, pending)
                self._filling.committed.append(pending)


def _bulk(client: "Elasticsearch", lines: list[BulkLine], retries: int) -> list[tuple[int, str]]:
    """Send actions in one request; return the positions of those that are refused, each with the reason.

    An action that Elasticsearch is too busy for is sent again, up to `retries` times, after waits that double.
    """
    from elasticsearch import helpers

    refused = []
    for _ok, item in helpers.streaming_bulk(
        client,
        cast("list[bytes]", lines),
        chunk_size=len(lines) + 1,
        expand_action_callback=_unchanged,
        raise_on_error=False,
        yield_ok=False,
        retry_on_status=_TEMPORARY,
        max_retries=retries,
        initial_backoff=_FIRST_WAIT,
        max_backoff=_LONGEST_WAIT,
    ):
        ((kind, answer),) = item.items()
        if kind != "delete" or "error" in answer:  # there may be no such document, but no error
            refused.append((kind, answer))
    return _positions(client, lines, refused) if refused else []


def _unchanged(action: object) -> tuple[dict[str, Any], bytes]:
    """Return an action as it is: the helper would take it apart, but does not touch bytes."""
    return cast("tuple[dict[str, Any], bytes]", action)


def _head(kind: str, index: str, id_: str) -> bytes:
    import orjson

    return orjson.dumps({kind: {"_index": index, "_id": id_}})


def _positions(
    client: "Elasticsearch", lines: list[BulkLine], refused: list[tuple[str, dict[str, Any]]]
) -> list[tuple[int, str]]:
    """Return the positions of refused actions, each with the reason; those sent again come back out of order."""
    position_of = {head: position for position, (head, _document) in enumerate(lines)}
    heads = (_head(kind, write_alias(client, answer["_index"]), answer["_id"]) for kind, answer in refused)
    return [(position_of[head], _reason(answer)) for head, (_kind, answer) in zip(heads, refused, strict=True)]


def _of_size(size: int, reason: str) -> str:
    """Return the reason why a document of a request of this size was refused; a large one was alone in it."""
    if size <= REQUEST_BYTES:
        return reason
    alone = _("a turn is too long for this Elasticsearch, {size} as a document: {reason}")
    return alone.format(size=_megabytes(size), reason=reason)


def _megabytes(size: int) -> str:
    return f"{size / 2**20:.0f} MB"


def _reason(answer: dict[str, Any]) -> str:
    """Return why a document was refused, in Elasticsearch's words: the innermost cause is the most specific."""
    error = answer.get("error") or {}
    while isinstance(error, dict) and isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    reason = error.get("reason") or error.get("type") if isinstance(error, dict) else str(error)
    return _("Elasticsearch refused {id}: {reason}").format(id=answer["_id"], reason=reason or answer["status"])
