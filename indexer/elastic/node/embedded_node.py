"""Run an Elasticsearch node in this process, through its own Java classes."""

import json
import time
from http.client import HTTPConnection
from pathlib import Path

from indexer.elastic.node import startup_errors
from indexer.elastic.node.guard import guard
from indexer.elastic.node.home import Home
from indexer.elastic.node.jvm import Java, java
from indexer.elastic.node.member import Member
from indexer.elastic.node.paths import NodePaths
from indexer.elastic.node.root_endpoint import answer_root
from indexer.elastic.node.transport_port import close_transport, guard_transport

# Elasticsearch's usual port, or the next free one.
_FIRST_PORT, _PORTS = 9200, 100

# Seconds to wait for the shards. After a clean stop they are available at once; after a crash of the machine the
# operations since the last commit are replayed.
_RECOVERY = 30

_HEALTH = "/_cluster/health?wait_for_status=yellow&timeout=1s&master_timeout=1s"

# Counts of the cluster's health that are 0 when all shards are open that can be.
_UNDER_WAY = (
    "initializing_shards",
    "number_of_in_flight_fetch",
    "number_of_pending_tasks",
    "delayed_unassigned_shards",
)

# Seconds to wait for running requests when the node is closed, as in Elasticsearch's own bootstrap.
_CLOSE = 10


def settings(home: Home, paths: NodePaths, port: int, member: Member | None = None) -> dict[str, str]:
    """Return the node's settings, as in `elasticsearch.yml`; `port` 0 means 9200 or the next free one.

    `member` says how it finds the other nodes of its cluster, None that it is alone.
    """
    return {
        "path.home": str(home.path),
        "path.data": str(paths.data),
        "path.repo": str(paths.snapshots),
        "path.logs": str(paths.log.parent),
        "cluster.name": "fangtan",
        "node.name": "fangtan",
        "network.host": "127.0.0.1",
        "http.port": str(port) if port else f"{_FIRST_PORT}-{_FIRST_PORT + _PORTS}",
        "discovery.type": "single-node",
        # no Origin is allowed: every request with one is refused, also the preflights, which the guard never sees
        "http.cors.enabled": "true",
        "http.cors.allow-origin": "/^$/",
        # Otherwise Elasticsearch counts garbage as memory in use and refuses every request until the serial collector
        # runs, which happens only on allocation. Counting the memory of the requests themselves is enough.
        "indices.breaker.total.use_real_memory": "false",
        # the defaults are percentages for large disks, and would refuse a laptop with 50 GB free
        "cluster.routing.allocation.disk.watermark.low": "1gb",
        "cluster.routing.allocation.disk.watermark.high": "500mb",
        "cluster.routing.allocation.disk.watermark.flood_stage": "200mb",
        **(member.settings(paths.number) if member else {}),
    }


class Node:
    """A started node."""

    def __init__(self, node: Java, port: int, token: str = "") -> None:
        self._node, self._token = node, token
        self.port = port

    @classmethod
    def start(cls, config: Path, settings: dict[str, str], paths: NodePaths, token: str = "") -> "Node":
        """Start a node in the JVM of this process; raise `NodeError` if it fails.

        With a `token`, requests need it. Nodes of the same cluster are known by their folders, those of `paths`.
        """
        import jpype

        try:
            node = _build(config, settings)
            answer_root(node)
            guard(node, token)
            if settings["discovery.type"] == "single-node":
                close_transport(node)
            else:
                guard_transport(node, paths)
            node.start()
        except jpype.JException as error:
            raise startup_errors.startup_error(startup_errors.messages(error), settings) from error
        transport = java("org.elasticsearch.http.HttpServerTransport")
        address = node.injector().getInstance(transport.class_).boundAddress().publishAddress()
        return cls(node, int(address.getPort()), token)

    def wait_for_shards(self) -> None:
        """Wait until the archive can be searched: Elasticsearch answers before that, but finds nothing."""
        deadline = time.monotonic() + _RECOVERY
        while time.monotonic() < deadline and self._is_opening_shards():
            pass

    def _is_opening_shards(self) -> bool:
        """Wait a second for the shards; return whether more of them will be available: a damaged one never is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2 * _RECOVERY)
        headers = {"Authorization": f"ApiKey {self._token}"} if self._token else {}
        connection.request("GET", _HEALTH, headers=headers)
        health = json.loads(connection.getresponse().read())
        connection.close()
        if "error" in health:  # one of several, and no master yet: the others are starting
            return True
        return bool(health.get("status") == "red" and any(health.get(key) for key in _UNDER_WAY))

    def close(self) -> None:
        """Close the node: finish running requests, release locks, complete the log."""
        self._node.close()
        self._node.awaitClose(_CLOSE, java("java.util.concurrent.TimeUnit").SECONDS)
        java("org.apache.logging.log4j.LogManager").shutdown()


def _build(config: Path, settings: dict[str, str]) -> Java:
    """Build an `org.elasticsearch.node.Node` without starting it."""
    builder = java("org.elasticsearch.common.settings.Settings").builder()
    for key, value in settings.items():
        builder.put(key, value)
    path = java("java.nio.file.Path").of(str(config))
    environment = java("org.elasticsearch.env.Environment")(builder.build(), path)
    log = java("org.elasticsearch.common.logging.LogConfigurator")
    log.setNodeName(settings["node.name"])
    log.configure(environment, True)
    loader = java("org.elasticsearch.plugins.PluginsLoader")
    modules = loader.loadModulesBundles(environment.modulesDir(), False)
    plugins = loader.loadPluginsBundles(environment.pluginsDir(), False)
    loaded = loader.createPluginsLoader(modules, plugins, java("java.util.Map").of(), False)
    return java("org.elasticsearch.node.Node")(environment, loaded)
