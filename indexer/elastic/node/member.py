"""A node of a cluster on this machine: how it finds the others, and its part of the memory.

All nodes belong to one user, and listen on the loopback address alone. The first forms a cluster where there is none
yet, and the others join it; from then on all of them know each other from their data, and where to look from their
arguments.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from indexer.elastic.node import state
from indexer.elastic.node.paths import NodePaths
from indexer.errors import NodeError
from indexer.language.messages import gettext as _

NODES = 3
"""The size of a cluster: the smallest in which the rest is a majority, and goes on, when one node is lost."""

# Not from 9300 to 9400, where other nodes of Elasticsearch begin, and single ones take a port for a moment.
_FIRST_PORT, _LAST_PORT = 9500, 9600

_FLOOR = 256
"""Megabytes of heap that each node has at least: three held the archive of the samples with less than half of it."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a node of several is told: its port for the others, theirs, and whether it forms the cluster."""

    transport: int
    others: tuple[int, ...]
    first: bool

    @classmethod
    def parse(cls, words: Sequence[str]) -> "Member":
        """Return what `words` says."""
        transport, others, first = words
        return cls(int(transport), tuple(int(port) for port in others.split(",")), first == "first")

    def words(self) -> tuple[str, ...]:
        """Return the arguments of the node's process."""
        return str(self.transport), ",".join(map(str, self.others)), "first" if self.first else "later"

    def settings(self, number: int) -> dict[str, str]:
        """Return the settings by which the node with this number finds the others."""
        first = {"cluster.initial_master_nodes": name(1)} if self.first else {}
        return {
            "node.name": name(number),
            "discovery.type": "multi-node",
            "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in self.others),
            "transport.port": str(self.transport),
            **first,
        }


def name(number: int) -> str:
    """Return the name of a node in its cluster."""
    return f"fangtan-{number}"


def heap(total: str, nodes: int) -> str:
    """Return the heap of each of several nodes: an equal part of the total, as long as that is enough to work."""
    megabytes = int(total[:-1]) * (1024 if total[-1] in "gG" else 1)  # in this form, as the settings check
    return f"{max(megabytes // nodes, _FLOOR)}m"


def to_start(missing: Iterable[NodePaths], members: Sequence[NodePaths], port: int) -> dict[int, Member]:
    """Return what each of the missing nodes is told, by number: the ports of those that run, and free ones.

    `port` is that of the requests to the first, whose successors those of the others have; 0 if it is not known.
    """
    running = {one.number: found.transport for one in members if (found := state.running(one))}
    numbers = [one.number for one in missing]
    ports = running | dict(zip(numbers, _free_ports(len(numbers), range(port, port + len(members))), strict=True))
    forms = not any((one.data / "indices").exists() for one in members)
    return {
        number: Member(
            ports[number],
            tuple(port for other, port in ports.items() if other != number),
            first=forms and number == 1 and not running,
        )
        for number in numbers
    }


def _free_ports(count: int, promised: range) -> list[int]:
    """Return ports of the loopback interface that nobody listens at, nor will."""
    ports = (port for port in range(_FIRST_PORT, _LAST_PORT) if port not in promised)
    found = list(islice(filter(_is_free, ports), count))
    if len(found) < count:
        raise NodeError(
            _("No port from {first} to {last} is free, where the nodes would talk to each other.").format(
                first=_FIRST_PORT, last=_LAST_PORT - 1
            ),
            _("End programs that listen there."),
        )
    return found


def _is_free(port: int) -> bool:
    import socket  # only when nodes are started

    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True
