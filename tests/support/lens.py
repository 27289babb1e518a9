"""A Lens panel as the search Kibana sends for it, and the rows it shows of the answer."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support import kql

Column = Mapping[str, Any]

# What Kibana computes for the range the dashboard opens on: decades are shown by the year.
AUTOMATIC = "year"


def layer(panel: Mapping[str, Any]) -> dict[str, Any]:
    (only,) = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return dict(only)


def body(
    panel: Mapping[str, Any], mapping: Mapping[str, Any], time_range: Mapping[str, str], *filters: Mapping[str, Any]
) -> dict[str, Any]:
    """The request: the panel's own KQL, the dashboard's time range, what its controls add; groups inside groups."""
    columns = layer(panel)["columns"]
    asked = kql.query(panel["attributes"]["state"]["query"]["query"], mapping)
    window = {"range": {"date": {"gte": time_range["from"], "lte": time_range["to"]}}}
    return {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": [asked, window, *filters]}},
        "aggs": _aggs([(name, columns[name]) for name in layer(panel)["columnOrder"]]),
    }


def _aggs(columns: list[tuple[str, Column]]) -> dict[str, Any]:
    groups = [one for one in columns if one[1]["isBucketed"]]
    counted = [one for one in columns if not one[1]["isBucketed"]]
    metrics = {name: metric for name, column in counted if (metric := _metric(column))}
    if not groups:
        return metrics
    (name, column), rest = groups[0], [*groups[1:], *counted]
    return {name: {**_bucket(column, metrics), "aggs": _aggs(rest) | metrics}}


def _metric(column: Column) -> dict[str, Any]:
    """The aggregation of what is counted; a count of documents needs none."""
    kinds = {"sum": "sum", "max": "max", "unique_count": "cardinality", "count": ""}
    kind = kinds[column["operationType"]]
    return {kind: {"field": column["sourceField"]}} if kind else {}


def _bucket(column: Column, metrics: Mapping[str, Any]) -> dict[str, Any]:
    field, params = column["sourceField"], column["params"]
    if column["operationType"] == "date_histogram":
        assert params["interval"] == "auto"
        return {"date_histogram": {"field": field, "calendar_interval": AUTOMATIC, "min_doc_count": 0}}
    if params["orderBy"]["type"] == "significant":
        return {"significant_terms": {"field": field, "size": params["size"]}}
    by = params["orderBy"]["columnId"]
    order = {by if by in metrics else "_count": params["orderDirection"]}
    return {"terms": {"field": field, "size": params["size"], "order": order}}


def rows(panel: Mapping[str, Any], answer: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What the panel shows: a value of each group, then what is counted. Groups without documents are left out."""
    columns = layer(panel)["columns"]
    return list(_rows([(name, columns[name]) for name in layer(panel)["columnOrder"]], answer["aggregations"], None))


def _rows(columns: list[tuple[str, Column]], level: Mapping[str, Any], count: int | None) -> Iterator[tuple[Any, ...]]:
    (name, column), rest = columns[0], columns[1:]
    if not column["isBucketed"]:
        yield (count if column["operationType"] == "count" else level[name]["value"],)
        return
    for bucket in level[name]["buckets"]:
        if bucket["doc_count"]:
            shown = bucket.get("key_as_string", bucket["key"])
            yield from ((shown, *row) for row in _rows(rest, bucket, bucket["doc_count"]))


def time_range(dashboard: Mapping[str, Any]) -> dict[str, str]:
    return {"from": dashboard["attributes"]["timeFrom"], "to": dashboard["attributes"]["timeTo"]}


def control_queries(dashboard: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The request of each drop-down list: the values it offers."""
    controls = json.loads(dashboard["attributes"]["controlGroupInput"]["panelsJSON"])
    fields = {name: one["explicitInput"]["fieldName"] for name, one in controls.items()}
    return {
        name: {"size": 0, "aggs": {"suggestions": {"terms": {"field": field, "size": 10}}}}
        for name, field in fields.items()
    }
