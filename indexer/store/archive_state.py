"""Tell whether an archive is as a run left it, in one request, however large it is.

Elasticsearch numbers what is done to a shard: each document that is written, updated or deleted takes the next sequence
number. So the highest numbers of all shards, with the ids of the indices, are the same only if nothing was done.
"""

from typing import TYPE_CHECKING

from indexer.errors import IncompleteAnswerError
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_FIELDS = (
    "_shards,_all.primaries,indices.*.uuid,indices.*.shards.*.routing.primary,indices.*.shards.*.seq_no.max_seq_no"
)


def archive_state(client: "Elasticsearch", names: Names) -> str:
    """Return a text that changes whenever a document of an archive does; "" if a copy of a shard does not answer."""
    index = ",".join(names.each)
    try:
        found = client.indices.stats(index=index, metric="docs", level="shards", filter_path=_FIELDS)
    except IncompleteAnswerError:
        return ""
    shards = (
        f"{about['uuid']}/{shard}:{copy['seq_no']['max_seq_no']}"
        for about in found.body.get("indices", {}).values()
        for shard, copies in about.get("shards", {}).items()
        for copy in copies
        if copy["routing"]["primary"]
    )
    return " ".join(sorted(shards))
