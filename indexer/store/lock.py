"""One run at a time: a document in Elasticsearch says who is loading, so that it holds for every machine.

The document is made with `op_type=create`, which only one of several can do, and kept fresh while the run lasts. A run
that was killed leaves it behind: on the same machine the process is looked for, from another machine the lock counts
for `_STALE` seconds after its last sign of life. It is taken over on condition that nobody else did meanwhile
(`if_seq_no`), and its index is hidden, so that `fangtan-*` means the archive.
"""

import datetime
import os
import platform
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from indexer.errors import LoadingError
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_ID = "run"
_STALE = 600.0
_BEAT = 20.0
_HELD: set[str] = set()
"""The locks that this process holds: one of another run of the same process that ended badly is not among them."""


@contextmanager
def held(client: "Elasticsearch", settings: Settings) -> Iterator[Callable[[], None]]:
    """Hold the lock of this prefix; yield what is to be called now and then as a sign of life.

    Raises `LoadingError` if another run holds it, or, when the sign of life finds that another took it over.
    """
    lock = _Lock(client, f"{settings.index}-lock")
    lock.take()
    try:
        yield lock.beat
    finally:
        lock.release()


class _Lock:
    def __init__(self, client: "Elasticsearch", index: str) -> None:
        self._client, self._index = client, index
        self._token = uuid.uuid4().hex
        self._since = _now()
        self._version: tuple[int, int] | None = None
        self._beaten = 0.0

    def take(self) -> None:
        """Take the lock, from a dead run if need be."""
        self._client.options(ignore_status=400).indices.create(
            index=self._index, settings={"hidden": True, "number_of_shards": 1, "auto_expand_replicas": "0-1"}
        )
        if not self._write() and not self._take_over():
            raise self._taken("Another run of fangtan index just began")
        _HELD.add(self._token)

    def _take_over(self) -> bool:
        """Take the lock of a run that is dead; raise `LoadingError` if it lives."""
        other = self._client.options(ignore_status=404).get(index=self._index, id=_ID, realtime=True)
        if not other.get("found"):
            return self._write()
        if _lives(other["_source"]):
            raise self._taken(f"Another run of fangtan index is loading, since {other['_source']['since']}")
        return self._write((other["_seq_no"], other["_primary_term"]))

    def beat(self) -> None:
        """Give a sign of life, if the last one is a while ago."""
        if time.monotonic() - self._beaten > _BEAT and not self._write(self._version):
            raise self._taken("Another run of fangtan index took over, as this one had not been heard of for long")

    def release(self) -> None:
        """Give the lock back; one that cannot be given back is found dead by the next run."""
        from elasticsearch import ApiError, TransportError

        _HELD.discard(self._token)
        if self._version is None:
            return
        number, term = self._version
        with suppress(ApiError, TransportError):
            self._client.options(max_retries=0).delete(
                index=self._index, id=_ID, if_seq_no=number, if_primary_term=term
            )

    def _write(self, over: tuple[int, int] | None = None) -> bool:
        """Write who holds the lock if nobody does, or if it is of version `over`; tell whether it was."""
        owner = {**_this_process(), "token": self._token, "since": self._since, "alive": _now()}
        number, term = over or (None, None)
        answer = self._client.options(ignore_status=409).index(
            index=self._index,
            id=_ID,
            document=owner,
            op_type=None if over else "create",
            if_seq_no=number,
            if_primary_term=term,
        )
        if answer.meta.status == 409:
            return False
        self._version = (answer["_seq_no"], answer["_primary_term"])
        self._beaten = time.monotonic()
        return True

    def _taken(self, message: str) -> LoadingError:
        return LoadingError(f"{message}.", "Wait until it is done, then run the same command again.")


def _this_process() -> dict[str, Any]:
    """Return what tells this process from every other; the start time, as process numbers come around again."""
    import psutil

    machine = f"{platform.node()}/{uuid.getnode():x}"
    return {"machine": machine, "pid": os.getpid(), "created": psutil.Process().create_time()}


def _lives(owner: Mapping[str, Any]) -> bool:
    """Tell whether the run that wrote `owner` may still be loading."""
    import psutil

    if owner["machine"] != _this_process()["machine"]:
        silent = datetime.datetime.fromisoformat(_now()) - datetime.datetime.fromisoformat(owner["alive"])
        return silent.total_seconds() < _STALE
    if owner["pid"] == os.getpid():
        return owner["token"] in _HELD
    try:
        process = psutil.Process(owner["pid"])
        return abs(process.create_time() - owner["created"]) < 1 and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _now() -> str:
    """Return the time, ISO with its zone, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
