"""The turns of a report: where each stands on the page, its text in paragraphs, what matched in it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.topic_path import narrowest
from search_cli.citation import citation
from search_cli.models import Hit, HitMatch, Marked, Span, SpokenTurn
from search_cli.rendering.terminal import humanize

_MATCHES = {
    HitMatch.MOST: gettext_noop("most words"),
    HitMatch.SOME: gettext_noop("some words"),
    HitMatch.NOTE: gettext_noop("in a note"),
    HitMatch.SPEAKER: gettext_noop("by its speaker"),
    HitMatch.PART: gettext_noop("part of a word"),
    HitMatch.MEANING: gettext_noop("near in meaning"),
}
"""What a hit holds that does not hold every word."""

_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_LANGUAGE = re.compile(r"zh-Han[st]|zh(?:-[A-Z]{2})?|[a-z]{2,3}")
_SAFE = "~@!$&'()*+,;=:/?"
"""Characters of a fragment besides letters and digits (RFC 3986)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, and whether the query matched it."""

    text: str
    marked: bool = False


Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ShownTurn:
    """A turn on a page: `anchor` is its id there, "" where it stands elsewhere; `link` leads to it.

    `url` is that of the interview if it is one of the web, `start` the time in the recording, "" if there is none.
    """

    turn: SpokenTurn
    anchor: str
    link: str
    name: str
    role: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    url: str = ""
    start: str = ""


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit on a page: its question, the hits that answer it, and what there is to tell of it.

    `match` is "" for a hit with every word, `answers` are addresses and links.
    """

    rank: int
    shown: ShownTurn
    match: str
    question: ShownTurn | None
    answers: tuple[tuple[str, str], ...]
    notes: tuple[Paragraph, ...]
    topics: tuple[str, ...]
    versions: tuple[str, ...]
    citation: str


def anchor(address: str) -> str:
    """Return the id of a turn on a page: qzone-xiaomi-3."""
    interview, _, number = address.rpartition("#")
    return f"{interview}-{number}"


def link(address: str) -> str:
    """Return a reference to a turn on the same page: #qzone-xiaomi-3."""
    return f"#{quote(anchor(address), safe=_SAFE)}"


def shown_hits(hits: Sequence[Hit]) -> Iterator[ShownHit]:
    """Yield hits as they are shown: each turn has one anchor on the page, where it stands as a hit or else first."""
    taken = {hit.turn.address for hit in hits}
    answers: dict[str, list[str]] = {}
    for hit in hits:
        if hit.question is not None:
            answers.setdefault(hit.question.turn.address, []).append(hit.turn.address)
    for hit in hits:
        question = None
        if hit.question is not None:
            address = hit.question.turn.address
            question = _shown(hit.question, "" if address in taken else anchor(address))
            taken.add(address)
        yield ShownHit(
            rank=hit.rank,
            shown=_shown(Marked(hit.turn, hit.marks), anchor(hit.turn.address)),
            match=_(_MATCHES[hit.match]) if hit.match in _MATCHES else "",
            question=question,
            answers=tuple((one, link(one)) for one in answers.get(hit.turn.address, ())),
            notes=tuple(_notes(hit)),
            topics=narrowest(hit.turn.topics),
            versions=hit.versions,
            citation=citation(hit.turn),
        )


def anchored(hits: Iterable[Hit]) -> set[str]:
    """Return the addresses of all turns that stand on the page of some hits."""
    turns = (turn for hit in hits for turn in (hit.turn, hit.question.turn if hit.question else None))
    return {turn.address for turn in turns if turn is not None}


def _shown(marked: Marked, anchor: str) -> ShownTurn:
    turn = marked.turn
    name = turn.name.strip() or turn.label.strip() or humanize.UNNAMED
    return ShownTurn(
        turn=turn,
        anchor=anchor,
        link=link(turn.address),
        name=name,
        role=" · ".join(part for part in (humanize.role(turn.role), turn.affiliation.strip()) if part),
        language=language_tag(turn.language),
        paragraphs=tuple(paragraphs(turn.text, marked.marks)),
        url=turn.url if _WEB.fullmatch(turn.url) else "",
        start="" if turn.start is None else humanize.clock(turn.start),
    )


def language_tag(language: str) -> str:
    """Return the language of a text as HTML has it: the script that is known, or Chinese."""
    return language if _LANGUAGE.fullmatch(language) else "zh"


def _notes(hit: Hit) -> Iterator[Paragraph]:
    """Yield the notes of a hit, with what the query matched in them."""
    for index, note in enumerate(hit.turn.notes):
        yield pieces(note, hit.note_marks[index] if index < len(hit.note_marks) else ())


def paragraphs(text: str, marks: Sequence[Span]) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text that are not empty, with the marks in each."""
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            inside = [(max(a, start) - start, min(b, end) - start) for a, b in marks if a < end and b > start]
            yield pieces(line, inside)
        start = end + 1


def pieces(text: str, marks: Iterable[Span]) -> Paragraph:
    """Return a text cut at its marks."""
    found, previous = [], 0
    for start, end in marks:
        found += [Piece(text[previous:start]), Piece(text[start:end], True)]
        previous = end
    return tuple(piece for piece in (*found, Piece(text[previous:])) if piece.text)
