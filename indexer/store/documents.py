"""Build the documents of an interview: turns, passages, and its own. Pure.

Empty values are left out (a turn without a date has no `date`), so that `exists` and facets are right. The fields of a
dataclass are written under their own names (`model.to_source`), and only what the mapping has: a new field of a turn
needs a field in `model.Turn` and one in `mapping.TURN`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from typing import Any

from indexer.model import Guest, Interview, Turn, to_source
from indexer.store import mapping, passages
from indexer.store.indexed_interview import IndexedInterview, SourceInfo
from indexer.store.passages import Span
from indexer.text import tokens
from indexer.text.analysis import Analysis
from indexer.text.normalize import normalize
from indexer.text.numbers import numbers

Document = dict[str, Any]

QUESTION_TERMS = 4000
"""Words, and bigrams, of a question that its answers carry: its last ones, where the question itself is. No real
question has as many (1,668 characters in 420 meetings), so that counts of its words are complete; a book without labels
has."""

_OF_TURN = tuple(name for name in mapping.TURN if name not in mapping.INTERVIEW_FIELDS)
"""The fields of a turn that its interview's other turns do not repeat, in the order of the mapping."""


@dataclass(frozen=True)
class AnalyzedInterview:
    """An interview, and what several of its documents need and is computed once.

    `analyses` are of its turns, and can be iterated more than once; `analyze` is for a question that other turns than
    its answers follow.
    """

    interview: Interview
    analyses: Iterable[Analysis]
    analyze: Callable[[str], Analysis]

    @cached_property
    def spans(self) -> list[Span]:
        """Return its passages."""
        return passages.spans(self.interview.turns)


def content_hash(interview: Interview) -> str:
    """Return a hash of all that was read of an interview, without its id."""
    import orjson

    return blake2b(orjson.dumps(replace(interview, id="")), digest_size=16).hexdigest()


def turn_id(interview_id: str, turn: int) -> str:
    """Return the address of a turn, which is its `_id`: qzone-xiaomi#3."""
    return f"{interview_id}#{turn}"


def passage_id(interview_id: str, passage: int) -> str:
    """Return the `_id` of a passage, by which its turns name it: qzone-xiaomi/p1."""
    return f"{interview_id}/p{passage}"


def documents(analyzed: AnalyzedInterview, source: str = "", added_at: str = "") -> Iterator[tuple[str, str, Document]]:
    """Yield (kind, `_id`, document) of the turns and passages of an interview, each passage after its turns.

    `source` is its file and `added_at` when it came into the archive, as in `SourceInfo`.
    Only the turns of one passage are held: a million turns take no more memory than ten.
    """
    interview = analyzed.interview
    ending: dict[int, list[tuple[int, int]]] = {}
    for ordinal, (first, end) in enumerate(analyzed.spans, start=1):
        ending.setdefault(end, []).append((ordinal, end - first))
    recent: deque[Document] = deque(maxlen=passages.TURNS + passages.SLACK)
    for position, turn in enumerate(turn_documents(analyzed, source, added_at), start=1):
        recent.append(turn)
        yield "turns", turn_id(interview.id, turn["turn"]), turn
        for ordinal, size in ending.pop(position, ()):
            yield "passages", passage_id(interview.id, ordinal), _passage(ordinal, list(recent)[-size:])


def turn_documents(analyzed: AnalyzedInterview, source: str = "", added_at: str = "") -> Iterator[Document]:
    """Yield the document of each turn, in reading order."""
    interview = analyzed.interview
    shared = _filled(mapping.INTERVIEW_FIELDS, {**_interview_fields(interview, source), "added_at": added_at})
    text_of = {turn.turn: turn.text for turn in interview.turns}
    speaker_of = {turn.turn: turn.speaker for turn in interview.turns}
    questions = {turn.reply_to for turn in interview.turns}
    terms: dict[int, str] = {}  # those of the latest question alone
    within = _passages_of_turns(interview.id, len(interview.turns), analyzed.spans)
    for turn, analysis, passage_ids in zip(interview.turns, analyzed.analyses, within, strict=True):
        question = turn.reply_to
        if question is not None and question not in terms:
            terms = {question: _question_terms(analyzed.analyze(text_of.get(question, "")))}
        asked = terms[question] if question is not None else ""
        own = _turn_fields(turn, analysis)
        own |= {"asked": asked, "reply_to_speaker": speaker_of.get(question or 0, ""), "passage": passage_ids}
        yield shared | _filled(_OF_TURN, own)
        if turn.turn in questions:
            terms = {turn.turn: _question_terms(analysis)}


def interview_document(
    interview: Interview, origin: SourceInfo, passages: int, duplicates: tuple[str, ...] = ()
) -> Document:
    """Return an interview's own document: written last, it marks all its turns and passages as indexed."""
    turns = interview.turns
    values = {
        **_interview_fields(interview, origin.source),
        **to_source(IndexedInterview.of(interview, origin, passages, duplicates)),
        "guests": [_guest(guest) for guest in interview.guests],
        "speakers": list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)),
        "mentions": list(dict.fromkeys(name for turn in turns for name in turn.mentions)),
        "topics": list(dict.fromkeys(topic for turn in turns for topic in turn.topics)),
        "characters": sum(len(turn.text) for turn in turns),
    }
    # also where there are none: an update can empty a field, not remove it
    return _filled(mapping.INTERVIEW, values) | {"given": list(origin.overrides)}


def duplicate_document(document: Mapping[str, Any], primary: str) -> Document:
    """Return an interview's own document as that of a duplicate of `primary`, without turns.

    It is the same whether its turns were removed or never written: what is found in them is left out.
    """
    own = {name: value for name, value in document.items() if name not in ("topics", "mentions")}
    return {**own, "version_of": primary, "versions": [], "turns": 0, "passages": 0}


def location_fields(origin: SourceInfo) -> Document:
    """Return the fields of an interview's own document that name its file."""
    values = to_source(origin)
    return {name: values[name] for name in ("path", "part", "parts", "hash", "given")}


def _filled(names: Iterable[str], values: Mapping[str, Any]) -> Document:
    """Return the values of some fields, in their order, without empty ones: None, "" and []."""
    return {name: value for name in names if (value := values.get(name)) or value == 0}


def _interview_fields(interview: Interview, source: str) -> Document:
    """Return the fields that every document of an interview repeats."""
    return {
        "interview_id": interview.id,
        "title": interview.title,
        "date": interview.date.isoformat() if interview.date else None,
        "outlet": interview.outlet,
        "authors": list(interview.authors),
        "source": source,
        "url": interview.url,
        "media": interview.media,
        "language": interview.language,
    }


def _turn_fields(turn: Turn, analysis: Analysis) -> Document:
    """Return the fields of a turn, and those computed from its text and its notes."""
    fields = to_source(turn)
    fields["words"] = analysis.joined_words
    fields["bigrams"] = analysis.joined_bigrams
    fields["chars"] = analysis.joined_chars
    fields["numbers"] = numbers(analysis.normal.text)
    fields["length"] = len(turn.text)
    if turn.notes:
        # values of their own, so that no phrase runs from one note into the next
        notes = [normalize(note).text for note in turn.notes]
        fields["note_chars"] = [" ".join(tokens.chars(note)) for note in notes]
        fields["note_bigrams"] = [" ".join(tokens.bigrams(note)) for note in notes]
    return fields


def _question_terms(question: Analysis) -> str:
    """Return the words and bigrams of a question, at most `QUESTION_TERMS` of each."""
    return " ".join(chain(question.words[-QUESTION_TERMS:], question.bigrams[-QUESTION_TERMS:]))


def _passage(ordinal: int, turns: Sequence[Document]) -> Document:
    """Return the document of a passage: the bigrams of its turns, and every value that a filter may ask for."""
    first, last = turns[0], turns[-1]
    return _filled(
        mapping.PASSAGE,
        {
            "interview_id": first["interview_id"],
            "ordinal": ordinal,
            "first_turn": first["turn"],
            "last_turn": last["turn"],
            **{name: first.get(name) for name in mapping.FILTERS_OF_INTERVIEWS},
            **{name: _values(turns, name) for name in mapping.FILTERS_OF_TURNS},
            "bigrams": " ".join(turn["bigrams"] for turn in turns if "bigrams" in turn),
        },
    )


def _passages_of_turns(interview_id: str, turns: int, spans: Sequence[Span]) -> Iterator[list[str]]:
    """Yield the ids of the passages that each turn lies in."""
    numbered = enumerate(spans, start=1)
    coming = deque(sorted((first, end, passage_id(interview_id, ordinal)) for ordinal, (first, end) in numbered))
    around: list[tuple[int, str]] = []
    for position in range(turns):
        around = [(end, id_) for end, id_ in around if end > position]
        while coming and coming[0][0] == position:
            _, end, id_ = coming.popleft()
            around.append((end, id_))
        yield [id_ for _, id_ in around]


def _values(turns: Iterable[Mapping[str, Any]], name: str) -> list[str]:
    """Return the distinct values of a field of turns, in order."""
    values = [turn[name] for turn in turns if name in turn]
    return list(dict.fromkeys(chain.from_iterable(values) if values and isinstance(values[0], list) else values))


def _guest(guest: Guest) -> str:
    """Return a guest as one value: 郑志昊（腾讯副总裁）."""
    return f"{guest.name}（{guest.affiliation}）" if guest.affiliation else guest.name
