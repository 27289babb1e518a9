"""The page of `fangtan node status`: the embedded node, or each of several; memory, disk, indices and their shards."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.elastic.node.member import name
from indexer.elastic.node.state import State
from indexer.elastic.server_info import ClusterInfo, DiskUsage, IndexSize, ServerInfo
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext
from search_cli.rendering.terminal.humanize import count, size, span
from search_cli.rendering.terminal.styles import padded

_LABEL = 14

NONE = gettext_noop("does not run")
"""What is said of a node without a process."""

NUMBERED = "node "
"""What `ServerInfo.addresses` has, with its number, for a node without an address."""


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
        about = _("{version}, embedded, {number} nodes, {health}").format(
            version=status.info.version, number=len(status.nodes), health=_health(status.cluster)
        )
        yield labelled("Elasticsearch", about)
        yield _serves(status)
        for number, state in status.nodes.items():
            yield labelled(node_label(number), _member(number, state, status.cluster))
    disk = _("{used} in {folder}, {free} free")
    yield labelled(_("Disk"), disk.format(used=size(status.disk.used), folder=status.data, free=size(status.disk.free)))
    label = _("Indices")
    for index in status.disk.indices:
        yield labelled(label, _index(index, status.cluster))
        label = ""
    if not status.disk.indices:
        yield labelled(label, _("none yet: fangtan index PATH"))


def _single(status: NodeStatus) -> Iterator[str]:
    """Yield what is said of the only node."""
    info, state = status.info, status.nodes[1]
    pid, heap = (state.pid, state.heap) if state else (0, "")
    about = _("{version}, embedded, {url}, process {pid}, up {span}")
    yield labelled("Elasticsearch", about.format(version=info.version, url=info.url, pid=pid, span=span(info.uptime)))
    yield _serves(status)
    used = _percent(info.heap_used, info.heap_size)
    yield labelled(_("Heap"), _("{heap}, {share} used").format(heap=heap, share=used))


def _serves(status: NodeStatus) -> str:
    """Say who is served."""
    owners = _("who has the token (fangtan node status --header), no web page")
    return labelled(_("Serves"), owners if status.token else _("every program on this machine, no web page"))


def _member(number: int, state: State | None, cluster: ClusterInfo) -> str:
    """Describe one of several nodes: its address, process 71, up 2 h, heap 256m, 40 % used, 3 shards, master."""
    if state is None:
        return _(NONE)
    about = cluster.nodes.get(name(number))
    if about is None:
        return _("{url}, process {pid}, not in the cluster").format(url=state.url, pid=state.pid)
    shards = sum(copies.count(name(number)) for each in cluster.shards.values() for copies in each)
    told = _("{url}, process {pid}, up {span}, heap {heap}, {share} used, {shards}")
    if about.master:
        told = _("{url}, process {pid}, up {span}, heap {heap}, {share} used, {shards}, master")
    return told.format(
        url=state.url,
        pid=state.pid,
        span=span(about.uptime),
        heap=state.heap,
        share=_percent(about.heap_used, about.heap_size),
        shards=count(shards, "shard"),
    )


def _health(cluster: ClusterInfo) -> str:
    """Describe the health of a cluster."""
    if cluster.lost:
        lost = _("{health}: {shards} on nodes that do not run")
        return lost.format(health=cluster.health, shards=count(cluster.lost, "shard"))
    if cluster.missing:
        return ngettext(
            "{health}: {number} copy of a shard is missing",
            "{health}: {number} copies of shards are missing",
            cluster.missing,
        ).format(health=cluster.health, number=cluster.missing)
    return _("{health}: every shard is there").format(health=cluster.health)


def _index(index: IndexSize, cluster: ClusterInfo | None) -> str:
    """Describe an index: fangtan-turns  96 documents, 1.1 MB, on nodes 1+2."""
    shards = _shards(cluster.shards.get(index.name, ())) if cluster else ""
    told = _("{index}  {documents}, {size}, on nodes {nodes}") if shards else _("{index}  {documents}, {size}")
    return told.format(
        index=index.name, documents=count(index.documents, "document"), size=size(index.size), nodes=shards
    )


def _shards(shards: Sequence[Sequence[str]]) -> str:
    """Say on which nodes the shards of an index are: 1+2, 2+3, 3+1, that of the primary first."""
    numbers = (("–" if not node else node.rpartition("-")[2] for node in copies) for copies in shards)
    return _(", ").join("+".join(each) for each in numbers)


def _percent(part: int, whole: int) -> str:
    return f"{round(100 * part / whole)} %"


def node_label(number: int) -> str:
    """Return the label of one of several nodes."""
    return _("Node {number}").format(number=number)


def labelled(label: str, text: str) -> str:
    """Return a line of the page."""
    return f"{padded(label, _LABEL)} {text}"
