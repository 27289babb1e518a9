"""Whether the shards of an archive have counted every value, and the search that makes them do so. Pure."""

from collections.abc import Iterator, Mapping

from search_cli.json_types import Body, Response

_EVERY = 10_000
"""Values that each shard counts where its most frequent ones did not suffice."""


def is_doubtful(response: Response) -> bool:
    """Tell whether a value of an aggregation may have been counted too low: each shard counts its own most frequent."""
    return response.get("_shards", {}).get("total", 1) > 1 and any(_errors(response.get("aggregations", {})))


def _errors(aggregations: object) -> Iterator[int]:
    """Yield by how much counts may be too low, Elasticsearch's -1 where it cannot say."""
    if isinstance(aggregations, Mapping):
        yield aggregations.get("doc_count_error_upper_bound", 0)
        aggregations = tuple(aggregations.values())
    for below in aggregations if isinstance(aggregations, list | tuple) else ():
        yield from _errors(below)


def counted_wholly(body: Body) -> Body:
    """Return a search whose shards count every value of its aggregations."""
    return {**body, "aggs": {name: _wholly(aggregation) for name, aggregation in body["aggs"].items()}}


def _wholly(aggregation: Body) -> Body:
    whole = {**aggregation}
    if "terms" in aggregation:
        whole["terms"] = {**aggregation["terms"], "shard_size": max(_EVERY, aggregation["terms"].get("size", 0))}
    if "aggs" in aggregation:
        whole["aggs"] = counted_wholly(aggregation)["aggs"]
    return whole
