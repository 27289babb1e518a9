"""Send requests to the archive and map the errors: the only module of `search_cli` that talks to Elasticsearch."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from indexer.language.messages import gettext as _
from indexer.settings import Settings
from indexer.store import mapping
from search_cli.json_types import Body, Response
from search_cli.shard_counts import counted_wholly, is_doubtful
from search_cli.word_statistics import WordStatistics, requests_of_statistics, summed_statistics

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.elastic.complete_answers import CompleteElasticsearch
    from indexer.elastic.light_reader import LightReader
    from indexer.store.mapping import VectorInfo
    from indexer.text.analysis import Analysis

Search = tuple[str, Body]
"""An index, and the body of a search in it."""


@dataclass(frozen=True, slots=True)
class MultiSearchResponse:
    """The responses to several searches, in their order, and the milliseconds Elasticsearch took for all of them."""

    responses: tuple[Response, ...] = ()
    milliseconds: int = 0


SEARCH_TYPE = "dfs_query_then_fetch"
"""Score by the frequencies of the whole index: equal turns score the same on every shard. One shard skips the step."""

_PAGE = 1000
_BAD_REQUEST = 400
_KEEP_ALIVE = "2m"


class ArchiveClient:
    """An Elasticsearch client with the settings and indices of an archive; it connects on first use.

    What a `reader` can read is asked of it, until something else needs the client.
    """

    def __init__(
        self, settings: Settings, client: "Elasticsearch | None" = None, reader: "LightReader | None" = None
    ) -> None:
        self.settings = settings
        self.names = mapping.names(settings)
        self._given, self._reader = client, reader

    @cached_property
    def elasticsearch(self) -> "Elasticsearch":
        """Return the Elasticsearch client; the embedded node is started if it is needed and not running."""
        if self._given is not None:
            from indexer.elastic.complete_answers import CompleteElasticsearch

            return CompleteElasticsearch.of(self._given)
        from indexer.elastic.connection import connect

        return connect(self.settings)

    def _light(self, read: Callable[["LightReader"], Response | None], indices: str) -> Response | None:
        """Return what the light reader answers, None if the client has to be asked."""
        if self._reader is None or "elasticsearch" in self.__dict__:
            return None
        try:
            return read(self._reader)
        except TimeoutError:
            cast("CompleteElasticsearch", self.elasticsearch).timed_out(indices)

    def analyze(self, text: str) -> "Analysis":
        """Analyze a text as for the index; the dictionary is read on first use."""
        from indexer.text import analysis

        return analysis.load(self.settings.data_file("words.txt")).analyze(text)

    def search(self, index: str, body: Body) -> Response:
        """Return the response to one search."""
        return self.searches([(index, body)]).responses[0]

    def searches(self, searches: Sequence[Search], *, named_scores: bool = False) -> MultiSearchResponse:
        """Return the responses to several searches, sent in one request; no searches, no request.

        With `named_scores` each hit has the score of every clause with a `_name`.
        """
        from indexer.elastic.error_mapping import map_errors

        if not searches:
            return MultiSearchResponse()
        lines: list[Body] = []
        for index, body in searches:
            lines += [{"index": index}, body]
        with map_errors(self.settings):
            answer = self._msearch(lines, named_scores=named_scores)
            found = tuple(self._exact(searches, answer["responses"]))
        return MultiSearchResponse(found, answer["took"])

    def _msearch(self, lines: Sequence[Body], *, named_scores: bool = False) -> Response:
        """Return the answer to searches, given as header and body in turn; raise the first error."""
        from indexer.elastic.error_mapping import refuse

        parameters = {"search_type": SEARCH_TYPE} | ({"include_named_queries_score": "true"} if named_scores else {})
        indices = ",".join(sorted({line["index"] for line in lines[::2]}))
        light = self._light(lambda reader: reader.msearch(lines, parameters), indices)
        if light is not None:
            return light
        answer = self.elasticsearch.msearch(
            searches=lines, search_type=SEARCH_TYPE, include_named_queries_score=named_scores or None
        )
        for response in answer["responses"]:
            if "error" in response:
                if response["status"] == _BAD_REQUEST:
                    self.check_schema()
                refuse(response, answer.meta)
        return cast("Response", answer.body)

    def _exact(self, searches: Sequence[Search], responses: Sequence[Response]) -> list[Response]:
        """Return responses with exact counts: those whose shards left values out are asked for every value."""
        found = list(responses)
        doubtful = [place for place, response in enumerate(responses) if is_doubtful(response)]
        if doubtful:
            again = [(searches[place][0], counted_wholly(searches[place][1])) for place in doubtful]
            lines = [part for index, body in again for part in ({"index": index}, body)]
            answer = self._msearch(lines)
            for place, response in zip(doubtful, answer["responses"], strict=True):
                found[place] = response
        return found

    def check_schema(self) -> None:
        """Check that the archive has the fields that are searched; raise `StaleIndexError` if it has others."""
        from indexer.errors import StaleIndexError

        for found in self._mapping().values():
            if found["mappings"].get("_meta", {}).get("schema", mapping.VERSION) != mapping.VERSION:
                raise StaleIndexError(
                    _("Another version of fangtan indexed this archive: its fields are not those that are searched."),
                    "fangtan index --rebuild",
                )

    def vectors(self) -> "VectorInfo | None":
        """Return what the archive says of its vectors, None if it has none; asked anew, as `fangtan embed` may run."""
        answer = self._mapping(f"*.mappings._meta.{mapping.VECTORS}")
        found = (mapping.vector_info(one["mappings"]["_meta"]) for one in answer.values())
        return next(found, None)

    def topics_source(self) -> str:
        """Return the text of the topics.toml that the turns were labelled with; "" for an older archive."""
        return str(self.meta().get(mapping.TOPICS_SOURCE, ""))

    def meta(self) -> Mapping[str, Any]:
        """Return the `_meta` of the turns: what the archive was made by; {} for an older archive."""
        found = (one["mappings"].get("_meta", {}) for one in self._mapping().values())
        return next(found, {})

    def server_version(self) -> str:
        """Return the version of Elasticsearch; "" if the cluster does not let it be known."""
        from elasticsearch import AuthorizationException

        from indexer.elastic.error_mapping import map_errors

        with map_errors(self.settings), suppress(AuthorizationException):
            return str(self.elasticsearch.info()["version"]["number"])
        return ""

    def _mapping(self, part: str = "") -> Response:
        """Return the mapping of the turns, or the part of it at a path, by index."""
        from indexer.elastic.error_mapping import map_errors

        index = self.names.turns
        with map_errors(self.settings):
            light = self._light(lambda reader: reader.mapping(index, part), index)
            if light is not None:
                return light
            answer = self.elasticsearch.indices.get_mapping(index=index, filter_path=part or None)
            return cast("Response", answer.body)

    def sources(self, ids: Sequence[str], excludes: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """Return the documents of turns by address, without those that do not exist."""
        return self.sources_and_versions(ids, excludes, ())[0]

    def sources_and_versions(
        self, ids: Sequence[str], excludes: Sequence[str], interviews: Iterable[str]
    ) -> tuple[dict[str, Mapping[str, Any]], dict[str, tuple[str, ...]]]:
        """Return the documents of turns by address, and the duplicates of interviews by id, of those that have any."""
        turns = [(self.names.turns, id_, {"excludes": list(excludes)}) for id_ in ids]
        unique = [(self.names.interviews, id_, {"includes": ["versions"]}) for id_ in dict.fromkeys(interviews)]
        found = self._mget([*turns, *unique])
        sources = {one["_id"]: one["_source"] for one in found[: len(turns)] if one["found"]}
        versions = {one["_id"]: tuple(one.get("_source", {}).get("versions", ())) for one in found[len(turns) :]}
        return sources, {id_: some for id_, some in versions.items() if some}

    def _mget(self, wanted: Sequence[tuple[str, str, Body]]) -> list[Response]:
        """Return documents by index and id, each with what is wanted of its source; none wanted, no request."""
        from indexer.elastic.error_mapping import map_errors, refuse

        if not wanted:
            return []
        documents = [{"_index": index, "_id": id_, "_source": source} for index, id_, source in wanted]
        indices = ",".join(sorted({index for index, *_ in wanted}))
        with map_errors(self.settings):
            light = self._light(lambda reader: reader.mget(documents), indices)
            if light is not None:
                return list(light["docs"])
            answer = self.elasticsearch.mget(docs=documents)
            for document in answer["docs"]:
                if "error" in document:
                    refuse({"error": document["error"], "status": 404}, answer.meta)
            return list(answer["docs"])

    def frequencies(self, terms: Sequence[str]) -> tuple[Mapping[str, int], int]:
        """Return how often each of the words `terms` occurs in the archive, and the number of all words."""
        found = self.word_statistics(terms)
        return found.counts, found.total

    def word_statistics(self, terms: Sequence[str]) -> WordStatistics:
        """Return how often, and in how many turns, each of the words `terms` occurs in the archive.

        These are Lucene's counts (`_termvectors` of an artificial document), of every shard. Deleted and replaced turns
        count until their segment is merged, but in all numbers, so ratios are correct.
        """
        from indexer.elastic.error_mapping import map_errors

        with map_errors(self.settings):
            answer = self.elasticsearch.search(index=self.names.turns, size=0, track_total_hits=False)
            requests = requests_of_statistics(terms, answer["_shards"]["total"])
            found = (self.elasticsearch.termvectors(index=self.names.turns, **one).body for one in requests)
            return summed_statistics(terms, found)

    def has_deleted_turns(self) -> bool:
        """Tell whether `frequencies` counts deleted or replaced turns; true if the cluster does not let it be known."""
        from elasticsearch import AuthorizationException

        from indexer.elastic.error_mapping import map_errors

        with map_errors(self.settings):
            try:
                stats = self.elasticsearch.indices.stats(index=self.names.turns, metric="docs")
            except AuthorizationException:
                return True
        return bool(stats["_all"]["primaries"]["docs"]["deleted"])

    def pages(self, index: str, body: Body, *, few: bool = False) -> Iterator[Response]:
        """Yield the pages of a search, of the index at this point in time; `body` has a sort.

        Of `few` documents, one page has all as a rule: it is asked for by itself first.
        """
        if few and len((first := self.search(index, {"size": _PAGE, **body}))["hits"]["hits"]) < _PAGE:
            yield first
            return
        from elasticsearch import ApiError, TransportError

        from indexer.elastic.error_mapping import map_errors
        from search_cli.read_ahead import read_ahead

        with map_errors(self.settings):
            pit = self.elasticsearch.open_point_in_time(index=index, keep_alive=_KEEP_ALIVE)["id"]
            sized = {"size": _PAGE, **body, "search_type": SEARCH_TYPE}

            def page(after: Body) -> Response:
                nonlocal pit
                at_point = {"id": pit, "keep_alive": _KEEP_ALIVE}
                found: Response = self.elasticsearch.search(**sized, **after, pit=at_point).body
                pit = found["pit_id"]
                return found

            def after(found: Response) -> Body | None:
                hits = found["hits"]["hits"]
                return {"search_after": hits[-1]["sort"]} if len(hits) == sized["size"] else None

            try:
                start: Body = {}
                yield from (found for found in read_ahead(page, start, after) if found["hits"]["hits"])
            finally:
                # it expires by itself; what was read is whole, and what failed is told already
                with suppress(ApiError, TransportError):
                    self.elasticsearch.close_point_in_time(id=pit)
