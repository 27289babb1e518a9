"""The words of the archive's topics: the terms of the topics.toml that its turns were labelled with."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from indexer.text.topic_path import parents
from search_cli.client import ArchiveClient

TopicWords = Mapping[str, Mapping[str, float]]
"""The weights of the words of each topic by its name, the heaviest first; those of a parent are of its children too."""


def topic_words(client: ArchiveClient) -> TopicWords:
    """Return the words of all topics; topics that a transcript came with, and nouns, have none."""
    from indexer.enrich.topics import Topics

    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    topics = Topics.parse(Path("topics.toml"), client.topics_source().encode())
    for term in (term for terms in topics.terms.values() for term in terms):
        for topic in (term.topic, *parents(term.topic)):
            found[topic][term.text] = max(term.weight, found[topic].get(term.text, 0.0))
    return {topic: dict(sorted(words.items(), key=lambda item: (-item[1], item[0]))) for topic, words in found.items()}
