"""Connect to the cluster in `ELASTICSEARCH_URL`, or to the embedded node, which is started if necessary."""

from typing import TYPE_CHECKING, Any

from indexer.elastic.error_mapping import map_errors
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.light_reader import LightReader
    from indexer.elastic.locked_client import Lock
    from indexer.elastic.node.launcher import WaitCallback

__all__ = ["connect", "locked", "map_errors"]


def connect(settings: Settings, on_wait: "WaitCallback | None" = None) -> "Elasticsearch":
    """Return a client, without sending a request. Without `ELASTICSEARCH_URL`, start the embedded node if necessary.

    `on_wait` is called with each step that takes time. Raises `NodeError`.
    """
    urls = settings.urls or _node_urls(settings, on_wait)
    from indexer.elastic.complete_answers import CompleteElasticsearch  # 0.2 s: only after the node was found

    return CompleteElasticsearch(list(urls), **_options(settings, len(urls)))


def light_reader(settings: Settings, on_wait: "WaitCallback | None" = None) -> "LightReader | None":
    """Return a reader of the one address over plain HTTP, as the embedded node has it; None for any other cluster.

    Without `ELASTICSEARCH_URL`, start the embedded node if necessary. Raises `NodeError`.
    """
    if settings.more_urls or not (settings.url or "http:").startswith("http:"):
        return None
    from indexer.elastic.light_reader import LightReader, authorization

    if settings.url:
        return LightReader(settings.url, authorization(settings.api_key, settings.username, settings.password))
    return LightReader(_node_urls(settings, on_wait)[0], authorization(_token(settings)))


def locked(client: "Elasticsearch", lock: "Lock") -> "Elasticsearch":
    """Return a client that asks for a lock, which raises if it is lost, before each request that writes."""
    from indexer.elastic.locked_client import LockedElasticsearch

    return LockedElasticsearch.locked(client, lock)


def _node_urls(settings: Settings, on_wait: "WaitCallback | None") -> tuple[str, ...]:
    """Return the addresses of the embedded nodes, after starting what is missing."""
    from indexer.elastic.node import paths, state

    members = paths.node_paths(settings).members()
    if len(members) == 1 and (found := state.running(members[0])) is not None:
        return (found.url,)
    from indexer.elastic.node import manager

    return tuple(node.url for node in manager.start_all(settings, on_wait or manager.ignore))


def _token(settings: Settings) -> str:
    from indexer.elastic.node import paths, token

    return token.read(paths.node_paths(settings))


def _options(settings: Settings, addresses: int) -> dict[str, Any]:
    """Return the client's options; credentials are only sent to a cluster, the node's token only to the node."""
    options: dict[str, Any] = {"request_timeout": 30}
    if addresses > 1:
        from indexer.elastic import cluster_transport

        options |= cluster_transport.client_options(addresses)
    if not settings.url:
        api_key = _token(settings)
        return options | ({"api_key": api_key} if api_key else {})
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.username:
        options["basic_auth"] = (settings.username, settings.password)
    if settings.ca_certs:
        options["ca_certs"] = settings.ca_certs
    if settings.ca_fingerprint:
        options["ssl_assert_fingerprint"] = settings.ca_fingerprint
    return options
