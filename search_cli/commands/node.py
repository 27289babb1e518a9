"""`fangtan node`: the Elasticsearch that fangtan runs itself, in the background."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.node.state import State
    from indexer.elastic.node.stats import Report

node = typer.Typer(help="Start, stop and look at the Elasticsearch that fangtan runs itself.", no_args_is_help=True)

# What scripts know from services: 0 it runs, 3 it does not.
_NOT_RUNNING = 3

Count = Annotated[int, typer.Option("--lines", "-n", min=0, help="How many of the last lines.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Go on with what comes, until Ctrl-C.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan node start`, `stop`, `status` and `logs`."""
    app.add_typer(node, name="node", rich_help_panel="Run")


@node.command()
def start() -> None:
    """Start Elasticsearch in the background; it stays until it is stopped, or the machine is.

    Commands that need it do this by themselves. FANGTAN_NODE_PORT and FANGTAN_NODE_HEAP set its port and memory.

    Example: fangtan node start
    """
    from indexer.elastic.node import manager, state
    from indexer.elastic.node.paths import places
    from search_cli.commands.connecting import Waiting

    settings = _settings()
    already = state.running(places(settings)) is not None
    with Waiting("It stays until: fangtan node stop") as waiting:
        found = manager.start(settings, waiting)
    typer.echo(f"Elasticsearch {'runs already' if already else 'runs'} at {found.url}, process {found.pid}.")
    _tell_of_cluster()


@node.command()
def stop() -> None:
    """Close Elasticsearch and wait until it is gone; what is indexed stays.

    Example: fangtan node stop
    """
    from indexer.elastic.node import manager

    typer.echo("Elasticsearch is stopped." if manager.stop(_settings()) else "Elasticsearch did not run.")


@node.command()
def status() -> None:
    """Show where Elasticsearch answers, its version, memory, disk and indices. Exit code 3 if it does not run.

    Example: fangtan node status
    """
    from indexer.elastic.connection import connect, translating
    from indexer.elastic.node import state
    from indexer.elastic.node.paths import places
    from indexer.elastic.node.stats import report

    settings = _settings()
    where = places(settings)
    found = state.running(where)
    if found is None:
        typer.echo(_not_running(state.read(where), state.stray(where) is not None))
        raise typer.Exit(_NOT_RUNNING)
    with connect(settings) as client, translating(settings):
        said = report(client)
    _print(found, said, str(where.data))
    _tell_of_cluster()


@node.command()
def logs(lines: Count = 50, follow: Follow = False) -> None:
    """Print the last lines of Elasticsearch's log, and what its process printed itself.

    Example: fangtan node logs -n 20 --follow
    """
    from indexer.elastic.node import logs as log
    from indexer.elastic.node.paths import places
    from indexer.errors import NodeError
    from indexer.text.printable import plain

    where = places(_settings())
    if not where.log.exists() and not where.console.exists():
        raise NodeError("There is no log: Elasticsearch has not run yet.", "fangtan node start")
    now = log.now(where)
    for line in log.last_lines(where, lines, now):
        typer.echo(plain(line))
    if follow:
        with suppress(KeyboardInterrupt):  # the way it ends
            for line in log.follow(where, now):
                typer.echo(plain(line))


def _settings() -> Settings:
    """Return the settings, without the cluster that other commands may ask."""
    from indexer import settings

    return replace(settings.load(), url="")


def _tell_of_cluster() -> None:
    """Say, if it is so, that other commands ask another Elasticsearch."""
    from indexer import settings

    if url := settings.load().url:
        typer.echo(f"Other commands ask {url}, because ELASTICSEARCH_URL is set.", err=True)


def _not_running(last: "State | None", stray: bool) -> str:
    """Return what to say of a node that does not answer."""
    if last is not None and last.phase == "failed":
        return f"Elasticsearch does not run: {last.message}\nTry: {last.next_step}"
    if stray and last is not None and last.phase == "starting":
        return f"Elasticsearch is starting, process {last.pid}."
    if stray:
        return "Elasticsearch runs, but nobody knows where it answers.\nTry: fangtan node stop"
    return "Elasticsearch does not run.\nTry: fangtan node start"


def _print(found: "State", said: "Report", data: str) -> None:
    """Print one node, a line a subject."""
    heap = round(100 * said.heap_used / said.heap_size)
    typer.echo(f"Elasticsearch  {said.version}, embedded, {found.url}, process {found.pid}, up {_span(said.uptime)}")
    typer.echo(f"Heap           {found.heap}, {heap} % used")
    typer.echo(f"Disk           {_size(said.disk_used)} in {data}, {_size(said.disk_free)} free")
    label = "Indices"
    for index in said.indices:
        documents = f"{index.documents:,} document{'' if index.documents == 1 else 's'}"
        typer.echo(f"{label:<14} {index.name}  {documents}, {_size(index.size)}")
        label = ""
    if not said.indices:
        typer.echo(f"{label:<14} none yet: fangtan index PATH")


def _span(seconds: float) -> str:
    """Return a time as people say it: 40 s, 12 min, 3 h, 5 days."""
    for size, unit in ((86400 * 2, "days"), (3600 * 2, "h"), (120, "min")):
        if seconds >= size:
            return f"{int(seconds * 2 // size)} {unit}"
    return f"{int(seconds)} s"


def _size(count: float) -> str:
    """Return a number of bytes as people say it: 310 KB, 1.2 MB, 78 GB."""
    for unit in ("bytes", "KB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if count >= 10 or unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1024
    return f"{count:.0f} GB" if count >= 10 else f"{count:.1f} GB"
