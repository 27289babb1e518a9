"""Change the number of nodes: from one to three, and back to one.

The second and the third begin empty. Elasticsearch copies shards to them by itself (`FANGTAN_REPLICAS`), and new
indices have theirs on all three. On the way back, the first node must have a copy of every shard before the others are
stopped: no shard may stay on them that it can hold, and they no longer vote. Their folders are removed when the first
one runs alone, with everything.
"""

import shutil
import time
from typing import TYPE_CHECKING, cast

from indexer.elastic.connection import connect, map_errors
from indexer.elastic.node import manager
from indexer.elastic.node.launcher import WaitCallback
from indexer.elastic.node.member import NODES, name
from indexer.elastic.node.paths import NodePaths, node_paths
from indexer.elastic.node.state import State
from indexer.errors import NodeError
from indexer.language.messages import gettext as _
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# Seconds for shards to move: a gigabyte takes some ten, as Elasticsearch copies at most 40 MB a second by default.
_MOVE, _POLL = 600, 0.5

_LARGEST_PORT = 65535

_EXCLUDE = "cluster.routing.allocation.exclude._name"


def resize(settings: Settings, nodes: int, on_wait: WaitCallback = manager.ignore) -> tuple[State, ...]:
    """Return the running nodes, 1 or `NODES` of them; none is missing. Raises `NodeError`."""
    paths = node_paths(settings)
    if nodes < len(paths.members()):
        return _shrink(settings, paths, on_wait)
    if nodes > len(paths.members()):
        _check_ports(settings)
        _add(paths, on_wait)
    running = manager.start_all(settings, on_wait, whole=True)
    if nodes > 1:
        with connect(settings) as client, map_errors(settings):
            _release(client)  # of a way back that was interrupted
    return running


def _check_ports(settings: Settings) -> None:
    """Raise `NodeError` if there are not enough ports after `FANGTAN_NODE_PORT`."""
    if settings.node_port > _LARGEST_PORT + 1 - NODES:
        raise NodeError(
            _("{nodes} nodes need the ports from FANGTAN_NODE_PORT={port} on; the last is 65535.").format(
                nodes=NODES, port=settings.node_port
            ),
            _("Set FANGTAN_NODE_PORT to a lower one, or remove it to use the next free ones from 9200 on."),
        )


def _add(paths: NodePaths, on_wait: WaitCallback) -> None:
    """Make the folders of the second and third node, and stop the first: it reads who it is when it starts."""
    with manager.locked(paths, on_wait):
        manager.close((paths,))
        for number in range(2, NODES + 1):
            paths.member(number).node.mkdir(mode=0o700, exist_ok=True)


def _shrink(settings: Settings, paths: NodePaths, on_wait: WaitCallback) -> tuple[State, ...]:
    """Move everything to the first node, stop the others and remove their folders."""
    manager.start_all(settings, on_wait, whole=True)
    others = paths.members()[1:]
    on_wait(_("Moving the indices to one node"), "")
    with connect(settings) as client, map_errors(settings):
        _gather(client, [name(one.number) for one in others])
    with manager.locked(paths, on_wait):
        manager.close(paths.members())
        stamp = time.strftime("%Y%m%d-%H%M%S")
        set_aside = [one.node.rename(one.node.with_name(f"{one.node.name}-{stamp}")) for one in others]
        alone = manager.launch(paths, settings, on_wait)
    with connect(settings) as client, map_errors(settings):
        _release(client)
        if client.cluster.health(wait_for_status="yellow", timeout="30s")["status"] == "red":
            folders = _(" and ").join(str(one) for one in set_aside)
            raise NodeError(
                _("Not all indices can be opened; the other nodes' folders are kept: {folders}").format(
                    folders=folders
                ),
                "fangtan node status --check",
            )
    for one in set_aside:
        shutil.rmtree(one)
    return alone


def _gather(client: "Elasticsearch", others: list[str]) -> None:
    """Wait until the first node has a copy of every shard, and votes alone; else undo it and raise `NodeError`."""
    client.cluster.put_settings(persistent={_EXCLUDE: ",".join(others)})
    try:
        _await_copies(client)
        client.cluster.post_voting_config_exclusions(node_names=others, timeout="30s")
    except BaseException:
        _release(client)
        raise


def _await_copies(client: "Elasticsearch") -> None:
    """Wait until every shard has a copy on the first node that is as good as any other."""
    deadline = time.monotonic() + _MOVE
    while lacking := _lacking(client):
        if time.monotonic() > deadline:
            raise NodeError(
                _("Not all shards could be moved to one node within {minutes} minutes: {shards}.").format(
                    minutes=_MOVE // 60, shards=_(", ").join(lacking[:3])
                ),
                _("Look whether its disk is full: fangtan node status"),
            )
        time.sleep(_POLL)


def _lacking(client: "Elasticsearch") -> list[str]:
    """Return the shards of which the first node has no started copy."""
    asked = client.cat.shards(format="json", h="index,shard,node,state")
    copies = cast("list[dict[str, str]]", asked.body)
    here = {(one["index"], one["shard"]) for one in copies if one["node"] == name(1) and one["state"] == "STARTED"}
    return sorted({f"{one['index']} {one['shard']}" for one in copies if (one["index"], one["shard"]) not in here})


def _release(client: "Elasticsearch") -> None:
    """Let shards go, and nodes vote, wherever there are nodes."""
    client.cluster.put_settings(persistent={_EXCLUDE: None})
    client.cluster.delete_voting_config_exclusions(wait_for_removal=False)
