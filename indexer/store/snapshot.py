"""Snapshots of the indices of an archive, by Elasticsearch itself, in a repository that is there for one run.

A repository is a folder below `path.repo`. In it, only what changed since the snapshot before is written: its files
never change, they come and go.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import ElasticError, LoadingError, NodeError
from indexer.language.messages import gettext as _
from indexer.settings import Settings
from indexer.store import index_template
from indexer.store.mapping import KINDS, Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_POLL = 0.2
_SETTLED = 10
"""Polls without any work under way after which a shard that is not there will not come: 2 seconds."""

_FOREIGN = "path.repo"
"""In the error for a folder that Elasticsearch may not use: it was started before it had one for snapshots."""


@contextmanager
def repository(client: "Elasticsearch", folder: Path, *, readonly: bool = False) -> Iterator[str]:
    """Register a folder as a repository for a while; yield its name."""
    from elasticsearch import ApiError, TransportError

    settings = {"location": str(folder), "readonly": readonly}
    try:
        client.snapshot.create_repository(
            name=folder.name, repository={"type": "fs", "settings": settings}, verify=False
        )
    except ApiError as error:
        if _FOREIGN in str(error.body):
            raise NodeError(
                _("Elasticsearch was started before it had a folder for snapshots."),
                _("Stop it, then run the same command again: fangtan node stop"),
            ) from error
        raise
    try:
        yield folder.name
    finally:
        with suppress(TransportError, ElasticError):
            _unregister(client, folder.name)


def _unregister(client: "Elasticsearch", repository: str) -> None:
    """Delete a repository; for a moment after a restore, it is still in use."""
    from elasticsearch import ApiError

    for _attempt in range(_SETTLED):
        with suppress(ApiError):
            client.options(max_retries=0).snapshot.delete_repository(name=repository)
            return
        time.sleep(_POLL)


def take(client: "Elasticsearch", repository: str, snapshot: str, names: Names, beat: Callable[[], None]) -> None:
    """Take a snapshot of three indices, then delete those before it; raise `LoadingError` if it is not complete."""
    client.snapshot.create(
        repository=repository,
        snapshot=snapshot,
        indices=list(names.each),
        include_global_state=False,
        wait_for_completion=False,
    )
    while (state := _state(client, repository, snapshot))["state"] == "IN_PROGRESS":
        beat()
        time.sleep(_POLL)
    if state["state"] != "SUCCESS":
        reason = next((str(one.get("reason")) for one in state.get("failures", ())), state["state"])
        raise LoadingError(
            _("The snapshot failed: {reason}.").format(reason=reason),
            _("fangtan node status --check says what is damaged."),
        )
    for one in client.snapshot.get(repository=repository, snapshot="_all")["snapshots"]:
        if one["snapshot"] != snapshot:
            client.snapshot.delete(repository=repository, snapshot=one["snapshot"])


def has_indices(client: "Elasticsearch", repository: str, snapshot: str, names: Names) -> bool:
    """Tell whether a repository has a complete snapshot of three indices."""
    found = client.options(ignore_status=404).snapshot.get(repository=repository, snapshot=snapshot)
    snapshots = found.get("snapshots", ())
    return any(one["state"] == "SUCCESS" and set(names.each) <= set(one["indices"]) for one in snapshots)


def restore(
    client: "Elasticsearch",
    settings: Settings,
    repository: str,
    snapshot: str,
    old: Names,
    stamp: str,
    beat: Callable[[], None],
) -> None:
    """Restore three indices under the names of this archive and `stamp`, with the settings of this cluster.

    An index that cannot be restored remains without its shard: whatever is then asked of it fails.
    """
    index_template.ensure(client, settings)
    here = {key: value for key, value in index_template.index_settings(settings).items() if key != "number_of_shards"}
    client.snapshot.restore(
        repository=repository,
        snapshot=snapshot,
        indices=list(old.each),
        include_global_state=False,
        include_aliases=False,
        rename_pattern=f".+-({'|'.join(KINDS)})-.+",
        rename_replacement=f"{settings.index}-$1-{stamp}",
        index_settings=here,
        ignore_index_settings=["index.blocks.*"],
        wait_for_completion=False,
    )
    idle = 0
    while idle < _SETTLED and (health := _health(client, settings, stamp))["status"] == "red":
        under_way = health["initializing_shards"] or health["number_of_pending_tasks"]
        idle = 0 if under_way else idle + 1
        beat()
        time.sleep(_POLL)


def _state(client: "Elasticsearch", repository: str, snapshot: str) -> dict[str, Any]:
    found: dict[str, Any] = client.snapshot.get(repository=repository, snapshot=snapshot)["snapshots"][0]
    return found


def _health(client: "Elasticsearch", settings: Settings, stamp: str) -> dict[str, Any]:
    found: dict[str, Any] = client.cluster.health(index=f"{settings.index}-*-{stamp}", timeout="1s").body
    return found
