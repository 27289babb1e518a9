"""Turns like one turn, of other interviews: who else speaks of this."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from indexer.errors import NotFoundError
from indexer.text.keywords import keywords
from search_cli.client import ArchiveClient
from search_cli.models import Span, SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.query.clauses import Clause
from search_cli.query.field_clauses import has, passage_has
from search_cli.query.parser import All, Word
from search_cli.query.request import SearchRequest
from search_cli.query.terms import Analyze, query_terms
from search_cli.search import browse, more_like_this_bodies, responses, suggest
from search_cli.search.highlight import marks
from search_cli.search.searcher import prepare
from search_cli.search.similar_models import Compared, SimilarTurn, SimilarTurns

SHORT = 4
"""Telling words below which a turn says too little by itself: 对，就是这样 (in meetings, turns of up to 12 characters
find what is like them with nDCG@10 .14, with the turn before them .29)."""

SHARED = 8
"""Shared words that are told."""

_TELLING = 100
_NEAR = 5  # turns on each side: an exchange may be an hour's story


def similar(
    client: ArchiveClient, address: str, request: SearchRequest, *, same_interview: bool = False
) -> SimilarTurns:
    """Return the turns most like the one at `address`, with what they share; of its own interview if asked for."""
    turn = browse.turn(client, address)
    by, compared = _compared(client, turn)
    sources = client.sources([one.address for one in compared], ())
    words = [word for one in compared for word in _words(sources[one.address])]
    telling = keywords(words, _TELLING)
    if not telling:
        raise NotFoundError(
            f"{turn.address} says too little to be compared.", (), f"fangtan show {turn.address} shows what is around."
        )
    answer, milliseconds = _asked(client, (compared, sources), telling, request, same_interview)
    found = _found(client, answer, frozenset(words))
    return SimilarTurns(turn, by, compared, found, same_interview, milliseconds)


def _compared(client: ArchiveClient, turn: SpokenTurn) -> tuple[Compared, tuple[SpokenTurn, ...]]:
    """Return what stands for a turn: with its question or its answer, or its exchange if it says next to nothing."""
    own = client.sources([turn.address], ())[turn.address]
    exchange = tuple(one for one in browse.exchange(client, turn.address) if abs(one.turn - turn.turn) <= _NEAR)
    if len(keywords(_words(own), SHORT)) < SHORT and len(exchange) > 1:
        return Compared.EXCHANGE, exchange
    if question := [one for one in exchange if one.turn == turn.reply_to]:
        return Compared.WITH_QUESTION, (*question, turn)
    answer = [one for one in exchange if one.reply_to == turn.turn][:1]
    return (Compared.WITH_ANSWER, (turn, *answer)) if answer else (Compared.TURN, (turn,))


def _asked(
    client: ArchiveClient,
    like: tuple[Sequence[SpokenTurn], Mapping[str, Mapping[str, Any]]],
    telling: Sequence[str],
    request: SearchRequest,
    same_interview: bool,
) -> tuple[dict[str, Any], int]:
    """Return the response with the turns most like some, and the time it took: the passages first, then the turns."""
    compared, sources = like
    prepared = prepare(client, request)
    filters = prepared.request.filters
    ids = [one.address for one in compared]
    elsewhere: Clause = {"bool": {"must_not": [{"term": {"interview_id": compared[0].interview_id}}]}}
    own = [] if same_interview else [elsewhere]
    narrowed = [*own, *(clause for one in filters if (clause := passage_has(one)) is not None)]
    around = list(_passages(sources.values()))
    passages = more_like_this_bodies.passages_body(client.names.turns, ids, around, narrowed)
    first = client.searches([(client.names.passages, passages)])
    lifted = more_like_this_bodies.with_own(responses.scores(first.responses[0]), around if same_interview else ())
    body = more_like_this_bodies.turns_body(
        client.names.turns, ids, telling, lifted, [*own, *map(has, filters)], request.limit
    )
    second = client.searches([(client.names.turns, body)])
    if not second.responses[0]["hits"]["hits"]:
        suggest.check_filters(client, prepared)
    return second.responses[0], prepared.milliseconds + first.milliseconds + second.milliseconds


def _found(client: ArchiveClient, answer: Mapping[str, Any], words: frozenset[str]) -> tuple[SimilarTurn, ...]:
    """Return the turns of a response as hits, what they share with `words` marked."""
    shared = [
        keywords((word for word in _words(hit["_source"]) if word in words), SHARED) for hit in answer["hits"]["hits"]
    ]
    turns = responses.turns(answer)
    around = client.sources([address for turn in turns if (address := responses.question_of(turn))], HIDDEN)
    found: list[SimilarTurn] = []
    for place, telling in enumerate(shared):
        one = {"hits": {"hits": [answer["hits"]["hits"][place]]}}
        (hit,) = responses.hits(one, around, _marker(telling, client.analyze), 0, place)
        found.append(SimilarTurn(hit, telling))
    return tuple(found)


def _marker(words: Iterable[str], analyze: Analyze) -> Callable[[str], tuple[Span, ...]]:
    """Return the function that marks words in a text."""
    node = All(tuple(map(Word, words)))
    read = query_terms(node, analyze)

    def mark(text: str) -> tuple[Span, ...]:
        return marks(text, node, read, analyze)

    return mark


def _words(source: Mapping[str, Any]) -> list[str]:
    return str(source.get("words", "")).split()


def _passages(sources: Iterable[Mapping[str, Any]]) -> dict[str, None]:
    """Return the passages in which some turns lie, each once."""
    found: dict[str, None] = {}
    for source in sources:
        own = source.get("passage", ())
        found.update(dict.fromkeys([own] if isinstance(own, str) else own))
    return found
