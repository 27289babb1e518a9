"""Lock the archive during a run, by a document in Elasticsearch that holds for every machine.

The document is created with `op_type=create`, which succeeds for one run only, and updated while the run lasts. A run
that was killed leaves it: on the same machine, the next run checks whether the process exists; on another one, the lock
is valid for `_STALE` seconds after its last heartbeat. It is taken over on condition that no other run did so meanwhile
(`if_seq_no`). Its index is hidden, so that `fangtan-*` means the archive.

A run that was silent for longer may have lost the lock without knowing: stopped (SIGSTOP), or asleep with its machine.
So it writes through a client that calls the heartbeat before each request (`elastic.connection.locked`), which goes by
a clock that does not stand still meanwhile. It may also have slept between the heartbeat and its request, which is
sent as it wakes, after another run took over and wrote: that one Elasticsearch itself has to refuse. Therefore a run
writes documents and `_meta` through aliases that bear the token of its lock (`store.write_aliases`):

    1  take the lock; from a run that is silent: remove its   what that sends from now on is refused: no such index
       aliases
    2  read what is in, choose the indices
    3  before the first write, add aliases of one's own       if that comes too late, the next heartbeat stops the run
    4  release the lock; they are left to the next run that   so that no signal meets a run that has done everything
       writes

Indices that a run makes, publishes or drops bear its own stamp: a new set that was not published is dropped by the run
that takes over, and its publication is refused as a whole.

A process is told from a later one with the same id by when it started, without the clock, which may be set meanwhile:
on Linux by the boot and the ticks since then (`/proc/PID/stat`, field 22: proc(5)).
"""

import datetime
import os
import platform
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import DamagedIndexError, ElasticError, LoadingError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from indexer.store import mapping, write_aliases

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_ID = "run"
_STALE = 600.0
_HEARTBEAT = 20.0
_HELD: set[str] = set()
"""The locks that this process holds; not those of its runs that failed to release them."""


@contextmanager
def held(client: "Elasticsearch", settings: Settings) -> Iterator["Heartbeat"]:
    """Hold the lock of the prefix; yield its heartbeat, to be called now and then.

    Raises `LoadingError` if another run holds the lock, the heartbeat if another took it over.
    """
    lock = _Lock(client, settings)
    try:
        lock.take()
        yield Heartbeat(lock.heartbeat, lock.confirm, lock.write_alias)
    finally:
        lock.release()


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """Says that a run is alive: now and then if called, at once with `confirm`, before what cannot be undone.

    `write_alias` returns the alias through which the run that holds the lock writes to an index.
    """

    beat: Callable[[], None]
    confirm: Callable[[], None]
    write_alias: Callable[[str], str]

    def __call__(self) -> None:
        """Update the lock, if the last time was a while ago."""
        self.beat()


class _Lock:
    def __init__(self, client: "Elasticsearch", settings: Settings) -> None:
        self._client, self._settings, self._index = client, settings, f"{settings.index}-lock"
        self._token = uuid.uuid4().hex
        self._since = _now()
        self._version: tuple[int, int] | None = None
        self._last_heartbeat = 0.0
        self._write_aliases: dict[str, str] = {}
        self._was_free = True
        self._alone = threading.RLock()  # requests are sent by several threads

    def take(self) -> None:
        """Take the lock, if need be from a dead run; a damaged index of locks has nothing else in it."""
        try:
            taken = self._create()
        except DamagedIndexError as error:
            if error.indices != (self._index,):
                raise
            self._client.indices.delete(index=self._index, ignore_unavailable=True)
            taken, self._was_free = self._create(), False
        if not taken:
            raise _locked(_("Another run of fangtan index has just started."))
        _HELD.add(self._token)
        if not self._was_free:
            write_aliases.remove(self._client, self._settings)

    def _create(self) -> bool:
        """Write the lock, or take it over; tell whether it is ours."""
        made = self._client.options(ignore_status=400).indices.create(
            index=self._index, settings={"hidden": True, "number_of_shards": 1, "auto_expand_replicas": "0-1"}
        )
        if made.meta.status == 400:  # an answer at once: a write waits a minute for a shard that is lost
            self._client.options(ignore_status=404).get(index=self._index, id=_ID)
        self._was_free = self._write()
        return self._was_free or self._is_ours() or self._take_over()

    def _take_over(self) -> bool:
        """Take the lock of a dead run; raise `LoadingError` if it is alive."""
        other = self._client.options(ignore_status=404).get(index=self._index, id=_ID, realtime=True)
        if not other.get("found"):
            return self._write()
        if _is_alive(other["_source"]):
            since = other["_source"]["since"]
            raise _locked(_("Another run of fangtan index has been loading since {since}.").format(since=since))
        return self._write((other["_seq_no"], other["_primary_term"]))

    def heartbeat(self) -> None:
        """Update the lock, if the last heartbeat was a while ago."""
        with self._alone:
            if _clock() - self._last_heartbeat > _HEARTBEAT:
                self.confirm()

    def confirm(self) -> None:
        """Update the lock; raise `LoadingError` if another run took it over."""
        with self._alone:
            if not self._write(self._version) and not self._is_ours():
                raise _locked(_("Another run took over, because this one did not respond for a long time."))

    def write_alias(self, index: str) -> str:
        """Return the alias of this run for an index; all of the set are added when the first is asked for."""
        with self._alone:
            if index not in self._write_aliases:
                names = mapping.dated(self._settings, mapping.stamp_of(self._settings, index))
                self.heartbeat()
                write_aliases.add(self._client, self._settings, names, self._token)
                aliases = {one: write_aliases.name(one, self._token) for one in names.each}
                self._write_aliases |= {**aliases, **{alias: alias for alias in aliases.values()}}
            return self._write_aliases[index]

    def _is_ours(self) -> bool:
        """Tell whether the lock was written after all: a request whose answer was lost is sent again, and refused."""
        found = self._client.options(ignore_status=404).get(index=self._index, id=_ID, realtime=True)
        if not found.get("found") or found["_source"]["token"] != self._token:
            return False
        self._version = (found["_seq_no"], found["_primary_term"])
        self._last_heartbeat = _clock()
        return True

    def release(self) -> None:
        """Release the lock; if that fails, the next run takes it over."""
        from elasticsearch import ApiError, TransportError

        _HELD.discard(self._token)
        if self._version is None:
            return
        number, term = self._version
        with suppress(ApiError, TransportError, ElasticError):
            self._client.options(max_retries=0).delete(
                index=self._index, id=_ID, if_seq_no=number, if_primary_term=term
            )

    def _write(self, over: tuple[int, int] | None = None) -> bool:
        """Write the lock if there is none, or if it has the version `over`; tell whether it was written."""
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
        self._last_heartbeat = _clock()
        return True


def _clock() -> float:
    """Return seconds that pass while the machine sleeps, too; `time.monotonic` stands still then on Linux."""
    if platform.system() == "Linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


def _locked(message: str) -> LoadingError:
    return LoadingError(message, _("Wait until it is done, then run the same command again."))


def _this_process() -> dict[str, Any]:
    """Return what identifies this process, including when it started, as process ids are reused."""
    machine = f"{platform.node()}/{uuid.getnode():x}"
    return {"machine": machine, "pid": os.getpid(), "started": _started(os.getpid())}


def _started(pid: int) -> str:
    """Return when a process started, "" if it has ended; two processes of one id never have the same."""
    import psutil

    try:
        if platform.system() != "Linux":
            return str(psutil.Process(pid).create_time())  # of the kernel, which does not change with the clock
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except (OSError, psutil.NoSuchProcess):
        return ""
    state, ticks = status[0], status[19]
    boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return "" if state in "ZX" else f"{boot}/{ticks}"


def _is_alive(owner: Mapping[str, Any]) -> bool:
    """Tell whether the run that wrote `owner` may still be loading."""
    if owner["machine"] != _this_process()["machine"]:
        silent = datetime.datetime.fromisoformat(_now()) - datetime.datetime.fromisoformat(owner["alive"])
        return silent.total_seconds() < _STALE
    if owner["pid"] == os.getpid():
        return owner["token"] in _HELD
    started = _started(owner["pid"])
    return bool(started) and started == owner.get("started", started)  # a lock of an older version has none


def _now() -> str:
    """Return the current time to the second, in ISO form with its zone."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
