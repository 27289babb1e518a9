"""Elasticsearch's responses -> records. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from indexer.text.near_duplicates import Sketch
from search_cli.models import (
    ArchivedInterview,
    ArchivedSpeaker,
    ArchivedTopic,
    ArchivedVersion,
    Bucket,
    Facet,
    Hit,
    Marked,
    Ranked,
    Span,
    SpokenTurn,
)
from search_cli.query.request import FacetField

Source = Mapping[str, Any]
Response = Mapping[str, Any]

MONTHS = 24
"""Months that a facet by date shows as months; more are shown as years."""


def spoken_turn(source: Source) -> SpokenTurn:
    """Return the turn of a document; what it lacks is empty."""
    get = source.get
    return SpokenTurn(
        interview_id=source["interview_id"],
        turn=source["turn"],
        speaker=get("speaker", ""),
        label=get("label", ""),
        role=get("role", ""),
        affiliation=get("affiliation", ""),
        text=get("text", ""),
        title=get("title", ""),
        date=get("date", ""),
        outlet=get("outlet", ""),
        authors=tuple(get("authors", ())),
        source=get("source", ""),
        url=get("url", ""),
        exchange=get("exchange", 0),
        reply_to=get("reply_to"),
        topics=tuple(get("topics", ())),
        keywords=tuple(get("keywords", ())),
        start=get("start"),
        end=get("end"),
    )


def total(response: Response) -> int:
    """Return how many documents matched."""
    return int(response["hits"]["total"]["value"])


def turns(response: Response) -> list[SpokenTurn]:
    """Return the turns of a response, in its order."""
    return [spoken_turn(hit["_source"]) for hit in response["hits"]["hits"]]


def scores(response: Response) -> list[tuple[str, float]]:
    """Return the ids found, each with its score, in the response's order."""
    return [(hit["_id"], hit["_score"]) for hit in response["hits"]["hits"]]


def ranked(response: Response) -> tuple[Ranked, ...]:
    """Return the ids found as lines of a TREC run."""
    return tuple(Ranked(rank, address, score) for rank, (address, score) in enumerate(scores(response), start=1))


def beside(turn: SpokenTurn, context: int) -> tuple[list[str], list[str]]:
    """Return the addresses of the `context` turns before and after a turn."""
    before = range(max(1, turn.turn - context), turn.turn)
    after = range(turn.turn + 1, turn.turn + context + 1)
    return [f"{turn.interview_id}#{n}" for n in before], [f"{turn.interview_id}#{n}" for n in after]


def question_of(turn: SpokenTurn) -> str:
    """Return the address of the question a turn answers, "" where it answers none."""
    return f"{turn.interview_id}#{turn.reply_to}" if turn.reply_to is not None else ""


def wanted_around(found: Iterable[SpokenTurn], context: int) -> list[str]:
    """Return the addresses of all that is shown around hits, each once: their questions and their context."""
    addresses: dict[str, None] = {}
    for turn in found:
        before, after = beside(turn, context)
        addresses.update(dict.fromkeys([question_of(turn), *before, *after]))
    return [address for address in addresses if address]


def hits(
    response: Response, around: Mapping[str, Source], mark: Callable[[str], tuple[Span, ...]], context: int, first: int
) -> tuple[Hit, ...]:
    """Return the hits of a response, ranked after `first`; `around` holds the turns shown around them."""

    def shown(addresses: Iterable[str]) -> tuple[Marked, ...]:
        present = (spoken_turn(around[address]) for address in addresses if address in around)
        return tuple(Marked(turn, mark(turn.text)) for turn in present)

    found: list[Hit] = []
    for rank, hit in enumerate(response["hits"]["hits"], start=first + 1):
        turn = spoken_turn(hit["_source"])
        before, after = (shown(addresses) for addresses in beside(turn, context))
        question = next(iter(shown([question_of(turn)])), None)
        found.append(Hit(rank, hit["_score"] or 0.0, turn, mark(turn.text), question, before, after))
    return tuple(found)


def have_versions(response: Response) -> bool:
    """Tell whether any interview has versions, from the response that counts interviews."""
    return bool(response["aggregations"]["versions"]["doc_count"])


def with_versions(found: Iterable[Hit], several: Mapping[str, tuple[str, ...]]) -> tuple[Hit, ...]:
    """Return the hits with the versions of their interviews."""
    return tuple(replace(hit, versions=several.get(hit.turn.interview_id, ())) for hit in found)


def facets(response: Response, fields: Iterable[FacetField]) -> dict[FacetField, Facet]:
    """Return the facets that one response counts."""
    counted = total(response)
    return {field: _facet(field, response["aggregations"][str(field)], counted) for field in fields}


def _facet(field: FacetField, aggregation: Source, counted: int) -> Facet:
    values = [
        (str(bucket.get("key_as_string", bucket["key"])), bucket["doc_count"]) for bucket in aggregation["buckets"]
    ]
    if field is FacetField.DATE and len(values) > MONTHS:
        values = _by_year(values)
    buckets = tuple(Bucket(value, count, count / counted if counted else 0.0) for value, count in values)
    return Facet(str(field), buckets, counted, aggregation.get("sum_other_doc_count", 0))


def _by_year(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    years: dict[str, int] = {}
    for month, count in months:
        years[month[:4]] = years.get(month[:4], 0) + count
    return list(years.items())


def archived_version(version: Mapping[str, Any], main: Mapping[str, Any]) -> ArchivedVersion:
    """Return a version and its main one from the documents of the two."""
    sketches = (Sketch.of_text(one.get("sketch", "")) for one in (version, main))
    return ArchivedVersion(
        version["interview_id"],
        main["interview_id"],
        version["content"] == main["content"],
        round(next(sketches).similarity(next(sketches)), 2),
        version["source"],
        main["source"],
    )


def archived_interview(source: Source) -> ArchivedInterview:
    """Return the interview of a document; what it lacks is empty."""
    get = source.get
    return ArchivedInterview(
        id=source["interview_id"],
        title=get("title", ""),
        date=get("date", ""),
        outlet=get("outlet", ""),
        authors=tuple(get("authors", ())),
        guests=tuple(get("guests", ())),
        speakers=tuple(get("speakers", ())),
        topics=tuple(get("topics", ())),
        turns=get("turns", 0),
        characters=get("characters", 0),
        source=get("source", ""),
        url=get("url", ""),
        language=get("language", ""),
        indexed_at=get("indexed_at", ""),
        versions=tuple(get("versions", ())),
    )


def speakers(response: Response) -> tuple[ArchivedSpeaker, ...]:
    """Return the speakers that an aggregation counts."""
    return tuple(
        ArchivedSpeaker(
            name=bucket["key"],
            roles=keys(bucket["roles"]),
            affiliations=keys(bucket["affiliations"]),
            turns=bucket["doc_count"],
            characters=int(bucket["characters"]["value"]),
            interviews=bucket["interviews"]["value"],
            first=bucket["first"].get("value_as_string", ""),
            last=bucket["last"].get("value_as_string", ""),
        )
        for bucket in response["aggregations"]["speakers"]["buckets"]
    )


def topics(response: Response) -> tuple[ArchivedTopic, ...]:
    """Return the topics that an aggregation counts."""
    return tuple(
        ArchivedTopic(bucket["key"], bucket["doc_count"], bucket["interviews"]["value"], keys(bucket["speakers"]))
        for bucket in response["aggregations"]["topics"]["buckets"]
    )


def keys(aggregation: Source) -> tuple[str, ...]:
    """Return the values that a terms aggregation found, most frequent first."""
    return tuple(bucket["key"] for bucket in aggregation["buckets"])
