"""One Elasticsearch node in this process, started through its own Java classes."""

from http.client import HTTPConnection
from pathlib import Path

from indexer.elastic.node import startup_errors
from indexer.elastic.node.home import Home
from indexer.elastic.node.jvm import Java, java
from indexer.elastic.node.paths import Places
from indexer.elastic.node.root_endpoint import answer_root

# The port people know, or one of those after it.
_FIRST_PORT, _PORTS = 9200, 100

# Seconds that the shards may take: those of an archive that was closed are there at once, after a crash of the machine
# the operations since the last commit are done again.
_RECOVERY = 30

# Seconds that requests under way may take when the node is closed; Elasticsearch's own bootstrap gives as many.
_CLOSE = 10


def settings(home: Home, places: Places, port: int) -> dict[str, str]:
    """Return the node's settings, `elasticsearch.yml` as it were; `port` 0 means 9200 or the next free one."""
    return {
        "path.home": str(home.path),
        "path.data": str(places.data),
        "path.logs": str(places.log.parent),
        "cluster.name": "fangtan",
        "node.name": "fangtan",
        "network.host": "127.0.0.1",
        "http.port": str(port) if port else f"{_FIRST_PORT}-{_FIRST_PORT + _PORTS}",
        "discovery.type": "single-node",
        # Elasticsearch would count garbage as memory in use, and refuse every request until the serial collector runs,
        # which it does only when asked for more: what a request itself will take is counted, and that suffices
        "indices.breaker.total.use_real_memory": "false",
        # Elasticsearch thinks in percent of large disks, and would refuse a laptop with 50 GB left
        "cluster.routing.allocation.disk.watermark.low": "1gb",
        "cluster.routing.allocation.disk.watermark.high": "500mb",
        "cluster.routing.allocation.disk.watermark.flood_stage": "200mb",
    }


class Node:
    """A started node."""

    def __init__(self, node: Java, port: int) -> None:
        self._node = node
        self.port = port

    @classmethod
    def start(cls, config: Path, settings: dict[str, str]) -> "Node":
        """Start a node in the JVM of this process; raise `NodeError` saying why it does not."""
        import jpype

        try:
            node = _build(config, settings)
            answer_root(node)
            node.start()
        except jpype.JException as error:
            raise startup_errors.explain(startup_errors.messages(error), settings) from error
        transport = java("org.elasticsearch.http.HttpServerTransport")
        address = node.injector().getInstance(transport.class_).boundAddress().publishAddress()
        return cls(node, int(address.getPort()))

    def wait_for_shards(self) -> None:
        """Return when what was indexed can be searched: Elasticsearch answers earlier, and finds nothing yet."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2 * _RECOVERY)
        connection.request("GET", f"/_cluster/health?wait_for_status=yellow&timeout={_RECOVERY}s")
        connection.getresponse().read()  # 408 where a shard is lost for good: the others can be searched
        connection.close()

    def close(self) -> None:
        """Close the node: requests under way finish, locks are released, the log is complete."""
        self._node.close()
        self._node.awaitClose(_CLOSE, java("java.util.concurrent.TimeUnit").SECONDS)
        java("org.apache.logging.log4j.LogManager").shutdown()


def _build(config: Path, settings: dict[str, str]) -> Java:
    """Return an `org.elasticsearch.node.Node`, not started yet."""
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
