"""The methods of `Archive` for speakers."""

from typing import TYPE_CHECKING, Unpack

from search_cli.query.request import Filters, InterviewFilters, known_filters, request

if TYPE_CHECKING:
    from search_cli.catalog import ArchivedSpeaker
    from search_cli.client import ArchiveClient
    from search_cli.search.name_merges import SpeakerSuggestions
    from search_cli.search.partners import Partner


class SpeakerMethods:
    """Lists of speakers, who speaks with whom, who may be one person; `Archive` adds the rest."""

    _client: "ArchiveClient"

    def speakers(self, query: str = "", **filters: Unpack[Filters]) -> "tuple[ArchivedSpeaker, ...]":
        """Return the speakers of the turns that match (of all turns without a query), the most frequent first."""
        from search_cli.search import value_lists
        from search_cli.search.counted_turns import counted_turns

        return value_lists.speakers(
            self._client, counted_turns(self._client, request(query, **known_filters(filters))).query
        )

    def speaker_suggestions(self) -> "SpeakerSuggestions":
        """Return which speakers may be one person, with the evidence, and lines to recognise numbered voices by."""
        from search_cli.search.name_merges import speaker_suggestions  # not needed by a search

        return speaker_suggestions(self._client)

    def partners(self, name: str, **filters: Unpack[InterviewFilters]) -> "tuple[Partner, ...]":
        """Return who speaks with somebody: interviews in common, answers to this person and from this person."""
        from search_cli.search.partners import partners

        return partners(self._client, name, request("", **filters))
