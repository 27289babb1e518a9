"""The one place that chooses who works for a run."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

from indexer.executors import dask_cluster, loky_pool
from indexer.executors.executor import Executor, NoWorkers
from indexer.settings import Settings


@contextmanager
def opened(on: str, settings: Settings) -> Iterator[Executor]:
    """Yield the executor of a run: a Dask cluster at the address `on`, or else as many processes as the settings say.

    Raises `UsageError` for an address that is none, `ClusterError` for a cluster that cannot be used.
    """
    with closing(dask_cluster.connect(on) if on else _processes(settings)) as executor:
        yield executor


@contextmanager
def cluster(on: str) -> Iterator[Executor]:
    """Yield a Dask cluster at the address `on`, or else the executor of a run that is alone."""
    with closing(dask_cluster.connect(on) if on else NoWorkers()) as executor:
        yield executor


def _processes(settings: Settings) -> Executor:
    """Return the worker processes of this machine."""
    count = loky_pool.default_count() if settings.workers is None else settings.workers
    return loky_pool.LokyPool(count) if count else NoWorkers()
