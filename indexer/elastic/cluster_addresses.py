"""Ask each of several addresses whether it is of the cluster."""

from dataclasses import replace
from functools import partial

from indexer.elastic.connection import connect
from indexer.errors import ElasticError
from indexer.language.messages import gettext_noop
from indexer.settings import Settings

_SECONDS = 2

_SILENT = gettext_noop("does not answer")
_ANOTHER = gettext_noop("is of another cluster")
_NOT_ELASTICSEARCH = gettext_noop("is not Elasticsearch")

_NO_CLUSTER = "_na_"
"""The id of the cluster where a node has not found one."""


def address_faults(settings: Settings) -> dict[str, str]:
    """Return what is wrong with each address, "" for one that is of the same cluster as the first that answers.

    It is in English, as other programs read it too.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(len(settings.urls)) as pool:
        found = dict(zip(settings.urls, pool.map(partial(_ask, settings), settings.urls), strict=True))
    first = next((cluster for cluster, fault in found.values() if cluster and not fault), "")
    return {
        url: fault or (_ANOTHER if cluster not in {"", _NO_CLUSTER, first} else "")
        for url, (cluster, fault) in found.items()
    }


def answering(settings: Settings) -> str:
    """Return the first address that answers, the first of all if none does."""
    if not settings.more_urls:
        return settings.url
    return next((url for url, fault in address_faults(settings).items() if not fault), settings.url)


def _ask(settings: Settings, url: str) -> tuple[str, str]:
    """Return the id of the cluster that an address is of, "" where that is not told, and what is wrong with it."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError, UnsupportedProductError

    one = connect(replace(settings, url=url, more_urls=()))
    with one.options(request_timeout=_SECONDS, max_retries=0) as client:
        try:
            return str(client.info().body.get("cluster_uuid", "")), ""
        except (UnsupportedProductError, ElasticError):
            return "", _NOT_ELASTICSEARCH
        except ApiError:  # it answers: whether it accepts the credentials is not asked here
            return "", ""
        except TransportError:
            return "", _SILENT
