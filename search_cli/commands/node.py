"""`fangtan node`: the embedded Elasticsearch, which runs in the background."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.node.paths import NodePaths
    from indexer.elastic.node.state import State
    from indexer.elastic.server_info import DiskUsage, ServerInfo

node = typer.Typer(help="Start, stop and inspect the embedded Elasticsearch.", no_args_is_help=True)

# As `systemctl status`: 0 if it runs, 3 if it does not.
_NOT_RUNNING = 3

Count = Annotated[int, typer.Option("--lines", "-n", min=0, help="Number of last lines.")]
Token = Annotated[
    bool | None,
    typer.Option(
        "--token/--no-token", help="Require a token of each request, from now on, or none.", show_default=False
    ),
]
Header = Annotated[bool, typer.Option("--header", help="Print only the header that other programs must send.")]
Check = Annotated[bool, typer.Option("--check", help="Read the files of all indices, whether one is damaged.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Follow new lines until Ctrl-C.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan node start`, `stop`, `status`, `logs` and `reset`."""
    app.add_typer(node, name="node", rich_help_panel="Manage")


@node.command()
def start(token: Token = None) -> None:
    """Start Elasticsearch in the background; it runs until it is stopped, or the machine is shut down.

    Commands that need it start it themselves. FANGTAN_NODE_PORT and FANGTAN_NODE_HEAP set its port and memory.
    Only programs on this machine reach it, and no web page does. Where other people use the same machine, --token
    makes it ask for a token, which fangtan sends itself: fangtan node status --header.

    Example: fangtan node start
    """
    from indexer.elastic.node import manager, state
    from indexer.elastic.node.paths import node_paths
    from search_cli.commands.context import StartProgress

    settings = _settings()
    paths = node_paths(settings)
    already = state.running(paths) is not None
    if token is not None and _set_token(paths, token) and already:
        manager.stop(settings)  # it reads the token when it starts
        already = False
    with StartProgress("Stop it with: fangtan node stop") as progress:
        running = manager.start(settings, progress)
    typer.echo(f"Elasticsearch {'already runs' if already else 'runs'} at {running.url}, process {running.pid}.")
    _warn_of_cluster()


@node.command()
def stop() -> None:
    """Stop Elasticsearch and wait until it has ended; the index is kept.

    Example: fangtan node stop
    """
    from indexer.elastic.node import manager

    typer.echo("Elasticsearch is stopped." if manager.stop(_settings()) else "Elasticsearch was not running.")


@node.command()
def status(header: Header = False, check: Check = False) -> None:
    """Show the address of Elasticsearch, its version, memory, disk and indices.

    Exit code 3 if it does not run, or an index is damaged.

    Example: fangtan node status
    """
    from indexer.elastic import damage
    from indexer.elastic.connection import connect, map_errors
    from indexer.elastic.node import state
    from indexer.elastic.node.paths import node_paths
    from indexer.elastic.server_info import disk_usage, server_info

    settings = _settings()
    paths = node_paths(settings)
    if header:
        typer.echo(_header(paths))
        return
    running = state.running(paths)
    if running is None:
        typer.echo(_not_running(state.read(paths), state.stray(paths) is not None))
        raise typer.Exit(_NOT_RUNNING)
    with connect(settings) as client, map_errors(settings):
        info, disk = server_info(client, running.url, embedded=True), disk_usage(client)
        damaged = damage.explain(client, files=check)
    _print(running, info, disk, paths)
    _warn_of_cluster()
    if damaged is not None:
        raise damaged


@node.command()
def logs(lines: Count = 50, follow: Follow = False) -> None:
    """Print the last lines of Elasticsearch's log, and the output of its process.

    Example: fangtan node logs -n 20 --follow
    """
    from indexer.elastic.node import logs as log
    from indexer.elastic.node.paths import node_paths
    from indexer.errors import NodeError
    from indexer.text.printable import plain

    paths = node_paths(_settings())
    if not paths.log.exists() and not paths.console.exists():
        raise NodeError("There is no log: Elasticsearch has not run yet.", "fangtan node start")
    end = log.size(paths)
    for line in log.last_lines(paths, lines, end):
        typer.echo(plain(line))
    if follow:
        with suppress(KeyboardInterrupt):  # the usual way to end it
            for line in log.follow(paths, end):
                typer.echo(plain(line))


@node.command()
def reset(yes: Yes = False) -> None:
    """Put the data of Elasticsearch aside and start it empty: for data that are damaged. Asks first.

    All indices are gone then, and metadata given with fangtan index --meta.
    Transcripts, and what you wrote in topics.toml, speakers.toml, words.txt and
    synonyms.txt, stay as they are; so do backups.

    Example: fangtan node reset
    """
    from indexer.elastic.node import manager
    from indexer.elastic.node.paths import node_paths
    from search_cli.commands.context import StartProgress
    from search_cli.commands.topics import confirmed
    from search_cli.rendering.terminal.humanize import size

    settings = _settings()
    data = node_paths(settings).data
    held = size(sum(file.stat().st_size for file in data.rglob("*") if file.is_file()))
    if not yes:
        typer.echo(f"Lost   all indices in {data} ({held}), and metadata given with fangtan index --meta")
        typer.echo("Kept   transcripts and their corrections, topics, speakers, words, synonyms, backups")
        if not confirmed("Put the data aside, and start an empty Elasticsearch?"):
            return
    aside = manager.reset(settings)
    with StartProgress() as progress:
        running = manager.start(settings, progress)
    typer.echo(f"Elasticsearch runs at {running.url}, process {running.pid}, without any index.")
    if aside is not None:
        typer.echo(f"The old data ({held}) lie in {aside}: delete them when you need them no more.")
    typer.echo("Next: fangtan index PATH, or fangtan restore DIR")
    _warn_of_cluster()


def _settings() -> Settings:
    """Return the settings without the cluster that other commands use."""
    from indexer import settings

    return replace(settings.load(), url="")


def _warn_of_cluster() -> None:
    """Print a note if other commands use a cluster."""
    from indexer import settings

    if urls := settings.load().urls:
        typer.echo(f"Other commands use {', '.join(urls)}, because ELASTICSEARCH_URL is set.", err=True)


def _not_running(last: "State | None", stray: bool) -> str:
    """Describe why no node answers."""
    if last is not None and last.phase == "failed":
        return f"Elasticsearch does not run: {last.message}\nTry: {last.next_step}"
    if stray and last is not None and last.phase == "starting":
        return f"Elasticsearch is starting, process {last.pid}."
    if stray:
        return "Elasticsearch runs, but its port is unknown.\nTry: fangtan node stop"
    return "Elasticsearch does not run.\nTry: fangtan node start"


def _set_token(paths: "NodePaths", required: bool) -> bool:
    """Require a token or none; return whether that is a change."""
    from indexer.elastic.node import token

    before = bool(token.read(paths))
    if required:
        token.make(paths)
    else:
        token.forget(paths)
    return before != required


def _header(paths: "NodePaths") -> str:
    """Return the header with the token; raise `UsageError` if none is required."""
    from indexer.elastic.node import token
    from indexer.errors import UsageError

    key = token.read(paths)
    if not key:
        raise UsageError("This Elasticsearch requires no token.", "fangtan node start --token")
    return f"Authorization: ApiKey {key}"


def _print(running: "State", info: "ServerInfo", disk: "DiskUsage", paths: "NodePaths") -> None:
    """Print the status of the node."""
    from indexer.elastic.node import token
    from search_cli.rendering.terminal.humanize import count, size, span

    heap = round(100 * info.heap_used / info.heap_size)
    typer.echo(f"Elasticsearch  {info.version}, embedded, {info.url}, process {running.pid}, up {span(info.uptime)}")
    who = "who has the token (fangtan node status --header)" if token.read(paths) else "every program on this machine"
    typer.echo(f"Serves         {who}, no web page")
    typer.echo(f"Heap           {running.heap}, {heap} % used")
    typer.echo(f"Disk           {size(disk.used)} in {paths.data}, {size(disk.free)} free")
    label = "Indices"
    for index in disk.indices:
        typer.echo(f"{label:<14} {index.name}  {count(index.documents, 'document')}, {size(index.size)}")
        label = ""
    if not disk.indices:
        typer.echo(f"{label:<14} none yet: fangtan index PATH")
