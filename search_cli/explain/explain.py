"""Why a turn is found at its rank, or is not: the search is asked once more, each of its clauses of this turn alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.errors import UsageError
from search_cli.client import ArchiveClient, Search
from search_cli.explain import conditions, rank, scores, word_matches
from search_cli.explain.explanation import (
    ConditionKind,
    ConditionResult,
    Explanation,
    Passage,
    ScoreKind,
    ScorePart,
    Where,
    WordFound,
)
from search_cli.json_types import Body, Clause
from search_cli.models import SpokenTurn
from search_cli.query import bodies
from search_cli.query.request import Match, SearchRequest, Sort
from search_cli.search import browse, responses, suggest
from search_cli.search.searcher import PreparedSearch, prepare

_AT_ONCE = 400
"""Clauses asked of the turn in one search: a query of ten thousand characters has more than one search may hold."""

_OWN_WORDS = 2  # of the turn, in a query that finds it


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of one turn: the whole query, and by name each clause of it."""

    turn: SpokenTurn
    source: Mapping[str, Any]
    prepared: PreparedSearch
    query: Clause
    scored: tuple[scores.Scored, ...]
    barriers: tuple[conditions.Condition, ...]
    words: tuple[word_matches.Sought, ...]
    every: Clause | None

    def clauses(self) -> dict[str, Clause]:
        """Return each clause by a name of its own."""
        named = {f"score {place}": one.clause for place, one in enumerate(self.scored)}
        named |= {f"bar {place}": one.clause for place, one in enumerate(self.barriers)}
        for place, word in enumerate(self.words):
            named |= {f"word {place} {where}": clause for where, clause in word.places.items()}
        return named | ({"every": self.every} if self.every is not None else {})


def explain(client: ArchiveClient, address: str, request: SearchRequest) -> Explanation:
    """Return why the turn at `address` is found by a search, or why not."""
    if not request.node.nodes and not request.filters:
        raise UsageError("There is no query to explain.", f"Write it after the address: fangtan why {address} 小米")
    turn = browse.turn(client, address)
    asked = _asked(client, turn, prepare(client, request))
    answers = _Answers(client, asked)
    if not answers.total:
        suggest.check_filters(client, asked.prepared)
    return _explained(asked, answers, _rank(client, asked, answers))


def _asked(client: ArchiveClient, turn: SpokenTurn, prepared: PreparedSearch) -> _Asked:
    """Return all that is asked of a turn."""
    request, terms = prepared.request, prepared.terms
    query = bodies.hits_body(request, terms, prepared.passages)["query"]
    every = conditions.every_word(request, terms)
    by_score = request.sort is Sort.RELEVANCE and bool(terms.nodes)
    return _Asked(
        turn,
        client.sources([turn.address], ())[turn.address],
        prepared,
        query,
        tuple(scores.scored(query, every)) if by_score else (),
        tuple(conditions.conditions_of(request, terms, request.match or Match.ANY)),
        word_matches.words_sought(terms.nodes, terms),
        every,
    )


class _Answers:
    """What Elasticsearch says: the turn's score, which clauses it satisfies with which scores, and the counts."""

    def __init__(self, client: ArchiveClient, asked: _Asked) -> None:
        searches = dict(_searches(client, asked))
        found = client.searches(list(searches.values()), named_scores=True).responses
        self._by_name = dict(zip(searches, found, strict=True))
        self.satisfied: dict[str, float] = {}
        for name, answer in self._by_name.items():
            if name.startswith("clauses"):
                for hit in answer["hits"]["hits"]:
                    self.satisfied |= hit.get("matched_queries", {})
        own = self._by_name["turn"]["hits"]["hits"]
        self.found = bool(own)
        self.score = float(own[0]["_score"] or 0.0) if own else 0.0
        self.total, self.every = self._count("total"), self._count("every")
        self.passages = {hit["_id"]: hit["_source"] for hit in self._by_name["passages"]["hits"]["hits"]}
        self.turns = [self._count(f"word {place}") for place in range(len(asked.words))]

    def _count(self, name: str) -> int:
        return responses.total(self._by_name[name])


def _searches(client: ArchiveClient, asked: _Asked) -> Iterator[tuple[str, Search]]:
    """Yield the searches by name: the turn by the whole query, by its clauses, its passages, the counts."""
    request, terms = asked.prepared.request, asked.prepared.terms
    turns = client.names.turns
    this: Clause = {"ids": {"values": [asked.turn.address]}}
    yield "turn", (turns, {"query": {"bool": {"must": [asked.query], "filter": [this]}}, "_source": False})
    named = list(asked.clauses().items())
    for first in range(0, len(named), _AT_ONCE):
        yield f"clauses {first}", (turns, clauses_body(this, dict(named[first : first + _AT_ONCE])))
    ids = _listed(asked.source.get("passage"))
    yield "passages", (client.names.passages, {"query": {"ids": {"values": ids}}, "size": max(len(ids), 1)})
    yield "total", (turns, bodies.count_body(request, terms, request.match or Match.ANY))
    yield "every", (turns, bodies.count_body(request, terms, Match.ALL))
    for place, word in enumerate(asked.words):
        yield f"word {place}", (turns, {"query": word.says, "size": 0, "track_total_hits": True})


def _listed(value: str | list[str] | None) -> list[str]:
    """Return the values of a field that may hold one, several or none."""
    return [] if value is None else [value] if isinstance(value, str) else value


def clauses_body(this: Clause, named: Mapping[str, Clause]) -> Body:
    """Return the search that tells which of the named clauses one turn satisfies, with the score of each."""
    should = [{"bool": {"must": [clause], "_name": name}} for name, clause in named.items()]
    return {"query": {"bool": {"filter": [this], "should": should}}, "_source": False, "size": 1}


def _rank(client: ArchiveClient, asked: _Asked, answers: _Answers) -> int:
    """Return the turn's rank, 0 where it is not found."""
    if not answers.found:
        return 0
    turn = asked.turn
    values: dict[str, rank.Value] = {"interview_id": turn.interview_id, "turn": turn.turn, "date": turn.date or None}
    asks = rank.rank_bodies(asked.query, bodies.order(asked.prepared.request), answers.score, values)
    found = client.searches([(client.names.turns, body) for body in asks.values()]).responses
    return rank.rank({name: responses.total(answer) for name, answer in zip(asks, found, strict=True)})


def _explained(asked: _Asked, answers: _Answers, rank: int) -> Explanation:
    """Return the explanation that the answers make."""
    request = asked.prepared.request
    words = tuple(_words(asked, answers))
    earned = _parts(asked, answers) if rank else ()
    told, instead = _hurdles(asked, answers, words)
    nodes = asked.prepared.terms.nodes
    return Explanation(
        query=request.query,
        turn=asked.turn,
        match=str(request.match or Match.ANY),
        sort=str(Sort.DATE if request.sort is Sort.RELEVANCE and not nodes else request.sort),
        rank=rank,
        total=answers.total,
        every=answers.every,
        counted=rank > 0 and (asked.every is None or "every" in answers.satisfied),
        score=answers.score if asked.scored and rank else 0.0,
        read=word_matches.read(nodes, asked.prepared.terms),
        words=words,
        parts=earned,
        passages=tuple(_passages(asked, answers, earned)),
        hurdles=told,
        compared=str(asked.source.get("words", "")),
        instead="" if rank else instead,
    )


def _words(asked: _Asked, answers: _Answers) -> Iterator[WordFound]:
    """Yield the words asked for, with where they occur."""
    for place, word in enumerate(asked.words):
        holds = [where for where in word.places if f"word {place} {where}" in answers.satisfied]
        yield word_matches.word_found(word, holds, asked.source, answers.turns[place])


def _parts(asked: _Asked, answers: _Answers) -> tuple[ScorePart, ...]:
    """Return the parts of the turn's score."""
    if not asked.scored:
        return ()
    by_name = answers.satisfied
    return scores.parts(
        answers.score, [(one, by_name.get(f"score {place}", 0.0)) for place, one in enumerate(asked.scored)]
    )


def _passages(asked: _Asked, answers: _Answers, earned: Iterable[ScorePart]) -> Iterator[Passage]:
    """Yield the passages that lift the turn, with what they say of the words asked for."""
    lifting = [piece.term for part in earned if part.kind is ScoreKind.PASSAGE for piece in part.pieces]
    for id_ in lifting:
        if about := answers.passages.get(id_):
            says = word_matches.said_in([word.word for word in asked.words], about.get("bigrams", ""))
            yield Passage(id_, about["first_turn"], about["last_turn"], says)


def _hurdles(asked: _Asked, answers: _Answers, words: Sequence[WordFound]) -> tuple[tuple[ConditionResult, ...], str]:
    """Return how the turn stands to all that binds it, and a query that finds it."""
    telling: dict[str, list[str]] = {
        ConditionKind.ENOUGH: [word.word for word in words if not set(word.places) - {Where.PARTLY}],
        ConditionKind.SOME_WORD: [word.word for word in words if Where.QUESTION in word.places],
    }
    told: list[tuple[conditions.Condition, ConditionResult]] = []
    for place, barrier in enumerate(asked.barriers):
        satisfied = f"bar {place}" in answers.satisfied
        told.append((barrier, conditions.condition_result(barrier, satisfied, asked.source, telling)))
    own = asked.turn.keywords[:_OWN_WORDS] or tuple(str(asked.source.get("words", "")).split()[:_OWN_WORDS])
    passed = [(barrier, hurdle.passed) for barrier, hurdle in told]
    return tuple(hurdle for _, hurdle in told), conditions.instead(asked.prepared.request, passed, own)
