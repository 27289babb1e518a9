"""Mark what a search looks for: its words in every text, those of `asked` in questions, of `answered` in answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from search_cli.models import Span
from search_cli.query.parser import All, Word
from search_cli.query.request import SearchRequest
from search_cli.query.terms import Analyze, QueryTerms, analyze_query
from search_cli.query.values import Unprompted, Value
from search_cli.search.highlight import full_marks, marks, merged
from search_cli.search.known_names import fields_of
from search_cli.search.prepared_search import PreparedSearch

Marker: TypeAlias = Callable[[str], tuple[Span, ...]]
"""Return the spans of a text that a search matches, in order, not overlapping."""

_OF_TURN, _OF_QUESTION = ("answered", "volunteered"), ("asked",)


@dataclass(frozen=True, slots=True)
class Markers:
    """The marker of turns, and that of the questions they answer."""

    turn: Marker
    question: Marker


def markers(prepared: PreparedSearch, analyze: Analyze) -> Markers:
    """Return the markers of a search; what is excluded is not marked."""
    own, asked = (_terms(prepared.request, names, analyze) for names in (_OF_TURN, _OF_QUESTION))
    return Markers(_marker(prepared.terms, own, analyze), _marker(prepared.terms, asked, analyze))


def _marker(words: QueryTerms, texts: QueryTerms, analyze: Analyze) -> Marker:
    """Return the marker of the words of a query, and of texts that are matched as a whole."""

    def mark(text: str) -> tuple[Span, ...]:
        found = marks(text, words, analyze)
        return merged((*found, *full_marks(text, texts, analyze))) if texts.nodes else found

    return mark


def _terms(request: SearchRequest, names: Iterable[str], analyze: Analyze) -> QueryTerms:
    """Return the texts of some fields, each as one word."""
    fields = [one for one in fields_of(request, excluded=False) if one.name in names]
    terms = analyze_query(All(tuple(Word(_text(value)) for one in fields for value in one.values)), analyze)
    return terms.with_single_words({piece.text for pieces in terms.pieces.values() for piece in pieces})


def _text(value: Value) -> str:
    return value.text if isinstance(value, Unprompted) else str(value)
