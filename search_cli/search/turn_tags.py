"""Give turns tags and notes, and take them away."""

from collections.abc import Sequence

from indexer.errors import UsageError
from indexer.model import from_source
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.search import browse
from search_cli.tags import tag_edits
from search_cli.tags.tag_edits import TagEdit, TaggedTurn
from search_cli.tags.tags_file import checked_note, checked_tag

MOST = 10_000
"""Turns that one command tags."""


def tag(
    client: ArchiveClient, addresses: Sequence[str], tags: Sequence[str], note: str | None, *, remove: bool = False
) -> tuple[TaggedTurn, ...]:
    """Give the turns at addresses tags and a note, or take them away; return all they have then.

    Raises `NotFoundError` for a turn that there is not, `UsageError` for what is not an address, a tag or a note.
    """
    edit = TagEdit(tuple(map(checked_tag, tags)), None if note is None else checked_note(note), remove)
    if not addresses:
        raise UsageError("There is no turn to tag.", "Write its address: fangtan tag qzone-xiaomi#3 信任")
    if not (edit.tags or remove or note is not None):
        raise UsageError("There is no tag.", f"Write one after the address: fangtan tag {addresses[0]} 信任")
    known = client.sources([address for address in addresses if browse.split_address(address)[2] is None], HIDDEN)
    turns: dict[str, SpokenTurn] = {}
    for address in addresses:
        found = (from_source(SpokenTurn, known[address]),) if address in known else _turns(client, address)
        turns |= {turn.address: turn for turn in found}
        if len(turns) > MOST:
            raise UsageError(f"More than {MOST:,} turns cannot be tagged at once.", "Tag fewer.")
    return tag_edits.apply(client, tuple(turns.values()), edit)


def _turns(client: ArchiveClient, address: str) -> Sequence[SpokenTurn]:
    """Return the turns at an address."""
    if browse.split_address(address)[2] is None:
        return (browse.turn(client, address),)
    return browse.turn_range(client, address, 0).turns
