"""Learn the topics of an archive that has none while it is indexed: `fangtan index`.

    pipeline.index(options, settings, client, callbacks, first_topics.finder(client, settings))

The interviews that the run is about to write get the topics at once; those that are in the archive are updated, as
`fangtan topics learn` does.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from heapq import merge
from typing import TYPE_CHECKING

from indexer.dictionary.reindex import Reindex
from indexer.elastic.connection import locked
from indexer.enrich.enrich import load_knowledge
from indexer.indexing.spool import FindTopics, FoundTopics, SpokenInterview
from indexer.settings import Settings
from indexer.store import fetch
from indexer.store.indices import IndexSet
from indexer.store.lock import Heartbeat
from indexer.store.manifest import read_manifest
from indexer.store.mapping import Names
from indexer.text.normalize import normalize
from indexer.topics import archive_topics
from indexer.topics.learn import NUMBER, learn

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


def finder(client: "Elasticsearch", settings: Settings) -> FindTopics | None:
    """Return the function that an index run learns topics with, None if topics.toml cannot be written."""
    file = settings.data_file(archive_topics.FILE)
    if not os.access(next(one for one in (file, *file.parents) if one.exists()), os.W_OK):
        return None

    def find(names: Names, coming: Iterable[SpokenInterview], heartbeat: Heartbeat) -> FoundTopics | None:
        return find_topics(locked(client, heartbeat), settings, names, coming, heartbeat)

    return find


def find_topics(
    client: "Elasticsearch",
    settings: Settings,
    names: Names,
    coming: Iterable[SpokenInterview],
    heartbeat: Callable[[], None],
) -> FoundTopics | None:
    """Learn topics from the interviews in the indices `names` and those `coming`; None for too few.

    Writes topics.toml, and updates the turns that are in the indices.
    """
    old, later = load_knowledge(settings), list(coming)
    there = _there(client, names, {one.interview_id for one in later})
    speakers = fetch.fetch_speakers(client, names).union(*(one.speakers for one in later))
    ordered = merge(there, later, key=lambda one: one.interview_id)
    excluded = {normalize(name).text for name in speakers}
    learned = learn((one.read() for one in ordered), NUMBER, old.analyzer.nouns, excluded)
    if not learned:
        return None
    archive_topics.write(archive_topics.change_of(settings, learned))
    new = load_knowledge(settings)
    Reindex(client, _index_set(client, names), old, new).carry_out(heartbeat)
    return FoundTopics(new, tuple((one.name, one.turns) for one in learned))


def _there(client: "Elasticsearch", names: Names, without: set[str]) -> Iterator[SpokenInterview]:
    """Yield the interviews that are in the indices."""
    for interview_id in sorted(read_manifest(client, names).primaries - without):
        read = partial(archive_topics.fetch_conversation, client, names, interview_id)
        yield SpokenInterview(interview_id, frozenset(), read)


def _index_set(client: "Elasticsearch", names: Names) -> IndexSet:
    """Return the indices that a run writes to."""
    about = next(iter(client.indices.get_mapping(index=names.turns).body.values()))
    return IndexSet("", names, frozenset(names.each), live=True, meta=about["mappings"].get("_meta", {}))
