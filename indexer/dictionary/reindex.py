"""Update the archive to a changed dictionary, or to changed topics: only the turns that differ are indexed again.

A text that contains none of the words in which two dictionaries differ is segmented the same by both, as long as both
weigh words against the same total (see `text.user_words`); where the total makes a step, every text is compared. So the
interviews that contain such a word are fetched from the archive, analyzed with the new dictionary, and those documents
that differ are written: turns whose words differ, the answers to questions whose words do, the passages around them,
and turns whose topics or keywords depend on the words of other turns. Where topics differ, `enrich.topics_delta` tells
which interviews are compared; all, where some are learned for the first time.

The order makes it safe to stop a run anywhere:

    1  write words.txt, or topics.toml          the archive is of another one: run it again
    2  write its fingerprint to `_meta`         interviews are of the old dictionary: `fangtan index` reads them again
    3  write an interview's documents, then     the same, for those that were not reached; `_meta` has the topics
       its own                                  that these are of, so that `fangtan topics apply` does the rest too
    4  remove those topics from `_meta`

Interviews without a change only get the new fingerprint. A duplicate has no turns here: its topics, which nothing
shows, remain until its file is read again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.dictionary.diff import DictionaryDiff, SegmentationChange, differing, first_difference
from indexer.enrich import mentions
from indexer.enrich.enrich import Knowledge
from indexer.enrich.topics_delta import delta
from indexer.indexing.fingerprint import fingerprint, meta
from indexer.model import Interview
from indexer.store import bulk, documents, fetch, mapping
from indexer.store.bulk import BulkAction, InterviewActions
from indexer.store.documents import AnalyzedInterview
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.indices import IndexSet
from indexer.store.manifest import IndexManifest, read_manifest
from indexer.store.mapping import TOPICS_BEFORE
from indexer.store.write_aliases import write_alias
from indexer.text.analysis import Analysis

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

EXAMPLES = 3


@dataclass(frozen=True)
class Reindex:
    """The update of an archive from one knowledge to another that differs only in its dictionary or its topics."""

    client: "Elasticsearch"
    live: IndexSet
    old: Knowledge
    new: Knowledge

    @cached_property
    def manifest(self) -> IndexManifest:
        """Return the manifest of the archive."""
        return read_manifest(self.client, self.live.names)

    @property
    def is_pending(self) -> bool:
        """Tell whether the archive, or an interview of it, is of the old dictionary or topics."""
        if fingerprint(self.old) == fingerprint(self.new):
            return False
        return self.live.meta.get("fingerprint") != fingerprint(self.new) or any(True for _ in self._outdated())

    def diff(self) -> DictionaryDiff:
        """Return what would be written, without writing it."""
        diff = DictionaryDiff(of_turns=self._turns())
        for indexed in self._affected():
            self._changes(indexed, diff)
        return diff

    def carry_out(self, heartbeat: Callable[[], None] = lambda: None) -> DictionaryDiff:
        """Update the archive to the new dictionary, and return what was written."""
        diff = DictionaryDiff(of_turns=self._turns())
        # the speakers stay those that were applied last, and vectors do not depend on words
        of_others = ("speakers", mapping.SPEAKERS_SOURCE, mapping.VECTORS)
        kept = {key: value for key, value in self.live.meta.items() if key in of_others}
        made_from = {**meta(self.new), **kept}
        is_of_topics = self.old.topics.fingerprint != self.new.topics.fingerprint
        self._put_meta({**made_from, **({TOPICS_BEFORE: self.old.topics.source} if is_of_topics else {})})
        for _ in bulk.load(self.client, self._actions(diff)):
            heartbeat()
        self._put_meta(made_from)
        self.client.indices.refresh(index=",".join(self.live.names.each))
        return diff

    def _put_meta(self, values: dict[str, str | int]) -> None:
        for name in self.live.names.each:
            self.client.indices.put_mapping(index=write_alias(self.client, name), meta=values)

    def _turns(self) -> int:
        return sum(indexed.turns for indexed in self.manifest.interviews.values())

    def _actions(self, diff: DictionaryDiff) -> Iterator[InterviewActions]:
        """Yield the actions of all outdated interviews: their documents, then their own."""
        affected = {indexed.interview_id for indexed in self._affected()}
        for indexed in self._outdated():
            changes = self._changes(indexed, diff) if indexed.interview_id in affected else _Changes()
            own = {"fingerprint": fingerprint(self.new), **(changes.found if changes.actions else {})}
            commit = bulk.update(self.live.names.interviews, indexed.interview_id, own)
            yield InterviewActions(indexed.interview_id, changes.actions, commit)

    def _outdated(self) -> Iterator[IndexedInterview]:
        """Yield the complete interviews of the old dictionary; the next run reads the files of the others."""
        old = fingerprint(self.old)
        for indexed in self.manifest.interviews.values():
            if indexed.origin.fingerprint == old and self.manifest.is_complete(indexed):
                yield indexed

    def _affected(self) -> Iterator[IndexedInterview]:
        """Yield the outdated interviews whose words or topics may differ."""
        ids = self._differing()
        for indexed in self._outdated():
            if indexed.turns and (ids is None or indexed.interview_id in ids):
                yield indexed

    def _differing(self) -> set[str] | None:
        """Return the ids of the interviews whose words or topics may differ; None if all may."""
        old, new = self.old.analyzer, self.new.analyzer
        topics = delta(self.old.topics, self.new.topics)
        if old.segmenter.total != new.segmenter.total or topics is None:
            return None
        words = topics.terms | (differing(old, new) if old is not new else set())
        found = fetch.find_interviews(self.client, self.live.names, words) if words else set()
        return found | (fetch.find_by_topic(self.client, self.live.names, topics.topics) if topics.topics else set())

    def _changes(self, indexed: IndexedInterview, diff: DictionaryDiff) -> "_Changes":
        """Return the changes of an interview, and count them in `diff`."""
        stored = fetch.fetch(self.client, self.live.names, indexed.interview_id)
        analyses = tuple(self.new.analyzer.analyze(turn.text) for turn in stored.interview.turns)
        after = self._with_mentions(self._annotated(stored.interview, analyses), analyses)
        if after == stored.interview and self.old.analyzer is self.new.analyzer:
            return _Changes()
        index_of = {"turns": self.live.names.turns, "passages": self.live.names.passages}
        actions: list[BulkAction] = []
        analyzed = AnalyzedInterview(after, analyses, self.new.analyzer.analyze)
        for kind, id_, document in documents.documents(analyzed, stored.source, stored.added_at):
            before = stored.documents[kind, id_]
            if document == before:
                continue
            actions.append(bulk.put(index_of[kind], id_, document))
            diff.relabelled += kind == "turns" and document.get("topics") != before.get("topics")
            if kind == "turns" and document.get("words") != before.get("words"):
                diff.turns += 1
                self._add_example(id_, document["text"], diff)
        diff.documents += len(actions)
        diff.interviews += bool(actions)
        found = {"topics": list(dict.fromkeys(topic for turn in after.turns for topic in turn.topics))}
        if (mentioned := _mentioned(after)) != _mentioned(stored.interview):
            found["mentions"] = mentioned
        return _Changes(actions, found)

    def _with_mentions(self, before: Interview, analyses: Sequence[Analysis]) -> Interview:
        """Return an interview with the mentions of the new dictionary; `indexing.relabel` settles their names."""
        if self.old.analyzer is self.new.analyzer:
            return before
        texts = [mentions.AnalyzedText(one.normal, one.joined_words) for one in analyses]
        after = mentions.annotate(before, texts, self.new.analyzer.not_names, self.new.speakers)
        pairs = zip(before.turns, after.turns, strict=True)
        turns = (old if old.printed_mentions == new.printed_mentions else new for old, new in pairs)
        return replace(before, turns=tuple(turns))

    def _annotated(self, before: Interview, analyses: Sequence[Analysis]) -> Interview:
        """Return an interview with the topics and keywords of the new dictionary, except those from its transcript.

        Those that the old dictionary does not yield were in the transcript.
        """
        bare = replace(before, turns=tuple(replace(turn, topics=(), keywords=()) for turn in before.turns))
        is_same = self.old.analyzer is self.new.analyzer
        old_analyses = analyses if is_same else (self.old.analyzer.analyze(turn.text) for turn in before.turns)
        sections: list[range] = []
        if is_same and self.old.topics.are_learned == self.new.topics.are_learned:
            sections = self.new.topics.sections(bare.turns, [one.words for one in analyses])
        old = self.old.topics.annotate(bare, old_analyses, self.old.analyzer.nouns, sections)
        new = self.new.topics.annotate(bare, analyses, self.new.analyzer.nouns, sections)
        turns = (
            replace(
                stored,
                topics=now.topics if stored.topics == then.topics else stored.topics,
                keywords=now.keywords if stored.keywords == then.keywords else stored.keywords,
            )
            for stored, then, now in zip(before.turns, old.turns, new.turns, strict=True)
        )
        return replace(before, turns=tuple(turns))

    def _add_example(self, address: str, text: str, diff: DictionaryDiff) -> None:
        """Add a turn to the examples, if none shows the same change."""
        if len(diff.examples) == EXAMPLES:
            return
        normal = self.old.analyzer.analyze(text).normal.text
        before, after = (knowledge.analyzer.segmenter.words(normal) for knowledge in (self.old, self.new))
        example = SegmentationChange(address, *first_difference(before, after))
        if all((one.before, one.after) != (example.before, example.after) for one in diff.examples):
            diff.examples.append(example)


@dataclass(frozen=True, slots=True)
class _Changes:
    """The actions that write the changed documents of an interview, and what is found in its turns, for its own."""

    actions: list[BulkAction] = field(default_factory=list)
    found: dict[str, list[str]] = field(default_factory=dict)


def _mentioned(interview: Interview) -> list[str]:
    return list(dict.fromkeys(name for turn in interview.turns for name in turn.mentions))
