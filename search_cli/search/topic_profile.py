"""One topic on one page: its words, who speaks of it, when, what it comes together with, its best turns.

The best turns are those with the heaviest words of the topic, of a length that can be read, one of an interview. A
topic without words, such as one that a transcript came with, has the characteristic keywords of its turns instead.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.text.normalize import fold
from indexer.text.topic_path import parents
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import Bucket, Marked, SpokenTurn
from search_cli.query.clauses import contains
from search_cli.query.parser import AnyOf, Phrase
from search_cli.query.terms import analyze_query
from search_cli.search import highlight, responses
from search_cli.search.profile import OVER_TIME, buckets, keywords_of, turns_to_read

WORDS, SPEAKERS, TOGETHER = 60, 10, 10
_CHILDREN = 1000
_KEYWORDS = 20
_SPOKEN = 1000.0
"""Boost that puts turns of a speaker before a lead, whatever words either has."""


@dataclass(frozen=True, slots=True)
class TopicWord:
    """A word of a topic, its weight (0 for a keyword not in topics.toml), and the turns of the topic that have it."""

    word: str
    weight: float
    turns: int


@dataclass(frozen=True, slots=True)
class TopicSpeaker:
    """A speaker of a topic: their turns on it, `share` of those of the topic, `own_share` of all turns they have."""

    name: str
    turns: int
    share: float
    of_turns: int
    own_share: float


@dataclass(frozen=True, slots=True)
class TopicProfile:
    """A topic; `share` is of all `of_turns` turns, under the same filters, other shares (0 to 1) of its own.

    `words` are the heaviest, of `all_words`, in the order of weight times turns; `parent` is "" without one. `children`
    are the topics that are a part of it, `together` others on the same turns. `speakers` are those with most turns, of
    `all_speakers`. `years` have turns by year, and `undated` is the number of those without a date. `best` are turns
    with the spans of its words.
    """

    name: str
    parent: str
    words: tuple[TopicWord, ...]
    all_words: int
    turns: int
    of_turns: int
    share: float
    interviews: int
    characters: int
    first: str
    last: str
    children: tuple[Bucket, ...]
    speakers: tuple[TopicSpeaker, ...]
    all_speakers: int
    years: tuple[Bucket, ...]
    undated: int
    together: tuple[Bucket, ...]
    best: tuple[Marked, ...]


def topic_profile(
    client: ArchiveClient, name: str, words: Mapping[str, float], mine: Clause, everything: Clause, best: int
) -> TopicProfile:
    """Return the page of the turns that `mine` matches; `everything` matches those of all topics.

    `words` are the weights of the topic's words.
    """
    shown = list(words)[:WORDS]
    found = client.search(client.names.turns, _counts(mine, shown))
    aggs, turns = found["aggregations"], responses.total(found)
    held = [int(bucket["doc_count"]) for bucket in aggs["words"]["buckets"]] if shown else []
    counted = [TopicWord(word, words[word], count) for word, count in zip(shown, held, strict=True)]
    listed = sorted(counted, key=lambda one: (-one.weight * one.turns, -one.weight))
    if not listed:
        listed = [TopicWord(word, 0.0, count) for word, count in responses.value_counts(aggs["keywords"])]
    speakers = [(one, count) for one, count in responses.value_counts(aggs["speakers"]) if one]
    own, of_turns = _of_speakers(client, everything, [one for one, _ in speakers])
    with_topics = buckets(aggs["topics"], turns)
    weights = words or {one.word: 1.0 for one in listed}
    return TopicProfile(
        name=name,
        parent=next(reversed(parents(name)), ""),
        words=tuple(listed),
        all_words=len(words) or len(listed),
        turns=turns,
        of_turns=of_turns,
        share=turns / of_turns if of_turns else 0.0,
        interviews=int(aggs["interviews"]["value"]),
        characters=int(aggs["characters"]["value"]),
        first=aggs["first"].get("value_as_string", ""),
        last=aggs["last"].get("value_as_string", ""),
        children=tuple(one for one in with_topics if name in parents(one.value)),
        speakers=tuple(TopicSpeaker(one, count, count / turns, own[one], count / own[one]) for one, count in speakers),
        all_speakers=int(aggs["all_speakers"]["value"]),
        years=tuple(bucket for bucket in buckets(aggs["years"], turns) if bucket.count),
        undated=int(aggs["undated"]["doc_count"]),
        together=tuple(one for one in with_topics if _is_other(one.value, name))[:TOGETHER],
        best=_best(client, mine, weights, best) if best and weights else (),
    )


def _is_other(topic: str, name: str) -> bool:
    """Tell whether a topic is neither the topic itself nor above or below it."""
    return topic != name and topic not in parents(name) and name not in parents(topic)


def _counts(mine: Clause, words: Sequence[str]) -> Body:
    """Return the search that counts the turns of a topic by everything the page shows."""
    day = {"field": "date", "format": "yyyy-MM-dd"}
    aggs: dict[str, Any] = {
        "speakers": {"terms": {"field": "speaker", "size": SPEAKERS + 1}},
        "all_speakers": {"cardinality": {"field": "speaker"}},
        "topics": {"terms": {"field": "topics", "size": _CHILDREN}},
        **OVER_TIME,
        "first": {"min": day},
        "last": {"max": day},
    }
    if words:
        aggs["words"] = {"filters": {"filters": [contains(fold(word)) for word in words]}}
    else:
        aggs["keywords"] = keywords_of(_KEYWORDS)
    return {"query": mine, "size": 0, "track_total_hits": True, "aggs": aggs}


def _of_speakers(client: ArchiveClient, everything: Clause, names: list[str]) -> tuple[dict[str, int], int]:
    """Return the turns that each speaker has in all, and those of everybody."""
    own = {"speakers": {"terms": {"field": "speaker", "include": names, "size": max(len(names), 1)}}}
    body: Body = {"query": everything, "size": 0, "track_total_hits": True, "aggs": own}
    found = client.search(client.names.turns, body)
    return dict(responses.value_counts(found["aggregations"]["speakers"])), responses.total(found)


def _best(client: ArchiveClient, mine: Clause, words: Mapping[str, float], size: int) -> tuple[Marked, ...]:
    """Return the turns with the heaviest words."""
    heavy = [
        {"constant_score": {"filter": contains(fold(word)), "boost": weight}}
        for word, weight in list(words.items())[:WORDS]
    ]
    spoken = {"constant_score": {"filter": {"exists": {"field": "speaker"}}, "boost": _SPOKEN}}
    terms = analyze_query(AnyOf(tuple(Phrase(word, at) for at, word in enumerate(words))), client.analyze)

    def marked(turn: SpokenTurn) -> Marked:
        return Marked(turn, highlight.full_marks(turn.text, terms, client.analyze))

    return tuple(map(marked, turns_to_read(client, mine, heavy, spoken, size)))
