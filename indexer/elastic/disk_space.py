"""Say that Elasticsearch's disk is too full for what it was asked: it opens no new index there, and does not answer."""

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from indexer.language.messages import gettext as _

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_AMOUNTS = re.compile(r"minimum required \[(?P<needed>[^\]]+)\].*actual free: \[(?P<free>[^\]]+)\]")
"""In the explanation of Elasticsearch's DiskThresholdDecider."""


def shortage(explained: Mapping[str, Any]) -> str:
    """Return what a disk lacks, from an answer of `_cluster/allocation/explain`; "" if it is not the disk."""
    for node in explained.get("node_allocation_decisions", ()):
        for decider in node.get("deciders", ()):
            if decider.get("decider") == "disk_threshold" and decider.get("decision") == "NO":
                text = str(decider.get("explanation", ""))
                found = _AMOUNTS.search(text)
                return _("{free} are free, {needed} have to be").format_map(found.groupdict()) if found else text
    return ""


def find_shortage(client: "Elasticsearch", seconds: float) -> str:
    """Return what the disk lacks, "" if nothing or if the server does not tell within `seconds`."""
    from elasticsearch import ApiError, TransportError

    with suppress(ApiError, TransportError, AttributeError, TypeError):  # also answers of another server
        return shortage(client.options(request_timeout=seconds, max_retries=0).cluster.allocation_explain().body)
    return ""
