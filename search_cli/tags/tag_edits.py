"""Change the tags and notes of turns in `tags.txt`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.dictionary.data_file import editable_path, locked, read_text
from indexer.model import from_source
from indexer.settings.folders import TAGS
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.tags import tags_file
from search_cli.tags.placement import PlacedEntry, moved, place, signatures
from search_cli.tags.resolve import unknown
from search_cli.tags.tags_file import TagEntry, checked_tag, opening, spelt


@dataclass(frozen=True, slots=True)
class TagEdit:
    """What is done to turns: tags and a note they get, or with `remove` lose; a `note` of None stays as it is.

    Without tags, `remove` takes all of them and the note.
    """

    tags: tuple[str, ...]
    note: str | None = None
    remove: bool = False


@dataclass(frozen=True, slots=True)
class TaggedTurn:
    """A turn by its address with all its tags and its note, and whether they were changed."""

    address: str
    tags: tuple[str, ...]
    note: str
    changed: bool


def apply(client: ArchiveClient, turns: Sequence[SpokenTurn], edit: TagEdit) -> tuple[TaggedTurn, ...]:
    """Change the entries of turns, and write the file; return what each turn has then.

    Entries of their interviews whose turns have other numbers now get the addresses of today.
    """
    path = editable_path(client.settings, TAGS)
    with locked(path):
        text = read_text(path)
        entries = tuple(tags_file.parse(text, str(path)))
        interviews = {turn.interview_id for turn in turns}
        placed = place(client, [one for one in entries if one.interview_id in interviews])
        edit = replace(edit, tags=tuple(spelt(tag, _known(entries)) for tag in edit.tags))
        hashes = signatures(client, turns)
        changes, found = [], []
        for turn in turns:
            own = [one.entry for one in placed if one.is_placed and one.address == turn.address]
            changes += [replace(one, tags=(), note="") for one in own[1:]]
            before = _entry(own, turn, hashes[turn.address])
            after = _edited(before, edit)
            found.append(TaggedTurn(turn.address, after.tags, after.note, (after.tags, after.note) != _of(before)))
            changes.append(after)
        tagged = {turn.address for turn in turns}
        changes += [replace(one.entry, address=one.address) for one in placed if _is_elsewhere(one, tagged)]
        tags_file.write(client.settings, text, changes)
    return tuple(found)


def accept(client: ArchiveClient) -> tuple[PlacedEntry, ...]:
    """Give the tags of turns that are changed or gone to those that begin as they did; return these entries."""
    path = editable_path(client.settings, TAGS)
    with locked(path):
        text = read_text(path)
        placed = place(client, tuple(tags_file.parse(text, str(path))))
        likely = [one for one in placed if one.likely]
        sources = client.sources([one.likely for one in likely], HIDDEN)
        turns = [from_source(SpokenTurn, sources[one.likely]) for one in likely]
        hashes = signatures(client, turns)
        changes = [
            replace(one.entry, address=one.likely, hash=hashes[one.likely], opening=opening(turn.text))
            for one, turn in zip(likely, turns, strict=True)
        ]
        tags_file.write(client.settings, text, [*moved(placed), *changes])
    return tuple(likely)


def drop_lost(client: ArchiveClient) -> tuple[PlacedEntry, ...]:
    """Remove the tags and notes of turns that are changed or gone from the file; return their entries."""
    path = editable_path(client.settings, TAGS)
    with locked(path):
        text = read_text(path)
        placed = place(client, tuple(tags_file.parse(text, str(path))))
        lost = [one for one in placed if not one.is_placed]
        gone = [replace(one.entry, tags=(), note="") for one in lost]
        tags_file.write(client.settings, text, [*moved(placed), *gone])
    return tuple(lost)


def rename(client: ArchiveClient, old: str, new: str) -> int:
    """Give a tag another name, or that of another tag, which then has the turns of both; return how many lines had it.

    Raises `NotFoundError`, with the nearest tags, if there is none.
    """
    path = editable_path(client.settings, TAGS)
    with locked(path):
        text = read_text(path)
        entries = tuple(tags_file.parse(text, str(path)))
        known = dict.fromkeys(_known(entries))
        name = spelt(old.strip(), known)
        if name not in known:
            raise unknown(old, tuple(known))
        to = spelt(checked_tag(new), (tag for tag in known if tag != name))
        changes = [
            replace(one, tags=tuple(dict.fromkeys(to if tag == name else tag for tag in one.tags)))
            for one in entries
            if name in one.tags
        ]
        tags_file.write(client.settings, text, changes)
    return len(changes)


def _known(entries: Sequence[TagEntry]) -> Iterator[str]:
    return (tag for entry in entries for tag in entry.tags)


def _of(entry: TagEntry) -> tuple[tuple[str, ...], str]:
    return entry.tags, entry.note


def _is_elsewhere(one: PlacedEntry, tagged: set[str]) -> bool:
    """Tell whether an entry, not of the turns that are tagged, gets another address."""
    return one.is_placed and one.address != one.entry.address and one.address not in tagged


def _entry(own: Sequence[TagEntry], turn: SpokenTurn, hash_: str) -> TagEntry:
    """Return the entry of a turn as it is today, with its words; several that it has are put together in the first."""
    tags = tuple(dict.fromkeys(tag for one in own for tag in one.tags))
    note = " ".join(one.note for one in own if one.note)
    return TagEntry(turn.address, tags, note, hash_, opening(turn.text), own[0].line if own else 0)


def _edited(entry: TagEntry, edit: TagEdit) -> TagEntry:
    """Return an entry after an edit."""
    if edit.remove and not edit.tags and edit.note is None:
        return replace(entry, tags=(), note="")
    if edit.remove:
        note = entry.note if edit.note is None else ""
        return replace(entry, tags=tuple(tag for tag in entry.tags if tag not in edit.tags), note=note)
    note = entry.note if edit.note is None else edit.note
    return replace(entry, tags=tuple(dict.fromkeys((*entry.tags, *edit.tags))), note=note)
