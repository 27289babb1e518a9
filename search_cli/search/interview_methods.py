"""The methods of `Archive` that read interviews and turns."""

from typing import TYPE_CHECKING, Unpack

from search_cli.query.checks import check_minimum
from search_cli.query.request import InterviewFilters, request

if TYPE_CHECKING:
    from search_cli.catalog import ArchivedInterview, ArchivedVersion, WholeInterview
    from search_cli.client import ArchiveClient
    from search_cli.models import SpokenTurn
    from search_cli.search.turn_range import TurnRange
    from search_cli.search.versions import VersionFile


class InterviewMethods:
    """Lists of interviews and duplicates, turns and whole interviews by address; `Archive` adds the rest."""

    _client: "ArchiveClient"

    def interviews(self, query: str = "", **filters: Unpack[InterviewFilters]) -> "tuple[ArchivedInterview, ...]":
        """Return the interviews with all words of the query in their titles, the latest first, undated ones last.

        A filter keeps the interviews that have a turn of the speaker, the topic, and so on.
        """
        from search_cli.search import interview_list

        return interview_list.interviews(self._client, request(query, **filters))

    def versions(self) -> "tuple[ArchivedVersion, ...]":
        """Return the duplicates, each with its primary."""
        from search_cli.search import versions

        return tuple(versions.versions(self._client))

    def version_file(self, prefix: str) -> "VersionFile":
        """Return the file of a duplicate, whose turns are not indexed; a unique prefix of its id is enough.

        Of a primary, the file of its only duplicate.
        """
        from search_cli.search import versions

        return versions.version_file(self._client, prefix)

    def turn(self, address: str) -> "SpokenTurn":
        """Return the turn at `interview_id#turn`; a unique prefix of the id is enough."""
        from search_cli.search import addresses

        return addresses.turn(self._client, address)

    def turns(self, address: str, context: int = 0) -> "TurnRange":
        """Return the turns of `interview_id#79-85` (or of one turn), with `context` turns before and after them.

        The range ends with the interview: `asked` is the last turn that was asked for.
        """
        from search_cli.search import addresses

        return addresses.turn_range(self._client, address, check_minimum("context", context, 0))

    def exchange(self, address: str) -> "tuple[SpokenTurn, ...]":
        """Return the exchange of the turn at `address`, a question and its answers, in reading order."""
        return self.turn_with_exchange(address)[1]

    def turn_with_exchange(self, address: str) -> "tuple[SpokenTurn, tuple[SpokenTurn, ...]]":
        """Return the turn at `address` and its exchange; the turn is read once."""
        from search_cli.search import addresses

        turn = addresses.turn(self._client, address)
        return turn, addresses.exchange(self._client, turn)

    def interview(self, prefix: str) -> "WholeInterview":
        """Return an interview with all its turns; a unique prefix of its id is enough."""
        from search_cli.search import addresses

        return addresses.interview(self._client, prefix)
