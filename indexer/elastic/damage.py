"""Say why Elasticsearch cannot answer for an index: damaged files, a node that is away, or a start that is not over.

Asked only after an error (`complete_answers`), so that what works pays nothing for it. Elasticsearch knows which shards
it could not open, and why (`_cluster/allocation/explain`). Damage in the middle of a file it only meets when a search
reads that place, and answers with whatever error follows: then the files of a node on this machine are checked against
the checksums at their ends.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from indexer.errors import DamagedIndexError, ElasticError, IncompleteAnswerError
from indexer.language.messages import gettext as _

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

Kind = Literal["damaged", "failed", "away", "starting"]

_MASTER = "2s"
"""For the master of the cluster to be found: the command has waited for the error already."""

_OPENING = 10
"""Seconds to wait for the shards of an index that is opened."""

_EXPLAINED = 6
"""Shards that are asked about; the reasons of more of them are the same."""

_CORRUPT = re.compile(
    r"corrupt|checksum|codec (?:footer|header)|IndexFormatToo|\bEOF|NoSuchFile|FileNotFound|IndexNotFound|truncated",
    re.IGNORECASE,
)
"""Signs of damaged or missing files in the exceptions of Elasticsearch and Lucene."""

_EXCEPTION = re.compile(r".*\b\w+Exception(?:: |\[)(?P<reason>.+)")
_WHERE = re.compile(r"\s*\((?:resource|source)[ =].*|: ?(?:expected|actual)\b.*|; nested.*|\]+\s*$")
_LONGEST_REASON = 160


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an index; `reason` is Elasticsearch's own, shortened.

    `damaged`: its files are. `failed`: they could not be opened, but may be sound. `away`: they lie on a node that
    does not run.
    """

    index: str
    kind: Kind
    reason: str


def explain(
    client: "Elasticsearch", index: str = "", *, files: bool = True, seconds: float = 10
) -> ElasticError | None:
    """Return the error that says what is wrong with indices (names, aliases, patterns; "" for all), None if nothing is.

    With `files`, all files are read if nothing else is wrong: a second or so a gigabyte. `client` takes any answer; its
    errors are no errors here: then nothing more is known, nor if a question is not answered in `seconds`.
    """
    from elasticsearch import ApiError, TransportError

    patient = client.options(request_timeout=seconds, max_retries=0)
    with suppress(ApiError, TransportError, LookupError, TypeError, AttributeError):  # also answers of another server
        node = _node(patient)
        lost = tuple(_lost(patient, index, node))
        return _error(lost or (tuple(_broken(patient, index, node)) if files else ()), node)
    return None


def open_index(client: "Elasticsearch", index: str) -> None:
    """Open an index that somebody closed, and wait until its shards are there, or will not come."""
    client.indices.open(index=index, wait_for_active_shards="0")
    patient = client.options(ignore_status=408, max_retries=0)  # 408: it is not so within that time
    for _second in range(_OPENING):
        health = patient.cluster.health(index=index, wait_for_status="yellow", timeout="1s")
        if health["status"] != "red" or not (health["initializing_shards"] or health["number_of_pending_tasks"]):
            return


@dataclass(frozen=True, slots=True)
class _Node:
    """The node that answers: whether it is alone for ever, and where its files lie if that is on this machine."""

    alone: bool
    data: Path | None


def _node(client: "Elasticsearch") -> _Node:
    """Ask the node that answers what it is; a user who may not know is told less."""
    from elasticsearch import ApiError

    try:
        nodes = client.nodes.info(node_id="_local", metric="settings", flat_settings=True)["nodes"]
    except ApiError:
        return _Node(alone=False, data=None)
    said: Mapping[str, str] = next(one["settings"] for one in nodes.values()) if nodes else {}
    here = all(node.host in {"127.0.0.1", "localhost", "::1"} for node in client.transport.node_pool.all())
    data = Path(said.get("path.data", "")) if here else Path()
    return _Node(said.get("discovery.type") == "single-node", data if data.is_absolute() else None)


def _lost(client: "Elasticsearch", index: str, node: _Node) -> Iterator[Fault]:
    """Yield the faults of shards that no node has opened."""
    from elasticsearch import ApiError

    try:
        health = client.cluster.health(
            index=index or None, level="shards", timeout="0s", master_timeout=_MASTER, expand_wildcards="all"
        )
    except ApiError as error:
        if error.message == "master_not_discovered_exception":
            yield Fault(index, "away", _("too few of its nodes run to agree on anything"))
        return
    lost = [
        (name, int(shard))
        for name, about in health["indices"].items()
        for shard, one in about["shards"].items()
        if not one["primary_active"]
    ]
    for name, shard in lost[:_EXPLAINED]:
        fault = _fault(name, client.cluster.allocation_explain(index=name, shard=shard, primary=True).body, node)
        if fault.kind == "damaged" and not node.alone and _copies(client, name, shard) > 1:
            reason = _("{reason}; a node that may have a sound copy is away").format(reason=fault.reason)
            fault = Fault(name, "away", reason)
        yield fault


def _copies(client: "Elasticsearch", index: str, shard: int) -> int:
    """Return how many up-to-date copies of a shard there should be, on all nodes; 1 if that is not told."""
    from elasticsearch import AuthorizationException

    try:
        state = client.cluster.state(metric="metadata", index=index, filter_path="**.in_sync_allocations")
    except AuthorizationException:
        return 1
    return len(state["metadata"]["indices"][index]["in_sync_allocations"][str(shard)])


def _fault(index: str, explained: Mapping[str, Any], node: _Node) -> Fault:
    """Return what is wrong with a shard, from Elasticsearch's explanation."""
    can, why = explained.get("can_allocate"), explained.get("unassigned_info", {})
    stores = [one.get("store", {}) for one in explained.get("node_allocation_decisions", ())]
    texts = [str(store["store_exception"].get("reason", "")) for store in stores if "store_exception" in store]
    texts += [str(why.get("details", ""))] if why.get("details") else []
    broken = next((text for text in texts if _CORRUPT.search(text)), "")
    if broken:
        return Fault(index, "damaged", _short(broken))
    if can == "allocation_delayed" or (can == "no_valid_shard_copy" and not node.alone):
        return Fault(index, "away", _("a node that has its files is away"))
    if can == "no_valid_shard_copy":
        return Fault(index, "damaged", _("its files are gone"))
    if why.get("reason") == "ALLOCATION_FAILED" or texts:
        return Fault(index, "failed", _short(texts[0]) if texts else _("its files could not be opened"))
    return Fault(index, "starting", _("its files are still being opened"))


def _short(text: str) -> str:
    """Return what the innermost exception of a Java stack trace says, or the last of those in brackets."""
    last = [line for line in text.splitlines() if line.strip() and not line.startswith("\t")][-1]
    found = _EXCEPTION.match(last)
    reason = _WHERE.sub("", found["reason"] if found else last).strip(" :.")
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[:_LONGEST_REASON]}…"


def _broken(client: "Elasticsearch", index: str, node: _Node) -> Iterator[Fault]:
    """Yield the faults of indices whose files do not have the checksum that they end with."""
    if node.data is None or not node.data.is_dir():
        return
    from indexer.elastic import lucene_files

    uuids = client.indices.get_settings(
        index=index or "*", name="index.uuid", flat_settings=True, expand_wildcards="all", ignore_unavailable=True
    )
    for name, about in uuids.items():
        folder = node.data / "indices" / str(about["settings"]["index.uuid"])
        committed = _committed(client, name)
        if broken := lucene_files.first_broken(folder, committed):
            yield Fault(name, "damaged", _("the checksum of {file} does not match").format(file=broken))


def _committed(client: "Elasticsearch", index: str) -> frozenset[str]:
    """Return the segments of an index that are on disk and complete: others may just be being written."""
    shards = client.indices.segments(index=index)["indices"][index]["shards"].values()
    segments = (one["segments"] for copies in shards for one in copies)
    return frozenset(name for each in segments for name, about in each.items() if about["committed"])


def _error(faults: tuple[Fault, ...], node: _Node) -> ElasticError | None:
    """Return the error for faults: that for damage before that for what passes by itself, which comes before none."""
    for kind in ("away", "starting", "damaged", "failed"):
        found = [fault for fault in faults if fault.kind == kind]
        if not found:
            continue
        names, reason = tuple(dict.fromkeys(fault.index for fault in found)), found[0].reason
        if kind == "damaged":
            return DamagedIndexError(names, reason)
        listed = ", ".join(filter(None, names))
        text = _("{reason} ({indices})").format(reason=reason, indices=listed) if listed else reason
        return IncompleteAnswerError(text, _step(kind, node))
    return None


def _step(kind: Kind, node: _Node) -> str:
    """Return what to do about a fault that is no damage."""
    if kind == "starting":
        return _("Try again in a moment.")
    if kind == "failed" and node.alone:
        return _("Start it again, then run the same command: fangtan node stop")
    if kind == "failed":
        return _("Let it try again: POST /_cluster/reroute?retry_failed=true")
    return _("Start that node again, or wait until it is back: nothing is lost, and there is nothing to rebuild.")
