"""Find the turns most like a turn, in other interviews.

They are ranked by words and bigrams, as in any search, and by their passages.
Measured on 24 meetings (a turn is similar to another in the same segment by topic, except for the passages of the turn
itself), nDCG@10 of 200 turns: words .227, bigrams .239, both .253; both with the turn before .295, with the one after
.319; with the turn before and passages .408, and .394 of those that share a distinctive word. Distinctive words and
their bigrams alone are worse: .355 where words and bigrams have .404.

Where the archive has vectors, the turn's own is compared, too, which needs no model. nDCG@10 of half of 211
turns (`LIKENESS` was chosen on the other half), by words, by vectors and by both: without the turns of its own
passages .290, .428, .395; without ten turns on each side, whose vectors have parts of its own, .223, .373, .363; with
each segment cut in two and the halves in two interviews, of which the other is searched, .379, .483, .505. There, turns
of up to 12 characters have .04, .58 and .55, and those without a distinctive word .52 by meaning.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.errors import NotFoundError
from indexer.language.messages import gettext as _
from indexer.model import from_source
from indexer.text.keywords import keywords
from indexer.text.shell import argument
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response, Source
from search_cli.models import Hit, HitMatch, Span, SpokenTurn
from search_cli.query.bodies import HIDDEN, Passage, passage_boost
from search_cli.query.clauses import field_clause, passage_clause
from search_cli.query.matching import combined
from search_cli.query.nearest import NEAREST, near_body
from search_cli.query.parser import All, Word
from search_cli.query.request import SearchRequest
from search_cli.query.terms import Analyze, analyze_query
from search_cli.search import addresses, responses
from search_cli.search.fused_page import nearest
from search_cli.search.fusion import LIKENESS_FLOORS, Scored, add_nearness
from search_cli.search.highlight import marks
from search_cli.search.meaning import QueryVector, stored_vector
from search_cli.search.prepared_search import prepare

SHORT = 4
"""Distinctive words below which a turn says too little by itself: 对，就是这样 (in meetings, turns of up to 12
characters find similar ones with nDCG@10 .14, with the turn before them .29)."""

SHARED = 8
"""Shared words that are shown."""

TERMS = 100
"""Words, and bigrams, that represent a turn, by their weight in the archive (.245 with 50, .253 with 100)."""

PASSAGE_WEIGHT = 1.8
"""Weight of the similarity of a passage, by bigrams, relative to that of its turn. By words and bigrams, whose scores
are 1.8 times as high, it was .383 with .5, .408 with 1, .415 with 1.5, where the neighbours of similar turns begin to
outrank similar turns."""

PASSAGES = 50
_FIELDS = ("words", "bigrams")
_FIELDS_OF_PASSAGES = ("bigrams",)
_UNUSED_IN_HITS = [name for name in HIDDEN if name != "words"]
_UNUSED = [name for name in HIDDEN if name not in {"words", "passage"}]
_DISTINCTIVE = 100
_NEAR = 5  # turns on each side: an exchange may last an hour
_MIXED = 10  # turns on each side that share in a vector: twice `REACH` of `indexer.embeddings.neighbours`


class Compared(StrEnum):
    """What represents a turn in a comparison."""

    TURN = "turn"
    WITH_QUESTION = "turn and question"
    WITH_ANSWER = "turn and answer"
    EXCHANGE = "exchange"
    """All of its exchange, for a turn of few words."""


@dataclass(frozen=True, slots=True)
class SimilarTurn:
    """A similar turn, as a hit, and the words it shares, the most distinctive first."""

    hit: Hit
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SimilarTurns:
    """The turns similar to `turn`, the most similar first.

    `compared` are the turns that represent it, as `by` says, in reading order. `found` has turns of its own interview
    only with `same_interview`. `milliseconds` is what Elasticsearch took; `by_meaning` says that vectors were compared.
    """

    turn: SpokenTurn
    by: Compared
    compared: tuple[SpokenTurn, ...]
    found: tuple[SimilarTurn, ...]
    same_interview: bool
    milliseconds: int
    by_meaning: bool = False


def similar(
    client: ArchiveClient, address: str, request: SearchRequest, *, same_interview: bool = False
) -> SimilarTurns:
    """Return the turns most similar to the one at `address`, of other interviews by default, with shared words."""
    source = addresses.turn_source(client, address, _UNUSED)
    turn = from_source(SpokenTurn, source)
    by, compared = _compared(turn, _nearby(client, turn, source))
    words = [word for one in compared.values() for word in _words(one)]
    distinctive = keywords(words, _DISTINCTIVE)
    vector = stored_vector(client, turn.address)
    if not distinctive and vector is None:
        raise NotFoundError(
            _("{address} says too little to be compared.").format(address=turn.address),
            (),
            _("fangtan show {address} shows what is around.").format(address=argument(turn.address)),
        )
    best, milliseconds = _most_similar(client, turn, compared, distinctive, vector, request, same_interview)
    found = _similar_turns(client, best, frozenset(words))
    turns = tuple(from_source(SpokenTurn, one) for one in compared.values())
    return SimilarTurns(turn, by, turns, found, same_interview, milliseconds, vector is not None)


def _nearby(client: ArchiveClient, turn: SpokenTurn, source: Source) -> dict[str, Source]:
    """Return the documents of a turn's exchange near it, by address, in reading order."""
    first = max(1, turn.turn - _NEAR)
    addresses = [f"{turn.interview_id}#{number}" for number in range(first, turn.turn + _NEAR + 1)]
    beside = [address for address in addresses if address != turn.address]
    sources = dict(client.sources(beside, _UNUSED)) if turn.exchange else {}
    sources[turn.address] = source
    return {
        address: sources[address]
        for address in addresses
        if address == turn.address or sources.get(address, {}).get("exchange") == turn.exchange
    }


def _compared(turn: SpokenTurn, exchange: Mapping[str, Source]) -> tuple[Compared, dict[str, Source]]:
    """Return what represents a turn: with its question or its answer, or its exchange if it has few words."""
    if len(keywords(_words(exchange[turn.address]), SHORT)) < SHORT and len(exchange) > 1:
        return Compared.EXCHANGE, dict(exchange)
    own = {turn.address: exchange[turn.address]}
    if question := {address: one for address, one in exchange.items() if one["turn"] == turn.reply_to}:
        return Compared.WITH_QUESTION, question | own
    answers = [(address, one) for address, one in exchange.items() if one.get("reply_to") == turn.turn]
    return (Compared.WITH_ANSWER, own | dict(answers[:1])) if answers else (Compared.TURN, own)


def _most_similar(
    client: ArchiveClient,
    turn: SpokenTurn,
    compared: Mapping[str, Source],
    distinctive: Sequence[str],
    vector: QueryVector | None,
    request: SearchRequest,
    same_interview: bool,
) -> tuple[Sequence[Scored], int]:
    """Return the addresses of the most similar turns, and the time it took: passages first, then turns."""
    prepared = prepare(client, request)
    filters = prepared.request.filters
    ids = list(compared)
    elsewhere: Clause = {"bool": {"must_not": [{"term": {"interview_id": turn.interview_id}}]}}
    scope = [] if same_interview else [elsewhere]
    passage_filters = [*scope, *(clause for one in filters if (clause := passage_clause(one)) is not None)]
    own = list(_passages(compared.values()))
    first = client.searches([(client.names.passages, passages_body(client.names.turns, ids, own, passage_filters))])
    passages = with_own(responses.scores(first.responses[0]), own if same_interview else ())
    turn_filters = [*scope, *map(field_clause, filters)]
    size = request.limit if vector is None else max(request.limit, NEAREST)
    searches = [(client.names.turns, turns_body(client.names.turns, ids, distinctive, passages, turn_filters, size))]
    if vector is not None:
        others = combined(turn_filters, [{"ids": {"values": [*ids, *_mixed(turn)]}}])
        searches.append((client.names.turns, near_body(vector.field, vector.numbers, others)))
    second = client.searches(searches)
    best = _by_both(vector, *second.responses)[: request.limit]
    return best, prepared.milliseconds + first.milliseconds + second.milliseconds


def _mixed(turn: SpokenTurn) -> list[str]:
    """Return the addresses of the turns around a turn: their vectors and its own are in part of the same texts."""
    numbers = range(max(1, turn.turn - _MIXED), turn.turn + _MIXED + 1)
    return [f"{turn.interview_id}#{number}" for number in numbers]


def _by_both(vector: QueryVector | None, words: Response, near: Response | None = None) -> Sequence[Scored]:
    """Return the turns that are similar by words, or by words and meaning."""
    best = responses.scores(words)
    if vector is None or near is None:
        return best
    return add_nearness(best, list(nearest(near)), LIKENESS_FLOORS.get(vector.model, 0.0))


def _similar_turns(client: ArchiveClient, best: Sequence[Scored], words: frozenset[str]) -> tuple[SimilarTurn, ...]:
    """Return turns as hits, with the words they share highlighted; those that share none are near in meaning."""
    documents = client.sources([address for address, _score in best], _UNUSED_IN_HITS)
    found = [(documents[address], score) for address, score in best if address in documents]
    turns = [from_source(SpokenTurn, source) for source, _score in found]
    sources = client.sources(responses.surrounding(turns, 0), HIDDEN)
    similar_turns: list[SimilarTurn] = []
    for position, (turn, (source, score)) in enumerate(zip(turns, found, strict=True)):
        own = keywords((word for word in _words(source) if word in words), SHARED)
        scored = (turn, score, HitMatch.SOME if own else HitMatch.MEANING)
        (hit,) = responses.hits([scored], sources, _marker(own, client.analyze), 0, position)
        similar_turns.append(SimilarTurn(hit, own))
    return tuple(similar_turns)


def _marker(words: Iterable[str], analyze: Analyze) -> Callable[[str], tuple[Span, ...]]:
    """Return the function that highlights words in a text."""
    terms = analyze_query(All(tuple(map(Word, words))), analyze)

    def mark(text: str) -> tuple[Span, ...]:
        return marks(text, terms, analyze)

    return mark


def _words(source: Source) -> list[str]:
    return str(source.get("words", "")).split()


def _passages(sources: Iterable[Source]) -> dict[str, None]:
    """Return the passages of some turns, each once."""
    found: dict[str, None] = {}
    for source in sources:
        own = source.get("passage", ())
        found.update(dict.fromkeys([own] if isinstance(own, str) else own))
    return found


def passages_body(index: str, ids: Sequence[str], own: Sequence[str], filters: Sequence[Clause]) -> Body:
    """Return the search for the passages similar to some turns, without their `own`, which always are."""
    query: Body = {"should": list(_like(index, ids, 1, _FIELDS_OF_PASSAGES)), "minimum_should_match": 1}
    if filters:
        query["filter"] = list(filters)
    if own:
        query["must_not"] = [{"ids": {"values": list(own)}}]
    return {"query": {"bool": query}, "size": PASSAGES, "_source": False, "track_total_hits": False}


def with_own(passages: Sequence[Passage], own: Iterable[str]) -> list[Passage]:
    """Return the passages with the turn's own, which get the best score of the others.

    With their real scores, which compare a turn with itself, only its neighbours would be found.
    """
    best = max((score for _passage, score in passages), default=0.0)
    return [*passages, *((id_, best) for id_ in own if best)]


def turns_body(
    index: str,
    ids: Sequence[str],
    distinctive: Sequence[str],
    passages: Iterable[Passage],
    filters: Sequence[Clause],
    limit: int,
) -> Body:
    """Return the search for the turns similar to those with these `ids` that share some of the `distinctive` words."""
    shares: Clause = {"match": {"words": " ".join(distinctive)}}
    return {
        "query": {
            "bool": {
                "filter": [shares, *filters],
                "must_not": [{"ids": {"values": list(ids)}}],
                "should": [*_like(index, ids, 2), *passage_boost(passages, PASSAGE_WEIGHT)],
            }
        },
        "size": limit,
        "_source": False,
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def _like(index: str, ids: Sequence[str], min_doc_freq: int, fields: Sequence[str] = _FIELDS) -> Iterator[Clause]:
    """Yield a clause per field for texts similar to the turns with these ids, by terms in `min_doc_freq` documents."""
    for field in fields:
        like: Body = {
            "fields": [field],
            "like": [{"_index": index, "_id": id_} for id_ in ids],
            "min_term_freq": 1,
            "min_doc_freq": min_doc_freq,
            "max_query_terms": TERMS,
            "minimum_should_match": 1,
        }
        yield {"more_like_this": like}
