"""The turns in which a query's words stand, read one after another, and where in them: what concordances are made of.

A word that some turn holds as typed is one word here: 红米手机 is looked for whole, its 手机 alone is no occurrence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import UsageError
from indexer.text.normalize import normalize
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import Span
from search_cli.query import bodies
from search_cli.query.clauses import contains, contains_any, exactly, field_clause, one_of, starts_with
from search_cli.query.matching import combined, conditions
from search_cli.query.parser import Phrase, Prefix, TextNode
from search_cli.query.request import Match, SearchRequest, Sort
from search_cli.query.terms import QueryTerms, text_nodes
from search_cli.search import responses, searcher, suggest
from search_cli.search.highlight import Plain, occurrences
from search_cli.search.searcher import PreparedSearch

_READ = ["interview_id", "turn", "speaker", "role", "date", "outlet", "title", "text", "words"]
"""Fields of a turn that lines and counts are made of."""


@dataclass(frozen=True, slots=True)
class TurnMatch:
    """A turn with an occurrence: its document, its normal text without spaces, and where the words stand in that."""

    source: Mapping[str, Any]
    plain: Plain
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MatchingTurns:
    """The turns with an occurrence, before they are read: how many, and the search that gives them in order.

    `match` is that asked for; else most, or any where no turn has most of the words.
    """

    request: SearchRequest
    terms: QueryTerms
    match: Match
    turns: int
    interviews: int
    archive_interviews: int
    body: Body

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words looked for, in normal form."""
        return self.terms.words

    @property
    def also(self) -> tuple[str, ...]:
        """Return the other words looked for with them: synonyms, regional words."""
        return self.terms.expanded_words


def find(client: ArchiveClient, request: SearchRequest) -> MatchingTurns:
    """Return the turns in which a request's words stand; raise `UsageError` where it asks for no word.

    `NotFoundError` for a speaker, topic, outlet or interview that the archive does not have.
    """
    if not any(True for _ in text_nodes(request.node)):
        raise UsageError("A concordance is of a word, and there is none.", "fangtan kwic 小米")
    unranked = request if request.sort is Sort.DATE else replace(request, sort=Sort.POSITION)
    prepared = searcher.prepare(client, unranked)
    words = prepared.terms.with_single_words(prepared.terms.attested)
    matches = (request.match,) if request.match else (Match.MOST, Match.ANY)
    clauses = [_standing(prepared.request, words, match) for match in matches]
    interviews = {"interviews": {"cardinality": {"field": "interview_id"}}}
    asked = [(client.names.turns, bodies.count(clause, interviews)) for clause in clauses]
    *counted, archive = client.searches([*asked, (client.names.interviews, bodies.count())]).responses
    chosen = next((place for place, answer in enumerate(counted) if responses.total(answer)), 0)
    if not responses.total(counted[chosen]):
        _check_filters(client, prepared)
    return MatchingTurns(
        prepared.request,
        words,
        matches[chosen],
        responses.total(counted[chosen]),
        counted[chosen]["aggregations"]["interviews"]["value"],
        responses.total(archive),
        {"query": clauses[chosen], "sort": bodies.order(unranked), "_source": _READ},
    )


def read(client: ArchiveClient, found: MatchingTurns) -> Iterator[TurnMatch]:
    """Yield the turns with an occurrence, in the order of the search, a thousand read at a time."""
    for page in client.pages(client.names.turns, found.body) if found.turns else ():
        for hit in page["hits"]["hits"]:
            turn = heard(hit["_source"], found.terms)
            if turn.spans:
                yield turn


def heard(source: Mapping[str, Any], terms: QueryTerms) -> TurnMatch:
    """Return where a query's words stand in a turn; each of the three dots of … is the one … that is printed."""
    plain = Plain(normalize(source.get("text", "")))
    words = tuple(source.get("words", "").split())
    spans, last = [], -1
    for span in occurrences(plain, terms, lambda: words):
        start, end = plain.printed(span)
        if start >= last:
            spans.append(span)
            last = end
    return TurnMatch(source, plain, tuple(spans))


def _check_filters(client: ArchiveClient, prepared: PreparedSearch) -> None:
    if prepared.request.filters:
        suggest.check_filters(client, prepared)


def _standing(request: SearchRequest, words: QueryTerms, match: Match) -> Clause:
    """Return the clause for the turns that match and in which, not only in their question, one of the words stands."""
    here = one_of(clause for node in words.nodes for clause in _stands(node, words))
    found, left_out = conditions(request.node.nodes, words, match)
    return combined([*map(field_clause, request.filters), *found, here], left_out)


def _stands(node: TextNode, words: QueryTerms) -> list[Clause]:
    if isinstance(node, Phrase):
        return [exactly(words.text(node))]
    if isinstance(node, Prefix):
        return [starts_with(words.text(node))]
    return [*(contains(unit) for unit in words.required_words(node)), *contains_any(words.expanded_terms(node))]
