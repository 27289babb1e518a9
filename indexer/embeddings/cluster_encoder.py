"""Make vectors on the workers of a cluster that have the model: on those with a GPU, if there are any.

A worker finds the model as this machine does, by its own FANGTAN_MODEL and in its own cache; it is the same if its
digest is. What no worker can do is done here.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.embeddings.embedding_model import Model
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.model_files import find_model
from indexer.errors import LoadingError, ModelError
from indexer.executors.dask_cluster import DaskCluster
from indexer.executors.executor import DeadlyTaskError, Executor, LostWorkerError, Pending, wait_for
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.embeddings.encoder import Vectors

_CPU = "CPU"


def choose_encoder(model: Model, executor: Executor, on_wait: Callable[[], None]) -> "Encoder | ClusterEncoder":
    """Return the encoder of a run: on a cluster if it has one, otherwise in this process.

    Raises `ModelError` if no worker of a cluster has the model.
    """
    return ClusterEncoder(model, executor, on_wait) if isinstance(executor, DaskCluster) else Encoder(model)


class ClusterEncoder:
    """Makes vectors as `Encoder` does, by the workers of a cluster that have the model."""

    def __init__(self, model: Model, cluster: DaskCluster, on_wait: Callable[[], None]) -> None:
        self.model, self._on_wait = model, on_wait
        devices = _devices(model, cluster)
        self.device = next((device for device in devices.values() if device != _CPU), _CPU)
        self._cluster = cluster.on({address for address, device in devices.items() if device == self.device})

    @property
    def ahead(self) -> int:
        """The number of lists of texts that are embedded at a time, or wait for it."""
        return 2 * self._cluster.count + 1

    def query(self, text: str) -> "Vectors":
        """Return the vector of a question, (dimensions,)."""
        try:
            return wait_for(self._cluster.submit(_query, self.model.digest, text), self._on_wait)
        except LostWorkerError:
            return self._here.query(text)

    def each(self, lists: Iterable[Sequence[str]]) -> "Iterator[Vectors]":
        """Yield the vectors of lists of texts, (n, dimensions) each; workers make those ahead meanwhile."""
        row: deque[tuple[Sequence[str], Pending[Vectors] | None]] = deque()
        for texts in lists:
            row.append((texts, self._begin(texts)))
            if len(row) >= self.ahead:
                yield self._result(*row.popleft())
        while row:
            yield self._result(*row.popleft())

    @cached_property
    def _here(self) -> Encoder:
        return Encoder(self.model)

    def _begin(self, texts: Sequence[str]) -> "Pending[Vectors] | None":
        try:
            return self._cluster.submit(_documents, self.model.digest, texts)
        except LostWorkerError:
            return None

    def _result(self, texts: Sequence[str], pending: "Pending[Vectors] | None") -> "Vectors":
        try:
            return wait_for(pending, self._on_wait) if pending else self._here.documents(texts)
        except LostWorkerError:
            return self._here.documents(texts)
        except DeadlyTaskError as error:
            raise LoadingError(
                _("Several workers ended while they embedded the same texts."),
                _("Run the same command again with workers that have more memory, or without --on."),
            ) from error


def _devices(model: Model, cluster: DaskCluster) -> dict[str, str]:
    """Return the device of each worker that has the model; raise `ModelError` if there is none."""
    found = cluster.ask(_device, model.digest)
    devices = {address: answer for address, answer in found.items() if isinstance(answer, str)}
    if not devices:
        address, error = next(iter(found.items()))
        told = _("No worker of the Dask cluster can embed: {address}: {reason}")
        raise ModelError(
            told.format(address=address, reason=error),
            sentences(
                _("On one of their machines: pip install 'fangtan[meaning]', and FANGTAN_MODEL as here."),
                _("Or leave --on out."),
            ),
        )
    return devices


def _device(digest: str) -> str:
    """Return the device on which this worker runs a model."""
    return _encoder(digest).device


def _documents(digest: str, texts: Sequence[str]) -> "Vectors":
    return _encoder(digest).documents(texts)


def _query(digest: str, text: str) -> "Vectors":
    return _encoder(digest).query(text)


@lru_cache(maxsize=1)
def _encoder(digest: str) -> Encoder:
    """Return the encoder of a worker; raise `ModelError` if its model is another."""
    model = find_model(Settings(model=Path(os.environ.get("FANGTAN_MODEL", ""))))
    if model.digest != digest:
        raise ModelError(_("Its model is another one, {model}.").format(model=model.name))
    return Encoder(model)
