"""Connect to the cluster in `ELASTICSEARCH_URL`, or to the embedded node, which is started if necessary."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from indexer.elastic.error_mapping import map_errors
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.node.manager import WaitCallback

__all__ = ["connect", "locked", "map_errors"]


def connect(settings: Settings, on_wait: "WaitCallback | None" = None) -> "Elasticsearch":
    """Return a client, without sending a request. Without `ELASTICSEARCH_URL`, start the embedded node if necessary.

    `on_wait` is called with each step that takes time. Raises `NodeError`.
    """
    urls = settings.urls
    if not urls:
        from indexer.elastic.node import manager

        urls = (manager.start(settings, on_wait or manager.ignore).url,)
    from indexer.elastic.complete_answers import CompleteElasticsearch  # 0.2 s: only after the node was found

    return CompleteElasticsearch(list(urls), **_options(settings))


def locked(client: "Elasticsearch", check: Callable[[], None]) -> "Elasticsearch":
    """Return a client that calls `check`, which raises if the lock is lost, before each request that writes."""
    from indexer.elastic.locked_client import LockedElasticsearch

    return LockedElasticsearch.locked(client, check)


def _options(settings: Settings) -> dict[str, Any]:
    """Return the client's options; credentials are only sent to a cluster, the node's token only to the node."""
    options: dict[str, Any] = {"request_timeout": 30}
    if not settings.url:
        from indexer.elastic.node import paths, token

        api_key = token.read(paths.node_paths(settings))
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
