"""The methods of `Archive` for what people keep of their work: saved searches, tags and notes."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Unpack

from search_cli.client import ArchiveClient
from search_cli.query.checks import check_minimum
from search_cli.query.request import Filters, known_filters
from search_cli.search import kept_work

if TYPE_CHECKING:
    from search_cli.models import SpokenTurn, TurnTags
    from search_cli.saved.saved_search import SavedSearch
    from search_cli.search.kept_searches import KeptSearch
    from search_cli.search.new_turns import NewTurns
    from search_cli.tags.placement import PlacedEntry
    from search_cli.tags.tag_edits import TaggedTurn
    from search_cli.tags.tag_list import TagList


class KeptMethods:
    """Saved searches, what is new in them, and the tags and notes of turns."""

    _client: ArchiveClient

    def saved(self) -> "tuple[KeptSearch, ...]":
        """Return the saved searches in the order of their file, each with what it had when it was last looked at."""
        from search_cli.search import kept_searches

        return kept_searches.every(self._client.settings)

    def save(
        self, name: str, query: str = "", sort: str = "", replace: bool = False, **filters: Unpack[Filters]
    ) -> "KeptSearch":
        """Keep a search under a name, and see the turns that it has; `replace` one of this name.

        Raises the errors of a search, and `UsageError` for a name that is taken or could not stand in a query.
        """
        from search_cli.search import kept_searches

        options = {**known_filters(filters, "query", "sort", "replace"), **({"sort": sort} if sort else {})}
        return kept_searches.save(self._client, name, query, options, can_replace=replace)

    def rename_saved(self, old: str, new: str) -> "SavedSearch":
        """Give a saved search another name, also in the queries of others; return it as it was."""
        from search_cli.search import kept_searches

        return kept_searches.rename(self._client.settings, old, new)

    def remove_saved(self, *names: str) -> "tuple[SavedSearch, ...]":
        """Remove saved searches, and what was seen of them; raise `UsageError` for one that another needs."""
        from search_cli.search import kept_searches

        return kept_searches.remove(self._client.settings, names)

    def new(self, name: str, limit: int = 10, keep: bool = False) -> "NewTurns":
        """Return what is new in a saved search since it was last looked at, with its first `limit` hits.

        These are seen from then on, unless they are to `keep` being new.
        """
        from search_cli.search import kept_searches

        return kept_searches.new(self._client, name, check_minimum("limit", limit), keep=keep)

    def mark_seen(self, found: "NewTurns") -> None:
        """Mark the hits of `new` as seen, of which `keep` was asked."""
        from search_cli.saved import seen_file

        seen_file.mark(self._client.settings, found.name, found.look)

    def tags(self) -> "TagList":
        """Return the tags with their counts, and the tagged turns with where they are now."""
        from search_cli.tags import tag_list

        return tag_list.tag_list(self._client)

    def tags_of(self, turns: "Iterable[SpokenTurn]") -> "Mapping[str, TurnTags]":
        """Return the tags and notes of turns by address, of those that have any."""
        return kept_work.tags_of(self._client, turns)

    def tag(
        self,
        addresses: str | Iterable[str],
        tags: str | Iterable[str] = (),
        note: str | None = None,
        remove: bool = False,
    ) -> "tuple[TaggedTurn, ...]":
        """Give the turns at addresses (qzone-xiaomi#3, qzone-xiaomi#3-5) tags and a note; return all they have then.

        `remove` takes the tags away, without tags all and the note; a `note` of "" takes the note away.
        """
        from search_cli.search import turn_tags

        several = (addresses,) if isinstance(addresses, str) else tuple(addresses)
        wanted = (tags,) if isinstance(tags, str) else tuple(tags)
        return turn_tags.tag(self._client, several, wanted, note, remove=remove)

    def rename_tag(self, old: str, new: str) -> int:
        """Give a tag another name, or that of another tag, which then has the turns of both; return how many had it."""
        from search_cli.tags import tag_edits

        return tag_edits.rename(self._client, old, new)

    def accept_tags(self) -> "tuple[PlacedEntry, ...]":
        """Give the tags of turns that are changed or gone to those that begin as they did; return these."""
        from search_cli.tags import tag_edits

        return tag_edits.accept(self._client)

    def drop_lost_tags(self) -> "tuple[PlacedEntry, ...]":
        """Remove the tags and notes of turns that are changed or gone; return these."""
        from search_cli.tags import tag_edits

        return tag_edits.drop_lost(self._client)

    def update_tags(self) -> "TagList":
        """Write where the tagged turns are now into the file, after transcripts were read again; return all."""
        from search_cli.tags import tag_list

        return tag_list.update(self._client)
