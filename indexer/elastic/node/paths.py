"""The folders and files of the embedded node."""

import re
from dataclasses import dataclass
from pathlib import Path

from indexer.settings import Settings, user_folder

_MEMBER = re.compile(r"node-([2-9])")


@dataclass(frozen=True, slots=True)
class NodePaths:
    """`cache` has the jars, which are fetched again if deleted; `node` has the data, the logs and the state file.

    Of several nodes, the first (`number` 1) is where a single one is, and the others lie in its folder.
    """

    cache: Path
    node: Path
    number: int = 1

    @property
    def first(self) -> Path:
        """The folder of the first node, which has what all of them share."""
        return self.node if self.number == 1 else self.node.parent

    def member(self, number: int) -> "NodePaths":
        """Return the folders of another node of the same cluster, which may not exist."""
        node = self.first if number == 1 else self.first / f"node-{number}"
        return NodePaths(self.cache, node, number)

    def members(self) -> tuple["NodePaths", ...]:
        """Return the folders of all nodes by number, of a single one itself alone; costs one look at the folder."""
        try:
            found = [_MEMBER.fullmatch(one.name) for one in self.first.iterdir()]
        except OSError:
            found = []
        numbers = sorted(int(one[1]) for one in found if one)
        return tuple(self.member(number) for number in (1, *numbers))

    @property
    def data(self) -> Path:
        """Elasticsearch's data folder."""
        return self.node / "data"

    def set_aside(self, stamp: str) -> Path:
        """Return where a reset puts the data of the node."""
        return self.node / f"data-{stamp}"

    @property
    def snapshots(self) -> Path:
        """The only folder that Elasticsearch writes snapshots to and reads them from: no program may name another."""
        return self.first / "snapshots"

    @property
    def log(self) -> Path:
        """Elasticsearch's log; the rotated one is beside it."""
        return self.node / "logs" / "node.log"

    @property
    def console(self) -> Path:
        """The output of the process itself: messages of the JVM, a traceback."""
        return self.node / "logs" / "console.log"

    @property
    def state(self) -> Path:
        """The state file: process and port of the node (`state.py`)."""
        return self.node / "node.json"

    @property
    def token(self) -> Path:
        """The token that requests need, if there is one (`token.py`)."""
        return self.first / "token"

    @property
    def start_lock(self) -> Path:
        """The lock held while nodes are started or stopped."""
        return self.first / "start.lock"

    @property
    def stop_request(self) -> Path:
        """The file that requests a stop on Windows, where signals do not reach the node."""
        return self.node / "stop"


def node_paths(settings: Settings) -> NodePaths:
    """Return the folders of this user: `FANGTAN_NODE_DATA`, or else the platform's folders for applications."""
    from platformdirs import user_cache_path

    node = settings.node_data if settings.node_data != Path() else user_folder() / "node"
    # resolved: a node's process is identified by the path of its folder
    return NodePaths(cache=user_cache_path("fangtan", appauthor=False), node=node.expanduser().resolve())
