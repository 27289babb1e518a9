"""The three indices: their names, their strict mappings, and what `_meta` says of how they were made.

    alias                 index behind it                     one document
    fangtan-turns         fangtan-turns-20261124-093000       a turn: what people search and open in Kibana
    fangtan-passages      fangtan-passages-20261124-093000    about ten consecutive turns: only for ranking
    fangtan-interviews    fangtan-interviews-20261124-093000  a transcript: the mark that all its turns are in
    fangtan-versions      the same                            a transcript that is another once more, without turns

The three indices of one stamp belong together and are swapped together. Everything here is plain data: search reads it
without loading anything else. Only what every Elasticsearch has is used: no custom analyzer, no plugin, no script.
"""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from indexer.settings import Settings

VERSION = 2
"""Raise it when a field is added, removed or means something else: an index of another version is told, not guessed."""

KINDS = ("turns", "passages", "interviews")

# A keyword term may have 32,766 bytes (Lucene's limit) and a character up to four: longer values stay in `_source`,
# found by nothing, instead of having the whole document refused.
_LONGEST_KEYWORD = 8191

_KEYWORD: Mapping[str, Any] = {"type": "keyword", "ignore_above": _LONGEST_KEYWORD}
_INTEGER: Mapping[str, Any] = {"type": "integer"}
_DATE: Mapping[str, Any] = {"type": "date", "format": "strict_date_optional_time"}
# Tokens made on the client, a space between two. Frequencies only: BM25 needs no positions, and they cost a third more.
_TOKENS: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "freqs"}
_TOKENS_IN_PLACE: Mapping[str, Any] = {"type": "text", "analyzer": "whitespace", "index_options": "positions"}
_PRINTED: Mapping[str, Any] = {"type": "text", "analyzer": "standard"}

# What a turn and a passage can both be narrowed by, under one name: a filter written for turns holds for passages too,
# where a field has the values of every turn inside.
_NARROWING: Mapping[str, Any] = {
    "interview_id": _KEYWORD,
    "speaker": _KEYWORD,
    "role": _KEYWORD,
    "affiliation": _KEYWORD,
    "date": _DATE,
    "outlet": _KEYWORD,
    "authors": _KEYWORD,
    "language": _KEYWORD,
    "topics": _KEYWORD,
}

TURN: Mapping[str, Any] = {
    **_NARROWING,
    "turn": _INTEGER,
    "exchange": _INTEGER,
    "reply_to": _INTEGER,
    "label": _KEYWORD,
    "title": _KEYWORD,
    "source": _KEYWORD,
    "url": _KEYWORD,
    "text": _PRINTED,
    "words": _TOKENS,
    "bigrams": _TOKENS,
    "chars": _TOKENS_IN_PLACE,
    "asked": _TOKENS,
    "passage": _KEYWORD,
    "keywords": _KEYWORD,
    "numbers": {"type": "double"},
    "start": _INTEGER,
    "end": _INTEGER,
    "length": _INTEGER,
}

PASSAGE: Mapping[str, Any] = {
    **_NARROWING,
    "ordinal": _INTEGER,
    "first_turn": _INTEGER,
    "last_turn": _INTEGER,
    "words": _TOKENS,
    "bigrams": _TOKENS,
}

INTERVIEW: Mapping[str, Any] = {
    "interview_id": _KEYWORD,
    "title": _KEYWORD,
    "date": _DATE,
    "outlet": _KEYWORD,
    "authors": _KEYWORD,
    "source": _KEYWORD,
    "url": _KEYWORD,
    "language": _KEYWORD,
    "guests": _KEYWORD,
    "speakers": _KEYWORD,
    "topics": _KEYWORD,
    "turns": _INTEGER,
    "passages": _INTEGER,
    "characters": _INTEGER,
    "path": _KEYWORD,
    "part": _INTEGER,
    "parts": _INTEGER,
    "hash": _KEYWORD,
    "content": _KEYWORD,
    "fingerprint": _KEYWORD,
    "given": _KEYWORD,
    "attributed": _INTEGER,
    "spoken": _INTEGER,
    "sketch": {"type": "keyword", "index": False, "doc_values": False},
    "version_of": _KEYWORD,
    "versions": _KEYWORD,
    "indexed_at": _DATE,
}

FIELDS: Mapping[str, Mapping[str, Any]] = {"turns": TURN, "passages": PASSAGE, "interviews": INTERVIEW}


# What `_meta` keeps of how an index was made, each a number or a fingerprint; `created` and `fangtan` are for people.
_MADE_BY: Mapping[str, str] = {
    "schema": "the fields of the index",
    "reading": "how transcripts are read",
    "dictionary": "the dictionary (words.txt)",
    "topics": "the topics (topics.toml)",
    "speakers": "the speakers (speakers.toml)",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The three names of one set: the aliases, or the indices of one stamp."""

    turns: str
    passages: str
    interviews: str

    @property
    def each(self) -> tuple[str, str, str]:
        """Return the three, in the order of `KINDS`."""
        return self.turns, self.passages, self.interviews


def names(settings: Settings) -> Names:
    """Return the aliases that searches ask: fangtan-turns, fangtan-passages, fangtan-interviews."""
    return Names(*(f"{settings.index}-{kind}" for kind in KINDS))


def versions(settings: Settings) -> str:
    """Return the alias of the interviews that are versions of others, which the alias of interviews leaves out."""
    return f"{settings.index}-versions"


def dated(settings: Settings, stamp: str) -> Names:
    """Return the indices of one stamp (20261124-093000)."""
    return Names(*(f"{alias}-{stamp}" for alias in names(settings).each))


def stamp_of(settings: Settings, index: str) -> str:
    """Return the stamp in the name of one of our indices, "" for an index that is none of ours.

    fangtan-turns-20261124-093000 -> 20261124-093000; fangtan-turns-old and fangtan2-turns-… are somebody else's.
    """
    kinds = "|".join(KINDS)
    found = re.fullmatch(rf"{re.escape(settings.index)}-(?:{kinds})-(\d{{8}}-\d{{6}}(?:-\d+)?)", index)
    return found[1] if found else ""


def meta(reading: int, dictionary: str, topics: str, speakers: str, fingerprint: str) -> dict[str, str | int]:
    """Return what is written into indices made now: the fingerprints of all that documents depend on."""
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
    """Return what changed between two `_meta`, in a person's words; nothing if documents of both may be mixed."""
    return tuple(said for key, said in _MADE_BY.items() if then.get(key) != now.get(key))


def mappings(kind: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return the mappings of one of `KINDS`: strict, so that a field nobody described is refused."""
    properties = {name: dict(mapping) for name, mapping in FIELDS[kind].items()}
    return {"dynamic": "strict", "_meta": dict(meta), "properties": properties}
