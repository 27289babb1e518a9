"""Read who speaks the indexed turns and whom they mention, and write it anew: in turns, answers, passages, interviews.

Of an interview, what follows from its turns is written before the turns whose own speaker changes: a run that is killed
in between leaves those as they were, by which the next one finds the interview again.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import from_source, source_fields, to_source
from indexer.store import bulk
from indexer.store.bulk import BulkAction, InterviewActions
from indexer.store.documents import Document, passage_id, turn_id
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_PAGE = 1000
_TOGETHER = 50
"""Interviews read at a time."""
_ALTERNATIVES = 200
"""Pairs of names searched for at a time."""
NamePair = tuple[str, str]
"""The name that a transcript prints, and the speaker that it is indexed under."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who speaks a turn, as what, and whom it mentions; see `model.Turn`."""

    speaker: str
    affiliation: str
    role: str
    printed_role: str
    mentions: tuple[str, ...]
    printed_mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndexedTurn:
    """The attribution of a turn as it is indexed, and what the transcript prints."""

    interview_id: str
    turn: int
    date: datetime.date | None
    label: str
    printed_speaker: str
    printed_affiliation: str
    attribution: Attribution


_FIELDS = [*source_fields(IndexedTurn), "reply_to", "reply_to_speaker", "first_turn", "last_turn"]

AttributionOf = Callable[[IndexedTurn], Attribution]
"""Returns the attribution that a turn should have."""


@dataclass(frozen=True, slots=True)
class SpeakerChanges:
    """The actions for one interview, and the turns whose attribution changes, each with the new one."""

    actions: InterviewActions
    turns: tuple[tuple[IndexedTurn, Attribution], ...]


def count_names(client: "Elasticsearch", names: Names) -> dict[NamePair, int]:
    """Count the turns of each pair of printed name and speaker."""
    counts: dict[NamePair, int] = {}
    sources = [{field: {"terms": {"field": field}}} for field in ("printed_speaker", "speaker")]
    composite: dict[str, Any] = {"size": _PAGE, "sources": sources}
    while True:
        aggs = {"names": {"composite": composite}}
        found = client.search(index=names.turns, size=0, track_total_hits=False, aggs=aggs)["aggregations"]["names"]
        pairs = ((one["key"]["printed_speaker"], one["key"]["speaker"], one["doc_count"]) for one in found["buckets"])
        counts |= {(printed, speaker): turns for printed, speaker, turns in pairs}
        if len(found["buckets"]) < _PAGE:
            return counts
        composite["after"] = found["after_key"]


def find_interviews(client: "Elasticsearch", names: Names, pairs: Sequence[NamePair]) -> set[str]:
    """Return the ids of the interviews with a turn of one of these pairs."""
    ids: set[str] = set()
    for first in range(0, len(pairs), _ALTERNATIVES):
        alternatives = [
            {"bool": {"filter": [{"term": {"printed_speaker": printed}}, {"term": {"speaker": speaker}}]}}
            for printed, speaker in pairs[first : first + _ALTERNATIVES]
        ]
        ids |= find(client, names, {"bool": {"should": alternatives}})
    return ids


def find_officers(client: "Elasticsearch", names: Names, speakers: Sequence[str]) -> set[str]:
    """Return the ids of the interviews where one of these speaks, or an affiliation or role is not the transcript's."""
    added = {
        "bool": {
            "filter": [{"exists": {"field": "affiliation"}}],
            "must_not": [{"exists": {"field": "printed_affiliation"}}],
        }
    }
    given = {"exists": {"field": "printed_role"}}
    return find(client, names, {"bool": {"should": [added, given, {"terms": {"speaker": list(speakers)}}]}})


def find_missing(
    client: "Elasticsearch", names: Names, ids: Iterable[str], turns: Iterable[tuple[str, int]]
) -> tuple[str, ...]:
    """Return which of these interviews, and of these turns of other interviews, the archive does not have."""
    wanted = sorted(ids)
    lengths: dict[str, int] = {}
    for first in range(0, len(wanted), _PAGE):
        query = {"terms": {"interview_id": wanted[first : first + _PAGE]}}
        found = client.search(
            index=names.interviews, query=query, size=_PAGE, source_includes=["interview_id", "turns"]
        )
        lengths |= {hit["_source"]["interview_id"]: hit["_source"]["turns"] for hit in found["hits"]["hits"]}
    beyond = (turn_id(one, turn) for one, turn in sorted(turns) if not 0 < turn <= lengths.get(one, turn))
    return (*(one for one in wanted if one not in lengths), *beyond)


def changes(
    client: "Elasticsearch", names: Names, ids: Iterable[str], attribution_of: AttributionOf
) -> Iterator[SpeakerChanges]:
    """Yield the changes of each interview that has any; nothing is written."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), _TOGETHER):
        query = {"terms": {"interview_id": ordered[first : first + _TOGETHER]}}
        turns, spans = _sources(client, names.turns, query, "turn"), _sources(client, names.passages, query, "ordinal")
        for interview_id, sources in turns.items():
            found = _changes(names, interview_id, sources, spans.get(interview_id, {}), attribution_of)
            if found.turns:
                yield found


def _changes(
    names: Names,
    interview_id: str,
    turns: Mapping[int, Document],
    spans: Mapping[int, Document],
    attribution_of: AttributionOf,
) -> SpeakerChanges:
    """Return the changes of an interview, given its documents by number."""
    before = {number: from_source(IndexedTurn, source) for number, source in sorted(turns.items())}
    after = {number: attribution_of(one) for number, one in before.items()}
    own: list[BulkAction] = []
    answers: list[BulkAction] = []
    for number, one in before.items():
        question = after.get(turns[number].get("reply_to") or 0)
        fields = {**to_source(after[number]), "reply_to_speaker": question.speaker if question else ""}
        changed = {
            key: value or None for key, value in fields.items() if value != (turns[number].get(key) or type(value)())
        }
        if changed:
            action = bulk.update(names.turns, turn_id(interview_id, number), changed)
            (own if after[number].speaker != one.attribution.speaker else answers).append(action)
    changed_turns = tuple((one, after[number]) for number, one in before.items() if after[number] != one.attribution)
    around = _passage_actions(names, interview_id, spans, after)
    lists = {"speakers": list(dict.fromkeys(one.speaker for one in after.values() if one.speaker))}
    if any(one.attribution.mentions for one in before.values()) or any(one.mentions for one in after.values()):
        lists["mentions"] = list(dict.fromkeys(name for one in after.values() for name in one.mentions))
    interview = bulk.update(names.interviews, interview_id, lists)
    actions = [interview, *around, *answers, *own] if changed_turns else []
    return SpeakerChanges(InterviewActions(interview_id, actions, None), changed_turns)


def _passage_actions(
    names: Names, interview_id: str, spans: Mapping[int, Document], after: Mapping[int, Attribution]
) -> Iterator[BulkAction]:
    """Yield the actions for the passages whose speakers, affiliations or roles change."""
    for ordinal, source in spans.items():
        within = [after[one] for one in range(source["first_turn"], source["last_turn"] + 1) if one in after]
        fields = {
            key: list(dict.fromkeys(filter(None, (getattr(one, key) for one in within))))
            for key in ("speaker", "affiliation", "role")
        }
        if any(value != (source.get(key) or []) for key, value in fields.items()):
            yield bulk.update(names.passages, passage_id(interview_id, ordinal), fields)


def find(client: "Elasticsearch", names: Names, query: Mapping[str, Any]) -> set[str]:
    """Return the interviews with a turn that matches."""
    ids: set[str] = set()
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"id": {"terms": {"field": "interview_id"}}}]}
    while True:
        aggs = {"ids": {"composite": composite}}
        found = client.search(index=names.turns, size=0, track_total_hits=False, query=query, aggs=aggs)
        buckets = found["aggregations"]["ids"]
        ids |= {bucket["key"]["id"] for bucket in buckets["buckets"]}
        if len(buckets["buckets"]) < _PAGE:
            return ids
        composite["after"] = buckets["after_key"]


def _sources(
    client: "Elasticsearch", index: str, query: Mapping[str, Any], number: str
) -> dict[str, dict[int, Document]]:
    """Return the documents that match, by interview and number."""
    from elasticsearch import helpers

    found: dict[str, dict[int, Document]] = {}
    body = {"query": query, "_source": [*_FIELDS, number]}
    for hit in helpers.scan(client, index=index, query=body, size=_PAGE):
        found.setdefault(hit["_source"]["interview_id"], {})[hit["_source"][number]] = hit["_source"]
    return found
