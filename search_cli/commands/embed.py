"""`fangtan embed`: vectors of the turns, by which search finds what is near in meaning."""

from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from search_cli.commands import command_options as options
from search_cli.commands.output import emit, output_form

if TYPE_CHECKING:
    from indexer.embeddings.embedding_run import EmbeddingReport
    from indexer.settings import Settings

Drop = Annotated[bool, typer.Option("--drop", help="Remove the vectors from the archive and from this machine.")]
Query = Annotated[
    str, typer.Option("--query", metavar="TEXT", help="Print the vector of a question as JSON; change nothing.")
]
On = Annotated[
    str, typer.Option("--on", metavar="ADDRESS", help="Have a Dask cluster make the vectors: tcp://HOST:8786")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan embed`."""
    app.command(rich_help_panel="Index")(embed)


def embed(drop: Drop = False, query: Query = "", on: On = "", json: options.Json = False) -> None:
    r"""Give every turn a vector, so that search also finds what is said in other words.

    Only turns that have none are embedded: run it again to complete a run that
    was stopped or killed. Once an archive has vectors, fangtan index, watch,
    dict and topics keep them up to date.

    The model, bge-small-zh-v1.5, runs on this machine and is fetched once (16
    MB). FANGTAN_MODEL names the folder of another one; its vectors replace
    those of the first.

    Needs: pip install 'fangtan\[meaning]'

    Examples:
      fangtan embed
      fangtan embed --query 涨房租的事怎么说
    """
    from indexer import settings as environment

    if drop and query:
        raise UsageError(_("--drop and --query cannot be combined."), _("Choose one of them."))
    if on and (drop or query):
        raise UsageError(_("--on is for making vectors, without --drop and --query."), _("Leave it out."))
    settings = environment.load()
    if query:
        _print_vector(settings, query)
    elif drop:
        _drop(settings, json)
    else:
        _embed(settings, on, json)


def _embed(settings: "Settings", on: str, json: bool) -> None:
    """Embed with a progress bar; the first signal ends the run in order."""
    report, stopped = _run(settings, on)
    _print(report, json)
    if report.interrupted:
        raise typer.Exit(stopped)


def _run(settings: "Settings", on: str) -> tuple["EmbeddingReport", int]:
    from indexer.embeddings import turn_vectors
    from indexer.executors import choice
    from search_cli.commands.context import StartProgress, connected
    from search_cli.commands.stop_signals import stop_request
    from search_cli.rendering.pages.embedding_progress import progress_bar

    with choice.cluster(on) as executor, connected(settings) as client:
        with StartProgress() as on_wait:
            model = turn_vectors.find_model(settings, on_wait)
        with progress_bar() as on_progress, stop_request(_("Stopping after these turns")) as stop:
            callbacks = turn_vectors.EmbeddingCallbacks(on_progress, stop.is_set)
            return turn_vectors.embed(client, settings, model, callbacks, executor), stop.exit_code


def _print(report: "EmbeddingReport", json: bool) -> None:
    from dataclasses import asdict

    from search_cli.rendering.pages.embedding_progress import report_lines

    emit(
        output_form(json=json),
        screen=lambda width: report_lines(report, width),
        json=lambda: asdict(report),
    )


def _drop(settings: "Settings", json: bool) -> None:
    """Remove the vectors, and print how many turns had one."""
    from indexer.embeddings import turn_vectors
    from search_cli.commands.context import connected
    from search_cli.rendering.pages.embedding_progress import dropped_lines

    with connected(settings) as client:
        turns = turn_vectors.drop(client, settings)
    emit(output_form(json=json), screen=lambda width: dropped_lines(turns, width), json=lambda: {"dropped": turns})


def _print_vector(settings: "Settings", query: str) -> None:
    """Print the vector of a question, and the field of turns that it can be compared with."""
    from indexer.embeddings.encoder import Encoder
    from indexer.embeddings.model_files import find_model
    from indexer.store.mapping import vector_field
    from search_cli.commands.context import StartProgress

    with StartProgress() as on_wait:
        model = find_model(settings, on_wait)
    vector = [round(float(number), 6) for number in Encoder(model).query(query)]
    found = {"model": model.name, "field": vector_field(model.fingerprint), "vector": vector}
    emit(output_form(json=True), screen=lambda width: [], json=lambda: found)
