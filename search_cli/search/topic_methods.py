"""The methods of `Archive` for topics."""

from typing import TYPE_CHECKING, Unpack

from search_cli.query.checks import check_minimum
from search_cli.query.request import Filters, known_filters, request

if TYPE_CHECKING:
    from search_cli.catalog import ArchivedTopic
    from search_cli.client import ArchiveClient
    from search_cli.search.topic_profile import TopicProfile


class TopicMethods:
    """Lists of topics, and one topic; `Archive` adds the rest."""

    _client: "ArchiveClient"

    def topics(self, query: str = "", **filters: Unpack[Filters]) -> "tuple[ArchivedTopic, ...]":
        """Return the topics of the turns that match (of all turns without a query), the most frequent first.

        A parent (商业 of 商业/广告) has the turns of all its children, each once.
        """
        from search_cli.search import value_lists
        from search_cli.search.counted_turns import counted_turns

        counted = counted_turns(self._client, request(query, **known_filters(filters)))
        return value_lists.topics(self._client, counted.query)

    def topic(self, name: str, best: int = 3, **filters: Unpack[Filters]) -> "TopicProfile":
        """Return a topic's page: its words, who speaks of it, when, what it comes together with, its `best` turns.

        `name` may be a part of the name, or one of the topic's words, if there is only one such topic; otherwise
        `NotFoundError` has those that may be meant.
        """
        from search_cli.search.counted_turns import counted_turns  # not needed by a search
        from search_cli.search.topic_names import find_topic, topic_names
        from search_cli.search.topic_profile import topic_profile
        from search_cli.search.topic_words import topic_words

        words = topic_words(self._client)
        found = find_topic(name, topic_names(self._client), words)
        others = known_filters(filters, "best", "topic")
        mine, everything = (
            counted_turns(self._client, request("", **one)).query for one in ({**others, "topic": (found,)}, others)
        )
        least = check_minimum("best", best, 0)
        return topic_profile(self._client, found, words.get(found, {}), mine, everything, least)
