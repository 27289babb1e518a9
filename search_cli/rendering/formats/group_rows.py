r"""Exchanges, and the best hits per speaker or interview, as JSON, JSON lines and CSV. Keys and columns may be added.

`fangtan exchanges --json` prints one object:

    {"query", "groups" (exchanges), "turns" (in them, that match), "outside" (that match, in no exchange), "interviews",
     "match", "words": [...], "also": [...], "filters": [...], "page", "limit", "sort", "seed", "facets": [...],
     "exchanges": [exchange, ...]}

an exchange being, there and as a line of `--jsonl`:

    {"rank", "score", "address", "interview_id", "exchange", "matched": [address, ...] (the best first),
     "turns": [{...turn, "marks", "part": "question", "answer" or ""}, ...], "versions": [id, ...]}

where "address" is that of all its turns: qzone-xiaomi#2-3. `--csv` has a row for each turn.

`fangtan search --per speaker --json` prints the same counts, "groups" being speakers, with "per" and "hits"; a hit has
two keys more than in a search: "per" (the speaker or the interview) and "turns" (how many of its turns match).
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from search_cli.rendering.formats.csv_rows import HIT_COLUMNS, hit_row
from search_cli.rendering.formats.json_objects import hit_object, turn_object
from search_cli.search.best_hits import BestHit, BestHits
from search_cli.search.exchange_search import ExchangeHit, ExchangeResult

BEST_COLUMNS = (*HIT_COLUMNS, "per", "turns")
"""The columns of `fangtan search --per --csv`."""

_OF_EXCHANGE = ("rank", "score", "exchange", "part", "matched")
_OF_TURN = (
    *("address", "interview_id", "turn", "speaker", "role", "affiliation", "date", "outlet", "title", "topics"),
    *("text", "label", "authors", "source", "url", "start", "end", "media", "media_link"),
)
EXCHANGE_COLUMNS = (*_OF_EXCHANGE, *_OF_TURN)
"""The columns of `fangtan exchanges --csv`; `matched` is 1 for a turn that matches, else 0."""


def exchanges_object(result: ExchangeResult) -> dict[str, Any]:
    """Return the object of a page of exchanges."""
    return {**asdict(result.counts), "exchanges": [exchange_object(one) for one in result.found]}


def exchange_object(found: ExchangeHit) -> dict[str, Any]:
    """Return the object of an exchange."""
    return {
        "rank": found.rank,
        "score": found.score,
        "address": found.address,
        "interview_id": found.interview_id,
        "exchange": found.exchange,
        "matched": found.matched,
        "turns": [{**turn_object(marked), "part": found.part(marked.turn)} for marked in found.turns],
        "versions": found.versions,
    }


def exchange_rows(several: Iterable[ExchangeHit]) -> Iterator[list[object]]:
    """Yield a row for each turn of exchanges, in the order of `EXCHANGE_COLUMNS`."""
    for found in several:
        for marked in found.turns:
            turn = marked.turn
            own = (found.rank, found.score, found.address, found.part(turn), int(turn.address in found.matched))
            yield [*own, *(getattr(turn, name) for name in _OF_TURN)]


def best_hits_object(result: BestHits) -> dict[str, Any]:
    """Return the object of a page of best hits."""
    return {"per": result.per, **asdict(result.counts), "hits": [best_hit_object(one) for one in result.found]}


def best_hit_object(best: BestHit) -> dict[str, Any]:
    """Return the object of a best hit."""
    return {**hit_object(best.hit), "per": best.value, "turns": best.turns}


def best_hit_row(best: BestHit) -> list[object]:
    """Return the values of a best hit in the order of `BEST_COLUMNS`."""
    return [*hit_row(best.hit), best.value, best.turns]
