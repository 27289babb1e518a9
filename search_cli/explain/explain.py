"""Explain the rank of a turn, or why it is not found, by running each clause of the query on this turn alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.client import ArchiveClient, Search
from search_cli.explain import conditions, fused_rank, rank, scores, word_matches
from search_cli.explain.explanation import (
    ConditionKind,
    ConditionResult,
    Explanation,
    MatchLocation,
    PassageMatch,
    ScoreKind,
    ScorePart,
    WordMatch,
)
from search_cli.json_types import Body, Clause
from search_cli.models import SpokenTurn
from search_cli.query import bodies
from search_cli.query.request import Match, SearchRequest, Sort
from search_cli.search import addresses, fused_page, volunteered
from search_cli.search.meaning import query_vector
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.responses import total

_AT_ONCE = 400
"""Clauses in one search: a query of ten thousand characters has more than a search may have."""

_AROUND = 100
"""Turns that are read to count words in the passages of a turn: passages have ten each, or few more."""

_OWN_WORDS = 2  # words of the turn in an alternative query


@dataclass(frozen=True, slots=True)
class _Plan:
    """What to search for one turn: the query, and its clauses by what they explain."""

    turn: SpokenTurn
    source: Mapping[str, Any]
    prepared: PreparedSearch
    query: Clause
    scored: tuple[scores.ScoredClause, ...]
    conditions: tuple[conditions.Condition, ...]
    words: tuple[word_matches.SearchedWord, ...]
    every: Clause | None

    def clauses(self) -> dict[str, Clause]:
        """Return the clauses with the names by which `matched_queries` reports them."""
        named = {f"score {index}": scored.clause for index, scored in enumerate(self.scored)}
        named |= {f"condition {index}": condition.clause for index, condition in enumerate(self.conditions)}
        for index, word in enumerate(self.words):
            named |= {f"word {index} {place}": clause for place, clause in word.places.items()}
        return named | ({"every": self.every} if self.every is not None else {})


def explain(client: ArchiveClient, address: str, request: SearchRequest) -> Explanation:
    """Explain why a search finds the turn at `address`, or why it does not."""
    if not request.node.nodes and not request.filters:
        next_step = _("Write it after the address: fangtan why {address} 小米").format(address=address)
        raise UsageError(_("There is no query to explain."), next_step)
    if request.sort is Sort.RANDOM:
        raise UsageError(_("A random order has no reasons to explain."), _("Leave out --sort random."))
    turn = addresses.turn(client, address)
    prepared = prepare(client, request, for_hits=True)
    vector = query_vector(client, prepared)
    plan = _plan(client, turn, prepared)
    responses = _Responses(client, plan)
    if vector is None:
        return _explanation(plan, responses, _rank(client, plan, responses))
    fused = fused_page.asked(client, prepared, vector)
    standing = fused_rank.standing(fused, turn.address, responses.score)
    rank = standing.rank or _rank(client, plan, responses, fused.promoted)
    near = fused_page.found_by_meaning(client, prepared, fused)
    return fused_rank.with_meaning(_explanation(plan, responses, rank), standing, near)


def _plan(client: ArchiveClient, turn: SpokenTurn, prepared: PreparedSearch) -> _Plan:
    """Collect the clauses that explain a turn."""
    request, query_terms = prepared.request, prepared.terms
    query = bodies.hits_body(request, query_terms, prepared.passages)["query"]
    every = conditions.every_word(request, query_terms)
    by_score = request.sort is Sort.RELEVANCE and bool(query_terms.nodes)
    return _Plan(
        turn,
        client.sources([turn.address], ())[turn.address],
        prepared,
        query,
        tuple(scores.scored_clauses(query, every)) if by_score else (),
        tuple(conditions.conditions_of(request, query_terms, request.match or Match.ANY)),
        word_matches.searched_words(query_terms.nodes, query_terms),
        every,
    )


class _Responses:
    """The responses for one turn: its score, the clauses it satisfies with their scores, and the counts."""

    def __init__(self, client: ArchiveClient, plan: _Plan) -> None:
        searches = dict(_searches(client, plan))
        found = client.searches(list(searches.values()), named_scores=True).responses
        self._by_name = dict(zip(searches, found, strict=True))
        self.satisfied: dict[str, float] = {}
        for name, response in self._by_name.items():
            if name.startswith("clauses"):
                for hit in response["hits"]["hits"]:
                    self.satisfied |= hit.get("matched_queries", {})
        hits = self._by_name["turn"]["hits"]["hits"]
        self.found = bool(hits)
        self.score = float(hits[0]["_score"] or 0.0) if hits else 0.0
        self.total, self.every = self._count("total"), self._count("every")
        self.passages = {hit["_id"]: hit["_source"] for hit in self._by_name["passages"]["hits"]["hits"]}
        self.around: list[Mapping[str, Any]] = [hit["_source"] for hit in self._by_name["around"]["hits"]["hits"]]
        self.turns = [self._count(f"word {index}") for index in range(len(plan.words))]

    def _count(self, name: str) -> int:
        return total(self._by_name[name])


def _searches(client: ArchiveClient, plan: _Plan) -> Iterator[tuple[str, Search]]:
    """Yield the searches by name: the turn by the query and by its clauses, its passages, the counts."""
    request, query_terms = plan.prepared.request, plan.prepared.terms
    turns = client.names.turns
    this: Clause = {"ids": {"values": [plan.turn.address]}}
    yield "turn", (turns, {"query": {"bool": {"must": [plan.query], "filter": [this]}}, "_source": False})
    named = list(plan.clauses().items())
    for first in range(0, len(named), _AT_ONCE):
        yield f"clauses {first}", (turns, clauses_body(this, dict(named[first : first + _AT_ONCE])))
    ids = _listed(plan.source.get("passage"))
    yield "passages", (client.names.passages, {"query": {"ids": {"values": ids}}, "size": max(len(ids), 1)})
    around = {"terms": {"passage": ids}}
    yield "around", (turns, {"query": around, "size": _AROUND, "_source": ["passage", "chars", "bigrams"]})
    yield "total", (turns, bodies.total_body(request, query_terms))
    yield "every", (turns, bodies.count_body(request, query_terms, Match.ALL))
    for index, word in enumerate(plan.words):
        yield f"word {index}", (turns, bodies.count(word.clause))


def _listed(value: str | list[str] | None) -> list[str]:
    """Return the values of a field that has one, several or none."""
    return [] if value is None else [value] if isinstance(value, str) else value


def clauses_body(this: Clause, named: Mapping[str, Clause]) -> Body:
    """Build the search for which of the named clauses a turn satisfies, with the score of each."""
    should = [{"bool": {"must": [clause], "_name": name}} for name, clause in named.items()]
    return {"query": {"bool": {"filter": [this], "should": should}}, "_source": False, "size": 1}


def _rank(client: ArchiveClient, plan: _Plan, responses: _Responses, promoted: Sequence[str] = ()) -> int:
    """Return the turn's rank, 0 if it is not found; turns that meaning `promoted` come before it."""
    if not responses.found:
        return 0
    turn = plan.turn
    values: dict[str, rank.Value] = {"interview_id": turn.interview_id, "turn": turn.turn, "date": turn.date or None}
    query = fused_page.without(plan.query, promoted)
    counting = rank.rank_bodies(query, bodies.order(plan.prepared.request), responses.score, values)
    counted = client.searches([(client.names.turns, body) for body in counting.values()]).responses
    found = {name: total(response) for name, response in zip(counting, counted, strict=True)}
    return len(promoted) + rank.rank(found)


def _explanation(plan: _Plan, responses: _Responses, rank: int) -> Explanation:
    """Build the explanation from the responses."""
    request = plan.prepared.request
    words = tuple(_words(plan, responses))
    parts = _parts(plan, responses) if rank else ()
    conditions, alternative = _conditions(plan, responses, words)
    nodes = plan.prepared.terms.nodes
    return Explanation(
        query=request.query,
        turn=plan.turn,
        match=str(request.match or Match.ANY),
        sort=str(Sort.DATE if request.sort is Sort.RELEVANCE and not nodes else request.sort),
        rank=rank,
        total=responses.total,
        every=responses.every,
        counted=rank > 0 and (plan.every is None or "every" in responses.satisfied),
        score=responses.score if plan.scored and rank else 0.0,
        terms=word_matches.parsed_terms(nodes, plan.prepared.terms),
        words=words,
        parts=parts,
        passages=tuple(_passages(plan, responses, parts)),
        conditions=conditions,
        indexed_words=str(plan.source.get("words", "")),
        alternative="" if rank else alternative,
    )


def _words(plan: _Plan, responses: _Responses) -> Iterator[WordMatch]:
    """Yield the words of the query with where they occur."""
    for index, word in enumerate(plan.words):
        places = [place for place in word.places if f"word {index} {place}" in responses.satisfied]
        yield word_matches.word_match(word, places, plan.source, responses.turns[index])


def _parts(plan: _Plan, responses: _Responses) -> tuple[ScorePart, ...]:
    """Return the parts of the turn's score."""
    if not plan.scored:
        return ()
    by_name = responses.satisfied
    clause_scores = [(scored, by_name.get(f"score {index}", 0.0)) for index, scored in enumerate(plan.scored)]
    return scores.score_parts(responses.score, clause_scores)


def _passages(plan: _Plan, responses: _Responses, parts: Iterable[ScorePart]) -> Iterator[PassageMatch]:
    """Yield the passages that raise the turn's score, with their counts of the query's words."""
    words = [word.word for word in plan.words]
    for passage_id in (term.term for part in parts if part.kind is ScoreKind.PASSAGE for term in part.terms):
        if passage := responses.passages.get(passage_id):
            inside = [turn for turn in responses.around if passage_id in _listed(turn.get("passage"))]
            says = word_matches.counts(words, inside)
            yield PassageMatch(passage_id, passage["first_turn"], passage["last_turn"], says)


def _conditions(
    plan: _Plan, responses: _Responses, words: Sequence[WordMatch]
) -> tuple[tuple[ConditionResult, ...], str]:
    """Return which conditions the turn passes, and a query that finds it."""
    reported: dict[str, list[str]] = {
        ConditionKind.ENOUGH: [word.word for word in words if not set(word.places) - {MatchLocation.PARTLY}],
        ConditionKind.SOME_WORD: [word.word for word in words if MatchLocation.QUESTION in word.places],
        volunteered.FIELD: volunteered.prompters(plan.prepared.request, plan.turn.address),
    }
    results: list[ConditionResult] = []
    for index, condition in enumerate(plan.conditions):
        satisfied = f"condition {index}" in responses.satisfied
        results.append(conditions.condition_result(condition, satisfied, plan.source, reported))
    own = plan.turn.keywords[:_OWN_WORDS] or tuple(str(plan.source.get("words", "")).split()[:_OWN_WORDS])
    passed = [(condition, result.passed) for condition, result in zip(plan.conditions, results, strict=True)]
    return tuple(results), conditions.alternative_query(plan.prepared.request, passed, own)
