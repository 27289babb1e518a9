"""The methods of `Archive` that count by time and by word."""

from typing import TYPE_CHECKING, Unpack

from search_cli.query.checks import check_minimum
from search_cli.query.request import Filters, known_filters, request

if TYPE_CHECKING:
    from search_cli.client import ArchiveClient
    from search_cli.kwic.compare import Comparison
    from search_cli.kwic.dispersion import Dispersion
    from search_cli.kwic.speaker_words import SpeakerPage
    from search_cli.kwic.words import WordList
    from search_cli.search.timeline import Timeline

_LIST_OPTIONS = ("sort", "limit", "least", "function_words")


class CountingMethods:
    """Timelines, word lists, speakers, comparisons and dispersion; `Archive` adds the rest."""

    _client: "ArchiveClient"

    def timeline(
        self, query: str = "", by: str = "year", split: str = "", across: int = 8, **filters: Unpack[Filters]
    ) -> "Timeline":
        """Count the turns that match by year, quarter, month or week, undated ones apart.

        `split` counts each period by a field too, as in `facets`, with its `across` most frequent values; values chosen
        in that field are all there, and do limit the turns.
        """
        from search_cli.search import timeline  # not needed by a search

        search = request(query, **known_filters(filters, "query", "by", "split", "across"))
        options = timeline.timeline_request(search, by, split, check_minimum("across", across))
        return timeline.timeline(self._client, options)

    def words(
        self,
        query: str = "",
        sort: str = "",
        limit: int | None = 20,
        least: int = 3,
        function_words: bool = False,
        **filters: Unpack[Filters],
    ) -> "WordList":
        """Return the words of the turns that match, found at least `least` times, with their keyness.

        The keyness is against all other turns. Sorted by score (log-likelihood), ratio (log ratio, of words with a
        score that is hardly chance), count or word; by default by score, or count if there are no other turns. All
        words if `limit` is None; otherwise, of more than 20,000 turns, some are counted.
        """
        from search_cli.kwic import words  # not needed by a search

        search = request(query, **known_filters(filters, "query", *_LIST_OPTIONS))
        options = words.words_request(search, sort, limit, least, function_words=function_words)
        return words.word_list(self._client, options)

    def speaker(self, name: str, answers: int = 3, words: int = 12, **filters: Unpack[Filters]) -> "SpeakerPage":
        """Return a speaker's page: offices, years, topics, own words, who asks, who is mentioned, telling answers.

        `answers` and `words` are the most of these; `filters` limit everything, but words are compared with those of
        all other turns.
        """
        from search_cli.kwic.speaker_words import speaker_page  # not needed by a search
        from search_cli.search.counted_turns import counted_turns
        from search_cli.search.speaker_profile import speaker_profile

        everybody = known_filters(filters, "answers", "words", "speaker")
        of_speaker: Filters = {**everybody, "speaker": (name,)}
        mine = request("", **of_speaker)
        own, all_ = (counted_turns(self._client, one).query for one in (mine, request("", **everybody)))
        profile = speaker_profile(self._client, name, own, all_, check_minimum("answers", answers, 0))
        return speaker_page(self._client, profile, mine, check_minimum("words", words, 0))

    def compare(
        self,
        left: str,
        right: str,
        by: str = "speaker",
        query: str = "",
        limit: int = 10,
        function_words: bool = False,
        **filters: Unpack[Filters],
    ) -> "Comparison":
        """Compare two values of a field in the turns that match: how much, own words by keyness, topics.

        `by` is speaker, role, topic, outlet, interview, author, language or year; `limit` is the number of words of
        each side, and of topics.
        """
        from search_cli.kwic import compare  # not needed by a search

        known = known_filters(filters, "left", "right", "by", "query", "limit", "function_words")
        asked = compare.comparison_request((left, right), by, query, limit, known, function_words=function_words)
        return compare.compare(self._client, asked)

    def dispersion(
        self, query: str, sort: str = "count", limit: int | None = None, **filters: Unpack[Filters]
    ) -> "Dispersion":
        """Return where in each interview the occurrences of a query's words fall, and how evenly interviews share them.

        The interviews are sorted by count, rate (per 10,000 characters) or date; all of them if `limit` is None.
        """
        from search_cli.kwic import dispersion  # not needed by a search

        search = request(query, **known_filters(filters, "query", "sort", "limit"))
        return dispersion.dispersion(self._client, dispersion.dispersion_request(search, sort, limit))
