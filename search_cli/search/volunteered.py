"""Find the turns that say a text after another did, so that the others are those that bring it up unasked.

A turn brings a text up unasked if it answers a question and holds the text, while the question does not, nor any
earlier turn of the exchange by another speaker; narration is nobody's. No query of Elasticsearch compares turns, so all
turns in exchanges that hold the text are read, without their documents: 0.1 s for five thousand.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.model import Role
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response
from search_cli.query.clauses import all_of, as_typed, normal_text, one_of
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.query.values import Unprompted
from search_cli.search.known_names import fields_of, with_fields

FIELD = "volunteered"
MOST_PROMPTED = 50_000
"""Turns that a search can leave out by their addresses: some megabytes in each request."""

_TURNS = 10_000
"""Turns read at a time."""

_IN_EXCHANGES: tuple[Clause, ...] = (
    {"range": {"exchange": {"gte": 1}}},
    {"exists": {"field": "reply_to"}},
    {"terms": {"role": [str(Role.INTERVIEWER), str(Role.HOST)]}},
)
"""Any of these has a turn that asks, answers or is said between: a transcript may give answers without exchanges."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A turn that holds a text; `exchange` is 0, and `question`, the address of what it answers, "" if it has none."""

    interview_id: str
    turn: int
    exchange: int
    question: str
    speaker: str
    role: str

    @property
    def address(self) -> str:
        """Return the address: qzone-xiaomi#3."""
        return f"{self.interview_id}#{self.turn}"


def resolve_volunteered(client: ArchiveClient, request: SearchRequest) -> SearchRequest:
    """Return the request with the turns that each text of `volunteered` is to leave out."""
    texts = {str(value) for one in fields_of(request) if one.name == FIELD for value in one.values}
    if not texts:
        return request
    found = {text: Unprompted(text, _prompted(client, text)) for text in sorted(texts)}

    def change(one: Field) -> Field:
        return replace(one, values=tuple(found[str(value)] for value in one.values)) if one.name == FIELD else one

    return with_fields(request, change)


def prompters(request: SearchRequest, address: str) -> list[str]:
    """Return the turns that said a text of `volunteered` before the turn at an address did."""
    values = (value for one in fields_of(request) if one.name == FIELD for value in one.values)
    found = (dict(value.prompted).get(address, "") for value in values if isinstance(value, Unprompted))
    return [one for one in found if one]


def _prompted(client: ArchiveClient, text: str) -> tuple[tuple[str, str], ...]:
    """Return the addresses of the answers that hold a text after another did, each with that of the first to do so."""
    pages = client.pages(client.names.turns, _body(text))
    found = tuple(prompted([_holder(hit) for page in pages for hit in page["hits"]["hits"]]))
    if len(found) > MOST_PROMPTED:
        many = _("{text} is said after another in {number} turns: too many to leave out.")
        raise UsageError(
            many.format(text=text, number=f"{len(found):,}"),
            _("Write a rarer text after {field}:").format(field=FIELD),
        )
    return found


def prompted(holders: Sequence[Holder]) -> Iterator[tuple[str, str]]:
    """Yield the answers that are not the first to hold a text, each with who was; `holders` are in reading order."""
    every = {one.address for one in holders}
    earlier: dict[tuple[str, int], list[Holder]] = {}
    for one in holders:
        before = earlier.setdefault((one.interview_id, one.exchange), []) if one.exchange else []
        others = (other.address for other in before if other.speaker != one.speaker)
        first = one.question if one.question in every else next(others, "")
        if one.question and first:
            yield one.address, first
        if one.role != Role.NARRATION:
            before.append(one)


def _body(text: str) -> Body:
    """Return the search for all turns that ask or answer and hold a text, in reading order.

    Without stored fields, not even `_id`, it takes a tenth of the time.
    """
    return {
        "query": all_of([as_typed(normal_text(text)), one_of(_IN_EXCHANGES)]),
        "sort": [{"interview_id": "asc"}, {"turn": "asc"}],
        "size": _TURNS,
        "stored_fields": "_none_",
        "docvalue_fields": ["exchange", "reply_to", "speaker", "role"],
        "track_total_hits": False,
    }


def _holder(hit: Response) -> Holder:
    """Return a turn from a hit."""
    interview_id, turn = hit["sort"][:2]
    values = {name: found[0] for name, found in hit.get("fields", {}).items()}
    question = f"{interview_id}#{values['reply_to']}" if "reply_to" in values else ""
    names = (str(values.get(name, "")) for name in ("speaker", "role"))
    return Holder(interview_id, turn, values.get("exchange", 0), question, *names)
