"""Build the bodies of requests from a `SearchRequest`. Pure: tests compare whole bodies.

A search takes two round trips: the best passages, and which words typed without spaces occur as typed; then hits
(scored by themselves and by their passages), counts and facets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.model import Role
from indexer.store.mapping import EVERY_VECTOR
from search_cli.json_types import Body, Clause
from search_cli.query.characters import is_han
from search_cli.query.clauses import (
    all_of,
    contains,
    expansion_scores,
    field_clause,
    in_note,
    one_of,
    passage_clause,
    passage_scores,
    term_scores,
)
from search_cli.query.matching import combined, conditions, level_clause, note_clause, ranks_first, spoken_by
from search_cli.query.request import FacetField, Match, SearchRequest, Sort
from search_cli.query.terms import QueryTerm, QueryTerms, text_nodes

Passage = tuple[str, float]
"""The id of a passage and its score."""

PASSAGES = 50
"""Passages that boost their turns. 10 and 200 rank the same ten turns (measured): 50 leaves room for large archives."""

PASSAGE_WEIGHT = 1.75
"""Weight of a passage's score relative to that of its turn. More improves headlines (nDCG@10 .510 at 1.25, .518 at 1.5,
.522 at 1.75, .526 at 2) and worsens whole summaries (.897, .896, .894, .892); sentences stay (.842 to .848)."""

OTHER_PASSAGE = 0.5
"""Weight of the second passage of a turn relative to the better one. At a passage weight of 1.5: sentences .842 with 0,
.848 with .5, .839 with 1, where two good passages outweigh the turn itself; whole summaries .896, .896, .890."""

CHARS_WEIGHT = 0.5
"""Weight of the single Han characters of longer words: another word for the same shares some of them (信息, 资讯).
Questions about passages gain .002 of nDCG@10 with .3 and .5, .004 with 1, where sentences lose .006."""

QUESTION_WEIGHT = 0.5
"""Weight of the words of the question relative to those of the turn."""

NAME_WEIGHT = 2.0
"""Score of a turn whose speaker's name was typed: that of a word in one turn of seven (by idf)."""

SPOKEN_WEIGHT = 1.0
"""Score of a turn that is spoken: of a lead and the answer it sums up, with the same words, the answer comes first.
Half the score of a word; in a meeting, where everything is spoken, it changes nothing."""

EVERY_WORD_WEIGHT = 1000.0
"""Score of a turn with every word: more than all other scores together, so that the turns that are counted come first,
and small enough for single precision (.0001) to tell the others apart."""

NOTE_SHARE = 0.5
"""Score of a turn with a note that holds every word, relative to one that holds them itself: before all others."""

LEVELS = (Match.ALL, Match.MOST, Match.SOME)
"""The turns that hold words as typed, the narrowest first; those of `Match.ANY` may hold parts of one only."""

_SEARCHED = ("words", "bigrams", "chars", "asked", "passage", "numbers", "length", "note_chars", "note_bigrams")

HIDDEN = [*_SEARCHED, EVERY_VECTOR]
"""Fields that are searched but not shown."""

INTERVIEWS: Body = {"interviews": {"cardinality": {"field": "interview_id"}}}

_NARRATED: Clause = {"term": {"role": str(Role.NARRATION)}}
_SPOKEN: Clause = {"constant_score": {"filter": {"bool": {"must_not": _NARRATED}}, "boost": SPOKEN_WEIGHT}}

_EVERY_TURN: Clause = {"match_all": {"boost": 0.0}}  # where one clause must match, Lucene skips what cannot rank
_SORTS: Mapping[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    Sort.DATE: [{"date": {"order": "desc", "missing": "_last"}}, {"interview_id": "asc"}, {"turn": "asc"}],
    Sort.OLDEST: [{"date": {"order": "asc", "missing": "_last"}}, {"interview_id": "asc"}, {"turn": "asc"}],
    Sort.POSITION: [{"interview_id": "asc"}, {"turn": "asc"}],
    Sort.RANDOM: [{"interview_id": "asc"}, {"turn": "asc"}],  # search.sample shuffles the addresses
}


def count(query: Clause | None = None, aggs: Body | None = None) -> Body:
    """Return the search that counts the documents that match a query (all without one), with aggregations."""
    body: Body = {} if query is None else {"query": query}
    body |= {"size": 0, "track_total_hits": True}
    return body if aggs is None else {**body, "aggs": aggs}


def exists(query: Clause) -> Body:
    """Return the search that tells whether any document matches, counted up to one."""
    return {"query": query, "size": 0, "track_total_hits": 1, "terminate_after": 1}


def occurs(word: str) -> Body:
    """Return the search that tells whether any turn, or a note, has a word as typed."""
    return exists(one_of([contains(word), in_note(word)]))


def held_body(request: SearchRequest, terms: QueryTerms) -> Body | None:
    """Return the search that tells whether a turn, or a note, holds every word; None for a question."""
    if not ranks_first(request.node.nodes, terms):
        return None
    held = one_of([level_clause(request.node.nodes, terms, Match.ALL), note_clause(request.node, terms)])
    return exists(_with_filters(request, terms, [held]))


def passages_body(request: SearchRequest, terms: QueryTerms) -> Body | None:
    """Return the search for the best passages, None if nothing is scored."""
    scored = list(passage_scores(_pieces(terms)))
    if not scored or request.sort is not Sort.RELEVANCE:
        return None
    filters = [clause for field in request.filters if (clause := passage_clause(field)) is not None]
    query = {"should": scored, "minimum_should_match": 1}
    return {
        "query": {"bool": {"filter": filters, **query} if filters else query},
        "size": PASSAGES,
        "_source": False,
        "track_total_hits": False,
    }


def hits_body(request: SearchRequest, terms: QueryTerms, passages: Sequence[Passage] = ()) -> Body:
    """Return the search for a page of hits."""
    return {
        "query": _scored_query(request, terms, passages, request.match or Match.ANY),
        "from": request.first,
        "size": request.limit,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": order(request),
    }


def run_body(request: SearchRequest, terms: QueryTerms, passages: Sequence[Passage], depth: int) -> Body:
    """Return the search for a TREC run: ids of all turns that share any term, including function words."""
    return {
        "query": _scored_query(request, terms, passages, None),
        "size": depth,
        "_source": False,
        "track_total_hits": False,
    }


def export_body(request: SearchRequest, terms: QueryTerms, passages: Sequence[Passage], size: int) -> Body:
    """Return the search for one page of all hits; the caller adds `pit` and `search_after`."""
    return {**hits_body(request, terms, passages), "from": 0, "size": size}


def count_body(request: SearchRequest, terms: QueryTerms, match: Match) -> Body:
    """Return the search that counts turns and their interviews (approximately beyond 3,000)."""
    return count(match_query(request, terms, match), INTERVIEWS)


def lesser_bodies(request: SearchRequest, terms: QueryTerms) -> dict[str, Body]:
    """Return the searches that count turns that hold no word: "note", those with a note that does, then "speaker"."""
    if not terms.nodes:
        return {}
    held = match_query(request, terms, Match.SOME)
    in_notes = _with_filters(request, terms, [note_clause(request.node, terms)])
    bodies = {"note": count({"bool": {"filter": [in_notes], "must_not": [held]}})}
    if terms.speakers_named:
        named = [match_query(request, terms, Match.ANY), *spoken_by(terms.name_candidates, terms)]
        bodies["speaker"] = count({"bool": {"filter": named, "must_not": [held, in_notes]}})
    return bodies


def total_body(request: SearchRequest, terms: QueryTerms) -> Body:
    """Return the search that counts all hits."""
    if not terms.nodes:
        return count_body(request, terms, request.match or Match.ANY)
    return count(_with_filters(request, terms, _found(request, terms, request.match or Match.ANY)), INTERVIEWS)


def match_query(request: SearchRequest, terms: QueryTerms, match: Match, without: Iterable[FacetField] = ()) -> Clause:
    """Return the query for all turns that match, ignoring values chosen in the fields `without`; no scores."""
    ignored = {str(field) for field in without if request.chosen(field)}
    filters = [field_clause(field) for field in request.filters if field.name not in ignored]
    required, excluded = conditions(request.node.nodes, terms, match)
    return combined([*filters, *required], excluded)


def _with_filters(request: SearchRequest, terms: QueryTerms, required: Sequence[Clause]) -> Clause:
    """Return the query for turns that pass the filters and exclusions of a request, and satisfy `required`."""
    _, excluded = conditions(request.node.nodes, terms, Match.ANY)
    return combined([*map(field_clause, request.filters), *required], excluded)


def _found(request: SearchRequest, terms: QueryTerms, match: Match, partial: Clause | None = None) -> list[Clause]:
    """Return the clauses that hits satisfy: without `match`, a note with every word is enough."""
    required, _ = conditions(request.node.nodes, terms, match, partial)
    if match is not Match.ANY or partial is not None:
        return required
    return [one_of([all_of(required), note_clause(request.node, terms)])]


def order(request: SearchRequest) -> list[Body]:
    """Return the sort, ties in the order of the archive; without any word, relevance is the latest first.

    Turns with every word come first in any order: they have the score.
    """
    if not any(True for _ in text_nodes(request.node)):
        return plain_order(request.sort)
    if request.sort is Sort.RELEVANCE:
        return _SORTS[Sort.RELEVANCE]
    return [{"_score": "desc"}, *_SORTS[request.sort]]


def plain_order(sort: Sort) -> list[Body]:
    """Return the sort of turns that all match alike."""
    return _SORTS[Sort.DATE if sort is Sort.RELEVANCE else sort]


def _scored_query(
    request: SearchRequest, terms: QueryTerms, passages: Sequence[Passage], match: Match | None
) -> Clause:
    """Return the query for the turns that match, with scores; `match` None accepts any shared term."""
    if not terms.nodes:
        return {"bool": {"filter": [match_query(request, terms, match or Match.ANY)], "_name": str(Match.ALL)}}
    by_relevance = request.sort is Sort.RELEVANCE
    scored = list(term_scores(_pieces(terms)))
    partial = one_of(scored) if match is None and scored else None
    found = _with_filters(request, terms, _found(request, terms, match or Match.ANY, partial))
    query: Body = found["bool"] if set(found) == {"bool"} and "filter" in found["bool"] else {"filter": [found]}
    levels = list(_levels(request, terms, EVERY_WORD_WEIGHT if by_relevance else 1.0))
    if match is None:  # a run has no notes and needs no names
        levels = [level for level in levels[:1] if level["constant_score"]["boost"]]
    scores = [*(_scores(terms, passages) if by_relevance else ()), *levels, _EVERY_TURN]
    return {"bool": {**query, "should": scores, "minimum_should_match": 1}}


def _scores(terms: QueryTerms, passages: Sequence[Passage]) -> Iterator[Clause]:
    """Yield the clauses that score a turn."""
    yield from _turn_clauses(terms)
    yield from _context_clauses(terms)
    yield from passage_boost(passages, PASSAGE_WEIGHT)
    yield _SPOKEN


def _pieces(terms: QueryTerms) -> list[QueryTerm]:
    """Return the pieces of all that is searched for, in order."""
    return [piece for node in terms.nodes for piece in terms.pieces[node]]


def _turn_clauses(terms: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a turn by its own terms, without function words.

    For 为什么我们要开放, a turn with 我们 is no better answer; in passages, where such words are everywhere, they make
    little difference. nDCG@10 of questions of interviews and their answers: .262 with, .269 without; no other set
    loses.
    """
    pieces = [piece.content for piece in _pieces(terms)]
    yield from term_scores(pieces)
    if characters := " ".join(c for piece in pieces if len(piece.text) > 1 for c in piece.text if is_han(c)):
        yield {"match": {"chars": {"query": characters, "boost": CHARS_WEIGHT}}}
    yield from expansion_scores(dict.fromkeys(term for node in terms.nodes for term in terms.expanded_terms(node)))


def _context_clauses(terms: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a turn by its single characters, its question and the name of its speaker."""
    pieces = _pieces(terms)
    for piece in pieces:
        if len(piece.text) == 1:
            yield {"term": {"chars": piece.text}}
    if question_terms := " ".join(filter(None, (f"{piece.words} {piece.bigrams}".strip() for piece in pieces))):
        yield {"match": {"asked": {"query": question_terms, "boost": QUESTION_WEIGHT}}}
    for word in terms.typed_words:
        for speaker in spoken_by(terms.names(word), terms):
            yield {"constant_score": {"filter": speaker, "boost": NAME_WEIGHT}}


def passage_boost(passages: Iterable[Passage], weight: float) -> Iterator[Clause]:
    """Yield the clause that adds to a turn the score of its best passage, and a share of the other's."""
    boosts = [
        {"constant_score": {"filter": {"term": {"passage": passage}}, "boost": round(weight * score, 4)}}
        for passage, score in passages
    ]
    if boosts:
        yield {"dis_max": {"queries": boosts, "tie_breaker": OTHER_PASSAGE}}


def _levels(request: SearchRequest, terms: QueryTerms, weight: float) -> Iterator[Clause]:
    """Yield the clauses that name the level of a turn; turns with every word have the score `weight`."""
    first = weight if ranks_first(request.node.nodes, terms) else 0.0
    named: list[Clause] = []
    for level in LEVELS:
        clause = level_clause(request.node.nodes, terms, level)
        if clause not in named:
            named.append(clause)
            boost = first if level is Match.ALL else 0.0
            yield {"constant_score": {"filter": clause, "boost": boost, "_name": str(level)}}
    note = note_clause(request.node, terms)
    yield {"constant_score": {"filter": note, "boost": weight * NOTE_SHARE if first else 0.0, "_name": "note"}}
    for speaker in spoken_by(terms.name_candidates, terms):
        yield {"constant_score": {"filter": speaker, "boost": 0.0, "_name": "speaker"}}
