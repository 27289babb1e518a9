"""The page of `fangtan node status`: the embedded node, or each of several; memory, disk, indices and their shards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.elastic.node.member import name
from indexer.elastic.node.state import State
from indexer.elastic.server_info import ClusterInfo, DiskUsage, ServerInfo
from search_cli.rendering.terminal.humanize import count, size, span

_LABEL = 14

NONE = "does not run"
"""What is said of a node without a process."""


@dataclass(frozen=True, slots=True)
class NodeStatus:
    """What is known of the embedded nodes that run; `data` is where their indices lie.

    `nodes` has the state of each by number, None of one that does not run; `cluster` is None for a single one.
    """

    nodes: Mapping[int, State | None]
    info: ServerInfo
    disk: DiskUsage
    data: str
    token: bool
    cluster: ClusterInfo | None = None


def node_status_lines(status: NodeStatus) -> Iterator[str]:
    """Yield the lines of `fangtan node status`."""
    if status.cluster is None:
        yield from _single(status)
    else:
        said = _health(status.cluster)
        yield _line("Elasticsearch", f"{status.info.version}, embedded, {len(status.nodes)} nodes, {said}")
        yield _serves(status)
        for number, state in status.nodes.items():
            yield _line(f"Node {number}", _member(number, state, status.cluster))
    yield _line("Disk", f"{size(status.disk.used)} in {status.data}, {size(status.disk.free)} free")
    label = "Indices"
    for index in status.disk.indices:
        shards = _shards(status.cluster.shards.get(index.name, ())) if status.cluster else ""
        yield _line(label, f"{index.name}  {count(index.documents, 'document')}, {size(index.size)}{shards}")
        label = ""
    if not status.disk.indices:
        yield _line(label, "none yet: fangtan index PATH")


def _single(status: NodeStatus) -> Iterator[str]:
    """Yield what is said of the only node."""
    info, state = status.info, status.nodes[1]
    pid, heap = (state.pid, state.heap) if state else (0, "")
    yield _line("Elasticsearch", f"{info.version}, embedded, {info.url}, process {pid}, up {span(info.uptime)}")
    yield _serves(status)
    yield _line("Heap", f"{heap}, {_percent(info.heap_used, info.heap_size)} used")


def _serves(status: NodeStatus) -> str:
    """Say who is served."""
    who = "who has the token (fangtan node status --header)" if status.token else "every program on this machine"
    return _line("Serves", f"{who}, no web page")


def _member(number: int, state: State | None, cluster: ClusterInfo) -> str:
    """Describe one of several nodes: its address, process 71, up 2 h, heap 256m, 40 % used, 3 shards, master."""
    if state is None:
        return NONE
    about = cluster.nodes.get(name(number))
    if about is None:
        return f"{state.url}, process {state.pid}, not in the cluster"
    shards = sum(copies.count(name(number)) for each in cluster.shards.values() for copies in each)
    heap = f"heap {state.heap}, {_percent(about.heap_used, about.heap_size)} used"
    parts = [state.url, f"process {state.pid}", f"up {span(about.uptime)}", heap, count(shards, "shard")]
    return ", ".join([*parts, "master"] if about.master else parts)


def _health(cluster: ClusterInfo) -> str:
    """Describe the health of a cluster."""
    if cluster.lost:
        return f"{cluster.health}: {count(cluster.lost, 'shard')} on nodes that do not run"
    if cluster.missing:
        copies = "copy of a shard is" if cluster.missing == 1 else "copies of shards are"
        return f"{cluster.health}: {cluster.missing} {copies} missing"
    return f"{cluster.health}: every shard is there"


def _shards(shards: Sequence[Sequence[str]]) -> str:
    """Describe where the shards of an index are: on nodes 1+2, 2+3, 3+1, that of the primary first."""
    numbers = (("–" if not node else node.rpartition("-")[2] for node in copies) for copies in shards)
    return f", on nodes {', '.join('+'.join(each) for each in numbers)}" if shards else ""


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %"


def _line(label: str, text: str) -> str:
    return f"{label:<{_LABEL}} {text}"
