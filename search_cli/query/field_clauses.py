"""What a field demands, as Elasticsearch's clauses: of a turn, and of the passages such turns may lie in. Pure."""

from search_cli.query.clauses import Clause, one_of
from search_cli.query.parser import Field
from search_cli.query.values import Range, Value, Whole

_KEYWORDS = {"role": "role", "topic": "topics", "keyword": "keywords", "outlet": "outlet"}
_RANGES = {"date": "date", "number": "numbers"}


def has(field: Field) -> Clause:
    """Return the clause for a turn whose field has one of the values."""
    match field.name:
        case "speaker":
            return one_of([{"terms": {"speaker": list(field.values)}}, {"terms": {"label": list(field.values)}}])
        case "interview":
            return one_of(
                {"term": {"interview_id": value.id}}
                if isinstance(value, Whole)
                else {"prefix": {"interview_id": value}}
                for value in field.values
            )
        case name if name in _RANGES:
            return one_of(_within(_RANGES[name], value) for value in field.values if isinstance(value, Range))
        case name:
            return {"terms": {_KEYWORDS[name]: list(field.values)}}


def passage_has(field: Field) -> Clause | None:
    """Return the clause for a passage some turn of which may have one of the values; None where passages cannot say."""
    match field.name:
        case "speaker":
            return {"terms": {"speaker": list(field.values)}}
        case "keyword" | "number":
            return None
        case _:
            return has(field)


def _interview(value: Value) -> Clause:
    if isinstance(value, Whole):
        return {"term": {"interview_id": value.id}}
    return {"prefix": {"interview_id": value}}


def _within(name: str, span: Range[str] | Range[float]) -> Clause:
    """Return the clause for a value inside `span`; a point is one value."""
    bounds: dict[str, str | float] = {}
    if span.low is not None:
        bounds["gt" if span.low_open else "gte"] = span.low
    if span.high is not None:
        bounds["lt" if span.high_open else "lte"] = span.high
    return {"range": {name: bounds}}
