"""Build the bodies of requests from a `SearchRequest`. Pure: tests compare whole bodies.

A search takes two round trips: the best passages, and which words typed without spaces occur as typed; then hits
(scored by themselves and by their passages), counts and facets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from indexer.model import Role
from search_cli.json_types import Body, Clause
from search_cli.query.characters import is_han
from search_cli.query.clauses import all_of, expansion_scores, field_clause, one_of, passage_clause
from search_cli.query.matching import combined, conditions, separate_word_clauses, spoken_by
from search_cli.query.request import FacetField, Match, SearchRequest, Sort
from search_cli.query.terms import QueryTerm, QueryTerms, text_nodes

Passage = tuple[str, float]
"""The id of a passage and its score."""

PASSAGES = 50
"""Passages that boost their turns. 10 and 200 rank the same ten turns (measured): 50 leaves room for large archives."""

PASSAGE_WEIGHT = 1.75
"""Weight of a passage's score relative to that of its turn. More improves headlines (nDCG@10 .510 at 1.25, .518 at 1.5,
.522 at 1.75, .526 at 2) and worsens whole summaries (.897, .896, .894, .892); sentences stay (.846 to .848)."""

OTHER_PASSAGE = 0.5
"""Weight of the second passage of a turn relative to the better one. At a passage weight of 1.5: sentences .842 with 0,
.848 with .5, .839 with 1, where two good passages outweigh the turn itself; whole summaries .896, .896, .890."""

CHARS_WEIGHT = 0.5
"""Weight of the single Han characters of longer words: another word for the same shares some of them (信息, 资讯).
Questions about passages gain .002 of nDCG@10 with .3 and .5, .004 with 1, where sentences lose .006; headlines lose
.003 with .3, which `PASSAGE_WEIGHT` makes up for."""

QUESTION_WEIGHT = 0.5
"""Weight of the words of the question relative to those of the turn."""

NAME_WEIGHT = 2.0
"""Score of a turn whose speaker's name was typed: that of a word in one turn of seven (by idf)."""

SPOKEN_WEIGHT = 1.0
"""Score of a turn that is spoken: of a lead and the answer it sums up, with the same words, the answer comes first.
Half the score of a word; in a meeting, where everything is spoken, it changes nothing."""

ALL_WORDS_WEIGHT = 100.0
"""Score of a turn with every word, if several were typed with spaces: more than all other scores together, so that the
turns of the first count also come first. For questions typed without spaces it would cost .004 of nDCG@10."""

HIDDEN = ["words", "bigrams", "chars", "asked", "passage", "numbers", "length"]
"""Fields that are searched but not shown."""

_SPOKEN: Clause = {
    "constant_score": {
        "filter": {"bool": {"must_not": {"term": {"role": str(Role.NARRATION)}}}},
        "boost": SPOKEN_WEIGHT,
    }
}
_FACETS: Mapping[FacetField, str] = {
    FacetField.SPEAKER: "speaker",
    FacetField.ROLE: "role",
    FacetField.TOPIC: "topics",
    FacetField.KEYWORD: "keywords",
    FacetField.OUTLET: "outlet",
    FacetField.INTERVIEW: "interview_id",
}
_FILTER_OF = {FacetField.MONTH: "date", FacetField.YEAR: "date"}

_SORTS: Mapping[Sort, list[Body]] = {
    Sort.RELEVANCE: [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    Sort.DATE: [{"date": {"order": "desc", "missing": "_last"}}, {"interview_id": "asc"}, {"turn": "asc"}],
    Sort.POSITION: [{"interview_id": "asc"}, {"turn": "asc"}],
}


def count(query: Clause | None = None, aggs: Body | None = None) -> Body:
    """Return the search that counts the documents that match a query (all without one), with aggregations."""
    body: Body = {} if query is None else {"query": query}
    body |= {"size": 0, "track_total_hits": True}
    return body if aggs is None else {**body, "aggs": aggs}


def exists(query: Clause) -> Body:
    """Return the search that tells whether any document matches, counted up to one."""
    return {"query": query, "size": 0, "track_total_hits": 1, "terminate_after": 1}


def passages_body(request: SearchRequest, terms: QueryTerms) -> Body | None:
    """Return the search for the best passages, None if nothing is scored."""
    scored = list(_term_clauses(_pieces(terms)))
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
    return count(match_query(request, terms, match), {"interviews": {"cardinality": {"field": "interview_id"}}})


def facet_bodies(
    request: SearchRequest, terms: QueryTerms, fields: Iterable[FacetField], match: Match, size: int
) -> dict[tuple[FacetField, ...], Body]:
    """Return a search for each group of facets that count the same turns.

    A facet with a filter of its own counts the turns without that filter, so that its other values can be chosen too.
    """
    filtered = {field.name for field in request.filters}
    unfiltered = tuple(field for field in fields if filter_of(field) not in filtered)
    groups = [unfiltered] if unfiltered else []
    groups += [(field,) for field in fields if filter_of(field) in filtered]
    return {
        group: count(
            match_query(request, terms, match, without=filter_of(group[0]) if group != unfiltered else ""),
            {str(field): aggregation(field, size) for field in group},
        )
        for group in groups
    }


def filter_of(field: FacetField) -> str:
    """Return the name of the filter, in the query language, on the field of a facet."""
    return _FILTER_OF.get(field, str(field))


def aggregation(field: FacetField, size: int) -> Body:
    """Return the aggregation of a facet: the most frequent values, or all months or years."""
    if field in _FACETS:
        return {"terms": {"field": _FACETS[field], "size": size}}
    interval, form = ("year", "yyyy") if field is FacetField.YEAR else ("month", "yyyy-MM")
    return {"date_histogram": {"field": "date", "calendar_interval": interval, "format": form, "min_doc_count": 1}}


def match_query(request: SearchRequest, terms: QueryTerms, match: Match, without: str = "") -> Clause:
    """Return the query for all turns that match, ignoring the filter named `without`; no scores."""
    filters = [field_clause(field) for field in request.filters if field.name != without]
    required, excluded = conditions(request.node.nodes, terms, match)
    return combined([*filters, *required], excluded)


def order(request: SearchRequest) -> list[Body]:
    """Return the sort, ties in the order of the archive; relevance without any word is the latest first."""
    ranked = request.sort is not Sort.RELEVANCE or any(True for _ in text_nodes(request.node))
    return _SORTS[request.sort if ranked else Sort.DATE]


def _scored_query(
    request: SearchRequest, terms: QueryTerms, passages: Sequence[Passage], match: Match | None
) -> Clause:
    """Return the query for the turns that match, with scores; `match` None accepts any shared term."""
    if request.sort is not Sort.RELEVANCE or not terms.nodes:
        return match_query(request, terms, match or Match.ANY)
    scored = list(_term_clauses(_pieces(terms)))
    partial = one_of(scored) if match is None and scored else None
    required, excluded = conditions(request.node.nodes, terms, match or Match.ANY, partial)
    query: Body = {"filter": [*map(field_clause, request.filters), *required]}
    if excluded:
        query["must_not"] = excluded
    should = [
        *_turn_clauses(terms),
        *_context_clauses(terms),
        *passage_boost(passages, PASSAGE_WEIGHT),
        _SPOKEN,
        *_all_words_boost(separate_word_clauses(request.node.nodes, terms)),
    ]
    return {"bool": {**query, "should": should}}


def _pieces(terms: QueryTerms) -> list[QueryTerm]:
    """Return the pieces of all that is searched for, in order."""
    return [piece for node in terms.nodes for piece in terms.pieces[node]]


def _term_clauses(pieces: Sequence[QueryTerm]) -> Iterator[Clause]:
    """Yield the clauses that score a text by the typed terms: words and bigrams."""
    for name in ("words", "bigrams"):
        if joined := " ".join(filter(None, (getattr(piece, name) for piece in pieces))):
            yield {"match": {name: joined}}


def _turn_clauses(terms: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a turn by its own terms, without function words.

    For 为什么我们要开放, a turn with 我们 is no better answer; in passages, where such words are everywhere, they make
    little difference. nDCG@10 of questions of interviews and their answers: .262 with, .269 without; no other set
    loses.
    """
    pieces = [piece.content for piece in _pieces(terms)]
    yield from _term_clauses(pieces)
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


def _all_words_boost(required: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clause that ranks turns with every word before the others."""
    if required:
        yield {"constant_score": {"filter": all_of(required), "boost": ALL_WORDS_WEIGHT}}
