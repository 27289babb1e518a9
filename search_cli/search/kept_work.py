"""What people keep of their work with an archive, in searches: saved searches and tags in queries, tags of hits.

Nothing is imported and no file is read for a search without them.
"""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace

from indexer.errors import SettingsError, UnreadTagsWarning
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.settings.folders import TAGS
from search_cli.client import ArchiveClient
from search_cli.models import Hit, SpokenTurn, TurnTags
from search_cli.query.parser import All, AnyOf, Field, Node, Not, Saved
from search_cli.query.request import FacetField, SearchRequest
from search_cli.query.values import TaggedTurns
from search_cli.search.known_names import fields_of, with_fields


def resolve_kept(client: ArchiveClient, request: SearchRequest) -> SearchRequest:
    """Return a request with what its saved searches search for, and with the turns of its tags.

    Raises `NotFoundError` for a saved search or a tag that there is not.
    """
    if _has_saved(request.node):
        from search_cli.saved.expand import expand

        request = expand(client.settings, request)
    fields = [field for field in fields_of(request) if field.name == FacetField.TAG and not _is_resolved(field)]
    if fields or (FacetField.TAG in request.facets and not request.tags):
        from search_cli.tags.resolve import resolve_tags

        named = [field for field in fields_of(request, excluded=False) if field in fields]
        return resolve_tags(client, request, fields, named, lambda change: with_fields(request, change))
    return request


def _is_resolved(field: Field) -> bool:
    return all(isinstance(value, TaggedTurns) for value in field.values)


def tags_of(client: ArchiveClient, turns: Iterable[SpokenTurn]) -> Mapping[str, TurnTags]:
    """Return the tags and notes of turns by address, of those that have any.

    A file that cannot be read does not keep turns from being shown: `UnreadTagsWarning` says what is wrong with it.
    """
    if not client.settings.data_file(TAGS).exists():
        return {}
    from search_cli.tags import resolve

    try:
        return resolve.tags_of(client, turns)
    except SettingsError as error:
        without = sentences(error.message, _("Turns are shown without their tags."))
        warnings.warn(without, UnreadTagsWarning, stacklevel=2)
        return {}


def with_tags(client: ArchiveClient, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return hits with the tags and notes that people gave their turns."""
    found = tags_of(client, (hit.turn for hit in hits)) if hits else {}
    tagged = ((hit, found.get(hit.turn.address)) for hit in hits)
    return tuple(replace(hit, tags=one.tags, note=one.note) if one else hit for hit, one in tagged)


def _has_saved(node: Node) -> bool:
    """Return whether a query has the name of a saved search."""
    match node:
        case Saved():
            return True
        case Not(inside):
            return _has_saved(inside)
        case All(nodes) | AnyOf(nodes):
            return any(map(_has_saved, nodes))
        case _:
            return False
