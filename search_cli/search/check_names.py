"""Check that the archive has what the fields of a request name: a filter that matches nothing is a mistake."""

from collections.abc import Sequence

from indexer.errors import NotFoundError
from search_cli.client import ArchiveClient
from search_cli.query import bodies
from search_cli.query.clauses import field_clause
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.search import responses
from search_cli.search.known_names import MANY, KnownNames, all_names_body, fields_of, known_names, not_found, unknown

_LOOKED_FOR = ("interview", "title", "affiliation", "label")
"""Fields whose values are a part of what the archive has."""

_MEANT = 3
"""Topics that are suggested because they have the word that was typed."""


def check_names(client: ArchiveClient, request: SearchRequest, names: KnownNames) -> None:
    """Raise `NotFoundError`, with the nearest values, for a field that no turn of the archive has a value of.

    One of several values may be unknown, and so may what is excluded.
    """
    doubtful = [one for one in fields_of(request, excluded=False) if _is_doubtful(one, names)]
    if not doubtful:
        return
    searches = [(client.names.turns, bodies.exists(field_clause(one))) for one in doubtful]
    for one, answer in zip(doubtful, client.searches(searches).responses, strict=True):
        if not responses.total(answer):
            raise _not_found(client, one.name, str(one.values[0]))


def _not_found(client: ArchiveClient, kind: str, value: str) -> NotFoundError:
    """Return the error for an unknown name, with the nearest ones; of topics, first those that have it as a word."""
    names = _names(client, kind)
    if kind != "topic":
        return not_found(kind, value, names)
    from search_cli.search.topic_names import topics_with_word
    from search_cli.search.topic_words import topic_words

    return not_found(kind, value, names, topics_with_word(value, names, topic_words(client))[:_MEANT])


def _is_doubtful(one: Field, names: KnownNames) -> bool:
    """Return whether no value of a field is known to be in the archive; a speaker may still be a printed label."""
    texts = [value for value in one.values if isinstance(value, str)]
    return len(texts) == len(one.values) and (one.name in _LOOKED_FOR or len(unknown(one, names)) == len(texts))


def _names(client: ArchiveClient, kind: str) -> Sequence[str]:
    """Return the names of a kind that the archive has, at most ten thousand."""
    if kind == "interview":
        from search_cli.search import addresses

        return addresses.ids(client)
    if kind in {"affiliation", "label", "title"}:
        aggs = {kind: {"terms": {"field": kind, "size": MANY}}}
        answer = client.search(client.names.turns, {"size": 0, "track_total_hits": False, "aggs": aggs})
        return responses.keys(answer["aggregations"][kind])
    return known_names(client.search(client.names.interviews, all_names_body(kind))).names[kind]
