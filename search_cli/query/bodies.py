"""`SearchRequest` -> the bodies Elasticsearch is sent. Pure: tests compare whole bodies.

A search is two requests. The first asks for the best passages, and which words typed without spaces occur as typed.
The second asks, all at once, for the hits (by their own score, and their passage's), the counts and the facets.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from indexer.model import Role
from search_cli.query.characters import is_han
from search_cli.query.clauses import Clause, all_of, exactly, one_of
from search_cli.query.expansion_clauses import scored
from search_cli.query.field_clauses import has, passage_has
from search_cli.query.matching import conditions, spoken_by, together, words_apart
from search_cli.query.parser import Word
from search_cli.query.request import FacetField, Match, SearchRequest, Sort
from search_cli.query.terms import Leaf, QueryTerm, QueryTerms, leaf_nodes

Body = dict[str, Any]
Passage = tuple[str, float]
"""A passage's id and its score."""

PASSAGES = 50
"""Passages that lift their turns. Measured, 10 and 200 rank the same ten turns: 50 leaves room for large archives."""

PASSAGE_WEIGHT = 1.75
"""What a passage's score counts beside its turn's own. More lifts headlines (nDCG@10 .510 at 1.25, .518 at 1.5, .522 at
1.75, .526 at 2) and lowers whole summaries (.897, .896, .894, .892); sentences stay (.846 to .848)."""

OTHER_PASSAGE = 0.5
"""What the second passage of a turn counts beside the better one, at a weight of 1.5: sentences .842 with 0, .848 with
.5, .839 with 1, where lying in two good passages outweighs saying what is asked; whole summaries .896, .896, .890."""

CHARS_WEIGHT = 0.5
"""What the single Han characters of longer words count: a word said in another form shares some of them (信息, 资讯).
Questions about passages gain .002 of nDCG@10 with .3 and .5, .004 with 1, where sentences lose .006; headlines lose
.003 with .3, which `PASSAGE_WEIGHT` gives back."""

ASKED_WEIGHT = 0.5
"""What the words of the question count beside those of the turn itself."""

NAME_WEIGHT = 2.0
"""What being spoken by someone whose name was typed counts: as a word does that one turn in seven holds (by idf)."""

SPOKEN_WEIGHT = 1.0
"""What being somebody's words counts: of a lead and the answer it sums up, in which the same words stand, the answer
comes first. Half a word's worth; in a meeting, where everything is spoken, it changes nothing."""

EVERY_WEIGHT = 100.0
"""What holding every word counts, where several were typed apart: more than all else together, so that the turns that
are counted first are also shown first. In questions typed without spaces it would cost .004 of nDCG@10."""

HIDDEN = ["words", "bigrams", "chars", "asked", "passage", "numbers", "length"]
"""Fields that are searched and not shown."""

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


def passages_body(request: SearchRequest, wording: QueryTerms) -> Body | None:
    """Return the search for the best passages; None where nothing ranks turns."""
    scored = list(_terms(leaf_nodes(request.node), wording))
    if not scored or request.sort is not Sort.RELEVANCE:
        return None
    filters = [clause for field in request.filters if (clause := passage_has(field)) is not None]
    query = {"should": scored, "minimum_should_match": 1}
    return {
        "query": {"bool": {"filter": filters, **query} if filters else query},
        "size": PASSAGES,
        "_source": False,
        "track_total_hits": False,
    }


def occurrence_body(whole: str) -> Body:
    """Return the search that says whether any turn holds exactly these characters."""
    return {"query": exactly(whole), "size": 0, "track_total_hits": 1, "terminate_after": 1}


def hits_body(request: SearchRequest, wording: QueryTerms, passages: Sequence[Passage] = ()) -> Body:
    """Return the search for a page of hits."""
    return {
        "query": _ranked(request, wording, passages, request.match or Match.ANY),
        "from": request.first,
        "size": request.limit,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": order(request),
    }


def run_body(request: SearchRequest, wording: QueryTerms, passages: Sequence[Passage], depth: int) -> Body:
    """Return the search for a line of a TREC run: ids only, and every turn that shares a term, function words too."""
    return {
        "query": _ranked(request, wording, passages, None),
        "size": depth,
        "_source": False,
        "track_total_hits": False,
    }


def export_body(request: SearchRequest, wording: QueryTerms, passages: Sequence[Passage], size: int) -> Body:
    """Return the search for one page of all hits; the caller adds `pit` and `search_after`."""
    return {**hits_body(request, wording, passages), "from": 0, "size": size}


def count_body(request: SearchRequest, wording: QueryTerms, match: Match) -> Body:
    """Return the search that counts turns and, roughly beyond 3,000, their interviews."""
    return {
        "query": counted(request, wording, match),
        "size": 0,
        "track_total_hits": True,
        "aggs": {"interviews": {"cardinality": {"field": "interview_id"}}},
    }


def facet_bodies(
    request: SearchRequest, wording: QueryTerms, fields: Iterable[FacetField], match: Match, size: int
) -> dict[tuple[FacetField, ...], Body]:
    """Return a search for each group of facets that count the same turns.

    A facet that is filtered by counts the turns without its own filter, so that its other values can be chosen too.
    """
    filtered = {field.name for field in request.filters}
    together = tuple(field for field in fields if filter_of(field) not in filtered)
    groups = [together] if together else []
    groups += [(field,) for field in fields if filter_of(field) in filtered]
    return {
        group: {
            "query": counted(request, wording, match, without=filter_of(group[0]) if group != together else ""),
            "size": 0,
            "track_total_hits": True,
            "aggs": {str(field): aggregation(field, size) for field in group},
        }
        for group in groups
    }


def filter_of(field: FacetField) -> str:
    """Return the query language's name of the filter that narrows a facet."""
    return _FILTER_OF.get(field, str(field))


def aggregation(field: FacetField, size: int) -> Body:
    """Return the aggregation of a facet: its most frequent values, or all its months or years."""
    if field in _FACETS:
        return {"terms": {"field": _FACETS[field], "size": size}}
    interval, form = ("year", "yyyy") if field is FacetField.YEAR else ("month", "yyyy-MM")
    return {"date_histogram": {"field": "date", "calendar_interval": interval, "format": form, "min_doc_count": 1}}


def counted(request: SearchRequest, wording: QueryTerms, match: Match, without: str = "") -> Clause:
    """Return the clause for all turns that match, the filter named `without` left out. No scores."""
    filters = [has(field) for field in request.filters if field.name != without]
    found, left_out = conditions(request.node.nodes, wording, match)
    return together([*filters, *found], left_out)


def order(request: SearchRequest) -> list[Body]:
    """Return the sort: equals stand as in the archive. Where no word ranks the turns, relevance is the latest first."""
    ranks = request.sort is not Sort.RELEVANCE or any(True for _ in leaf_nodes(request.node))
    return _SORTS[request.sort if ranks else Sort.DATE]


def _ranked(request: SearchRequest, wording: QueryTerms, passages: Sequence[Passage], match: Match | None) -> Clause:
    """Return the query for the turns that match (with some term at all, where `match` is None), scored."""
    leaves = list(leaf_nodes(request.node))
    if request.sort is not Sort.RELEVANCE or not leaves:
        return counted(request, wording, match or Match.ANY)
    terms = list(_terms(leaves, wording))
    touch = one_of(terms) if match is None and terms else None
    found, left_out = conditions(request.node.nodes, wording, match or Match.ANY, touch)
    query: Body = {"filter": [*(has(field) for field in request.filters), *found]}
    if left_out:
        query["must_not"] = left_out
    first = _first(words_apart(request.node.nodes, wording))
    should = [*_own(leaves, wording), *_helped(leaves, wording), *lifted(passages, PASSAGE_WEIGHT), _SPOKEN, *first]
    return {"bool": {**query, "should": should}}


def _terms(leaves: Iterable[Leaf], wording: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a text by its own terms, as they were typed: words and pairs."""
    yield from _matches([wanted for leaf in leaves for wanted in wording.pieces[leaf]])


def _own(leaves: Iterable[Leaf], wording: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a turn by its own terms, those left out that only hold the question together.

    Where somebody asks 为什么我们要开放, a turn with 我们 is no better answer; in passages, where such words stand
    everywhere, they make little difference. nDCG@10 of questions of interviews and their answers: .262 with, .269
    without; no other set loses.
    """
    leaves = list(leaves)
    pieces = [wanted.content for leaf in leaves for wanted in wording.pieces[leaf]]
    yield from _matches(pieces)
    if characters := " ".join(c for wanted in pieces if len(wanted.whole) > 1 for c in wanted.whole if is_han(c)):
        yield {"match": {"chars": {"query": characters, "boost": CHARS_WEIGHT}}}
    yield from scored(dict.fromkeys(other for leaf in leaves for other in wording.others(leaf)))


def _matches(pieces: Iterable[QueryTerm]) -> Iterator[Clause]:
    """Yield a clause for the words of some pieces, and one for their pairs."""
    pieces = list(pieces)
    for name in ("words", "bigrams"):
        if terms := " ".join(filter(None, (getattr(wanted, name) for wanted in pieces))):
            yield {"match": {name: terms}}


def _helped(leaves: Iterable[Leaf], wording: QueryTerms) -> Iterator[Clause]:
    """Yield the clauses that score a turn by what stands around it: the question's terms, the speaker's name."""
    leaves = list(leaves)
    pieces = [wanted for leaf in leaves for wanted in wording.pieces[leaf]]
    for wanted in pieces:
        if len(wanted.whole) == 1:
            yield {"term": {"chars": wanted.whole}}
    if terms := " ".join(filter(None, (f"{wanted.words} {wanted.bigrams}".strip() for wanted in pieces))):
        yield {"match": {"asked": {"query": terms, "boost": ASKED_WEIGHT}}}
    for leaf in leaves:
        for name in spoken_by(wording.named(leaf), wording) if isinstance(leaf, Word) else ():
            yield {"constant_score": {"filter": name, "boost": NAME_WEIGHT}}


def lifted(passages: Iterable[Passage], weight: float) -> Iterator[Clause]:
    """Yield the clause that gives turns the scores of their passages: the better one, and some of the other."""
    lifts = [
        {"constant_score": {"filter": {"term": {"passage": passage}}, "boost": round(weight * score, 4)}}
        for passage, score in passages
    ]
    if lifts:
        yield {"dis_max": {"queries": lifts, "tie_breaker": OTHER_PASSAGE}}


def _first(demanded: Sequence[Clause]) -> Iterator[Clause]:
    """Yield the clause that puts turns with every word before the others."""
    if demanded:
        yield {"constant_score": {"filter": all_of(demanded), "boost": EVERY_WEIGHT}}
