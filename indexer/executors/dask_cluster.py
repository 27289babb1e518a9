"""The workers of a Dask cluster, on whatever machines they are.

    dask scheduler                                    on one machine
    dask worker tcp://HOST:8786 --nthreads 1          on each, one process a core: Python computes in one thread
    fangtan index FOLDER --on tcp://HOST:8786

The scheduler gives the tasks of a worker that is lost to another one. What no worker can do is done in this process:
when the scheduler is gone, or all workers are, for longer than `_PATIENCE`.
"""

import logging
import pickle
import socket
import time
import warnings
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from urllib.parse import urlsplit
from uuid import uuid4

from indexer.errors import ClusterError, UsageError
from indexer.executors import worker_software
from indexer.executors.executor import DeadlyTaskError, LostWorkerError
from indexer.language import messages
from indexer.language.languages import Language
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.language.system_errors import system_reason

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")

_CONNECT = 5.0
"""Seconds within which a scheduler has to answer; on a network of one house it takes some milliseconds."""

_PATIENCE = 30.0
"""Seconds that a run waits for a scheduler or for workers that are gone; Dask's nannies start one anew in two."""

_COUNT = 5.0
"""Seconds after which the workers are counted again."""

_LARGEST_GREETING = 2**20

_OTHER = gettext_noop("what is there does not answer as one")

_EXAMPLE = "fangtan index FOLDER --on tcp://HOST:8786"


def check(address: str) -> None:
    """Raise `UsageError` if there cannot be a scheduler at an address, `ClusterError` if nothing answers there."""
    host, port = _host_and_port(address)
    if find_spec("distributed") is None:
        raise UsageError(_("--on needs Dask, which is not installed."), "pip install 'fangtan[dask]'")
    try:
        with socket.create_connection((host, port), _CONNECT) as connection:
            if address.startswith("tcp:") and not _speaks_dask(connection):
                raise _unreachable(address, _(_OTHER))
    except OSError as error:
        raise _unreachable(address, system_reason(error) if error.strerror else _("it does not answer")) from error


def connect(address: str) -> "DaskCluster":
    """Return the workers at the address of a scheduler, tcp://HOST:PORT or tls://HOST:PORT.

    Raises `UsageError` as `check` does, `ClusterError` if there are no workers, or if they are of another version.
    """
    check(address)
    cluster = DaskCluster(_client(address), address)
    try:
        cluster.check_workers()
    except BaseException:
        cluster.close()
        raise
    return cluster


def _host_and_port(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if parts.scheme not in ("tcp", "tls") or not host or not port or parts.path.strip("/"):
        raise UsageError(
            _("--on {address} is not the address of a Dask scheduler.").format(address=address),
            _("Write it so: {example}").format(example=_EXAMPLE),
        )
    return host, port


def _speaks_dask(connection: socket.socket) -> bool:
    """Tell whether a server begins as Dask's do: with the length of a message, 8 bytes, and the message.

    Its client waits without end for one that says something else.
    """
    try:
        return 0 < int.from_bytes(connection.recv(8, socket.MSG_WAITALL), "little") < _LARGEST_GREETING
    except TimeoutError:
        return False


def _unreachable(address: str, reason: str) -> ClusterError:
    return ClusterError(
        _("There is no Dask scheduler at {address}: {reason}.").format(address=address, reason=reason),
        _("Start it there (dask scheduler), or leave --on out."),
    )


def _client(address: str) -> "Client":
    """Connect to a scheduler; TLS is set up as in every program of Dask (distributed.comm.tls)."""
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # importing it sets their levels
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is raised
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # other versions are told below
            return Client(address, timeout=_CONNECT, set_as_default=False, name="fangtan")
    except (OSError, TimeoutError) as error:
        raise _unreachable(address, _(_OTHER)) from error
    except (TypeError, ValueError) as error:  # tls:// without certificates
        raise ClusterError(
            _("The scheduler at {address} cannot be spoken to: {reason}").format(
                address=address, reason=str(error).splitlines()[0]
            ),
            _("Name the certificates: DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT and …__CLIENT__KEY"),
        ) from error


@dataclass(slots=True)
class _ClusterTask(Generic[T]):
    """A task that is on the cluster."""

    future: "Future[T]"
    cluster: "DaskCluster"

    def done(self) -> bool:
        return bool(self.future.done())

    def result(self, timeout: float | None = None) -> T:
        from distributed import KilledWorker
        from distributed.comm import CommClosedError

        try:
            found: T = self.future.result(timeout)
        except TimeoutError:
            if not self.future.done() and self.cluster.is_lost():
                self.future.cancel()
                raise LostWorkerError from None
            raise
        except KilledWorker as error:
            raise DeadlyTaskError from error
        except (CancelledError, CommClosedError) as error:
            raise LostWorkerError from error
        return found


class DaskCluster:
    """The workers of a scheduler, on certain `hosts` if there are any: a worker that starts anew has another port."""

    least = 0

    def __init__(self, client: "Client", address: str, hosts: frozenset[str] = frozenset()) -> None:
        self._client, self._address, self._hosts = client, address, hosts
        self._threads, self._counted = 0, 0.0
        self._seen = time.monotonic()

    def check_workers(self) -> None:
        """Raise `ClusterError` if there are no workers, or some that would make other documents."""
        if not self.count:
            raise ClusterError(
                _("The Dask scheduler at {address} has no workers.").format(address=self._address),
                _("Start one on each machine: {command}").format(
                    command=f"dask worker {self._address} --nthreads 1 --nworkers CORES"
                ),
            )
        worker_software.check(self._client)

    @property
    def count(self) -> int:
        """The threads of the workers."""
        now = time.monotonic()
        if now - self._counted > _COUNT:
            self._counted, self._threads = now, self._count()
            self._seen = now if self._threads else self._seen
        return self._threads

    def is_ready(self) -> bool:
        """Tell whether there are workers."""
        return self.count > 0

    def is_lost(self) -> bool:
        """Tell whether there have been no workers, or no scheduler, for so long that none is waited for."""
        return not self.count and time.monotonic() - self._seen > _PATIENCE

    def ask(self, function: Callable[..., T], *arguments: object) -> dict[str, T | Exception]:
        """Call a function on each worker; return what it returns, or raises, by the workers' addresses."""
        answers: dict[str, T | Exception] = self._client.run(
            _speak, messages.language(), function, *arguments, on_error="return"
        )
        return answers

    def on(self, addresses: Collection[str]) -> "DaskCluster":
        """Return the workers on the machines of some of them."""
        return DaskCluster(self._client, self._address, frozenset(str(urlsplit(one).hostname) for one in addresses))

    def share(self, value: object) -> object:
        """Hand a value over as a task whose result is the value: the scheduler has it made again if it is lost."""
        return self._submitted(_itself, pickle.dumps(value))

    def submit(self, function: Callable[..., T], *arguments: object) -> _ClusterTask[T]:
        """Hand a task over; raise `LostWorkerError` if the scheduler is gone."""
        from distributed import Future

        sent = (one if isinstance(one, Future) else pickle.dumps(one) for one in arguments)
        return _ClusterTask(self._submitted(_call, messages.language(), function, *sent, name=function.__name__), self)

    def close(self) -> None:
        """Leave the cluster, which forgets what it was to do for this run."""
        with suppress(Exception):  # whatever state it is in
            self._client.close(timeout=2)

    def _count(self) -> int:
        """Return the number of threads of the workers, 0 if the scheduler is gone."""
        if self._client.status != "running":
            return 0
        try:
            workers = self._client.scheduler_info()["workers"].values()
            return sum(one["nthreads"] for one in workers if not self._hosts or one["host"] in self._hosts)
        except (OSError, TimeoutError, CancelledError):
            return 0

    def _submitted(self, function: Callable[..., Any], *arguments: object, name: str = "share") -> "Future[Any]":
        key = f"fangtan_{name}-{uuid4().hex}"
        try:
            with _no_warnings():
                return self._client.submit(function, *arguments, key=key, pure=False, workers=[*self._hosts] or None)
        except Exception as error:
            if self._client.status == "running":
                raise
            raise LostWorkerError from error


def _itself(pickled: bytes) -> bytes:
    """Return a value: the task by which it is sent to workers."""
    return pickled


def _call(language: Language, function: Callable[..., T], *pickled: bytes) -> T:
    """Call a function in a worker, with arguments that the scheduler did not have to build."""
    return _speak(language, function, *map(pickle.loads, pickled))


def _speak(language: Language, function: Callable[..., T], *arguments: object) -> T:
    """Call a function in a worker, in the language of the run."""
    if language != messages.language():
        messages.use(language)
    return function(*arguments)


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Ignore that an interview is larger than tasks usually are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
