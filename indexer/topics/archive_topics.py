"""Learn the topics of an archive, and update it to a changed topics.toml: `fangtan topics learn` and `apply`.

change = learn_topics(client, settings, number)    the text of topics.toml afterwards; nothing is written
carry_out(client, settings, change)                write topics.toml, then the turns whose topics differ
plan_reindex(client, settings)                     the update of the archive to topics.toml as it is
apply(client, settings)                            the same, carried out

The archive has the text of the topics.toml that it was made with: what it yields is replaced by what the new one does,
and topics that a transcript came with remain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.dictionary.data_file import editable_path, read_text, replace_text
from indexer.dictionary.diff import DictionaryDiff
from indexer.dictionary.reindex import Reindex
from indexer.elastic.connection import locked
from indexer.elastic.error_mapping import map_errors
from indexer.embeddings import turn_vectors
from indexer.enrich.conversation import Conversation
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.enrich.topics import Topics, beginnings
from indexer.errors import IndexMissingError, StaleIndexError, UsageError
from indexer.indexing.fingerprint import fingerprint, meta
from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
from indexer.settings import Settings
from indexer.store import fetch, indices, lock, mapping
from indexer.store.indices import IndexSet
from indexer.store.lock import Heartbeat
from indexer.store.manifest import read_manifest
from indexer.store.mapping import Names
from indexer.text.normalize import normalize
from indexer.topics.learn import FEWEST, NUMBER, LearnedTopic, learn
from indexer.topics.topics_file import TopicsDiff, compare, with_learned

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

FILE = "topics.toml"


@dataclass(frozen=True, slots=True)
class TopicsChange:
    """The text of topics.toml before and after learning, and what it changes; `turns` is the size of the archive."""

    path: Path
    before: str
    after: str
    diff: TopicsDiff
    turns: int = 0


def learn_topics(client: "Elasticsearch", settings: Settings, number: int = NUMBER) -> TopicsChange:
    """Return the change of topics.toml to at most `number` topics learned from the archive.

    Raises `UsageError` for an archive that is too small.
    """
    _text(settings)
    with map_errors(settings):
        live, knowledge = _archive(client, settings)
        interviews = [one for one in read_manifest(client, live.names).interviews.values() if one.turns]
        ids = sorted(one.interview_id for one in interviews)
        speakers = {normalize(name).text for name in fetch.fetch_speakers(client, live.names)}
        conversations = (fetch_conversation(client, live.names, id_) for id_ in ids)
        learned = learn(conversations, number, knowledge.analyzer.nouns, speakers)
    if not learned:
        raise UsageError(
            _(
                "The archive is too small to learn topics from: it has fewer than {number} stretches of conversation."
            ).format(number=FEWEST),
            _("Index more interviews, or write topics into topics.toml yourself."),
        )
    return replace(change_of(settings, learned), turns=sum(one.turns for one in interviews))


def change_of(settings: Settings, learned: Sequence[LearnedTopic]) -> TopicsChange:
    """Return the change of topics.toml to topics that were learned."""
    path, before = _text(settings)
    diff = compare(before, learned)
    return TopicsChange(path, before, with_learned(before, diff.learned), diff)


def carry_out(client: "Elasticsearch", settings: Settings, change: TopicsChange) -> DictionaryDiff:
    """Write topics.toml, then update the archive; return what was written."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        _archive(client, settings)
        write(change)
        return _update(client, settings, heartbeat)


def plan_reindex(client: "Elasticsearch", settings: Settings) -> Reindex:
    """Return the update of the archive to topics.toml as it is now."""
    with map_errors(settings):
        return Reindex(client, *_archive(client, settings), load_knowledge(settings))


def plan_change(client: "Elasticsearch", settings: Settings, change: TopicsChange) -> Reindex:
    """Return the update of the archive to a changed topics.toml, before it is written."""
    with map_errors(settings):
        live, then = _archive(client, settings)
        after = Topics.parse(change.path, change.after.encode())
        return Reindex(client, live, then, Knowledge(then.analyzer, after, then.speakers))


def apply(client: "Elasticsearch", settings: Settings) -> DictionaryDiff:
    """Update the archive to topics.toml as it is now; return what was written."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        return _update(client, settings, heartbeat)


def _update(client: "Elasticsearch", settings: Settings, heartbeat: Heartbeat) -> DictionaryDiff:
    """Update the turns; those that are written get their vectors again."""
    reindex = plan_reindex(locked(client, heartbeat), settings)
    diff = reindex.carry_out(heartbeat)
    diff.unembedded = turn_vectors.keep_up(locked(client, heartbeat), settings, reindex.live.names, heartbeat).problem
    return diff


def _archive(client: "Elasticsearch", settings: Settings) -> tuple[IndexSet, Knowledge]:
    """Return the indices of the archive and what they were made with.

    Raises `StaleIndexError` if more than topics.toml has changed since.
    """
    live = indices.live(indices.found(client, settings))
    if live is None:
        raise IndexMissingError(_("Nothing is indexed yet."), "fangtan index FOLDER")
    then = _with_topics(settings, live.meta.get(mapping.TOPICS_SOURCE, ""))
    if changed := mapping.stale(live.meta, meta(then)):
        raise StaleIndexError(
            _("Since this archive was indexed, {names} changed: it must be rebuilt first.").format(
                names=pgettext("between changes", " and ").join(map(_, changed))
            ),
            _("fangtan index --rebuild, then run the same command again."),
        )
    before = live.meta.get(mapping.TOPICS_BEFORE)
    if before is not None:  # an update was begun, and perhaps not ended
        unfinished = _with_topics(settings, before)
        query = {"term": {"fingerprint": fingerprint(unfinished)}}
        if client.count(index=live.names.interviews, query=query)["count"]:
            return live, unfinished
    return live, then


def _with_topics(settings: Settings, source: str) -> Knowledge:
    """Return the knowledge of today with the topics of another topics.toml."""
    now = load_knowledge(settings)
    return Knowledge(now.analyzer, Topics.parse(settings.data_file(FILE), source.encode()), now.speakers)


def fetch_conversation(client: "Elasticsearch", names: Names, interview_id: str) -> Conversation:
    """Fetch the words of an interview as they are indexed."""
    turns = fetch.fetch_turns(client, names, interview_id, ["turn", "exchange", "words"])
    words = [turn.get("words", "").split() for turn in turns]
    return Conversation.of(words, beginnings(turn.get("exchange", 0) for turn in turns))


def _text(settings: Settings) -> tuple[Path, str]:
    """Return path and text of topics.toml; raise `SettingsError` for an invalid entry."""
    path = editable_path(settings, FILE)
    Topics.load(settings.data_file(FILE))  # an invalid entry is reported with its line
    return path, read_text(path)


def write(change: TopicsChange) -> None:
    """Replace topics.toml, completely or not at all."""
    replace_text(change.path, change.before, change.after)
    Topics.forget()
    load_knowledge.cache_clear()
