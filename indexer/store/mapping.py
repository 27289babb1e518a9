"""Define the three indices: names, strict mappings, and the `_meta` that tells how they were built.

    alias                 index behind it                     a document
    fangtan-turns         fangtan-turns-20261124-093000       a turn: what is searched and opened in Kibana
    fangtan-passages      fangtan-passages-20261124-093000    about ten consecutive turns: only for ranking
    fangtan-interviews    fangtan-interviews-20261124-093000  an interview: marks that all its turns are indexed
    fangtan-versions      the same                            a duplicate of another interview, without turns

The three indices of a stamp belong together and are swapped together. Everything here is plain data that search reads
without loading anything else. Only what every Elasticsearch has is used: no custom analyzer, no plugin, no script.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from indexer.language.messages import gettext_noop
from indexer.settings import Settings

VERSION = 7
"""Increment when a field is added, removed or changes its meaning: an index of another version is reported."""

KINDS = ("turns", "passages", "interviews")

# A keyword may have 32,766 bytes (Lucene's limit), and a character up to four: longer values remain in `_source` but
# are not searchable; otherwise the whole document would be refused.
_LONGEST_KEYWORD = 8191

_KEYWORD: Mapping[str, Any] = {"type": "keyword", "ignore_above": _LONGEST_KEYWORD}
_INTEGER: Mapping[str, Any] = {"type": "integer"}
_DATE: Mapping[str, Any] = {"type": "date", "format": "strict_date_optional_time"}
# Tokens made by the client, joined by spaces. Frequencies only: BM25 needs no positions, which take a third more space.
_TOKENS: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_TOKENS_IN_PLACE: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
_PRINTED: Mapping[str, Any] = {"type": "text", "analyzer": "standard"}

# What every document of an interview repeats, so that Kibana and curl need no join; the first fields of each
INTERVIEW_FIELDS: Mapping[str, Any] = {
    "interview_id": _KEYWORD,
    "title": _KEYWORD,
    "date": _DATE,
    "outlet": _KEYWORD,
    "authors": _KEYWORD,
    "source": _KEYWORD,
    "url": _KEYWORD,
    "media": _KEYWORD,
    "language": _KEYWORD,
    "added_at": _DATE,
}

TURN: Mapping[str, Any] = {
    **INTERVIEW_FIELDS,
    "turn": _INTEGER,
    "exchange": _INTEGER,
    "reply_to": _INTEGER,
    "reply_to_speaker": _KEYWORD,
    "speaker": _KEYWORD,
    "label": _KEYWORD,
    "role": _KEYWORD,
    "affiliation": _KEYWORD,
    "printed_speaker": _KEYWORD,
    "printed_affiliation": _KEYWORD,
    "printed_role": _KEYWORD,
    "mentions": _KEYWORD,
    "printed_mentions": _KEYWORD,
    "text": _PRINTED,
    "words": _TOKENS,
    "bigrams": _TOKENS,
    "chars": _TOKENS_IN_PLACE,
    "asked": _TOKENS_IN_PLACE,
    "topics": _KEYWORD,
    "keywords": _KEYWORD,
    "numbers": {"type": "double"},
    "start": _INTEGER,
    "end": _INTEGER,
    "notes": _PRINTED,
    "note_offsets": {"type": "integer", "index": False, "doc_values": False},
    "note_chars": _TOKENS_IN_PLACE,
    "note_bigrams": _TOKENS,
    "length": _INTEGER,
    "passage": _KEYWORD,
}

# Filters have the same names in turns and passages: a passage has the values of all its turns, and a filter for turns
# holds for passages too
FILTERS_OF_INTERVIEWS = ("date", "outlet", "authors", "language", "added_at")
FILTERS_OF_TURNS = ("speaker", "role", "affiliation", "topics")

PASSAGE: Mapping[str, Any] = {
    "interview_id": _KEYWORD,
    "ordinal": _INTEGER,
    "first_turn": _INTEGER,
    "last_turn": _INTEGER,
    **{name: TURN[name] for name in (*FILTERS_OF_INTERVIEWS, *FILTERS_OF_TURNS)},
    "bigrams": _TOKENS,
}

INTERVIEW: Mapping[str, Any] = {
    **INTERVIEW_FIELDS,
    "guests": _KEYWORD,
    "speakers": _KEYWORD,
    "mentions": _KEYWORD,
    "topics": _KEYWORD,
    "turns": _INTEGER,
    "passages": _INTEGER,
    "characters": _INTEGER,
    "path": _KEYWORD,
    "part": _INTEGER,
    "parts": _INTEGER,
    "hash": _KEYWORD,
    "given": _KEYWORD,
    "content": _KEYWORD,
    "attributed": _INTEGER,
    "spoken": _INTEGER,
    "known": _INTEGER,
    "script": _INTEGER,
    "sketch": {"type": "keyword", "index": False, "doc_values": False},
    "version_of": _KEYWORD,
    "versions": _KEYWORD,
    "fingerprint": _KEYWORD,
    "indexed_at": _DATE,
}

FIELDS: Mapping[str, Mapping[str, Any]] = {"turns": TURN, "passages": PASSAGE, "interviews": INTERVIEW}


TOPICS_CHANGED = gettext_noop("the topics (topics.toml)")

# The keys of `_meta` that must be the same for documents to be mixed, each a number or a fingerprint. Changed speakers
# are applied to the turns that there are; `created` and `fangtan` are for people
_BUILT_FROM: Mapping[str, str] = {
    "schema": gettext_noop("the fields of the index"),
    "reading": gettext_noop("how transcripts are read"),
    "dictionary": gettext_noop("the dictionary (words.txt)"),
    "topics": TOPICS_CHANGED,
}


TOPICS_SOURCE, SPEAKERS_SOURCE = "topics_source", "speakers_source"
"""The keys of `_meta` with the text of topics.toml and of speakers.toml that the documents were made with."""

TOPICS_BEFORE = "topics_before"
"""The key of `_meta` with the text of topics.toml that some documents may still be of: an update was begun."""

VECTORS = "vectors"
"""The key of `_meta` about the vectors of turns, if there are any: `VectorInfo` as an object."""


@dataclass(frozen=True, slots=True)
class VectorInfo:
    """The vectors of an archive: the `model` by name and by `fingerprint`, and the `field` of turns that has them.

    A model has a field of its own, so that vectors of two models are never compared. `complete` is 0 while they are
    made for the first time; later, only turns that have just changed may lack one.
    """

    model: str
    fingerprint: str
    field: str
    dimensions: int
    complete: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a set: the aliases, or the indices of one stamp."""

    turns: str
    passages: str
    interviews: str

    @property
    def each(self) -> tuple[str, str, str]:
        """Return the names in the order of `KINDS`."""
        return self.turns, self.passages, self.interviews


def names(settings: Settings) -> Names:
    """Return the aliases that are searched: fangtan-turns, fangtan-passages, fangtan-interviews."""
    return Names(*(f"{settings.index}-{kind}" for kind in KINDS))


def versions(settings: Settings) -> str:
    """Return the alias of the duplicates, which the alias of interviews leaves out."""
    return f"{settings.index}-versions"


def dated(settings: Settings, stamp: str) -> Names:
    """Return the indices of one stamp (20261124-093000)."""
    return Names(*(f"{alias}-{stamp}" for alias in names(settings).each))


def stamp_of(settings: Settings, index: str) -> str:
    """Return the stamp in the name of an index of fangtan, or "".

    fangtan-turns-20261124-093000 -> 20261124-093000; fangtan-turns-old and fangtan2-turns-… are not ours.
    """
    kinds = "|".join(KINDS)
    found = re.fullmatch(rf"{re.escape(settings.index)}-(?:{kinds})-(\d{{8}}-\d{{6}}(?:-\d+)?)", index)
    return found[1] if found else ""


def meta(reading: int, dictionary: str, topics: str, speakers: str, fingerprint: str) -> dict[str, str | int]:
    """Return the `_meta` of new indices: the fingerprints of everything that documents depend on."""
    from importlib.metadata import version  # 20 ms, for an index that is made

    return {
        "schema": VERSION,
        "reading": reading,
        "dictionary": dictionary,
        "topics": topics,
        "speakers": speakers,
        "fingerprint": fingerprint,
        "fangtan": version("fangtan"),
        "created": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def stale(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a description of each difference between two `_meta`, in English; none if documents may be mixed."""
    return tuple(text for key, text in _BUILT_FROM.items() if then.get(key) != now.get(key))


def vector_info(meta: Mapping[str, Any]) -> VectorInfo | None:
    """Return what the `_meta` of an index says of its vectors; None if it has none."""
    found = meta.get(VECTORS)
    names = VectorInfo.__dataclass_fields__
    return VectorInfo(**{name: found[name] for name in names}) if found and names.keys() <= found.keys() else None


VECTOR_VERSION = 1
"""Increment when a model's vectors of the same turns change: how texts are prepared, how neighbours are combined."""

EVERY_VECTOR = "vector_*"
"""The pattern of all fields with vectors. Elasticsearch before 9.2 has them in `_source`, where it leaves them out."""


def vector_field(fingerprint: str) -> str:
    """Return the field of turns for the vectors of a model: vector_67f5d47c929d_1."""
    return f"vector_{fingerprint}_{VECTOR_VERSION}"


def vector_mapping(dimensions: int) -> dict[str, Any]:
    """Return the mapping of such a field, for vectors of length 1.

    int8: a quarter of the memory, recall@10 .99 of brute force (7,244 vectors); Elasticsearch's own choice from 384
    dimensions on, one bit, has .94.
    """
    options = {"type": "int8_hnsw"}
    return {
        "type": "dense_vector",
        "dims": dimensions,
        "index": True,
        "similarity": "dot_product",
        "index_options": options,
    }


def mappings(kind: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mappings of one of `KINDS`; strict, so that unknown fields are refused."""
    properties = {name: dict(mapping) for name, mapping in FIELDS[kind].items()}
    return {"dynamic": "strict", "_meta": dict(meta), "properties": properties}
