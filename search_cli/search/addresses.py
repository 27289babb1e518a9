"""Read what is at an address: a turn, several, their exchange, an interview; and find an interview by its id."""

import re
from collections.abc import Iterator, Sequence

from indexer.errors import NotFoundError, UsageError
from indexer.language.messages import gettext as _
from indexer.model import from_source
from indexer.store import mapping
from indexer.text.shell import argument
from search_cli.catalog import ArchivedInterview, WholeInterview
from search_cli.client import ArchiveClient
from search_cli.json_types import Clause, Source
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.query.clauses import exact_id_clauses, id_clause
from search_cli.search import responses
from search_cli.search.known_names import MANY, nearest
from search_cli.search.short_ids import base_name
from search_cli.search.turn_range import TurnRange

_AFFILIATIONS = 100  # of one speaker
_NEAR = 5
_BY_ID = {"interview_id": "asc"}
_NUMBERS = re.compile(r"(\d{1,9})(?:(?:[-–—~～]|\.\.)(\d{1,9}))?")


def turn(client: ArchiveClient, address: str) -> SpokenTurn:
    """Return the turn at an address; raise `NotFoundError` with the nearest interviews, or the last turn."""
    return from_source(SpokenTurn, turn_source(client, address, HIDDEN))


def turn_source(client: ArchiveClient, address: str, excludes: Sequence[str]) -> Source:
    """Return the document of the turn at an address, without some fields; raise `NotFoundError` as `turn` does."""
    prefix, number, last = split_address(address)
    if last is not None:
        step = _("Give one, or read them all: fangtan show {address}").format(address=address)
        raise UsageError(_("{address} is several turns.").format(address=address), step)
    found = client.sources([f"{prefix}#{number}"], excludes)
    if not found:
        interview = find_interview(client, prefix, f"#{number}")
        found = client.sources([f"{interview.id}#{number}"], excludes)
        if not found:
            has = _("{interview} has turns 1 to {last}, not {number}.")
            raise NotFoundError(
                has.format(interview=interview.id, last=interview.turns, number=number),
                (),
                f"fangtan show {argument(f'{interview.id}#{interview.turns}')}",
            )
    return next(iter(found.values()))


def exchange(client: ArchiveClient, turn: SpokenTurn) -> tuple[SpokenTurn, ...]:
    """Return the exchange of a turn; a turn before the first question is alone."""
    if not turn.exchange:
        return (turn,)
    return tuple(_turns(client, turn.interview_id, {"term": {"exchange": turn.exchange}}))


def turn_range(client: ArchiveClient, address: str, context: int) -> TurnRange:
    """Return the turns of `interview#79-85` with `context` turns on each side; raise `NotFoundError` as `turn` does."""
    prefix, first, end = split_address(address)
    last = first if end is None else end
    if last < first:
        wrong = _("{text} ends before it starts.").format(text=address)
        raise UsageError(wrong, f"fangtan show {prefix}#{last}-{first}")
    interview_id = turn(client, f"{prefix}#{first}").interview_id
    total = find_interview(client, interview_id).turns
    shown: Clause = {"range": {"turn": {"gte": first - context, "lte": last + context}}}
    turns = tuple(_turns(client, interview_id, shown))
    return TurnRange(interview_id, first, min(last, total), last, total, turns)


def interview(client: ArchiveClient, prefix: str) -> WholeInterview:
    """Return an interview with all its turns; for a duplicate, its primary."""
    found = find_interview(client, prefix)
    return WholeInterview(found, tuple(_turns(client, found.id)))


def split_address(address: str) -> tuple[str, int, int | None]:
    """Return the interview, the number of the turn, and the last one of several: qzone-xiaomi#3-5, else None."""
    prefix, mark, numbers = address.strip().replace("＃", "#").rpartition("#")
    found = _NUMBERS.fullmatch(numbers)
    if not mark or not prefix or found is None:
        wrong = _("{address} is not the address of a turn.").format(address=address)
        raise UsageError(wrong, _("Write the interview and the turn as in qzone-xiaomi#3."))
    return prefix, int(found[1]), int(found[2]) if found[2] else None


def find_interview(client: ArchiveClient, typed: str, turn: str = "") -> ArchivedInterview:
    """Return the interview with this id, or the only one found by it; for a duplicate, its primary.

    `turn` (#3) is appended to the ids that an error suggests.
    """
    body = {
        "query": {"bool": {"filter": [id_clause(typed)], "should": exact_id_clauses(typed)}},
        "sort": ["_score", _BY_ID],
        "size": _NEAR + 1,
        "track_total_hits": True,
    }
    answer, duplicates = client.searches(
        [(client.names.interviews, body), (mapping.versions(client.settings), body)]
    ).responses
    versions = [hit["_source"] for hit in duplicates["hits"]["hits"]]
    found = [from_source(ArchivedInterview, hit["_source"]) for hit in answer["hits"]["hits"]]
    exact = bool(versions) and versions[0]["interview_id"] == typed
    if exact or (not found and len(versions) == 1):
        return find_interview(client, versions[0]["version_of"])
    if found and (len(found) == 1 or _is_exact(typed, [one.id for one in found])):
        return found[0]
    if found:
        several = _("{number} interviews begin with {prefix}.")
        raise NotFoundError(
            several.format(number=responses.total(answer), prefix=typed),
            tuple(f"{one.id}{turn}" for one in found[:_NEAR]),
            _("Write more of the id."),
        )
    near = tuple(f"{id_}{turn}" for id_ in nearest(typed, ids(client), _NEAR))
    raise NotFoundError(
        _("There is no interview {value}.").format(value=typed),
        near,
        f"fangtan show {argument(near[0])}" if near else _("fangtan interviews lists them."),
    )


def _is_exact(typed: str, found: Sequence[str]) -> bool:
    """Tell whether the first id is as typed, or the only one as typed without its folders; exact ones come first."""
    return found[0] == typed or [base_name(one) == typed for one in found[:2]] == [True, False]


def ids(client: ArchiveClient) -> tuple[str, ...]:
    """Return the ids of the interviews, at most ten thousand."""
    aggs = {"ids": {"terms": {"field": "interview_id", "size": MANY, "order": {"_key": "asc"}}}}
    answer = client.search(client.names.interviews, {"size": 0, "track_total_hits": False, "aggs": aggs})
    return responses.keys(answer["aggregations"]["ids"])


def _turns(client: ArchiveClient, interview_id: str, filter_: Clause | None = None) -> Iterator[SpokenTurn]:
    """Yield the turns of an interview in reading order."""
    filters: list[Clause] = [{"term": {"interview_id": interview_id}}, *([filter_] if filter_ else [])]
    body = {"query": {"bool": {"filter": filters}}, "sort": [{"turn": "asc"}], "_source": {"excludes": HIDDEN}}
    for page in client.pages(client.names.turns, body, few=True):
        yield from responses.turns(page)
