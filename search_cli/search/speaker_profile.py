"""One speaker on one page: what they are, what and whom they speak of, who asks them, their most telling answers.

The most telling answers are those with most of the speaker's characteristic keywords (Elasticsearch's significant
terms, against all turns), of a length that can be read, one of an interview.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.model import Role
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import Bucket, SpokenTurn
from search_cli.search import responses
from search_cli.search.profile import OVER_TIME, buckets, keywords_of, turns_to_read

_TOPICS, _PEOPLE, _OFFICES, _FORMS = 10, 100, 50, 20
_KEYWORDS = 40


@dataclass(frozen=True, slots=True)
class Office:
    """An affiliation that a speaker has, in so many turns of interviews from `first` to `last` (ISO dates, or "")."""

    affiliation: str
    turns: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class SpeakerProfile:
    """A speaker; shares (0 to 1) of topics, roles and so on are of the speaker's turns.

    `names` are the speakers that the typed name means, `printed` the forms that transcripts print. `share` is the part
    of all `of_characters` spoken in the archive, under the same filters. `years` have turns by year, and `undated` is
    the number of those without a date; `asked_by` are the speakers whose questions are answered. `mentions` are the
    people whom the speaker names, others than the speaker. `mentioned` is the number of turns in which others name the
    speaker, `mentioned_by` who they are, with shares of these turns.
    """

    name: str
    names: tuple[str, ...]
    printed: tuple[Bucket, ...]
    roles: tuple[Bucket, ...]
    offices: tuple[Office, ...]
    topics: tuple[Bucket, ...]
    asked_by: tuple[Bucket, ...]
    years: tuple[Bucket, ...]
    undated: int
    turns: int
    characters: int
    of_characters: int
    share: float
    interviews: int
    first: str
    last: str
    answers: tuple[SpokenTurn, ...]
    mentions: tuple[Bucket, ...] = ()
    mentioned: int = 0
    mentioned_by: tuple[Bucket, ...] = ()


def speaker_profile(client: ArchiveClient, name: str, mine: Clause, everybody: Clause, answers: int) -> SpeakerProfile:
    """Return the page of the turns that `mine` matches; `everybody` matches those of all speakers."""
    spoken = {"bool": {"filter": [everybody, {"exists": {"field": "speaker"}}]}}
    characters = {"characters": {"sum": {"field": "length"}}}
    found, whole = client.searches(
        [
            (client.names.turns, _counts(mine)),
            (client.names.turns, {"query": spoken, "size": 0, "track_total_hits": False, "aggs": characters}),
        ]
    ).responses
    aggs, turns = found["aggregations"], responses.total(found)
    mine_characters, all_characters = (int(one["aggregations"]["characters"]["value"]) for one in (found, whole))
    names = responses.keys(aggs["names"])
    mentioned, mentioned_by = _mentioned(client, names, everybody)
    years = [bucket for bucket in buckets(aggs["years"], turns) if bucket.count]
    return SpeakerProfile(
        name=name,
        names=names,
        printed=buckets(aggs["printed"], turns),
        roles=buckets(aggs["roles"], turns),
        offices=tuple(sorted(map(_office, aggs["offices"]["buckets"]), key=lambda one: (one.first, one.affiliation))),
        topics=buckets(aggs["topics"], turns),
        asked_by=buckets(aggs["asked_by"], turns),
        years=tuple(years),
        undated=int(aggs["undated"]["doc_count"]),
        turns=turns,
        characters=mine_characters,
        of_characters=all_characters,
        share=mine_characters / all_characters if all_characters else 0.0,
        interviews=int(aggs["interviews"]["value"]),
        first=aggs["first"].get("value_as_string", ""),
        last=aggs["last"].get("value_as_string", ""),
        answers=_answers(client, mine, responses.keys(aggs["keywords"]), answers),
        mentions=tuple(one for one in buckets(aggs["mentions"], turns) if one.value not in names),
        mentioned=mentioned,
        mentioned_by=mentioned_by,
    )


def _counts(mine: Clause) -> Body:
    """Return the search that counts a speaker's turns by everything the page shows."""
    day = {"field": "date", "format": "yyyy-MM-dd"}
    span = {"first": {"min": day}, "last": {"max": day}}
    aggs: dict[str, Any] = {
        "names": _terms("speaker", _FORMS),
        "printed": _terms("printed_speaker", _FORMS),
        "roles": _terms("role", len(Role)),
        "offices": {**_terms("affiliation", _OFFICES), "aggs": span},
        "topics": _terms("topics", _TOPICS),
        "asked_by": _terms("reply_to_speaker", _PEOPLE),
        "mentions": _terms("mentions", _PEOPLE),
        **OVER_TIME,
        "keywords": keywords_of(_KEYWORDS),
        **span,
    }
    return {"query": mine, "size": 0, "track_total_hits": True, "aggs": aggs}


def _mentioned(client: ArchiveClient, names: tuple[str, ...], everybody: Clause) -> tuple[int, tuple[Bucket, ...]]:
    """Return how many turns of others mention somebody, and whose they are."""
    others = {
        "filter": [everybody, {"terms": {"mentions": list(names)}}],
        "must_not": [{"terms": {"speaker": list(names)}}],
    }
    aggs = {"by": _terms("speaker", _PEOPLE)}
    found = client.search(
        client.names.turns, {"query": {"bool": others}, "size": 0, "track_total_hits": True, "aggs": aggs}
    )
    turns = responses.total(found)
    return turns, buckets(found["aggregations"]["by"], turns)


def _answers(client: ArchiveClient, mine: Clause, keywords: tuple[str, ...], size: int) -> tuple[SpokenTurn, ...]:
    """Return the most telling answers; what is said unasked where nobody asks."""
    if not keywords or not size:
        return ()
    telling = [{"constant_score": {"filter": {"term": {"keywords": keyword}}}} for keyword in keywords]
    asked: Clause = {"constant_score": {"filter": {"exists": {"field": "reply_to"}}, "boost": float(_KEYWORDS)}}
    return turns_to_read(client, mine, telling, asked, size)


def _terms(field: str, size: int) -> Body:
    return {"terms": {"field": field, "size": size}}


def _office(bucket: Mapping[str, Any]) -> Office:
    first, last = (bucket[key].get("value_as_string", "") for key in ("first", "last"))
    return Office(bucket["key"], bucket["doc_count"], first, last)
