"""Connect commands to the archive, and show the progress of starting Elasticsearch."""

import sys
import time
from typing import TYPE_CHECKING

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, sentences

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch
    from rich.status import Status

    from indexer.settings import Settings
    from search_cli.archive import Archive
    from search_cli.query.request import Filters

_SHOWN_FAULTS = 3
_RUNS_ON = gettext_noop("It keeps running until: fangtan node stop")


def archive(filters: "Filters | None" = None, query: str = "") -> "Archive":
    """Open the archive; the embedded Elasticsearch is started if it is needed and does not run.

    `filters` and `query` are those of the search that follows: faults of synonyms.txt are printed if it uses synonyms,
    and how to write OR if it has a word `or`.
    """
    from indexer import settings as environment
    from indexer.elastic.connection import light_reader
    from search_cli.archive import Archive

    if query:
        _print_operator(query)
    settings = environment.load()
    synonyms = (filters or {}).get("synonyms")
    if settings.synonyms if synonyms is None else synonyms:
        _print_synonym_faults(settings)
    with StartProgress(_(_RUNS_ON)) as progress:
        reader = light_reader(settings, progress)
    return Archive(settings, reader=reader) if reader else Archive(settings, connected(settings))


def _print_operator(query: str) -> None:
    """Print on standard error that `or` is a word, and how alternatives are written."""
    from indexer.errors import QueryError
    from search_cli.commands.output import are_hints_on
    from search_cli.query.parser import with_operators

    try:
        meant = with_operators(query)
    except QueryError:
        return  # the search says what is wrong with it
    if meant and are_hints_on(True):
        from search_cli.rendering.terminal.error_lines import print_note

        step = _("Write OR between alternatives: {query}").format(query=meant)
        print_note(_("“or” is searched for as a word."), step)


def _print_synonym_faults(settings: "Settings") -> None:
    """Print the first invalid lines of synonyms.txt on standard error; the search goes on without them."""
    from search_cli.query import synonyms

    faults = synonyms.load(settings.data_file(synonyms.FILE)).faults
    if faults:
        from search_cli.rendering.terminal.error_lines import print_note

        for fault in faults[:_SHOWN_FAULTS]:
            print_note(fault.message, fault.next_step)


def address(settings: "Settings") -> str:
    """Return the URL of Elasticsearch, of several one that answers, "" if it does not run."""
    if settings.url:
        from indexer.elastic.cluster_addresses import answering

        return answering(settings)
    from indexer.elastic.node import manager

    running = manager.answering(settings)
    return running[0].url if running else ""


def connected(settings: "Settings") -> "Elasticsearch":
    """Return a client; start the embedded node if it is needed and does not run, with progress on standard error."""
    from indexer.elastic.connection import connect

    with StartProgress(_(_RUNS_ON)) as progress:
        return connect(settings, progress)


class StartProgress:
    """Progress of a slow start: a spinner on a terminal, one plain line elsewhere; nothing if there are no steps.

    A context manager, called with each step. `note` is printed at the end.
    """

    def __init__(self, note: str = "") -> None:
        self._note = note
        self._spinner: Status | None = None
        self._began = 0.0
        self._step = ""

    def __enter__(self) -> "StartProgress":
        return self

    def __call__(self, step: str, detail: str = "") -> None:
        """Show a step and, on a terminal, its detail."""
        self._began = self._began or time.monotonic()
        if sys.stderr.isatty():
            self._spin(_("{step} ({detail})").format(step=step, detail=detail) if detail else step)
        elif step != self._step:
            sys.stderr.write(f"{step} … ")
            sys.stderr.flush()
        self._step = step

    def __exit__(self, kind: type[BaseException] | None, *details: object) -> None:
        if not self._began:
            return
        if self._spinner is not None:
            self._spinner.stop()
        if kind is None:
            took = _("{seconds} s.") if self._spinner is None else _("Elasticsearch started in {seconds} s.")
            took = took.format(seconds=f"{time.monotonic() - self._began:.1f}")
            sys.stderr.write(f"{sentences(took, self._note)}\n")
        elif self._spinner is None:
            sys.stderr.write("\n")  # the error begins a line of its own

    def _spin(self, step: str) -> None:
        """Show a step on the terminal."""
        from search_cli.rendering.terminal.console import err

        if self._spinner is None:
            self._spinner = err().status(step)
            self._spinner.start()
        self._spinner.update(step)
