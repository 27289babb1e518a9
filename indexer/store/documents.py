"""Interviews to documents: what is written to Elasticsearch, field by field. Pure.

Empty values are left out (a turn without a date has no `date`), so that `exists` and facets tell the truth.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import chain
from typing import Any

from indexer.model import Guest, Interview, Turn
from indexer.store import passages
from indexer.text.analysis import Analysis, Analyzer
from indexer.text.numbers import numbers

Document = dict[str, Any]

ASKED_TOKENS = 400
"""Words, and pairs, of a question that its answers carry: its end, where what is asked stands. Without a limit a speech
that two hundred people answer would be stored two hundred times."""


@dataclass(frozen=True, slots=True)
class Placed:
    """What only the pipeline knows of an interview: where it comes from and what it was made by.

    `source` is the path as typed, `path` the absolute one. `part` counts the interviews of a file from 1 and `parts`
    is their number, known only at the file's last one (0 before). `hash` is of the file's bytes, `content` of what was
    read from them, `fingerprint` of dictionary, topics, speakers and versions. `indexed_at` is ISO with its zone.
    `given` is what a person says of it (`fangtan index --meta`), as KEY=VALUE.
    `sketch` tells whether it is the same as another (`near_duplicates.Sketch`); `versions` are the ids of other
    transcripts of the same interview.
    """

    source: str
    path: str
    hash: str
    content: str
    fingerprint: str
    indexed_at: str
    part: int = 1
    parts: int = 1
    given: tuple[str, ...] = ()
    sketch: str = ""
    versions: tuple[str, ...] = ()


def content_hash(interview: Interview) -> str:
    """Return a hash of all that was read of an interview, whatever its id."""
    import orjson

    return blake2b(orjson.dumps(replace(interview, id="")), digest_size=16).hexdigest()


def turn_id(interview_id: str, turn: int) -> str:
    """Return the address people cite, which is the document's `_id`: qzone-xiaomi#3."""
    return f"{interview_id}#{turn}"


def passage_id(interview_id: str, passage: int) -> str:
    """Return a passage's `_id`, which is what its turns hold in `passage`: qzone-xiaomi/p1."""
    return f"{interview_id}/p{passage}"


def passage_count(interview: Interview) -> int:
    """Return how many passages an interview has."""
    return len(passages.spans(interview.turns))


def turn_documents(interview: Interview, analyzer: Analyzer, source: str = "") -> Iterator[Document]:
    """Yield a document a turn, in reading order."""
    shared = _of_the_interview(interview, source)
    text_of = {turn.turn: turn.text for turn in interview.turns}
    asked: dict[int, str] = {}
    for turn, lies_in in zip(interview.turns, _within(interview), strict=True):
        question = turn.reply_to
        if question is not None and question not in asked:
            asked = {question: _asked(analyzer.analyze(text_of.get(question, "")))}
        analysis = analyzer.analyze(turn.text)
        document = _of_the_turn(turn, analysis, asked.get(question, "") if question is not None else "")
        yield _filled({**shared, **document, "passage": lies_in})


def documents(interview: Interview, analyzer: Analyzer, source: str = "") -> Iterator[tuple[str, str, Document]]:
    """Yield (kind, `_id`, document) of an interview's turns and passages, a passage after its turns.

    Only the turns of one passage are held: a transcript of a million turns takes no more memory than one of ten.
    """
    ending: dict[int, list[tuple[int, int]]] = {}
    for ordinal, (first, end) in enumerate(passages.spans(interview.turns), start=1):
        ending.setdefault(end, []).append((ordinal, end - first))
    last: deque[Document] = deque(maxlen=passages.TURNS + passages.SLACK)
    for place, turn in enumerate(turn_documents(interview, analyzer, source), start=1):
        last.append(turn)
        yield "turns", turn_id(interview.id, turn["turn"]), turn
        for ordinal, size in ending.pop(place, ()):
            yield "passages", passage_id(interview.id, ordinal), _passage(ordinal, list(last)[-size:])


def interview_document(interview: Interview, placed: Placed) -> Document:
    """Return the document of a whole interview: written last, it says that all its turns and passages are in."""
    turns = interview.turns
    document = _filled(
        {
            **_of_the_interview(interview, placed.source),
            "guests": [_introduced(guest) for guest in interview.guests],
            "speakers": list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
            "topics": list(dict.fromkeys(topic for turn in turns for topic in turn.topics)),
            "turns": len(turns),
            "passages": passage_count(interview),
            "characters": sum(len(turn.text) for turn in turns),
            **place_document(placed),
            "content": placed.content,
            "attributed": sum(1 for turn in turns if turn.speaker),
            "spoken": sum(len(turn.text) for turn in turns if turn.speaker),
            "sketch": placed.sketch,
            "versions": list(placed.versions),
            "fingerprint": placed.fingerprint,
            "indexed_at": placed.indexed_at,
        }
    )
    return document | {"given": list(placed.given)}  # also where nothing is: an update can empty it, not take it out


def version_document(document: Mapping[str, Any], main: str) -> Document:
    """Return the document of an interview whose turns are not in, because they are those of `main` once more.

    It is the same whether they were taken out or never written: topics, found with the turns, are those of `main`.
    """
    own = {name: value for name, value in document.items() if name != "topics"}
    return {**own, "version_of": main, "versions": [], "turns": 0, "passages": 0}


def place_document(placed: Placed) -> Document:
    """Return the part of an interview's document that says which file holds it."""
    return {
        "path": placed.path,
        "part": placed.part,
        "parts": placed.parts,
        "hash": placed.hash,
        "given": list(placed.given),
    }


def _of_the_interview(interview: Interview, source: str) -> Document:
    """Return what every document of an interview repeats, so that Kibana and curl need no join."""
    return {
        "interview_id": interview.id,
        "title": interview.title,
        "date": interview.date.isoformat() if interview.date else None,
        "outlet": interview.outlet,
        "authors": list(interview.authors),
        "source": source,
        "url": interview.url,
        "language": interview.language,
    }


def _of_the_turn(turn: Turn, analysis: Analysis, asked: str) -> Document:
    """Return what belongs to the turn alone."""
    return {
        "turn": turn.turn,
        "exchange": turn.exchange,
        "reply_to": turn.reply_to,
        "speaker": turn.speaker,
        "label": turn.label,
        "role": str(turn.role),
        "affiliation": turn.affiliation,
        "text": turn.text,
        "words": analysis.joined_words,
        "bigrams": analysis.joined_bigrams,
        "chars": analysis.joined_chars,
        "asked": asked,
        "topics": list(turn.topics),
        "keywords": list(turn.keywords),
        "numbers": list(numbers(analysis.normal.text)),
        "start": turn.start,
        "end": turn.end,
        "length": len(turn.text),
    }


def _asked(question: Analysis) -> str:
    """Return the words and pairs of a question, at most `ASKED_TOKENS` of each."""
    return " ".join(chain(question.words[-ASKED_TOKENS:], question.bigrams[-ASKED_TOKENS:]))


def _passage(ordinal: int, turns: Sequence[Document]) -> Document:
    """Return the document of a passage: the words of its turns, and every value they may be narrowed by."""
    first, last = turns[0], turns[-1]
    return _filled(
        {
            "interview_id": first["interview_id"],
            "ordinal": ordinal,
            "first_turn": first["turn"],
            "last_turn": last["turn"],
            **{name: first.get(name) for name in ("date", "outlet", "authors", "language")},
            **{name: _values(turns, name) for name in ("speaker", "role", "affiliation", "topics")},
            "words": " ".join(turn["words"] for turn in turns if "words" in turn),
            "bigrams": " ".join(turn["bigrams"] for turn in turns if "bigrams" in turn),
        }
    )


def _within(interview: Interview) -> Iterator[list[str]]:
    """Yield for each turn the ids of the passages it lies in."""
    spans = enumerate(passages.spans(interview.turns), start=1)
    coming = deque(sorted((first, end, passage_id(interview.id, ordinal)) for ordinal, (first, end) in spans))
    around: list[tuple[int, int, str]] = []
    for place in range(len(interview.turns)):
        around = [one for one in around if one[1] > place]
        while coming and coming[0][0] == place:
            around.append(coming.popleft())
        yield [id_ for _, _, id_ in around]


def _values(turns: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    """Return the values any of `turns` has in a field, each once, in order."""
    found: dict[str, None] = {}
    for turn in turns:
        value = turn.get(name, ())
        found.update(dict.fromkeys([value] if isinstance(value, str) else value))
    return list(found)


def _introduced(guest: Guest) -> str:
    """Return a guest as one value: 郑志昊（腾讯副总裁）."""
    return f"{guest.name}（{guest.affiliation}）" if guest.affiliation else guest.name


def _filled(document: Document) -> Document:
    """Return `document` without its empty values."""
    return {name: value for name, value in document.items() if value not in (None, "", [])}
