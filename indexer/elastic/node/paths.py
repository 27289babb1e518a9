"""The folders of the embedded node: what may be fetched again, and what must be kept."""

from dataclasses import dataclass
from pathlib import Path

from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Places:
    """`cache`: jars, remade when deleted. `node`: the data, the logs and who is running."""

    cache: Path
    node: Path

    @property
    def data(self) -> Path:
        """Elasticsearch's own data folder."""
        return self.node / "data"

    @property
    def log(self) -> Path:
        """Elasticsearch's log; the one before it lies beside it."""
        return self.node / "logs" / "node.log"

    @property
    def console(self) -> Path:
        """What the process itself last printed: the JVM's last words, a traceback."""
        return self.node / "logs" / "console.log"

    @property
    def state(self) -> Path:
        """Who runs the node, and where it answers (`state.py`)."""
        return self.node / "node.json"

    @property
    def start_lock(self) -> Path:
        """Held while somebody starts or stops the node."""
        return self.node / "start.lock"

    @property
    def stop_request(self) -> Path:
        """Asks the node to close where no signal can (Windows)."""
        return self.node / "stop"


def places(settings: Settings) -> Places:
    """Return the folders of this user: `FANGTAN_NODE_DATA`, else those the platform keeps for applications."""
    from platformdirs import user_cache_path, user_data_path

    node = settings.node_data if settings.node_data != Path() else user_data_path("fangtan", appauthor=False) / "node"
    # one name a folder, whatever links lead there: a node's process is told by it
    return Places(cache=user_cache_path("fangtan", appauthor=False), node=node.expanduser().resolve())
