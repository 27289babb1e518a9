"""What a run does once its files are read: link duplicates, give each person one name, and turns their vectors.

Where the archive was settled, and nothing was written since, there is nothing of it to do.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.enrich.enrich import Knowledge
from indexer.executors.executor import Executor
from indexer.indexing import deduplication, fingerprint
from indexer.indexing.file_reader import FileReader
from indexer.indexing.relabel import Relabel
from indexer.indexing.run import Run
from indexer.indexing.run_record import RunRecord
from indexer.indexing.tally import Tally
from indexer.language.messages import gettext_noop
from indexer.options import IndexOptions
from indexer.report import Embedded, SpeakersApplied
from indexer.settings import Settings
from indexer.store import indices, mapping
from indexer.store.manifest import IndexManifest, read_manifest
from indexer.store.rebuild import Target
from indexer.store.writer import Writer

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.embeddings.embedding_run import EmbeddingCallbacks, EmbeddingProgress


@dataclass
class Completion:
    """The end of a run: `carry_out`, publish what was written, then `record`."""

    client: "Elasticsearch"
    settings: Settings
    options: IndexOptions
    target: Target
    knowledge: Knowledge
    executor: Executor
    tally: Tally
    known: RunRecord
    on_progress: Callable[[], None]
    has_to_stop: Callable[[], bool]
    _final: IndexManifest | None = None

    def carry_out(self, run: Run, reader: FileReader, heartbeat: Callable[[], None]) -> None:
        """Link, relabel, embed."""
        is_settled = self.known.files.is_settled and not self.tally.settled
        if not is_settled:
            self._link(run, reader)
        self._relabel(heartbeat, is_settled)
        self.tally.add(self._embedded(heartbeat))

    def record(self) -> None:
        """Record that the archive is settled, if it is."""
        if self._final and not self.tally.renamed:
            self.known.keep(self.target.names, self._final, fingerprint.fingerprint(self.knowledge))

    def _link(self, run: Run, reader: FileReader) -> None:
        """Link the duplicates; the archive can be settled if they were linked already."""
        tally, target, manifest = self.tally, self.target, self.target.manifest
        if tally.settled:
            self.known.observe(target.names)
            if not target.rebuilding:  # which compares what arrived with what was there
                target.before.keep_primaries()
            manifest = read_manifest(self.client, target.names)
        tally.begin_stage(gettext_noop("Comparing"), self.on_progress)
        done = tally.settled + len(tally.failed)
        links = deduplication.find_links(manifest, target.before, self.options.keep_duplicates, self.settings.primaries)
        made_from = fingerprint.fingerprint(self.knowledge)
        plans = deduplication.plans(manifest, links, made_from, reader)
        run.carry_out(plans, Writer(self.client, target.names, manifest))
        if done == tally.settled + len(tally.failed) and not links.unreadable:
            self._final = manifest

    def _relabel(self, heartbeat: Callable[[], None], is_settled: bool) -> None:
        relabel = Relabel(self.client, self.target.names, self.knowledge)
        if is_settled and not relabel.is_pending:
            self.tally.add(SpeakersApplied(0, relabel.missing()))
        else:
            diff = relabel.carry_out(heartbeat)
            self.tally.add(SpeakersApplied(diff.renamed, diff.missing))

    def _embedded(self, heartbeat: Callable[[], None]) -> Embedded:
        """Give new turns their vectors, where the archive has them."""
        meta = indices.meta(self.client, mapping.names(self.settings).turns)
        if mapping.vector_info(meta) is None:
            return Embedded(0)
        from indexer.embeddings import turn_vectors  # a tenth of what a small run imports

        callbacks = self._embedding_callbacks()
        kept = turn_vectors.keep_up(self.client, self.settings, self.target.names, heartbeat, callbacks, self.executor)
        return Embedded(kept.report.written if kept.report else 0, kept.problem)

    def _embedding_callbacks(self) -> "EmbeddingCallbacks":
        """Return the callbacks that make embedding a stage of the run."""
        from indexer.embeddings.embedding_run import EmbeddingCallbacks

        tally = self.tally

        def embedded(progress: "EmbeddingProgress") -> None:
            stage = gettext_noop("Embedding")
            tally.progress = replace(
                tally.progress, stage=stage, embedded=progress.turns, of_embedded=progress.of_turns
            )
            self.on_progress()

        return EmbeddingCallbacks(embedded, self.has_to_stop, lambda step, _: tally.begin_stage(step, self.on_progress))
