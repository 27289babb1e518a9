"""The folders and files of the embedded node."""

from dataclasses import dataclass
from pathlib import Path

from indexer.settings import Settings, user_folder


@dataclass(frozen=True, slots=True)
class NodePaths:
    """`cache` has the jars, which are fetched again if deleted; `node` has the data, the logs and the state file."""

    cache: Path
    node: Path

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
        return self.node / "snapshots"

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
        return self.node / "token"

    @property
    def start_lock(self) -> Path:
        """The lock held while the node is started or stopped."""
        return self.node / "start.lock"

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
