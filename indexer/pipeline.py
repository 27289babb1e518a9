"""The index run from end to end: discover files, plan, prepare, write, deduplicate, publish.

Each file passes through all stages by itself: between them, one interview and a few requests are held at a time,
however many files there are; but for an archive without topics, whose interviews are held until topics are learned
from them (`indexing.spool`). `indexing.files` plans what to do with each interview, `indexing.run` does it, and
`indexing.deduplication` makes the plans that follow once everything is indexed; `indexing.relabel` then gives each
speaker one name, and `embeddings.turn_vectors` gives new turns their vectors, where an archive has them. `store.bulk`
explains why a run may be killed at any point and run again.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.elastic.connection import locked
from indexer.elastic.error_mapping import map_errors
from indexer.embeddings import turn_vectors
from indexer.embeddings.turn_vectors import EmbeddingCallbacks, EmbeddingProgress
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import ElasticError, UsageError
from indexer.indexing import deduplication, fingerprint
from indexer.indexing.file_reader import FileReader
from indexer.indexing.files import FilePlanner
from indexer.indexing.relabel import Relabel
from indexer.indexing.run import Run
from indexer.indexing.spool import FindTopics, FoundTopics, hold, released, spoken_primaries
from indexer.indexing.tally import Tally
from indexer.indexing.workers import Workers
from indexer.options import Callbacks, IndexOptions
from indexer.readers import discover
from indexer.readers.unread import find_unread
from indexer.report import Embedded, IndexReport, SpeakersApplied
from indexer.settings import Settings
from indexer.store import lock, rebuild, safeguards
from indexer.store.manifest import read_manifest
from indexer.store.writer import Writer

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

__all__ = ["Callbacks", "IndexOptions", "check", "index"]

_NO_CALLBACKS = Callbacks()


def check(options: IndexOptions) -> None:
    """Raise `UsageError` for options that cannot be carried out, before Elasticsearch is started for them."""
    if not options.paths and not options.rebuild:
        raise UsageError("Name the folder or the files to index.", "fangtan index FOLDER")
    discover.check_paths(options.paths, allow_missing=options.prune)


def index(
    options: IndexOptions,
    settings: Settings,
    client: "Elasticsearch",
    callbacks: Callbacks = _NO_CALLBACKS,
    find_topics: FindTopics | None = None,
) -> IndexReport:
    """Bring the archive up to date with the files below the paths, and return a report.

    An archive without topics gets them from `find_topics`, if the run loads interviews.

    A stopped run ends cleanly: what was loaded is indexed, and running it again does the rest; a rebuild that is
    stopped leaves the archive as it was. Raises `UsageError`, `ReadingError` if a rebuild would lose interviews, and
    `ElasticError` and its subclasses.
    """
    started, tally = time.monotonic(), Tally()
    check(options)
    found = discover.find_transcripts(options.paths, options.follow_links) if options.paths else ()
    knowledge = load_knowledge(settings)
    with _hint_to_rerun(tally), map_errors(settings), lock.held(client, settings) as heartbeat:

        def on_progress() -> None:
            callbacks.on_progress(tally.progress)
            heartbeat()

        def should_stop() -> bool:
            heartbeat()
            return callbacks.should_stop()

        writing = locked(client, heartbeat)
        can_lose = options.can_lose and bool(found)  # without a path, the files are known from the index alone
        meta = fingerprint.meta(knowledge)
        target = rebuild.choose_target(writing, settings, meta, options.rebuild, can_lose)
        made_from = fingerprint.fingerprint(knowledge)
        with rebuild.publishing(client, settings, target) as publish, ExitStack() as stack:
            reader = stack.enter_context(FileReader(settings, should_stop))
            planner = FilePlanner(options, target, made_from, reader, callbacks.should_stop, settings.primaries)
            files = planner.files_to_read(found)
            tally.begin(len(files), sum(file.size for file in files))
            plans = planner.plans(files)
            if find_topics is not None and not knowledge.topics.terms:
                spool = stack.enter_context(hold(plans, knowledge, tally, on_progress))
                if spool.records and not planner.has_to_stop():
                    tally.begin_stage("Finding topics", on_progress)
                    spoken = spoken_primaries(spool, target, settings.primaries, options.keep_duplicates)
                    knowledge = _learned(find_topics(target.names, spoken, heartbeat), tally) or knowledge
                tally.begin_stage("Loading", on_progress)
                plans = released(spool, plans, knowledge, planner.has_to_stop)
            workers = stack.enter_context(Workers(settings, knowledge))
            run = Run(workers, knowledge.speakers, tally, on_progress)
            run.carry_out(plans, Writer(writing, target.names, target.manifest))
            if not planner.interrupted:
                manifest = read_manifest(client, target.names) if tally.settled else target.manifest
                made_from = fingerprint.fingerprint(knowledge)
                plans = deduplication.plans(
                    manifest, target.before, made_from, reader, options.keep_duplicates, settings.primaries
                )
                run.carry_out(plans, Writer(writing, target.names, manifest))
                diff = Relabel(writing, target.names, knowledge).carry_out(heartbeat)
                tally.add(SpeakersApplied(diff.renamed, diff.missing))
                watching = _embedding_callbacks(tally, on_progress, planner.has_to_stop)
                kept = turn_vectors.keep_up(writing, settings, target.names, heartbeat, watching)
                tally.add(Embedded(kept.report.written if kept.report else 0, kept.problem))
            if target.rebuilding:
                safeguards.check_broken(target.before, tally.broken, tally.arrived)
            if not (target.rebuilding and planner.interrupted):
                heartbeat.confirm()
                publish()
        word = rebuild.frequent_word(client, settings)
    seconds = time.monotonic() - started
    report = tally.report(seconds, interrupted=planner.interrupted, rebuilt=target.rebuilding, word=word)
    return replace(report, unread=find_unread(options.paths, options.follow_links))


def _learned(found: FoundTopics | None, tally: Tally) -> Knowledge | None:
    """Count topics that were learned, and return the knowledge with them."""
    if found is None:
        return None
    tally.topics = found.sizes
    return found.knowledge


def _embedding_callbacks(
    tally: Tally, on_progress: Callable[[], None], should_stop: Callable[[], bool]
) -> EmbeddingCallbacks:
    """Return the callbacks that make embedding a stage of the run."""

    def embedded(progress: EmbeddingProgress) -> None:
        tally.progress = replace(
            tally.progress, stage="Embedding", embedded=progress.turns, of_embedded=progress.of_turns
        )
        on_progress()

    return EmbeddingCallbacks(embedded, should_stop, lambda step, _: tally.begin_stage(step, on_progress))


@contextmanager
def _hint_to_rerun(tally: Tally) -> Iterator[None]:
    """Add to an error of Elasticsearch in the middle of a run that running again does the rest."""
    try:
        yield
    except ElasticError as error:
        if tally.progress.files:
            error.next_step += " Then run the same command again: what is indexed remains, and it does the rest."
        raise
