"""Parse responses into records. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TypeAlias

from indexer.model import from_source
from search_cli.catalog import ArchivedSpeaker, ArchivedTopic, ArchivedVersion
from search_cli.json_types import Response, Source
from search_cli.models import Bucket, Facet, Hit, HitMatch, Marked, Ranked, Span, SpokenTurn
from search_cli.query.aggregations import chosen_name, number_name
from search_cli.query.request import FacetField

ScoredTurn: TypeAlias = tuple[SpokenTurn, float, HitMatch]
"""A turn of a response, its score, and what it holds of the query."""

_LEVELS = {
    "all": HitMatch.EVERY,
    "most": HitMatch.MOST,
    "some": HitMatch.SOME,
    "note": HitMatch.NOTE,
    "speaker": HitMatch.SPEAKER,
    "meaning": HitMatch.MEANING,
}
"""The clauses of a query that tell what a hit holds, by name, those that hold the most first."""

FIRST_WORDS = 8
"""Words of a topic in a list of topics, the heaviest."""

MONTHS = 24
"""Months up to which the facet `date` counts by month; beyond, by year."""


def total(response: Response) -> int:
    """Return how many documents matched."""
    return int(response["hits"]["total"]["value"])


def turns(response: Response) -> list[SpokenTurn]:
    """Return the turns of a response, in its order."""
    return [turn for turn, *_ in scored_turns(response)]


def scored_turns(response: Response) -> list[ScoredTurn]:
    """Return the turns of a response, in its order."""
    return [
        (from_source(SpokenTurn, hit["_source"]), hit["_score"] or 0.0, hit_match(hit))
        for hit in response["hits"]["hits"]
    ]


def hit_match(hit: Response) -> HitMatch:
    """Return what a hit holds: the first of the levels whose clause it matched."""
    matched = hit.get("matched_queries", ())
    return next((held for level, held in _LEVELS.items() if level in matched), HitMatch.PART)


def scores(response: Response) -> list[tuple[str, float]]:
    """Return the ids of a response, each with its score, in its order."""
    return [(hit["_id"], hit["_score"]) for hit in response["hits"]["hits"]]


def ranked(response: Response) -> tuple[Ranked, ...]:
    """Return the hits of a response as lines of a TREC run."""
    return tuple(Ranked(rank, address, score) for rank, (address, score) in enumerate(scores(response), start=1))


def question_of(turn: SpokenTurn) -> str:
    """Return the address of the question that a turn answers, "" if it answers none."""
    return f"{turn.interview_id}#{turn.reply_to}" if turn.reply_to is not None else ""


def surrounding(found: Iterable[SpokenTurn], context: int) -> list[str]:
    """Return the addresses of the questions and the context of hits, each once."""
    addresses: dict[str, None] = {}
    for turn in found:
        before, after = _context_of(turn, context)
        addresses.update(dict.fromkeys([question_of(turn), *before, *after]))
    return [address for address in addresses if address]


def _context_of(turn: SpokenTurn, context: int) -> tuple[list[str], list[str]]:
    """Return the addresses of the `context` turns before and after a turn."""
    before = range(max(1, turn.turn - context), turn.turn)
    after = range(turn.turn + 1, turn.turn + context + 1)
    return [f"{turn.interview_id}#{n}" for n in before], [f"{turn.interview_id}#{n}" for n in after]


def hits(
    found: Iterable[ScoredTurn],
    sources: Mapping[str, Source],
    mark: Callable[[str], tuple[Span, ...]],
    context: int,
    first: int,
    mark_question: Callable[[str], tuple[Span, ...]] | None = None,
) -> tuple[Hit, ...]:
    """Build the hits of turns, ranked after `first`; `sources` are the documents of their questions and context.

    `mark_question` marks their questions, if they are not marked as the turns are.
    """

    def marked(addresses: Iterable[str], mark: Callable[[str], tuple[Span, ...]] = mark) -> tuple[Marked, ...]:
        present = (from_source(SpokenTurn, sources[address]) for address in addresses if address in sources)
        return tuple(Marked(turn, mark(turn.text)) for turn in present)

    built: list[Hit] = []
    for rank, (turn, score, match) in enumerate(found, start=first + 1):
        before, after = (marked(addresses) for addresses in _context_of(turn, context))
        question = next(iter(marked([question_of(turn)], mark_question or mark)), None)
        marks = () if match is HitMatch.MEANING else mark(turn.text)
        built.append(Hit(rank, score, turn, marks, question, before, after, match=match))
    return tuple(built)


def have_versions(response: Response) -> bool:
    """Return whether any interview has duplicates, from the response that counts interviews."""
    return bool(response["aggregations"]["versions"]["doc_count"])


def with_versions(found: Iterable[Hit], versions: Mapping[str, tuple[str, ...]]) -> tuple[Hit, ...]:
    """Return the hits with the duplicates of their interviews, by interview id."""
    return tuple(replace(hit, versions=versions.get(hit.turn.interview_id, ())) for hit in found)


def facets(response: Response, fields: Iterable[FacetField]) -> dict[FacetField, Facet]:
    """Return the facets of a response, each with the values chosen in its field."""
    counted = total(response)
    aggregations = response["aggregations"]
    found = {}
    for field in fields:
        one = _facet(field, aggregations[str(field)], aggregations.get(chosen_name(field), {}), counted)
        found[field] = replace(one, values=_number_of_values(field, aggregations, len(one.buckets)))
    return found


def _number_of_values(field: FacetField, aggregations: Response, shown: int) -> int:
    """Return how many values a facet has, those that are not shown too."""
    return max(int(aggregations.get(number_name(field), {}).get("value", 0)), shown)


def _facet(field: FacetField, aggregation: Source, chosen: Source, counted: int) -> Facet:
    counts = tag_counts if field is FacetField.TAG else value_counts
    values = counts(aggregation)
    if field is FacetField.DATE and len(values) > MONTHS:
        values = by_year(values)
    other = aggregation.get("sum_other_doc_count", 0)
    present = {value for value, _ in values}
    added = [(value, count) for value, count in counts(chosen) if value not in present]
    buckets = tuple(Bucket(value, count, count / counted if counted else 0.0) for value, count in values + added)
    return Facet(str(field), buckets, counted, max(other - sum(count for _, count in added), 0))


def value_counts(aggregation: Source) -> list[tuple[str, int]]:
    """Return the values of an aggregation as they are shown (a month, not its milliseconds), with their counts."""
    return [
        (str(bucket.get("key_as_string", bucket["key"])), int(bucket["doc_count"]))
        for bucket in aggregation.get("buckets", ())
    ]


def tag_counts(aggregation: Source) -> list[tuple[str, int]]:
    """Return the tags of an aggregation that any turn has, the most frequent first, with their counts."""
    return sorted(
        ((tag, count) for tag, count in value_counts(aggregation) if count), key=lambda one: (-one[1], one[0])
    )


def by_year(months: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the counts of months added up by year."""
    years: dict[str, int] = {}
    for month, count in months:
        years[month[:4]] = years.get(month[:4], 0) + count
    return list(years.items())


def archived_version(version: Source, primary: Source) -> ArchivedVersion:
    """Return a duplicate and its primary from their documents."""
    from indexer.text.near_duplicates import Sketch

    sketches = (Sketch.of_text(one.get("sketch", "")) for one in (version, primary))
    return ArchivedVersion(
        version["interview_id"],
        primary["interview_id"],
        version["content"] == primary["content"],
        round(next(sketches).similarity(next(sketches)), 2),
        version["source"],
        primary["source"],
    )


def speakers(buckets: Iterable[Response]) -> tuple[ArchivedSpeaker, ...]:
    """Return the speakers of the buckets of an aggregation, with their shares of all of them."""
    every = list(buckets)
    characters = sum(int(bucket["characters"]["value"]) for bucket in every)
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
            share=int(bucket["characters"]["value"]) / characters if characters else 0.0,
        )
        for bucket in every
    )


def topics(buckets: Iterable[Response], turns: int, words: Mapping[str, Iterable[str]]) -> tuple[ArchivedTopic, ...]:
    """Return the topics of the buckets of an aggregation of so many turns; `words` are those of each topic."""
    return tuple(
        ArchivedTopic(
            bucket["key"],
            bucket["doc_count"],
            bucket["interviews"]["value"],
            keys(bucket["speakers"]),
            bucket["doc_count"] / turns if turns else 0.0,
            tuple(islice(words.get(bucket["key"], ()), FIRST_WORDS)),
        )
        for bucket in buckets
    )


def keys(aggregation: Source) -> tuple[str, ...]:
    """Return the values of a terms aggregation, most frequent first."""
    return tuple(bucket["key"] for bucket in aggregation["buckets"])
