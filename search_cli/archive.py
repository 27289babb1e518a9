"""`Archive`: the Python API. Everything the command line shows, as records.

from search_cli import Archive

archive = Archive()
for hit in archive.search("小米 合作", role="interviewee").hits:
    print(hit.turn.speaker, hit.turn.date, hit.turn.address, hit.turn.text)
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Unpack

from indexer.settings import Settings
from indexer.settings import load as load_settings
from search_cli.records import (
    ArchivedInterview,
    ArchivedSpeaker,
    ArchivedTopic,
    Facet,
    Hit,
    Ranked,
    RequestBody,
    SearchResult,
    SpokenTurn,
    Suggestions,
    WholeInterview,
)
from search_cli.request import Narrowing, SearchOptions

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


class Archive:
    """An archive of interviews in Elasticsearch: search it, count in it, read in it.

    Methods raise `QueryError` for a query that cannot be read, `NotFoundError` (with the nearest) for a speaker, topic
    or address that is not there, and `ElasticError` where Elasticsearch does not do what is asked.
    """

    def __init__(self, settings: Settings | None = None, client: "Elasticsearch | None" = None) -> None:
        """Open the archive that `settings` name (the environment's by default), over `client` where there is one."""
        self._settings = settings or load_settings()
        self._client = client

    def search(self, query: str = "", **options: Unpack[SearchOptions]) -> SearchResult:
        """Return a page of hits, best first, with what the whole search counted and the facets asked for."""
        raise NotImplementedError

    def facets(
        self, *fields: str, query: str = "", size: int = 20, **narrowing: Unpack[Narrowing]
    ) -> tuple[Facet, ...]:
        """Return the values of each field among the turns that match, most frequent first.

        Fields: speaker, role, topic, keyword, outlet, interview, month, year. A filter on a field does not narrow that
        field's own values. `size` is the number of values a field.
        """
        raise NotImplementedError

    def export(self, query: str = "", **options: Unpack[SearchOptions]) -> Iterator[Hit]:
        """Yield every hit, however many, a thousand at a time; `limit` and `page` are ignored."""
        raise NotImplementedError

    def run(self, queries: Iterable[tuple[str, str]], depth: int = 1000) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
        """Yield each (query id, query)'s id with its best `depth` turns, as a TREC run ranks them."""
        raise NotImplementedError

    def request_bodies(self, query: str = "", **options: Unpack[SearchOptions]) -> tuple[RequestBody, ...]:
        """Return the requests this search sends, in order, each as curl would send it."""
        raise NotImplementedError

    def near(self, query: str, **narrowing: Unpack[Narrowing]) -> Suggestions:
        """Return what to try instead of a query that found nothing: words and speakers like it, fewer words."""
        raise NotImplementedError

    def speakers(self, query: str = "", **narrowing: Unpack[Narrowing]) -> tuple[ArchivedSpeaker, ...]:
        """Return who speaks in the turns that match (all, without a query), the most turns first."""
        raise NotImplementedError

    def topics(self, query: str = "", **narrowing: Unpack[Narrowing]) -> tuple[ArchivedTopic, ...]:
        """Return the topics of the turns that match (all, without a query), the most turns first."""
        raise NotImplementedError

    def interviews(self) -> tuple[ArchivedInterview, ...]:
        """Return all interviews, the latest first, those without a date last."""
        raise NotImplementedError

    def turn(self, address: str) -> SpokenTurn:
        """Return the turn at `interview_id#turn`; any unique prefix of the interview's id will do."""
        raise NotImplementedError

    def exchange(self, address: str) -> tuple[SpokenTurn, ...]:
        """Return the question and the answers the turn at `address` belongs to, in reading order."""
        raise NotImplementedError

    def interview(self, prefix: str) -> WholeInterview:
        """Return an interview with all its turns; any unique prefix of its id will do."""
        raise NotImplementedError
