"""The client: of the cluster that `ELASTICSEARCH_URL` names, or of the embedded node, started when needed."""

from typing import TYPE_CHECKING, Any

from indexer.elastic.error_mapping import translating
from indexer.settings import Settings

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.node.manager import Told

__all__ = ["connect", "translating"]


def connect(settings: Settings, waiting: "Told | None" = None) -> "Elasticsearch":
    """Return a client; no request is made. Without `ELASTICSEARCH_URL` the embedded node is started unless it runs.

    `waiting` hears what is being waited for. Raises `NodeError`.
    """
    url = settings.url
    if not url:
        from indexer.elastic.node import manager

        url = manager.start(settings, waiting or manager.silent).url
    from elasticsearch import Elasticsearch  # 0.2 s: after the node was found, or has failed

    return Elasticsearch(url, **_options(settings))


def _options(settings: Settings) -> dict[str, Any]:
    """Return the client's options; credentials go to a named cluster only, never to the embedded node."""
    options: dict[str, Any] = {"request_timeout": 30}
    if not settings.url:
        return options
    if settings.api_key:
        options["api_key"] = settings.api_key
    elif settings.username:
        options["basic_auth"] = (settings.username, settings.password)
    if settings.ca_certs:
        options["ca_certs"] = settings.ca_certs
    if settings.ca_fingerprint:
        options["ssl_assert_fingerprint"] = settings.ca_fingerprint
    return options
