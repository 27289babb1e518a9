"""Search exchanges: the questions and answers whose turns match, each whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.model import Role
from search_cli.client import ArchiveClient
from search_cli.json_types import Body
from search_cli.models import Marked, SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.query.request import SearchRequest
from search_cli.search import responses
from search_cli.search.markers import Markers, markers
from search_cli.search.prepared_search import PreparedSearch, prepare
from search_cli.search.turn_groups import EXCHANGE, GroupCounts, TurnGroup, counts, turn_groups

_LONGEST = 10_000
"""Turns of an exchange: what Elasticsearch returns at once. Those that are detected have eleven, or few more."""

_AT_ONCE = 100
"""Exchanges read at once by an export."""

_QUESTIONERS = frozenset({Role.INTERVIEWER, Role.HOST})


@dataclass(frozen=True, slots=True)
class ExchangeHit:
    """An exchange with turns that match: all its turns in reading order, with their marks.

    `matched` are the addresses of those that match, the best first, which has the `score`. `versions` are the ids of
    duplicates of its interview.
    """

    rank: int
    score: float
    interview_id: str
    exchange: int
    matched: tuple[str, ...]
    turns: tuple[Marked, ...]
    versions: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """Return the address of its turns: qzone-xiaomi#2-3."""
        first, last = self.turns[0].turn, self.turns[-1].turn
        return first.address if first.turn == last.turn else f"{first.address}-{last.turn}"

    def part(self, turn: SpokenTurn) -> str:
        """Return the part of a turn: `question` if others answer it or its speaker is who asks, `answer`, or ""."""
        if turn.role in _QUESTIONERS or any(other.turn.reply_to == turn.turn for other in self.turns):
            return "question"
        return "" if turn.reply_to is None else "answer"


@dataclass(frozen=True, slots=True)
class ExchangeResult:
    """A page of exchanges, and what is counted of all."""

    found: tuple[ExchangeHit, ...]
    counts: GroupCounts


def exchanges(client: ArchiveClient, request: SearchRequest) -> ExchangeResult:
    """Return a page of the exchanges whose turns match, in the order of their best turns."""
    prepared = prepare(client, request)
    groups = turn_groups(client, prepared, EXCHANGE)
    found = tuple(_exchange_hits(client, prepared, groups.page(request), request.first))
    return ExchangeResult(found, counts(client, prepared, groups))


def export(client: ArchiveClient, request: SearchRequest) -> Iterator[ExchangeHit]:
    """Yield all exchanges whose turns match, in order."""
    prepared = prepare(client, request)
    groups = turn_groups(client, prepared, EXCHANGE).groups
    for first in range(0, len(groups), _AT_ONCE):
        yield from _exchange_hits(client, prepared, groups[first : first + _AT_ONCE], first)


def _exchange_hits(
    client: ArchiveClient, prepared: PreparedSearch, groups: Sequence[TurnGroup], first: int
) -> Iterator[ExchangeHit]:
    """Yield exchanges with their turns, ranked after `first`."""
    answers = client.searches([(client.names.turns, _turns_body(group)) for group in groups]).responses
    _, versions = client.sources_and_versions((), (), [group.interview_id for group in groups])
    mark = markers(prepared, client.analyze)
    for rank, (group, answer) in enumerate(zip(groups, answers, strict=True), start=first + 1):
        turns = responses.turns(answer)
        if turns:  # else it was removed meanwhile
            yield ExchangeHit(
                rank,
                group.score,
                group.interview_id,
                int(group.value),
                group.addresses,
                tuple(_marked(turns, mark)),
                versions.get(group.interview_id, ()),
            )


def _marked(turns: Sequence[SpokenTurn], mark: Markers) -> Iterator[Marked]:
    """Yield turns with their marks; a turn that others answer is marked as a question."""
    asking = {turn.reply_to for turn in turns}
    for turn in turns:
        yield Marked(turn, (mark.question if turn.turn in asking else mark.turn)(turn.text))


def _turns_body(group: TurnGroup) -> Body:
    """Return the search for the turns of an exchange, in reading order."""
    this = [{"term": {"interview_id": group.interview_id}}, {"term": {EXCHANGE: int(group.value)}}]
    return {
        "query": {"bool": {"filter": this}},
        "sort": [{"turn": "asc"}],
        "size": _LONGEST,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
    }
