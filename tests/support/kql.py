"""Translate Kibana's query language, as far as the guide uses it, into the Elasticsearch query that Kibana sends.

From Kibana's documentation: on a text field an unquoted value is a `match` (any of its tokens), a quoted one a
`match_phrase`; a keyword is compared as a whole, `*` matches anything; `and` binds closer than `or`.
"""

import re
from collections.abc import Mapping
from typing import Any

Query = dict[str, Any]

_TOKEN = re.compile(r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<sign>[()]|>=|<=|[:<>])|(?P<word>[^\s():<>"]+))')


def query(text: str, mapping: Mapping[str, Any]) -> Query:
    if not text.strip():
        return {"match_all": {}}
    parser = _Parser(text, mapping)
    parsed = parser.either()
    assert parser.next is None, f"{text}: {parser.next} is left over"
    return parsed


class _Parser:
    def __init__(self, text: str, mapping: Mapping[str, Any]) -> None:
        self.mapping = mapping
        self.tokens: list[str] = []
        position = 0
        while position < len(text.rstrip()):
            found = _TOKEN.match(text, position)
            assert found, f"{text}: cannot be parsed from {position}"
            self.tokens.append(found[0].strip())
            position = found.end()

    @property
    def next(self) -> str | None:
        return self.tokens[0] if self.tokens else None

    def take(self) -> str:
        return self.tokens.pop(0)

    def either(self) -> Query:
        parts = [self.both()]
        while self.next == "or":
            self.take()
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}

    def both(self) -> Query:
        parts = [self.clause()]
        while self.next == "and":
            self.take()
            parts.append(self.clause())
        return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}}

    def clause(self) -> Query:
        if self.next == "not":
            self.take()
            return {"bool": {"must_not": [self.clause()]}}
        if self.next == "(":
            self.take()
            inside = self.either()
            assert self.take() == ")"
            return inside
        field = self.take()
        sign = self.take() if self.next in {":", ">", ">=", "<", "<="} else ""
        if not sign:
            kind = "phrase" if field.startswith('"') else "best_fields"
            return {"multi_match": {"query": _bare(field), "type": kind, "lenient": True}}
        if sign != ":":
            signs = {">": "gt", ">=": "gte", "<": "lt", "<=": "lte"}
            return {"range": {field: {signs[sign]: _bare(self.take())}}}
        return self.values(field)

    def values(self, field: str) -> Query:
        if self.next != "(":
            return self.value(field, self.take())
        self.take()
        parts = [self.value(field, self.take())]
        while self.next == "or":
            self.take()
            parts.append(self.value(field, self.take()))
        assert self.take() == ")"
        return {"bool": {"should": parts, "minimum_should_match": 1}}

    def value(self, field: str, value: str) -> Query:
        bare, quoted = _bare(value), value.startswith('"')
        if value == "*":
            return {"exists": {"field": field}}
        if "*" in value and not quoted:
            if self.mapping[field]["type"] == "keyword":
                return {"wildcard": {field: {"value": value}}}
            return {"query_string": {"fields": [field], "query": value}}
        if self.mapping[field]["type"] == "text":
            return {"match_phrase" if quoted else "match": {field: bare}}
        return {"term": {field: bare}}


def _bare(value: str) -> str:
    return value[1:-1].replace('\\"', '"') if value.startswith('"') else value
