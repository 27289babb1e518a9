"""The index run from end to end: discover files, plan, prepare, write, deduplicate, publish.

Each file passes through all stages by itself: between them, one interview and a few requests are held at a time,
however many files there are; but for new indices and an archive without topics, whose interviews are held until the
names of speakers are settled and topics are learned (`indexing.spool`). `indexing.files` plans what to do with each
interview, `indexing.run` does it, and `indexing.completion` what follows once everything is indexed. Files that have
not changed are known from the list that `indexing.file_list` keeps. `store.bulk` explains why a run may be killed at
any point and run again.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from indexer.elastic.connection import locked
from indexer.elastic.error_mapping import map_errors
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import ElasticError, UsageError
from indexer.executors import choice, dask_cluster
from indexer.indexing import fingerprint
from indexer.indexing.cluster_reader import choose_reader
from indexer.indexing.completion import Completion
from indexer.indexing.file_list import FileList, list_path
from indexer.indexing.file_reader import FileReader
from indexer.indexing.files import FilePlanner
from indexer.indexing.preload import preloading
from indexer.indexing.run import Run
from indexer.indexing.run_record import RunRecord
from indexer.indexing.spool import FindTopics, FoundTopics, held_duplicates, hold, released
from indexer.indexing.tally import Tally
from indexer.indexing.workers import Workers
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, sentences
from indexer.options import Callbacks, IndexOptions
from indexer.readers import discover
from indexer.readers.unread import find_unread
from indexer.report import IndexReport
from indexer.settings import Settings
from indexer.store import lock, rebuild, safeguards
from indexer.store.fetch import used_recordings
from indexer.store.writer import Writer

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

__all__ = ["Callbacks", "IndexOptions", "check", "index"]

_NO_CALLBACKS = Callbacks()


def check(options: IndexOptions) -> None:
    """Raise `UsageError` for options that cannot be carried out, before Elasticsearch is started for them.

    Raises `ClusterError` if nothing answers at the address of a Dask scheduler.
    """
    if not options.paths and not options.rebuild:
        raise UsageError(_("Name the folder or the files to index."), "fangtan index FOLDER")
    discover.check_paths(options.paths, allow_missing=options.prune)
    if options.on:
        dask_cluster.check(options.on)


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
    `ElasticError` and its subclasses, `ClusterError` for a Dask cluster that cannot be used.
    """
    started, tally = time.monotonic(), Tally()
    check(options)
    found = discover.Transcripts()
    if options.paths:
        found = discover.find_transcripts(options.paths, options.follow_links, callbacks.should_stop)
    knowledge = load_knowledge(settings)
    listed = list_path(settings.index)
    with (
        choice.opened(options.on, settings) as executor,
        _hint_to_rerun(tally),
        map_errors(settings),
        preloading(knowledge, is_new=bool(found.count) and not listed.exists()) as wait_for_tables,
        lock.held(client, settings) as heartbeat,
        FileList(listed) as files,
    ):

        def on_progress() -> None:
            callbacks.on_progress(tally.progress)
            heartbeat()

        def should_stop() -> bool:
            heartbeat()
            return callbacks.should_stop()

        writing = locked(client, heartbeat)
        can_lose = options.can_lose and bool(found.count)  # without a path, the files are known from the index alone
        meta, made_from = fingerprint.meta(knowledge), fingerprint.fingerprint(knowledge)
        known = RunRecord(client, files, f"{options.keep_duplicates} {settings.primaries}")
        target = rebuild.choose_target(
            writing, settings, meta, options.rebuild, can_lose, lambda names: known.is_settled(names, made_from)
        )
        wait_for_tables()
        with rebuild.publishing(client, settings, target) as publish, ExitStack() as stack:
            reader = stack.enter_context(FileReader(settings, should_stop))
            ahead = choose_reader(reader, executor, settings, should_stop)
            planner = FilePlanner(options, target, made_from, ahead, files, callbacks.should_stop, settings.primaries)
            others = planner.other_files(found)
            tally.begin(found.count + len(others), found.size + sum(file.size for file in others))
            plans = planner.plans(chain(found, others))
            learning = find_topics if not knowledge.topics.terms else None
            if learning or target.is_new:
                analyze = Workers(executor, knowledge, settings, heartbeat).analyze if learning else None
                spool = stack.enter_context(hold(plans, knowledge, tally, on_progress, analyze))
                primary_of = held_duplicates(spool, target, settings.primaries, options.keep_duplicates)
                if learning and spool.records and not planner.has_to_stop():
                    tally.begin_stage(gettext_noop("Finding topics"), on_progress)
                    spoken = spool.spoken(primary_of)
                    knowledge = _with_topics(knowledge, learning(target.names, spoken, heartbeat), tally)
                tally.begin_stage(gettext_noop("Loading"), on_progress)
                # stopped while reading, the run still writes what it has read, unless topics were to come of it, or it
                # is thrown away
                writes_on = planner.interrupted and not learning and not target.rebuilding
                has_to_stop = (lambda: False) if writes_on else planner.has_to_stop
                plans = released(spool, plans, knowledge, primary_of, has_to_stop)
            run = Run(Workers(executor, knowledge, settings, heartbeat), knowledge.speakers, tally, on_progress)
            run.carry_out(plans, Writer(writing, target.names, target.manifest))
            completion = Completion(
                writing, settings, options, target, knowledge, executor, tally, known, on_progress, planner.has_to_stop
            )
            if not planner.interrupted:
                completion.carry_out(run, reader, heartbeat)
            if target.rebuilding:
                safeguards.check_broken(target.before, tally.broken, tally.arrived)
            if not (target.rebuilding and planner.interrupted):
                heartbeat.confirm()
                publish(writing)
                completion.record()
        word = rebuild.frequent_word(client, settings)
    seconds = time.monotonic() - started
    report = tally.report(seconds, interrupted=planner.interrupted, rebuilt=target.rebuilding, word=word)

    def used(recordings: Sequence[str]) -> set[str]:
        with map_errors(settings):
            return used_recordings(client, settings, recordings)

    return replace(report, unread=find_unread(options.paths, options.follow_links, used))


def _with_topics(knowledge: Knowledge, found: FoundTopics | None, tally: Tally) -> Knowledge:
    """Return the knowledge with topics that were learned, which are counted."""
    if found is None:
        return knowledge
    tally.topics = found.sizes
    return found.knowledge


@contextmanager
def _hint_to_rerun(tally: Tally) -> Iterator[None]:
    """Add to an error of Elasticsearch in the middle of a run that running again does the rest."""
    try:
        yield
    except ElasticError as error:
        if tally.progress.files:
            again = _("Then run the same command again: what is indexed remains, and it does the rest.")
            error.next_step = sentences(error.next_step, again)
        raise
