"""Resolve whom a request wants mentioned to the names that a text may say: canonical names, and printed labels."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.errors import UsageError
from indexer.text.normalize import fold
from indexer.text.tokens import HAN
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause
from search_cli.query import values
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.search import responses
from search_cli.search.known_names import KnownNames, fields_of, speakers_named, with_fields

_LABELS = 200  # of one person
_HAN_NAME = re.compile(f"[{HAN}·•・]+")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z.'-]*(?: [A-Za-z][A-Za-z.'-]*)*")
_DOTTED = re.compile(f"[{HAN}]+(?:[·•・][{HAN}]+)+")
_NUMBERED = re.compile(r"(?:发言人|说话人|讲者|与会者|speaker)[a-z0-9一二三四五六七八九十]*")


def resolve_mentions(client: ArchiveClient, request: SearchRequest, names: KnownNames) -> SearchRequest:
    """Return the request with every name of the persons that it wants mentioned; a stranger is named as typed."""
    typed = [str(value) for one in fields_of(request) if one.name == "mentions" for value in one.values]
    if not typed:
        return request
    speakers = speakers_named(map(fold, typed), KnownNames({"speaker": names.names.get("mentions", ())}))
    labels = _labels(client, speakers)

    def named(value: str) -> Iterator[str]:
        yield value
        for name in (*speakers.get(fold(value), ()), *labels.get(fold(value), ())):
            yield from _forms(name)

    def change(one: Field) -> Field:
        if one.name != "mentions":
            return one
        return replace(one, values=tuple(dict.fromkeys(name for value in one.values for name in named(str(value)))))

    return with_fields(request, change)


def _labels(client: ArchiveClient, speakers: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the labels of each person that nobody else has: not 主持人, 问."""
    people = list(speakers)
    own = [_labels_of({"terms": {"speaker": list(speakers[one])}}) for one in people]
    found = [_found(answer) for answer in client.searches([(client.names.turns, body) for body in own]).responses]
    shared = [_labels_of(_by_others(labels, speakers[one])) for one, labels in zip(people, found, strict=True)]
    others = [_found(answer) for answer in client.searches([(client.names.turns, body) for body in shared]).responses]
    return {
        one: tuple(label for label in labels if label not in of_others and not _is_role(label))
        for one, labels, of_others in zip(people, found, others, strict=True)
    }


def _labels_of(query: Clause) -> dict[str, object]:
    aggs = {"labels": {"terms": {"field": "label", "size": _LABELS}}}
    return {"query": query, "size": 0, "track_total_hits": False, "aggs": aggs}


def _by_others(labels: Sequence[str], speakers: Sequence[str]) -> Clause:
    """Return the clause for the turns that have one of these labels, and another speaker."""
    return {"bool": {"filter": {"terms": {"label": list(labels)}}, "must_not": {"terms": {"speaker": list(speakers)}}}}


def _found(answer: Mapping[str, Mapping[str, Mapping[str, object]]]) -> list[str]:
    return list(responses.keys(answer["aggregations"]["labels"]))


def _is_role(label: str) -> bool:
    """Return whether a label says what somebody does, not who it is: 主持人, 发言人1."""
    try:
        values.role(label)
    except UsageError:
        return _NUMBERED.fullmatch(fold(label)) is not None
    return True


def _forms(name: str) -> Iterator[str]:
    """Yield what a text may say for a name: all of it, its Han and its Latin part, the family name of 迈克尔·乔丹."""
    scripts = (*_HAN_NAME.findall(name), *_LATIN_NAME.findall(name))
    parts = scripts if len(scripts) == 2 and sum(map(len, map(fold, scripts))) == len(fold(name)) else (name,)
    for part in parts:
        if len(fold(part)) > 1:
            yield part
        if _DOTTED.fullmatch(part) and len(family := re.split("[·•・]", part)[-1]) > 1:
            yield family
