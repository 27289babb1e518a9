"""Give turns tags and notes, and take them away."""

from collections.abc import Sequence

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.model import from_source
from search_cli.client import ArchiveClient
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN
from search_cli.search.addresses import split_address, turn, turn_range
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
        raise UsageError(_("There is no turn to tag."), _("Write its address: fangtan tag qzone-xiaomi#3 信任"))
    if not (edit.tags or remove or note is not None):
        step = _("Write one after the address: fangtan tag {address} 信任").format(address=addresses[0])
        raise UsageError(_("There is no tag."), step)
    known = client.sources([address for address in addresses if split_address(address)[2] is None], HIDDEN)
    turns: dict[str, SpokenTurn] = {}
    for address in addresses:
        found = (from_source(SpokenTurn, known[address]),) if address in known else _turns(client, address)
        turns |= {one.address: one for one in found}
        if len(turns) > MOST:
            many = _("More than {number} turns cannot be tagged at once.").format(number=f"{MOST:,}")
            raise UsageError(many, _("Tag fewer."))
    return tag_edits.apply(client, tuple(turns.values()), edit)


def _turns(client: ArchiveClient, address: str) -> Sequence[SpokenTurn]:
    """Return the turns at an address."""
    if split_address(address)[2] is None:
        return (turn(client, address),)
    return turn_range(client, address, 0).turns
