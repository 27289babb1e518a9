"""The archive from one dictionary to another: only the turns whose words differ are written anew.

A text that holds none of the words by which two dictionaries differ is cut the same by both, as long as both weigh
words against the same total (see `text.user_words`); where the total makes a step, every text is looked at. So the
interviews that hold such a word are read back from the archive, analyzed by the new dictionary, and those documents
that came out otherwise are written: turns whose words differ, the answers to questions whose words do, the passages
around them, and turns whose topics or keywords follow from other turns' words.

The order makes a run safe that is stopped anywhere:

    1  words.txt is written                     the archive is told to be of another dictionary: run it again
    2  the indices' `_meta` names it            interviews are of the old dictionary: `fangtan index` reads them anew
    3  an interview's documents, then its own   the same, for those that were not reached

The interviews without a change get the new fingerprint alone. One that is a version of another has no turns here: its
topics, which nothing shows, stay as they are until its file is read again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.dictionary.diff import Difference, Recut, differing, first_difference
from indexer.enrich.enrich import Knowledge
from indexer.indexing.fingerprint import fingerprint, meta
from indexer.model import Interview
from indexer.store import bulk, documents, fetch
from indexer.store.bulk import Line, Load
from indexer.store.fetch import Stored
from indexer.store.indices import IndexSet
from indexer.store.manifest import Inside, Record, look

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

EXAMPLES = 3


@dataclass(frozen=True)
class Relearning:
    """One archive, and the knowledge of before and after; they differ in their dictionaries alone."""

    client: "Elasticsearch"
    live: IndexSet
    old: Knowledge
    new: Knowledge

    @cached_property
    def inside(self) -> Inside:
        """Return what the archive holds."""
        return look(self.client, self.live.names)

    @property
    def waiting(self) -> bool:
        """Tell whether the archive, or an interview of it, is of the old dictionary."""
        return self.live.meta.get("fingerprint") != fingerprint(self.new) or any(True for _ in self._of_the_old())

    def difference(self) -> Difference:
        """Return what would be written; nothing is."""
        found = Difference(of_turns=sum(record.turns for record in self.inside.records.values()))
        for record in self._touched():
            self._changed(record, found)
        return found

    def carry_out(self, alive: Callable[[], None] = lambda: None) -> Difference:
        """Bring the archive to the new dictionary, and return what was written."""
        found = Difference(of_turns=sum(record.turns for record in self.inside.records.values()))
        for name in self.live.names.each:
            self.client.indices.put_mapping(index=name, meta=meta(self.new))
        for _ in bulk.load(self.client, self._loads(found)):
            alive()
        self.client.indices.refresh(index=",".join(self.live.names.each))
        return found

    def _loads(self, found: Difference) -> Iterator[Load]:
        """Yield the loads of all interviews that were of the old dictionary: their documents, then their own."""
        touched = {record.interview_id for record in self._touched()}
        for record in self._of_the_old():
            changed = self._changed(record, found) if record.interview_id in touched else _Changed()
            own = {"fingerprint": fingerprint(self.new), **({"topics": changed.topics} if changed.lines else {})}
            commit = bulk.update(self.live.names.interviews, record.interview_id, own)
            yield Load(record.interview_id, changed.lines, commit)

    def _of_the_old(self) -> Iterator[Record]:
        """Yield the interviews that are wholly in and of the old dictionary: others wait for their file to be read."""
        known = fingerprint(self.old)
        for record in self.inside.records.values():
            if record.fingerprint == known and self.inside.whole(record):
                yield record

    def _touched(self) -> Iterator[Record]:
        """Yield those whose words may differ."""
        old, new = self.old.analyzer, self.new.analyzer
        every = old.segmenter.total != new.segmenter.total
        words = differing(old, new)
        holding = set() if every or not words else fetch.holding(self.client, self.live.names, words)
        for record in self._of_the_old():
            if record.turns and (every or record.interview_id in holding):
                yield record

    def _changed(self, record: Record, found: Difference) -> "_Changed":
        """Return what differs of one interview, counted into `found`."""
        before = fetch.read(self.client, self.live.names, record.interview_id)
        after = self._annotated(before)
        index_of = {"turns": self.live.names.turns, "passages": self.live.names.passages}
        lines: list[Line] = []
        turns = 0
        for kind, id_, document in documents.documents(after, self.new.analyzer, before.source):
            was = before.documents[kind, id_]
            if document == was:
                continue
            lines.append(bulk.put(index_of[kind], id_, document))
            if kind == "turns" and document.get("words") != was.get("words"):
                turns += 1
                self._show(id_, document["text"], found)
        found.turns += turns
        found.documents += len(lines)
        found.interviews += bool(lines)
        return _Changed(lines, list(dict.fromkeys(topic for turn in after.turns for topic in turn.topics)))

    def _annotated(self, before: Stored) -> Interview:
        """Return an interview with the topics and keywords of the new dictionary; those that were given stay.

        What the old dictionary does not give of itself was given by the transcript.
        """
        bare = replace(
            before.interview, turns=tuple(replace(turn, topics=(), keywords=()) for turn in before.interview.turns)
        )
        ours = self.old.topics.annotate(bare, self.old.analyzer)
        now = self.new.topics.annotate(bare, self.new.analyzer)
        turns = (
            replace(
                was,
                topics=then.topics if was.topics == first.topics else was.topics,
                keywords=then.keywords if was.keywords == first.keywords else was.keywords,
            )
            for was, first, then in zip(before.interview.turns, ours.turns, now.turns, strict=True)
        )
        return replace(before.interview, turns=tuple(turns))

    def _show(self, address: str, text: str, found: Difference) -> None:
        """Keep how a turn is cut before and after, if no other showed the same."""
        if len(found.examples) == EXAMPLES:
            return
        normal = self.old.analyzer.analyze(text).normal.text
        before, after = (one.analyzer.segmenter.words(normal) for one in (self.old, self.new))
        example = Recut(address, *first_difference(before, after))
        if all((one.before, one.after) != (example.before, example.after) for one in found.examples):
            found.examples.append(example)


@dataclass(frozen=True, slots=True)
class _Changed:
    """The lines that write what differs of an interview, and the topics of all its turns."""

    lines: list[Line] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
