"""List the tags of an archive, and the turns that have them."""

from dataclasses import dataclass

from indexer.dictionary.data_file import editable_path, locked, read_text
from indexer.settings.folders import TAGS
from search_cli.client import ArchiveClient
from search_cli.tags import tags_file
from search_cli.tags.placement import PlacedEntry, Whereabouts, moved, place
from search_cli.tags.resolve import by_tag


@dataclass(frozen=True, slots=True)
class ArchivedTag:
    """A tag, its turns and their interviews."""

    name: str
    turns: int
    interviews: int


@dataclass(frozen=True, slots=True)
class NotedTurn:
    """A tagged turn: its address in the file and that of today, its tags, its note, its first words, where it is.

    `likely` is the turn that begins as one that is changed or gone did, "" if there is none.
    """

    address: str
    address_now: str
    tags: tuple[str, ...]
    note: str
    opening: str
    whereabouts: Whereabouts
    likely: str = ""


@dataclass(frozen=True, slots=True)
class TagList:
    """The tags, the most frequent first, and all turns that have tags or a note, in the order of the file."""

    tags: tuple[ArchivedTag, ...]
    turns: tuple[NotedTurn, ...]

    @property
    def lost(self) -> tuple[NotedTurn, ...]:
        """Return the turns whose words were changed, or that are gone: their tags count for no turn."""
        return tuple(one for one in self.turns if one.whereabouts in (Whereabouts.CHANGED, Whereabouts.GONE))

    @property
    def moved(self) -> int:
        """Return the number of turns that have another number than in the file."""
        return sum(one.whereabouts is Whereabouts.MOVED for one in self.turns)


def tag_list(client: ArchiveClient) -> TagList:
    """Return the tags and the tagged turns."""
    return _list(place(client, tags_file.load(client.settings)))


def update(client: ArchiveClient) -> TagList:
    """Write the addresses of today into the file; return the tags and the tagged turns."""
    if not tags_file.exists(client.settings):
        return TagList((), ())
    path = editable_path(client.settings, TAGS)
    with locked(path):
        text = read_text(path)
        placed = place(client, tuple(tags_file.parse(text, str(path))))
        tags_file.write(client.settings, text, list(moved(placed)))
    return _list(placed)


def _list(placed: tuple[PlacedEntry, ...]) -> TagList:
    tags = (
        ArchivedTag(one.tag, len(one.addresses), len({address.rpartition("#")[0] for address in one.addresses}))
        for one in by_tag(placed)
    )
    turns = (
        NotedTurn(
            address=one.entry.address,
            address_now=one.address,
            tags=one.entry.tags,
            note=one.entry.note,
            opening=one.entry.opening,
            whereabouts=one.whereabouts,
            likely=one.likely,
        )
        for one in placed
    )
    return TagList(tuple(tags), tuple(turns))
