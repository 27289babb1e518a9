"""Who speaks with somebody: in how many interviews, and who answers whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.errors import NotFoundError
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response
from search_cli.query import bodies
from search_cli.query.clauses import all_of, field_clause
from search_cli.query.interview_query import interview_query
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.search.interview_list import resolved
from search_cli.search.known_names import MANY


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who speaks in the same interviews.

    `answers_to` counts the partner's answers to questions of the other, `answers_from` the other's to the partner's.
    `first` and `last` are the dates of the interviews, ISO or "".
    """

    name: str
    interviews: int
    answers_to: int
    answers_from: int
    first: str
    last: str


def partners(client: ArchiveClient, name: str, request: SearchRequest) -> tuple[Partner, ...]:
    """Return who speaks with `name` in the interviews of a request, those with the most interviews first.

    Raises `NotFoundError` for a name that is in no interview.
    """
    mine = Field("speaker", (name,))
    try:
        whole = resolved(client, SearchRequest(filters=(mine, *request.filters)))
    except NotFoundError as error:
        error.next_step = error.next_step.replace("--speaker ", "--with ")
        raise
    names = list(map(str, whole.filters[0].values))
    day = {"field": "date", "format": "yyyy-MM-dd"}
    groups = {"terms": {"field": "speakers", "size": MANY}, "aggs": {"first": {"min": day}, "last": {"max": day}}}
    together = client.search(client.names.interviews, bodies.count(interview_query(whole), {"speakers": groups}))
    to, from_ = _answers(client, names, [field_clause(field) for field in whole.filters[1:]])
    found = (
        Partner(
            name=bucket["key"],
            interviews=bucket["doc_count"],
            answers_to=to.get(bucket["key"], 0),
            answers_from=from_.get(bucket["key"], 0),
            first=bucket["first"].get("value_as_string", ""),
            last=bucket["last"].get("value_as_string", ""),
        )
        for bucket in together["aggregations"]["speakers"]["buckets"]
        if bucket["key"] not in names
    )
    return tuple(sorted(found, key=lambda one: (-one.interviews, -one.answers_to - one.answers_from, one.name)))


def _answers(client: ArchiveClient, names: list[str], filters: list[Clause]) -> tuple[Mapping[str, int], ...]:
    """Return the answers to somebody by speaker, and those of somebody by whose question they answer."""
    searches = (
        _answers_body([*filters, {"terms": {"reply_to_speaker": names}}], "speaker"),
        _answers_body([*filters, {"terms": {"speaker": names}}], "reply_to_speaker"),
    )
    return tuple(map(_counts, client.searches([(client.names.turns, body) for body in searches]).responses))


def _answers_body(filters: list[Clause], field: str) -> Body:
    return bodies.count(all_of(filters), {"names": {"terms": {"field": field, "size": MANY}}})


def _counts(response: Response) -> Mapping[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in response["aggregations"]["names"]["buckets"]}
