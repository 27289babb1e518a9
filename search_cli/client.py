"""Requests to the archive, the client's errors turned into ours. The only room of search that calls Elasticsearch."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.settings import Settings
from indexer.store import mapping

if TYPE_CHECKING:
    from elastic_transport import ApiResponseMeta
    from elasticsearch import Elasticsearch

    from indexer.text.analysis import Analysis

Body = dict[str, Any]
Response = dict[str, Any]
Search = tuple[str, Body]
"""An index and the body of a search in it."""


@dataclass(frozen=True, slots=True)
class MultiSearchResponse:
    """The responses to searches sent at once, in their order, and the time Elasticsearch took for all of them."""

    responses: tuple[Response, ...] = ()
    milliseconds: int = 0


SEARCH_TYPE = "dfs_query_then_fetch"
"""How scores are counted: by the frequencies of the whole index, where it has several shards, not of each by itself.

Without it equal turns would score differently by shard. On one shard Elasticsearch leaves the extra step out.
"""

_TERMS = 5000  # words whose frequencies are asked for at once
_PAGE = 1000
_KEEP_ALIVE = "2m"


class ArchiveClient:
    """A client and the names of the indices; the client is made when first needed."""

    def __init__(self, settings: Settings, client: "Elasticsearch | None" = None) -> None:
        self.settings = settings
        self.names = mapping.names(settings)
        self._given = client

    @cached_property
    def client(self) -> "Elasticsearch":
        """Return the client; the embedded node is started where it is needed and does not run."""
        if self._given is not None:
            return self._given
        from indexer.elastic.connection import connect

        return connect(self.settings)

    def analyze(self, text: str) -> "Analysis":
        """Analyze a text as the archive was indexed; the dictionary is read on first use."""
        from indexer.text import analysis

        return analysis.load(self.settings.data / "words.txt").analyze(text)

    def search(self, index: str, body: Body) -> Response:
        """Return the response to one search."""
        return self.searches([(index, body)]).responses[0]

    def searches(self, searches: Sequence[Search], *, named_scores: bool = False) -> MultiSearchResponse:
        """Return the responses to several searches, sent at once; none are no request.

        With `named_scores` each hit tells the score of every clause that has a `_name`.
        """
        from indexer.elastic.error_mapping import map_errors

        if not searches:
            return MultiSearchResponse()
        lines: list[Body] = []
        for index, body in searches:
            lines += [{"index": index}, body]
        with map_errors(self.settings):
            answer = self.client.msearch(
                searches=lines, search_type=SEARCH_TYPE, include_named_queries_score=named_scores or None
            )
            for response in answer["responses"]:
                if "error" in response:
                    _refuse(response, answer.meta)
        return MultiSearchResponse(tuple(answer["responses"]), answer["took"])

    def sources(self, ids: Sequence[str], excludes: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return the turns with these addresses that there are: address -> document."""
        from indexer.elastic.error_mapping import map_errors

        if not ids:
            return {}
        with map_errors(self.settings):
            answer = self.client.mget(index=self.names.turns, ids=list(ids), source_excludes=list(excludes))
            for document in answer["docs"]:
                if "error" in document:
                    _refuse({"error": document["error"], "status": 404}, answer.meta)
        return {found["_id"]: found["_source"] for found in answer["docs"] if found["found"]}

    def versions(self, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the other transcripts of those of these interviews that have some."""
        from indexer.elastic.error_mapping import map_errors

        if not ids:
            return {}
        with map_errors(self.settings):
            answer = self.client.mget(
                index=self.names.interviews, ids=list(dict.fromkeys(ids)), source_includes=["versions"]
            )
        found = ((one["_id"], one.get("_source", {}).get("versions", ())) for one in answer["docs"])
        return {id_: tuple(versions) for id_, versions in found if versions}

    def frequencies(self, terms: Sequence[str]) -> tuple[dict[str, int], int]:
        """Return how often each of the jieba words `terms` is said in the archive, and how many words are said in all.

        Lucene's own counts (`_termvectors` of a document made up of the terms), of every shard. Turns that were taken
        out or written anew count until their segment is merged, in both numbers alike: shares stay right.
        """
        from indexer.elastic.error_mapping import map_errors

        counts: dict[str, int] = {}
        everything = 0
        with map_errors(self.settings):
            answer = self.client.search(index=self.names.turns, size=0, track_total_hits=False)
            for shard in range(answer["_shards"]["total"]):
                for first in range(0, max(len(terms), 1), _TERMS):
                    vector = self._term_vector(terms[first : first + _TERMS], shard)
                    for term, told in vector.get("terms", {}).items():
                        counts[term] = counts.get(term, 0) + told.get("ttf", 0)
                    everything += max(vector.get("field_statistics", {}).get("sum_ttf", 0), 0) if not first else 0
        return {term: counts.get(term, 0) for term in terms}, everything

    def _term_vector(self, words: Sequence[str], shard: int) -> Response:
        """Return what one shard tells of words, and of all words of its turns."""
        told: Response = self.client.termvectors(
            index=self.names.turns,
            doc={"words": " ".join(words)},
            fields=["words"],
            preference=f"_shards:{shard}",
            term_statistics=True,
            field_statistics=True,
            positions=False,
            offsets=False,
            payloads=False,
        ).body
        vector: Response = told["term_vectors"].get("words", {})
        return vector

    def pages(self, index: str, body: Body) -> Iterator[Response]:
        """Yield the responses to a search, page after page, of the index as it is now; `body` has a sort."""
        from indexer.elastic.error_mapping import map_errors

        with map_errors(self.settings):
            opened = self.client.open_point_in_time(index=index, keep_alive=_KEEP_ALIVE)["id"]
            pit = opened
            try:
                after: Body = {}
                while True:
                    at_point = {"id": pit, "keep_alive": _KEEP_ALIVE}
                    page = {"size": _PAGE, **body, **after, "pit": at_point}
                    response = self.client.search(**page, search_type=SEARCH_TYPE).body
                    hits = response["hits"]["hits"]
                    if not hits:
                        return
                    yield response
                    pit, after = response["pit_id"], {"search_after": hits[-1]["sort"]}
            finally:
                self.client.close_point_in_time(id=pit)


def _refuse(response: Response, meta: "ApiResponseMeta") -> None:
    """Raise the client's error for one answer of several, as if it had come alone."""
    from elasticsearch import ApiError

    raise ApiError(response["error"]["type"], replace(meta, status=response["status"]), response)
