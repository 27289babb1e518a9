"""What `fangtan node status` asks of the embedded nodes, and says where too few of them run to answer."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.language.messages import gettext as _

if TYPE_CHECKING:
    from indexer.elastic.node.paths import NodePaths
    from indexer.elastic.node.state import State
    from indexer.errors import ElasticError
    from indexer.settings import Settings
    from search_cli.rendering.pages.node_status import NodeStatus


def ask(
    settings: "Settings", paths: "NodePaths", running: "tuple[State, ...]", *, files: bool
) -> "tuple[NodeStatus, ElasticError | None]":
    """Return the status of the nodes, and what is wrong with an index, if anything; with `files`, read them all."""
    from indexer.elastic import damage
    from indexer.elastic.connection import connect, map_errors
    from indexer.elastic.node import state, token
    from indexer.elastic.server_info import cluster_info, disk_usage, server_info
    from search_cli.rendering.pages.node_status import NodeStatus

    members = paths.members()
    with connect(settings) as client, map_errors(settings):
        info, disk = server_info(client, running[0].url, embedded=True), disk_usage(client)
        cluster = cluster_info(client) if len(members) > 1 else None
        damaged = damage.explain(client, files=files)
    for one in running if files and cluster and damaged is None else ():  # each tells of its own files
        alone = replace(settings, url=one.url, api_key=token.read(paths))
        with connect(alone) as client, map_errors(alone):
            damaged = damaged or damage.explain(client, files=True)
    nodes = {one.number: state.running(one) for one in members}
    where = str(paths.node if cluster else paths.data)
    return NodeStatus(nodes, info, disk, where, bool(token.read(paths)), cluster), damaged


def missing_lines(members: "tuple[NodePaths, ...]") -> Iterator[str]:
    """Yield what is said where too few nodes run to answer."""
    from indexer.elastic.node import state
    from search_cli.rendering.pages.node_status import NONE, labelled, node_label

    if len(members) == 1:
        yield _not_running(state.read(members[0]), state.stray(members[0]) is not None)
        return
    yield _("Too few of the {number} nodes of Elasticsearch run to answer:").format(number=len(members))
    for one in members:
        found = state.running(one)
        last = state.read(one)
        said = _(NONE) if found is None else _("process {pid}").format(pid=found.pid)
        if found is None and last is not None and last.phase == "failed":
            said = _("does not run: {reason}").format(reason=last.error.message)
        yield labelled(node_label(one.number), said)
    yield f"{_('Try: ')}fangtan node start"


def _not_running(last: "State | None", stray: bool) -> str:
    """Describe why no node answers."""
    if last is not None and last.phase == "failed":
        failed = _("Elasticsearch does not run: {reason}").format(reason=last.error.message)
        return f"{failed}\n{_('Try: ')}{last.error.next_step}"
    if stray and last is not None and last.phase == "starting":
        return _("Elasticsearch is starting, process {pid}.").format(pid=last.pid)
    if stray:
        return f"{_('Elasticsearch runs, but its port is unknown.')}\n{_('Try: ')}fangtan node stop"
    return f"{_('Elasticsearch does not run.')}\n{_('Try: ')}fangtan node start"
