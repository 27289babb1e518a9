"""`Archive`: the Python API. It returns everything that the command line shows, as dataclasses.

    from search_cli import Archive

    archive = Archive()
    for hit in archive.search("小米 合作", role="interviewee").hits:
        print(hit.turn.speaker, hit.turn.date, hit.turn.address, hit.turn.text)

It connects to Elasticsearch when the first method is called.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from indexer.settings import Settings, archive_data
from indexer.settings import load as load_settings
from search_cli.client import ArchiveClient
from search_cli.kwic.counting_methods import CountingMethods
from search_cli.query.checks import check_depth, check_size
from search_cli.query.request import Filters, SearchOptions, facet_fields, known_filters, request
from search_cli.search.interview_methods import InterviewMethods
from search_cli.search.kept_methods import KeptMethods
from search_cli.search.speaker_methods import SpeakerMethods
from search_cli.search.topic_methods import TopicMethods

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.light_reader import LightReader
    from search_cli.explain.explanation import Explanation
    from search_cli.kwic.collocates import Collocates
    from search_cli.kwic.concordance import Concordance, Occurrence
    from search_cli.kwic.counts import OccurrenceCounts
    from search_cli.models import (
        Facet,
        Hit,
        Ranked,
        RequestBody,
        SearchResult,
    )
    from search_cli.quotations.quotation import Quotation, QuotationCheck
    from search_cli.search.best_hits import BestHit, BestHits
    from search_cli.search.crosstab import Crosstab
    from search_cli.search.exchange_search import ExchangeHit, ExchangeResult
    from search_cli.search.more_like_this import SimilarTurns
    from search_cli.search.revision import ArchiveRevision
    from search_cli.search.suggest import Suggestions

_LINES = ("query", "sort", "limit", "window")


class Archive(CountingMethods, InterviewMethods, KeptMethods, SpeakerMethods, TopicMethods):
    """An archive of interviews in Elasticsearch: search, count and read its turns.

    Methods raise `QueryError` for a syntax error in a query, `UsageError` for an unknown or invalid option,
    `NotFoundError` (with the nearest names) for an unknown speaker, topic, outlet, interview or address, and
    `ElasticError` if Elasticsearch cannot be reached or refuses a request.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        client: "Elasticsearch | None" = None,
        reader: "LightReader | None" = None,
    ) -> None:
        """Open the archive of `settings` (by default from the environment), with `client` if it is given.

        What a `reader` can read is asked of it: a process that only searches needs no client.
        """
        found = settings or load_settings()
        self._settings = found if found.data != Path() else replace(found, data=archive_data(found.index))
        self._client = ArchiveClient(self._settings, client, reader)

    def search(self, query: str = "", **options: Unpack[SearchOptions]) -> "SearchResult":
        """Return a page of hits, best first, with the counts and facets of the whole search."""
        from search_cli.search import searcher
        from search_cli.search.prepared_search import prepare

        return searcher.search(self._client, prepare(self._client, request(query, **options), for_hits=True))

    def facets(
        self, *fields: str, query: str = "", size: int | None = 20, **filters: Unpack[Filters]
    ) -> "tuple[Facet, ...]":
        """Return the values of each field among the turns that match, most frequent first.

        Fields: speaker, role, topic, keyword, outlet, interview, tag, date, month, year. Values chosen in a field do
        not limit the values of that field itself, a range of dates does. `size` limits the values per field, except
        months and years; None for all.
        """
        from search_cli.search import facet_counts
        from search_cli.search.prepared_search import prepare

        search = request(query, **known_filters(filters, "query", "size"))
        counted = facet_fields(fields)
        prepared = prepare(self._client, replace(search, facets=counted))
        return facet_counts.facets(self._client, prepared, counted, check_size("size", size))

    def cross(
        self,
        rows: str,
        columns: str = "",
        query: str = "",
        size: int | None = 20,
        across: int | None = 8,
        **filters: Unpack[Filters],
    ) -> "Crosstab":
        """Count the turns that match by two fields, or by one field, with the characters of each row.

        Fields and filters as in `facets`; at most `size` rows and `across` columns, the most frequent ones. None for
        all rows, and for the thousand most frequent columns.
        """
        from search_cli.search.crosstab import crosstab

        fields = facet_fields((rows, columns) if columns else (rows,))
        size, across = check_size("size", size), check_size("across", across)
        search = request(query, **known_filters(filters, "query", "size", "across"))
        return crosstab(self._client, search, fields, size, across)

    def export(self, query: str = "", **options: Unpack[SearchOptions]) -> "Iterator[Hit]":
        """Yield all hits, read a thousand at a time; `limit` and `page` are ignored."""
        from search_cli.search.all_hits import all_hits

        return all_hits(self._client, request(query, **options))

    def exchanges(self, query: str = "", **options: Unpack[SearchOptions]) -> "ExchangeResult":
        """Return a page of the exchanges whose turns match, each whole, in the order of their best turns."""
        from search_cli.search import exchange_search

        return exchange_search.exchanges(self._client, request(query, **options))

    def export_exchanges(self, query: str = "", **options: Unpack[SearchOptions]) -> "Iterator[ExchangeHit]":
        """Yield all exchanges whose turns match; `limit` and `page` are ignored."""
        from search_cli.search import exchange_search

        return exchange_search.export(self._client, request(query, **options))

    def per(self, field: str, query: str = "", **options: Unpack[SearchOptions]) -> "BestHits":
        """Return a page of the best hits of each speaker or interview, and how many turns of each match."""
        from search_cli.search.best_hits import best_hits

        return best_hits(self._client, request(query, **options), field)

    def export_per(self, field: str, query: str = "", **options: Unpack[SearchOptions]) -> "Iterator[BestHit]":
        """Yield the best hit of each speaker or interview; `limit` and `page` are ignored."""
        from search_cli.search.best_hits import export_best_hits

        return export_best_hits(self._client, request(query, **options), field)

    def run(
        self, queries: Iterable[tuple[str, str]], depth: int = 1000, by: str | None = None
    ) -> "Iterator[tuple[str, tuple[Ranked, ...]]]":
        """Yield the id of each (query id, query) with its best `depth` turns, for a TREC run.

        A run ranks every turn that shares any term with the query, even 的; a search returns turns that share a content
        word. A query that does not parse is searched for as plain words.
        """
        from search_cli.search import all_hits

        check_depth(depth)
        return all_hits.run(self._client, queries, depth, by)

    def kwic(
        self,
        query: str,
        sort: str = "position",
        limit: int | None = 50,
        window: int = 40,
        **filters: Unpack[Filters],
    ) -> "Concordance":
        """Return a concordance, `window` characters on each side of each occurrence; all lines if `limit` is None.

        Sorted by position, left, right, word, speaker or date. The counts include lines beyond the limit.
        """
        from search_cli.kwic import concordance  # not needed by a search

        search = concordance.concordance_request(query, sort, limit, window, known_filters(filters, *_LINES))
        return concordance.concordance(self._client, search)

    def occurrences(
        self,
        query: str,
        sort: str = "position",
        limit: int | None = None,
        window: int = 40,
        **filters: Unpack[Filters],
    ) -> "Iterator[Occurrence]":
        """Yield all lines of a concordance; sorted by position or date, they are not kept in memory."""
        from search_cli.kwic import concordance  # not needed by a search

        search = concordance.concordance_request(query, sort, limit, window, known_filters(filters, *_LINES))
        return concordance.occurrences(self._client, search)

    def occurrence_counts(
        self, query: str, rows: str, columns: str = "", limit: int | None = None, **filters: Unpack[Filters]
    ) -> "OccurrenceCounts":
        """Count the occurrences of a concordance by one field of their turns, or by two; all rows if `limit` is None.

        Fields as in `facets`. A turn in which a word occurs three times counts three times.
        """
        from search_cli.kwic import counts  # not needed by a search

        fields = (rows, columns) if columns else (rows,)
        return counts.occurrence_counts(self._client, counts.counts_request(query, fields, limit, filters))

    def collocates(
        self,
        query: str,
        sort: str = "score",
        limit: int | None = 20,
        window: int = 5,
        least: int = 2,
        function_words: bool = False,
        **filters: Unpack[Filters],
    ) -> "Collocates":
        """Return the words found at least `least` times within `window` words of an occurrence, by log-likelihood.

        All words if `limit` is None; otherwise, of more than 20,000 turns, some are read.
        """
        from search_cli.kwic import collocates  # not needed by a search

        known = known_filters(filters, *_LINES, "least", "function_words")
        search = collocates.collocates_request(query, sort, limit, window, least, function_words, known)
        return collocates.collocates(self._client, search)

    def request_bodies(self, query: str = "", **options: Unpack[SearchOptions]) -> "tuple[RequestBody, ...]":
        """Return the requests of a search, in order, for curl."""
        from search_cli.search import searcher

        return searcher.request_bodies(self._client, request(query, **options))

    def revision(self) -> "ArchiveRevision":
        """Return what tells whether the archive has changed between two calls, and what it was made by."""
        from search_cli.search.revision import revision  # not needed by a search

        return revision(self._client)

    def near(self, query: str, **filters: Unpack[Filters]) -> "Suggestions":
        """Return what to try after a query that found nothing: similar words and speakers, and a next query."""
        from search_cli.search import suggest

        return suggest.suggest(self._client, request(query, **known_filters(filters)))

    def why(self, address: str, query: str, sort: str = "relevance", **filters: Unpack[Filters]) -> "Explanation":
        """Explain the rank of a turn in a search by the parts of its score, or why it is not found."""
        from search_cli.explain.explain import explain  # not needed by a search

        return explain(self._client, address, request(query, sort=sort, **known_filters(filters, "sort")))

    def similar(
        self, address: str, limit: int = 10, same_interview: bool = False, **filters: Unpack[Filters]
    ) -> "SimilarTurns":
        """Return the turns most similar to the one at `address`, of other interviews by default, with shared words."""
        from search_cli.search.more_like_this import similar  # not needed by a search

        search = request("", limit=limit, **known_filters(filters, "limit", "same_interview"))
        return similar(self._client, address, search, same_interview=same_interview)

    def quote(self, quotations: "Iterable[str | Quotation]", speaker: str = "") -> "tuple[QuotationCheck, ...]":
        """Check quotations against the archive: verbatim, near (with the changes) or absent, and where.

        `speaker` is the expected speaker of all; by default, whoever is named next to a quotation.
        """
        from search_cli.quotations import check, extract  # not needed by a search

        several = (quotations,) if isinstance(quotations, str) else quotations
        parsed = (extract.from_typed(one) if isinstance(one, str) else one for one in several)
        return check.check(self._client, parsed, speaker)
