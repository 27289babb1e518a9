r"""Results as JSON and JSON Lines, UTF-8. The format is stable: fields may be added; none is renamed or removed.

`--json` prints one object:

    {"query", "words": [...], "match", "every", "most", "some", "notes", "by_speaker", "parts", "total", "also": [...],
     "speakers": [...], "interviews", "archive_interviews", "milliseconds", "page", "limit", "sort", "seed" (a random
     order's, or null), "by", "near", "hits": [hit, ...],
     "facets": [{"field", "total", "match", "other", "chosen": [value, ...], "values",
     "buckets": [{"value", "count", "share"}, ...]}, ...]}

a hit being, in `--json` and as a line of `--jsonl`:

    {"rank", "score", "address", "interview_id", "turn", "speaker", "label", "role", "affiliation", "text",
     "marks": [[first, past the last], ...], "title", "date", "outlet", "authors": [...], "source", "url", "exchange",
     "reply_to", "topics": [...], "keywords": [...], "start", "end", "reply_to_speaker", "notes": [...],
     "note_offsets": [...], "mentions": [...], "media", "media_link", "language", "question": turn or null,
     "before": [turn, ...], "after": [turn, ...], "versions": [id, ...], "match",
     "note_marks": [[[first, past the last], ...], ...], "tags": [tag, ...], "note"}

where a turn has the same fields without rank, score, match, note_marks (those of its notes, in their order), tags and
note (what people gave the turn) and versions (other transcripts of the interview). "mentions" are the people whose
names it says. "every", "most" and "some" count the turns that hold every word, most and some; beyond those, "notes"
count turns with a note that does, "by_speaker" those by the "speakers" that are named, and "parts" those that hold
parts of a word. A hit's "match" is what it holds: "every", "most", "some", "note", "speaker", "part", or "meaning" if
it is near in meaning and holds nothing of them. "by" is how turns were searched: "words", "meaning" or "both"; "near"
is how many hits meaning alone found, which "total" does not count. Marks count characters (code points) of "text" from
0; "start" and "end" are milliseconds; "media" is the recording, a path or a web address, and "media_link" opens it
where the turn starts; a missing value is "" or null. Text is exact: control and bidirectional characters are written as
\uXXXX escapes, so that they are safe to print.

`fangtan similar --json` prints {"address", "by", "compared": [address, ...], "hits": [hit, ...]}; its hits have
"shared": [word, ...] too.

`fangtan why --json` prints one object:

    {"query", "address", "found", "match", "sort", "rank", "total", "every", "counted", "score",
     "read": [{"typed", "words": [...], "quoted", "also": [...]}, ...],
     "words": [{"word", "places": [...], "times", "turns", "shared": [...], "also": [...]}, ...],
     "parts": [{"kind", "score", "pieces": [{"term", "score"}, ...]}, ...],
     "passages": [{"id", "first", "last", "says": [[word, times], ...]}, ...],
     "hurdles": [{"kind", "typed", "passed", "has": [...]}, ...], "compared", "instead", "cosine", "nearest",
     "turn": turn}
"""

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from indexer.text.printable import UNSAFE
from search_cli.models import Facet, Hit, Marked, SearchResult, SpokenTurn, TurnTags

if TYPE_CHECKING:
    from search_cli.explain.explanation import Explanation
    from search_cli.search.more_like_this import SimilarTurn, SimilarTurns

_EXPLANATION_KEYS = {"terms": "read", "conditions": "hurdles", "indexed_words": "compared", "alternative": "instead"}
"""Fields of an explanation with another key in JSON, where keys never change."""


def result_object(result: SearchResult) -> dict[str, Any]:
    """Return the object of a page of hits."""
    counts = ("every", "most", "some", "notes", "by_speaker", "parts", "total")
    names = ("query", "words", "match", *counts, "also", "speakers")
    counted = {name: getattr(result, name) for name in names}
    shown = ("interviews", "archive_interviews", "milliseconds", "page", "limit", "sort", "seed", "by", "near")
    paged = {name: getattr(result, name) for name in shown}
    facets = [facet_object(facet) for facet in result.facets]
    return {**counted, **paged, "hits": [hit_object(hit) for hit in result.hits], "facets": facets}


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return the object of a hit."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        **turn_object(Marked(hit.turn, hit.marks)),
        "question": None if hit.question is None else turn_object(hit.question),
        "before": [turn_object(near) for near in hit.before],
        "after": [turn_object(near) for near in hit.after],
        "versions": hit.versions,
        "match": hit.match,
        "note_marks": hit.note_marks,
        "tags": hit.tags,
        "note": hit.note,
    }


def turn_object(marked: Marked) -> dict[str, Any]:
    """Return the object of a turn with its marks."""
    turn = marked.turn
    return {"address": turn.address, **asdict(turn), "media_link": turn.media_link, "marks": marked.marks}


def turn_objects(turns: Iterable[SpokenTurn], tags: Mapping[str, TurnTags] | None = None) -> list[dict[str, Any]]:
    """Return the objects of turns without marks, with their tags and notes if those are given, by address."""
    objects = ((turn.address, turn_object(Marked(turn))) for turn in turns)
    if tags is None:
        return [one for _, one in objects]
    return [{**one, **asdict(tags.get(address, TurnTags()))} for address, one in objects]


def facet_object(facet: Facet) -> dict[str, Any]:
    """Return the object of a facet."""
    return asdict(facet)


def similar_object(similar: "SimilarTurns") -> dict[str, Any]:
    """Return the object of the turns similar to one."""
    compared = [turn.address for turn in similar.compared]
    hits = [similar_hit_object(hit) for hit in similar.found]
    return {"address": similar.turn.address, "by": similar.by, "compared": compared, "hits": hits}


def similar_hit_object(similar: "SimilarTurn") -> dict[str, Any]:
    """Return the object of a similar turn: a hit and the words it shares."""
    return {**hit_object(similar.hit), "shared": similar.shared}


def explanation_object(explanation: "Explanation") -> dict[str, Any]:
    """Return the object of an explanation."""
    turn = explanation.turn
    fields = {_EXPLANATION_KEYS.get(name, name): value for name, value in asdict(explanation).items()}
    fields["parts"] = [
        {"kind": part.kind, "score": part.score, "pieces": [asdict(term) for term in part.terms]}
        for part in explanation.parts
    ]
    return {**fields, "address": turn.address, "found": explanation.found, "turn": turn_object(Marked(turn))}


def json_text(value: object, indent: int | None = None) -> str:
    """Serialize `value` as JSON on one line, or indented; control characters are escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    """Escape a character of a JSON text that would control the terminal; those occur only in strings."""
    if character == "\n" or unicodedata.category(character) not in UNSAFE:
        return character  # a line break here is between values: json.dumps escapes those in strings
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
