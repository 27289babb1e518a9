"""The stages in order: paths, read, parsed, annotated, loaded, `IndexReport`.

Each file goes through on its own; what waits between the stages is one interview and a few requests, however many files
there are. `loading.bulk` says why a run may be stopped anywhere and run again. `run` takes the files one after another,
`filing` makes of an interview what is written, `joining` ends with what is the same interview twice.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.elastic.error_mapping import map_errors
from indexer.enrich.enrich import load_knowledge
from indexer.errors import ElasticError, UsageError
from indexer.indexing import fingerprint
from indexer.indexing.deduplication import joined
from indexer.indexing.interviews import Filing
from indexer.indexing.run import Run
from indexer.indexing.workers import Workers, in_order
from indexer.options import Order, Watch
from indexer.readers import discover
from indexer.report import IndexReport, Tally
from indexer.settings import Settings
from indexer.store import bulk, lock, rebuild
from indexer.store.writer import Writer

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

__all__ = ["Order", "Watch", "check", "index"]

_NOBODY = Watch()


def check(order: Order) -> None:
    """Raise `UsageError` for an order that cannot be carried out, before anything is started for it."""
    if not order.paths and not order.rebuild:
        raise UsageError("Name the folder or the files to index.", "fangtan index FOLDER")
    discover.check_paths(order.paths, allow_missing=order.prune)


def index(order: Order, settings: Settings, client: "Elasticsearch", watch: Watch = _NOBODY) -> IndexReport:
    """Bring the archive up to date with the files below the paths, and return what was done.

    A run that is stopped ends in order: what was loaded is in, and running it again does the rest; a rebuild that is
    stopped leaves the archive as it was. Raises `UsageError`, `ReadingError` where a rebuild would lose interviews, and
    `ElasticError` and its kinds.
    """
    began, tally = time.monotonic(), Tally()
    check(order)
    files = discover.find_transcripts(order.paths) if order.paths else ()
    knowledge = load_knowledge(settings)
    with _going_on(tally), map_errors(settings), lock.held(client, settings) as alive:
        place = rebuild.choose(client, settings, fingerprint.meta(knowledge), order.rebuild)
        writer = Writer(client, place.names, place.inside)
        with rebuild.finishing(client, settings, place) as publish, Workers(settings, knowledge) as workers:
            made_by, comparing = fingerprint.fingerprint(knowledge), not order.keep_duplicates
            filing = Filing(knowledge.speakers, workers, writer, tally, made_by, place.before, comparing)
            run = Run(order, place, filing, watch)
            for step in (run.loads(run.worklist(files)), joined(filing)):
                for loaded in bulk.load(client, in_order(step, workers.ahead)):
                    tally.settle(loaded.interview_id, loaded.refused)
                    watch.told(tally.progress)
                    alive()
            if run.settled():
                publish()
        word = rebuild.frequent_word(client, settings)
    return tally.report(time.monotonic() - began, place.rebuilding, word)


@contextmanager
def _going_on(tally: Tally) -> Iterator[None]:
    """Tell, if Elasticsearch fails in the middle of a run, that running again does the rest."""
    try:
        yield
    except ElasticError as error:
        if tally.progress.files:
            error.next_step += " Then run the same command again: what is in stays, and it does the rest."
        raise
