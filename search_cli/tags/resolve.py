"""Resolve the tags of a request to the turns that have them, and turns to the tags they have."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace

from indexer.errors import NotFoundError
from indexer.language.messages import gettext as _
from indexer.text.normalize import fold
from indexer.text.shell import argument
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn, TurnTags
from search_cli.query.parser import Field
from search_cli.query.request import FacetField, SearchRequest
from search_cli.query.values import TaggedTurns
from search_cli.tags import tags_file
from search_cli.tags.placement import PlacedEntry, Whereabouts, hash_text, place
from search_cli.tags.tags_file import TagEntry

Change = Callable[[Callable[[Field], Field]], SearchRequest]
"""Changes every field of a request."""


def by_tag(placed: Iterable[PlacedEntry]) -> tuple[TaggedTurns, ...]:
    """Return the tags of entries, each with the turns that have it, the most frequent first."""
    found: dict[str, dict[str, None]] = {}
    for one in placed:
        for tag in one.entry.tags:
            turns = found.setdefault(tag, {})
            if one.is_placed:
                turns[one.address] = None
    several = (TaggedTurns(tag, tuple(turns)) for tag, turns in found.items())
    return tuple(sorted(several, key=lambda one: (-len(one.addresses), one.tag)))


def _place_some(client: ArchiveClient, entries: Sequence[TagEntry], tags: Set[str]) -> list[PlacedEntry]:
    """Return where the turns of some tags are; the others are looked for only where they may be in the way."""
    own = [entry for entry in entries if not tags.isdisjoint(entry.tags)]
    placed = place(client, own)
    astray = {one.entry.interview_id for one in placed if one.whereabouts is not Whereabouts.THERE}
    if not astray:
        return list(placed)
    there = [one for one in placed if one.entry.interview_id not in astray]
    again = place(client, [entry for entry in entries if entry.interview_id in astray])
    return there + [one for one in again if not tags.isdisjoint(one.entry.tags)]


def resolve_tags(
    client: ArchiveClient, request: SearchRequest, fields: Sequence[Field], named: Iterable[Field], change: Change
) -> SearchRequest:
    """Return a request with the turns of the tags in its `fields`, and those of all tags for the facet.

    Raises `NotFoundError`, with the nearest, for one of `named` none of whose values is a tag.
    """
    entries = tags_file.load(client.settings)
    names = {tag: fold(tag) for tag in dict.fromkeys(tag for entry in entries for tag in entry.tags)}
    for field in named:
        if not any(fold(str(value)) in names.values() for value in field.values):
            raise unknown(str(field.values[0]), tuple(names))
    wanted = {fold(str(value)) for field in fields for value in field.values}
    if FacetField.TAG in request.facets:
        every = by_tag(place(client, entries))
    else:
        every = by_tag(_place_some(client, entries, {tag for tag, folded in names.items() if folded in wanted}))
    folded = {names[one.tag]: one for one in every}

    def resolved(field: Field) -> Field:
        if field not in fields:
            return field
        values = (folded.get(fold(str(value)), TaggedTurns(str(value))) for value in field.values)
        return replace(field, values=tuple(dict.fromkeys(values)))

    return replace(change(resolved), tags=every)


def unknown(tag: str, every: tuple[str, ...]) -> NotFoundError:
    """Return the error for a tag that there is not, with the nearest of all."""
    from difflib import get_close_matches

    holding = [one for one in every if fold(tag) in fold(one) or fold(one) in fold(tag)]
    near = tuple(dict.fromkeys((*holding[:3], *get_close_matches(tag, every, 3, 0.4))))[:3]
    step = f"--tag {argument(near[0])}" if near else _("fangtan tags lists them.")
    return NotFoundError(_("There is no tag {name}.").format(name=tag), near, step)


def tags_of(client: ArchiveClient, turns: Iterable[SpokenTurn]) -> Mapping[str, TurnTags]:
    """Return the tags and notes of turns by address, of those that have any.

    Where all is in its place, nothing is asked of the archive: the turns say their words themselves.
    """
    hashes = {turn.address: hash_text(turn.text) for turn in turns}
    wanted = {(address.rpartition("#")[0], found) for address, found in hashes.items()}
    interviews = {interview_id for interview_id, _words in wanted}
    entries = [entry for entry in tags_file.load(client.settings) if entry.interview_id in interviews]
    doubtful = {
        one.interview_id
        for one in entries
        if (one.interview_id, one.words) in wanted and (one.before or hashes.get(one.address) != one.words)
    }
    placed = place(client, [one for one in entries if one.interview_id in doubtful])
    found = [(one.address, one.entry) for one in placed if one.is_placed]
    found += [
        (one.address, one)
        for one in entries
        if one.interview_id not in doubtful and one.words in ("", hashes.get(one.address))
    ]
    return {address: tags for address, tags in _by_address(found).items() if address in hashes}


def _by_address(entries: Iterable[tuple[str, TagEntry]]) -> dict[str, TurnTags]:
    """Return the tags and the note of each turn; those of two entries of one turn are put together."""
    found: dict[str, TurnTags] = {}
    for address, entry in entries:
        old = found.get(address, TurnTags())
        tags = tuple(dict.fromkeys((*old.tags, *entry.tags)))
        found[address] = TurnTags(tags, " ".join(filter(None, (old.note, entry.note))))
    return found
