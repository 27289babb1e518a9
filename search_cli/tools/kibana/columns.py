"""The columns of a Lens layer: the groupings, and the metrics of each group.

Every column has its own label; without `customLabel` Lens would replace it with an English one on editing.
"""

from typing import Any

LensColumn = dict[str, Any]

ROWS = "___records___"
"""The field name with which Lens counts documents instead of the values of a field."""


def top_values(field: str, label: str, size: int, by: str, others: bool = False) -> LensColumn:
    """Group by the `size` values of a keyword field with the largest column `by`, the rest as one group if `others`."""
    return _terms(field, label, size, {"type": "column", "columnId": by}, others)


def significant_values(field: str, label: str, size: int) -> LensColumn:
    """Group by the values that are far more frequent in these rows than in the whole index; keyword fields only."""
    return _terms(field, label, size, {"type": "significant"}, others=False)


def _terms(field: str, label: str, size: int, order: dict[str, str], others: bool) -> LensColumn:
    params = {
        "size": size,
        "orderBy": order,
        "orderDirection": "desc",
        "otherBucket": others,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
        "include": [],
        "exclude": [],
        "includeIsRegex": False,
        "excludeIsRegex": False,
    }
    return _column(label, "string", "terms", field, True, "ordinal", params)


def over_time(field: str, label: str) -> LensColumn:
    """Group by time, in intervals that fit the time range."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return _column(label, "date", "date_histogram", field, True, "interval", params)


def turn_count(label: str) -> LensColumn:
    """Count the turns."""
    return _column(label, "number", "count", ROWS, False, "ratio", {"emptyAsNull": True})


def distinct(field: str, label: str) -> LensColumn:
    """Count the distinct values of a field."""
    return _column(label, "number", "unique_count", field, False, "ratio", {"emptyAsNull": True})


def total(field: str, label: str) -> LensColumn:
    """Sum a numeric field."""
    return _column(label, "number", "sum", field, False, "ratio", {"emptyAsNull": True})


def largest(field: str, label: str) -> LensColumn:
    """Take the largest value of a numeric field."""
    return _column(label, "number", "max", field, False, "ratio", {"emptyAsNull": True})


def _column(
    label: str, kind: str, operation: str, field: str, grouping: bool, scale: str, params: dict[str, Any]
) -> LensColumn:
    return {
        "label": label,
        "customLabel": True,
        "dataType": kind,
        "operationType": operation,
        "sourceField": field,
        "isBucketed": grouping,
        "scale": scale,
        "params": params,
    }
