"""Read who speaks the indexed turns, and write it anew: in turns, answers, passages and interviews.

Of an interview, what follows from its turns is written before the turns whose own speaker changes: a run that is killed
in between leaves those as they were, by which the next one finds the interview again.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
_FIELDS = [
    "interview_id",
    "turn",
    "date",
    "label",
    "speaker",
    "affiliation",
    "printed_speaker",
    "printed_affiliation",
    "reply_to",
    "reply_to_speaker",
    "first_turn",
    "last_turn",
]

NamePair = tuple[str, str]
"""The name that a transcript prints, and the speaker that it is indexed under."""


@dataclass(frozen=True, slots=True)
class IndexedSpeaker:
    """Who speaks a turn as it is indexed, and what the transcript prints."""

    interview_id: str
    turn: int
    date: datetime.date | None
    label: str
    speaker: str
    affiliation: str
    printed_speaker: str
    printed_affiliation: str


SpeakerOf = Callable[[IndexedSpeaker], tuple[str, str]]
"""Returns the speaker and the affiliation that a turn should have."""


@dataclass(frozen=True, slots=True)
class SpeakerChanges:
    """The actions for one interview, and (before, after) of each turn whose speaker or affiliation changes."""

    actions: InterviewActions
    turns: tuple[tuple[IndexedSpeaker, str, str], ...]


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
        if "after_key" not in found:
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
        ids |= _ids(client, names, {"bool": {"should": alternatives}})
    return ids


def find_affiliated(client: "Elasticsearch", names: Names, speakers: Sequence[str]) -> set[str]:
    """Return the ids of the interviews where one of these speaks, or an affiliation is not of the transcript."""
    added = {
        "bool": {
            "filter": [{"exists": {"field": "affiliation"}}],
            "must_not": [{"exists": {"field": "printed_affiliation"}}],
        }
    }
    return _ids(client, names, {"bool": {"should": [added, {"terms": {"speaker": list(speakers)}}]}})


def changes(
    client: "Elasticsearch", names: Names, ids: Iterable[str], speaker_of: SpeakerOf
) -> Iterator[SpeakerChanges]:
    """Yield the changes of each interview that has any; nothing is written."""
    ordered = sorted(ids)
    for first in range(0, len(ordered), _TOGETHER):
        query = {"terms": {"interview_id": ordered[first : first + _TOGETHER]}}
        turns, spans = _sources(client, names.turns, query, "turn"), _sources(client, names.passages, query, "ordinal")
        for interview_id, sources in turns.items():
            found = _changes(names, interview_id, sources, spans.get(interview_id, {}), speaker_of)
            if found.turns:
                yield found


def _changes(
    names: Names, interview_id: str, turns: Mapping[int, Document], spans: Mapping[int, Document], speaker_of: SpeakerOf
) -> SpeakerChanges:
    """Return the changes of an interview, given its documents by number."""
    before = {number: _indexed(source) for number, source in sorted(turns.items())}
    after = {number: speaker_of(one) for number, one in before.items()}
    speaker_by = {number: speaker for number, (speaker, _) in after.items()}
    own: list[BulkAction] = []
    answers: list[BulkAction] = []
    for number, one in before.items():
        speaker, affiliation = after[number]
        asked = speaker_by.get(turns[number].get("reply_to") or 0, "")
        fields = {"speaker": speaker, "affiliation": affiliation, "reply_to_speaker": asked}
        changed = {key: value or None for key, value in fields.items() if value != (turns[number].get(key) or "")}
        if changed:
            action = bulk.update(names.turns, turn_id(interview_id, number), changed)
            (own if speaker != one.speaker else answers).append(action)
    changed_turns = tuple(
        (one, *after[number]) for number, one in before.items() if after[number] != (one.speaker, one.affiliation)
    )
    around = _passage_actions(names, interview_id, spans, {number: after[number] for number in before})
    speakers = {"speakers": list(dict.fromkeys(filter(None, speaker_by.values())))}
    interview = bulk.update(names.interviews, interview_id, speakers)
    actions = [interview, *around, *answers, *own] if changed_turns else []
    return SpeakerChanges(InterviewActions(interview_id, actions, None), changed_turns)


def _passage_actions(
    names: Names, interview_id: str, spans: Mapping[int, Document], after: Mapping[int, tuple[str, str]]
) -> Iterator[BulkAction]:
    """Yield the actions for the passages whose speakers or affiliations change."""
    for ordinal, source in spans.items():
        within = [after[one] for one in range(source["first_turn"], source["last_turn"] + 1) if one in after]
        fields = {
            "speaker": list(dict.fromkeys(speaker for speaker, _ in within if speaker)),
            "affiliation": list(dict.fromkeys(affiliation for _, affiliation in within if affiliation)),
        }
        if any(value != (source.get(key) or []) for key, value in fields.items()):
            yield bulk.update(names.passages, passage_id(interview_id, ordinal), fields)


def _indexed(source: Document) -> IndexedSpeaker:
    date = source.get("date")
    texts = (source.get(name) or "" for name in _FIELDS[3:8])
    return IndexedSpeaker(
        source["interview_id"], source["turn"], datetime.date.fromisoformat(date) if date else None, *texts
    )


def _ids(client: "Elasticsearch", names: Names, query: Mapping[str, Any]) -> set[str]:
    """Return the interviews with a turn that matches."""
    ids: set[str] = set()
    composite: dict[str, Any] = {"size": _PAGE, "sources": [{"id": {"terms": {"field": "interview_id"}}}]}
    while True:
        aggs = {"ids": {"composite": composite}}
        found = client.search(index=names.turns, size=0, track_total_hits=False, query=query, aggs=aggs)
        buckets = found["aggregations"]["ids"]
        ids |= {bucket["key"]["id"] for bucket in buckets["buckets"]}
        if "after_key" not in buckets:
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
