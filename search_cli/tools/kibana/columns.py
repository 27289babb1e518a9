"""The columns of a Lens layer: what rows are grouped by, and what is counted in each group.

Every column carries its own label; without `customLabel` Lens would write an English one over it when opened.
"""

from typing import Any

Column = dict[str, Any]

ROWS = "___records___"
"""The name by which Lens counts documents instead of a field's values."""


def top_values(field: str, label: str, size: int, by: str, others: bool = False) -> Column:
    """Return the `size` values of a keyword field for which the column `by` is largest, the rest as one if `others`."""
    return _terms(field, label, size, {"type": "column", "columnId": by}, others)


def significant_values(field: str, label: str, size: int) -> Column:
    """Return the values far more frequent among the rows shown than in the whole index. Keyword fields only."""
    return _terms(field, label, size, {"type": "significant"}, others=False)


def _terms(field: str, label: str, size: int, order: dict[str, str], others: bool) -> Column:
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


def over_time(field: str, label: str) -> Column:
    """Return steps of time, as long as the time range shown asks for."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return _column(label, "date", "date_histogram", field, True, "interval", params)


def turn_count(label: str) -> Column:
    """Return the number of turns."""
    return _column(label, "number", "count", ROWS, False, "ratio", {"emptyAsNull": True})


def distinct(field: str, label: str) -> Column:
    """Return the number of different values of a field."""
    return _column(label, "number", "unique_count", field, False, "ratio", {"emptyAsNull": True})


def total(field: str, label: str) -> Column:
    """Return the sum of a numeric field."""
    return _column(label, "number", "sum", field, False, "ratio", {"emptyAsNull": True})


def largest(field: str, label: str) -> Column:
    """Return the largest value of a numeric field."""
    return _column(label, "number", "max", field, False, "ratio", {"emptyAsNull": True})


def _column(
    label: str, kind: str, operation: str, field: str, grouping: bool, scale: str, params: dict[str, Any]
) -> Column:
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
