"""`Archive`: the Python API. Everything the command line shows, as records.

    from search_cli import Archive

    archive = Archive()
    for hit in archive.search("小米 合作", role="interviewee").hits:
        print(hit.turn.speaker, hit.turn.date, hit.turn.address, hit.turn.text)

Nothing is asked of Elasticsearch before the first method is called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from indexer.settings import Settings, default_data
from indexer.settings import load as load_settings
from search_cli.client import ArchiveClient
from search_cli.models import (
    ArchivedInterview,
    ArchivedSpeaker,
    ArchivedTopic,
    ArchivedVersion,
    Crosstab,
    Facet,
    Hit,
    Ranked,
    RequestBody,
    SearchResult,
    SpokenTurn,
    Suggestions,
    WholeInterview,
)
from search_cli.query import bodies
from search_cli.query.clauses import Clause
from search_cli.query.request import Filters, Match, SearchOptions, SearchRequest, check_depth, facet_fields, request
from search_cli.search import browse, crosstab, export, searcher, suggest

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from search_cli.explain.explanation import Explanation
    from search_cli.kwic.collocates import Collocates
    from search_cli.kwic.concordance import Concordance, Occurrence
    from search_cli.quotations.quotation import Checked, Quotation
    from search_cli.search.similar_models import SimilarTurns


class Archive:
    """An archive of interviews in Elasticsearch: search it, count in it, read in it.

    Methods raise `QueryError` for a query that cannot be read, `UsageError` for an option that cannot be used,
    `NotFoundError` (with the nearest) for a speaker, topic, outlet or address that is not there, and `ElasticError`
    where Elasticsearch does not do what is asked.
    """

    def __init__(self, settings: Settings | None = None, client: "Elasticsearch | None" = None) -> None:
        """Open the archive that `settings` name (the environment's by default), over `client` where there is one."""
        given = settings or load_settings()
        self._settings = given if given.data != Path() else replace(given, data=default_data())
        self._client = ArchiveClient(self._settings, client)

    def search(self, query: str = "", **options: Unpack[SearchOptions]) -> SearchResult:
        """Return a page of hits, best first, with what the whole search counted and the facets asked for."""
        asked = request(query, **options)
        result = searcher.search(self._client, asked)
        if not result.some and asked.filters:
            suggest.check_filters(self._client, searcher.prepare(self._client, asked))
        return result

    def facets(self, *fields: str, query: str = "", size: int = 20, **narrowing: Unpack[Filters]) -> tuple[Facet, ...]:
        """Return the values of each field among the turns that match, most frequent first.

        Fields: speaker, role, topic, keyword, outlet, interview, date, month, year. A filter on a field does not narrow
        that field's own values. `size` is the number of values a field; all months and years are given.
        """
        asked = request(query, **narrowing)
        return searcher.facets(self._client, asked, facet_fields(fields), size)

    def cross(
        self,
        rows: str,
        columns: str = "",
        query: str = "",
        size: int = 20,
        across: int = 8,
        **narrowing: Unpack[Filters],
    ) -> Crosstab:
        """Return the turns that match by two fields, or by one with how much each value says: a table.

        Fields as in `facets`; at most `size` rows and `across` columns, the most frequent of each.
        """
        fields = facet_fields((rows, columns) if columns else (rows,))
        return crosstab.crosstab(self._client, request(query, **narrowing), fields, size, across)

    def export(self, query: str = "", **options: Unpack[SearchOptions]) -> Iterator[Hit]:
        """Yield every hit, however many, a thousand at a time; `limit` and `page` are ignored."""
        return export.export(self._client, request(query, **options))

    def run(self, queries: Iterable[tuple[str, str]], depth: int = 1000) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
        """Yield each (query id, query)'s id with its best `depth` turns, as a TREC run ranks them.

        A run ranks every turn that shares any term with the query, words such as 的 too; a search gives those that
        share a word it is about. What does not parse as a query is searched for as plain words.
        """
        check_depth(depth)
        return export.run(self._client, queries, depth)

    def kwic(
        self,
        query: str,
        sort: str = "position",
        limit: int | None = 50,
        window: int = 40,
        **narrowing: Unpack[Filters],
    ) -> "Concordance":
        """Return a concordance: a line an occurrence, `window` characters on each side; all where `limit` is None.

        Sorted by position, left, right, word, speaker or date. `Concordance` counts what lies beyond the limit too.
        """
        from search_cli.kwic import concordance  # what no search needs

        asked = concordance.concordance_request(query, sort, limit, window, narrowing)
        return concordance.concordance(self._client, asked)

    def occurrences(
        self,
        query: str,
        sort: str = "position",
        limit: int | None = None,
        window: int = 40,
        **narrowing: Unpack[Filters],
    ) -> "Iterator[Occurrence]":
        """Yield every line of a concordance, however many; by position and date nothing is kept in memory."""
        from search_cli.kwic import concordance  # what no search needs

        asked = concordance.concordance_request(query, sort, limit, window, narrowing)
        return concordance.occurrences(self._client, asked)

    def collocates(
        self,
        query: str,
        sort: str = "score",
        limit: int | None = 20,
        window: int = 5,
        least: int = 2,
        function_words: bool = False,
        **narrowing: Unpack[Filters],
    ) -> "Collocates":
        """Return the words at least `least` times within `window` words of a query's, by log-likelihood."""
        from search_cli.kwic import collocates  # what no search needs

        asked = collocates.collocates_request(query, sort, limit, window, least, function_words, narrowing)
        return collocates.collocates(self._client, asked)

    def request_bodies(self, query: str = "", **options: Unpack[SearchOptions]) -> tuple[RequestBody, ...]:
        """Return the requests this search sends, in order, each as curl would send it."""
        return searcher.request_bodies(self._client, request(query, **options))

    def near(self, query: str, **narrowing: Unpack[Filters]) -> Suggestions:
        """Return what to try instead of a query that found nothing: words and speakers like it, fewer words."""
        return suggest.suggest(self._client, request(query, **narrowing))

    def why(self, address: str, query: str, sort: str = "relevance", **narrowing: Unpack[Filters]) -> "Explanation":
        """Return why a search finds the turn at `address` at its rank, with the parts of its score, or why not."""
        from search_cli.explain.explain import explain  # what no search needs

        return explain(self._client, address, request(query, sort=sort, **narrowing))

    def similar(
        self, address: str, limit: int = 10, same_interview: bool = False, **narrowing: Unpack[Filters]
    ) -> "SimilarTurns":
        """Return the turns most like the one at `address`, of other interviews by default, with what they share."""
        from search_cli.search.more_like_this import similar  # what no search needs

        asked = request("", limit=limit, **narrowing)
        return similar(self._client, address, asked, same_interview=same_interview)

    def speakers(self, query: str = "", **narrowing: Unpack[Filters]) -> tuple[ArchivedSpeaker, ...]:
        """Return who speaks in the turns that match (all, without a query), the most turns first."""
        return browse.speakers(self._client, self._counted(request(query, **narrowing)))

    def topics(self, query: str = "", **narrowing: Unpack[Filters]) -> tuple[ArchivedTopic, ...]:
        """Return the topics of the turns that match (all, without a query), the most turns first."""
        return browse.topics(self._client, self._counted(request(query, **narrowing)))

    def interviews(self) -> tuple[ArchivedInterview, ...]:
        """Return all interviews, the latest first, those without a date last."""
        return tuple(browse.interviews(self._client))

    def versions(self) -> tuple[ArchivedVersion, ...]:
        """Return the transcripts of interviews that are in already, with the main version of each."""
        return tuple(browse.versions(self._client))

    def turn(self, address: str) -> SpokenTurn:
        """Return the turn at `interview_id#turn`; any unique prefix of the interview's id will do."""
        return browse.turn(self._client, address)

    def exchange(self, address: str) -> tuple[SpokenTurn, ...]:
        """Return the question and the answers the turn at `address` belongs to, in reading order."""
        return browse.exchange(self._client, address)

    def interview(self, prefix: str) -> WholeInterview:
        """Return an interview with all its turns; any unique prefix of its id will do."""
        return browse.interview(self._client, prefix)

    def quote(self, quotations: "Iterable[str | Quotation]", speaker: str = "") -> "tuple[Checked, ...]":
        """Return what the archive says of each quotation: verbatim, near (with the changes) or absent, and where.

        `speaker` is who is said to have said them all; otherwise whom the words around a quotation name.
        """
        from search_cli.quotations import check, extract  # what no search needs

        given = (quotations,) if isinstance(quotations, str) else quotations
        asked = (extract.typed(one) if isinstance(one, str) else one for one in given)
        return check.check(self._client, asked, speaker)

    def _counted(self, asked: SearchRequest) -> Clause:
        """Return the clause for the turns that a request counts."""
        prepared = searcher.prepare(self._client, asked)
        return bodies.counted(prepared.request, prepared.wording, asked.match or Match.MOST)
