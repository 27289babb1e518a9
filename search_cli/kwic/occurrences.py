"""Find the occurrences of a query's words: the matching turns, read in order, with the spans of the words.

A word that a turn of the archive contains as typed is one word here: 手机 alone is not an occurrence of 红米手机.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.text.normalize import normalize
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import Span
from search_cli.query import bodies
from search_cli.query.clauses import field_clause, one_of
from search_cli.query.matching import combined, conditions, own_clauses
from search_cli.query.request import Match, SearchRequest, Sort
from search_cli.query.terms import QueryTerms, text_nodes
from search_cli.search import responses
from search_cli.search.highlight import Plain, occurrences
from search_cli.search.kept_work import resolve_kept
from search_cli.search.prepared_search import prepare

_READ = ["interview_id", "turn", "speaker", "role", "date", "outlet", "title", "text", "words"]
"""Fields of a turn that lines and counts need."""


@dataclass(frozen=True, slots=True)
class TurnMatch:
    """A turn with an occurrence: its document, its normal text without spaces, and the spans of the words in it."""

    source: Mapping[str, Any]
    plain: Plain
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class MatchingTurns:
    """The turns with an occurrence before they are read: their count, and the search for them in order.

    `match` is the one of the request; by default all, most or some: the first that a turn has.
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
        """Return the words of the query, in normal form."""
        return self.terms.words

    @property
    def also(self) -> tuple[str, ...]:
        """Return the words searched with them: synonyms, regional words."""
        return self.terms.expanded_words


def find_turns(client: ArchiveClient, request: SearchRequest) -> MatchingTurns:
    """Find the turns with an occurrence of a request's words.

    Raises `UsageError` for a request without words, `NotFoundError` for a speaker, topic, outlet or interview that is
    not in the archive.
    """
    request = resolve_kept(client, request)
    if not any(True for _ in text_nodes(request.node)):
        raise UsageError(_("A concordance needs a word."), "fangtan kwic 小米")
    unranked = request if request.sort in {Sort.DATE, Sort.OLDEST} else replace(request, sort=Sort.POSITION)
    prepared = prepare(client, unranked)
    terms = prepared.terms.with_single_words(prepared.terms.attested)
    matches = (request.match,) if request.match else bodies.LEVELS
    clauses = [_occurrence_clause(prepared.request, terms, match) for match in matches]
    searches = [(client.names.turns, bodies.count(clause, bodies.INTERVIEWS)) for clause in clauses]
    *counts, archive = client.searches([*searches, (client.names.interviews, bodies.count())]).responses
    chosen = next((index for index, response in enumerate(counts) if responses.total(response)), 0)
    return MatchingTurns(
        prepared.request,
        terms,
        matches[chosen],
        responses.total(counts[chosen]),
        counts[chosen]["aggregations"]["interviews"]["value"],
        responses.total(archive),
        {"query": clauses[chosen], "sort": bodies.plain_order(unranked.sort), "_source": _READ},
    )


def read_turns(client: ArchiveClient, matching: MatchingTurns) -> Iterator[TurnMatch]:
    """Yield the turns with an occurrence in order, fetched a thousand at a time."""
    for page in client.pages(client.names.turns, matching.body) if matching.turns else ():
        for hit in page["hits"]["hits"]:
            turn = match_turn(hit["_source"], matching.terms)
            if turn.spans:
                yield turn


def match_turn(source: Mapping[str, Any], terms: QueryTerms) -> TurnMatch:
    """Locate a query's words in a turn; the three dots of … in normal form are one match, as … is one character."""
    plain = Plain(normalize(source.get("text", "")))
    words = tuple(source.get("words", "").split())
    spans, last = [], -1
    for span in occurrences(plain, terms, lambda: words):
        start, end = plain.printed(span)
        if start >= last:
            spans.append(span)
            last = end
    return TurnMatch(source, plain, tuple(spans))


def _occurrence_clause(request: SearchRequest, terms: QueryTerms, match: Match) -> Clause:
    """Build the clause for matching turns that contain a word themselves, not only in their question."""
    here = one_of(clause for node in terms.nodes for clause in own_clauses(node, terms))
    included, excluded = conditions(request.node.nodes, terms, match)
    return combined([*map(field_clause, request.filters), *included, here], excluded)
