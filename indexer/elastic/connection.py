"""Connect to the cluster in `ELASTICSEARCH_URL`, or to the embedded node, which is started if necessary."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from indexer.elastic.error_mapping import map_errors
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.light_reader import LightReader
    from indexer.elastic.node.manager import WaitCallback

__all__ = ["connect", "locked", "map_errors"]


def connect(settings: Settings, on_wait: "WaitCallback | None" = None) -> "Elasticsearch":
    """Return a client, without sending a request. Without `ELASTICSEARCH_URL`, start the embedded node if necessary.

    `on_wait` is called with each step that takes time. Raises `NodeError`.
    """
    urls = settings.urls or (_node_url(settings, on_wait),)
    from indexer.elastic.complete_answers import CompleteElasticsearch  # 0.2 s: only after the node was found

    return CompleteElasticsearch(list(urls), **_options(settings))


def light_reader(settings: Settings, on_wait: "WaitCallback | None" = None) -> "LightReader | None":
    """Return a reader of the one address over plain HTTP, as the embedded node has it; None for any other cluster.

    Without `ELASTICSEARCH_URL`, start the embedded node if necessary. Raises `NodeError`.
    """
    if settings.more_urls or not (settings.url or "http:").startswith("http:"):
        return None
    from indexer.elastic.light_reader import LightReader, authorization

    if settings.url:
        return LightReader(settings.url, authorization(settings.api_key, settings.username, settings.password))
    return LightReader(_node_url(settings, on_wait), authorization(_token(settings)))


def locked(client: "Elasticsearch", check: Callable[[], None]) -> "Elasticsearch":
    """Return a client that calls `check`, which raises if the lock is lost, before each request that writes."""
    from indexer.elastic.locked_client import LockedElasticsearch

    return LockedElasticsearch.locked(client, check)


def _node_url(settings: Settings, on_wait: "WaitCallback | None") -> str:
    """Return the address of the embedded node, after starting it if necessary."""
    from indexer.elastic.node import paths, state

    found = state.running(paths.node_paths(settings))
    if found is None:
        from indexer.elastic.node import manager

        found = manager.start(settings, on_wait or manager.ignore)
    return found.url


def _token(settings: Settings) -> str:
    from indexer.elastic.node import paths, token

    return token.read(paths.node_paths(settings))


def _options(settings: Settings) -> dict[str, Any]:
    """Return the client's options; credentials are only sent to a cluster, the node's token only to the node."""
    options: dict[str, Any] = {"request_timeout": 30}
    if not settings.url:
        api_key = _token(settings)
        return options | ({"api_key": api_key} if api_key else {})
    if settings.more_urls:
        from indexer.elastic import cluster_transport

        options |= cluster_transport.client_options(len(settings.urls))
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.username:
        options["basic_auth"] = (settings.username, settings.password)
    if settings.ca_certs:
        options["ca_certs"] = settings.ca_certs
    if settings.ca_fingerprint:
        options["ssl_assert_fingerprint"] = settings.ca_fingerprint
    return options
