"""The search that Kibana sends for a Lens panel, and the rows the panel shows of the response."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.support import kql

Column = Mapping[str, Any]

# The interval that Kibana computes for the dashboard's time range: decades are shown by the year.
AUTOMATIC = "year"


def layer(panel: Mapping[str, Any]) -> dict[str, Any]:
    (only,) = panel["attributes"]["state"]["datasourceStates"]["formBased"]["layers"].values()
    return dict(only)


def body(
    panel: Mapping[str, Any], mapping: Mapping[str, Any], time_range: Mapping[str, str], *filters: Mapping[str, Any]
) -> dict[str, Any]:
    """The request: the panel's own KQL, the dashboard's time range, the filters of its controls; nested groups."""
    columns = layer(panel)["columns"]
    query = kql.query(panel["attributes"]["state"]["query"]["query"], mapping)
    window = {"range": {"date": {"gte": time_range["from"], "lte": time_range["to"]}}}
    return {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": [query, window, *filters]}},
        "aggs": _aggs([(name, columns[name]) for name in layer(panel)["columnOrder"]]),
    }


def _aggs(columns: list[tuple[str, Column]]) -> dict[str, Any]:
    groups = [one for one in columns if one[1]["isBucketed"]]
    metric_columns = [one for one in columns if not one[1]["isBucketed"]]
    metrics = {name: metric for name, column in metric_columns if (metric := _metric(column))}
    if not groups:
        return metrics
    (name, column), rest = groups[0], [*groups[1:], *metric_columns]
    return {name: {**_bucket(column, metrics), "aggs": _aggs(rest) | metrics}}


def _metric(column: Column) -> dict[str, Any]:
    """The aggregation of a metric; a count of documents needs none."""
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


def rows(panel: Mapping[str, Any], response: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of the panel: the values of the groups, then the metric. Groups without documents are left out."""
    columns = layer(panel)["columns"]
    return list(_rows([(name, columns[name]) for name in layer(panel)["columnOrder"]], response["aggregations"], None))


def _rows(columns: list[tuple[str, Column]], level: Mapping[str, Any], count: int | None) -> Iterator[tuple[Any, ...]]:
    (name, column), rest = columns[0], columns[1:]
    if not column["isBucketed"]:
        yield (count if column["operationType"] == "count" else level[name]["value"],)
        return
    for bucket in level[name]["buckets"]:
        if bucket["doc_count"]:
            label = bucket.get("key_as_string", bucket["key"])
            yield from ((label, *row) for row in _rows(rest, bucket, bucket["doc_count"]))


def time_range(dashboard: Mapping[str, Any]) -> dict[str, str]:
    return {"from": dashboard["attributes"]["timeFrom"], "to": dashboard["attributes"]["timeTo"]}


def control_queries(dashboard: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The request of each drop-down list for its values."""
    controls = json.loads(dashboard["attributes"]["controlGroupInput"]["panelsJSON"])
    fields = {name: one["explicitInput"]["fieldName"] for name, one in controls.items()}
    return {
        name: {"size": 0, "aggs": {"suggestions": {"terms": {"field": field, "size": 10}}}}
        for name, field in fields.items()
    }
