"""`fangtan node`: the embedded Elasticsearch, which runs in the background."""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.elastic.node.paths import NodePaths
    from indexer.elastic.node.state import State

node = typer.Typer(help="Start, stop and inspect the embedded Elasticsearch.", no_args_is_help=True)

# As `systemctl status`: 0 if it runs, 3 if it does not.
_NOT_RUNNING = 3

_RUNS = (
    gettext_noop("Elasticsearch runs at {url}, process {pid}."),
    gettext_noop("Elasticsearch runs on {number} nodes: {nodes}."),
)
_ALREADY = (
    gettext_noop("Elasticsearch already runs at {url}, process {pid}."),
    gettext_noop("Elasticsearch already runs on {number} nodes: {nodes}."),
)
_EMPTY = (
    gettext_noop("Elasticsearch runs at {url}, process {pid}, without any index."),
    gettext_noop("Elasticsearch runs on {number} nodes: {nodes}, without any index."),
)

Count = Annotated[int, typer.Option("--lines", "-n", min=0, help="Number of last lines.")]
Token = Annotated[
    bool | None,
    typer.Option(
        "--token/--no-token", help="Require a token of each request, from now on, or none.", show_default=False
    ),
]
Nodes = Annotated[
    int | None,
    typer.Option("--nodes", help="One node, or 3 that share the indices, from now on.", show_default=False),
]
Node = Annotated[int, typer.Option("--node", min=1, help="Which of several nodes.")]
Header = Annotated[bool, typer.Option("--header", help="Print only the header that other programs must send.")]
Check = Annotated[bool, typer.Option("--check", help="Read the files of all indices, whether one is damaged.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="Follow new lines until Ctrl-C.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan node start`, `stop`, `status`, `logs` and `reset`."""
    app.add_typer(node, name="node", rich_help_panel="Manage")


@node.command()
def start(nodes: Nodes = None, token: Token = None) -> None:
    """Start Elasticsearch in the background; it runs until it is stopped, or the machine is shut down.

    Commands that need it start it themselves. FANGTAN_NODE_PORT and FANGTAN_NODE_HEAP set its port and memory.
    Only programs on this machine reach it, and no web page does. Where other people use the same machine, --token
    makes it ask for a token, which fangtan sends itself: fangtan node status --header.

    --nodes 3 makes it a cluster of three on this machine, to try one: FANGTAN_NODE_HEAP is shared
    among them, and searching and indexing go on when one is lost. A node that is missing is started
    by the same command. --nodes 1 moves everything back to one.

    Examples:
      fangtan node start
      fangtan node start --nodes 3
    """
    from indexer.elastic import cluster_size
    from indexer.elastic.node import manager
    from indexer.elastic.node.paths import node_paths
    from search_cli.commands.context import StartProgress

    _check_number(nodes)
    settings = _settings()
    paths = node_paths(settings)
    before = manager.running(paths.members())
    members, had_data = len(paths.members()), paths.data.exists()
    if token is not None and _set_token(paths, token) and before:
        manager.stop(settings)  # it reads the token when it starts
    with StartProgress(_("Stop it with: fangtan node stop")) as progress:
        running = cluster_size.resize(settings, nodes or members, progress)
    typer.echo(_at(running, _ALREADY if running == before else _RUNS))
    if len(running) > members:
        typer.echo(_("Between them they accept nobody else, on this machine alone."))
        if had_data:
            typer.echo(_("Indices made before get a copy on a second node; to spread them over all three:"))
            typer.echo(f"{_('Try: ')}FANGTAN_SHARDS=3 fangtan index PATH --rebuild")
    _warn_of_cluster()


@node.command()
def stop() -> None:
    """Stop Elasticsearch and wait until it has ended; the index is kept.

    Example: fangtan node stop
    """
    from indexer.elastic.node import manager

    stopped = manager.stop(_settings())
    typer.echo(_("Elasticsearch is stopped.") if stopped else _("Elasticsearch was not running."))


@node.command()
def status(header: Header = False, check: Check = False) -> None:
    """Show the address of Elasticsearch, its version, memory, disk and indices.

    Of several nodes it shows each, and where the shards of the indices are.
    Exit code 3 if it, or one of several nodes, does not run, or an index is damaged.

    Example: fangtan node status
    """
    from indexer.elastic.node import manager
    from indexer.elastic.node.paths import node_paths
    from search_cli.commands.node_inquiry import ask, missing_lines
    from search_cli.rendering.pages.node_status import node_status_lines

    settings = _settings()
    paths = node_paths(settings)
    if header:
        typer.echo(_header(paths))
        return
    members = paths.members()
    if not (running := manager.answering(settings)):
        for line in missing_lines(members):
            typer.echo(line)
        raise typer.Exit(_NOT_RUNNING)
    found, damaged = ask(settings, paths, running, files=check)
    for line in node_status_lines(found):
        typer.echo(line)
    _warn_of_cluster()
    if len(running) < len(members):
        typer.echo(_("Start what is missing with: fangtan node start"))
    if damaged is not None:
        raise damaged
    if len(running) < len(members):
        raise typer.Exit(_NOT_RUNNING)


@node.command()
def logs(lines: Count = 50, follow: Follow = False, node: Node = 1) -> None:
    """Print the last lines of Elasticsearch's log, and the output of its process.

    Example: fangtan node logs -n 20 --follow
    """
    from indexer.elastic.node import logs as log
    from indexer.elastic.node.paths import node_paths
    from indexer.errors import NodeError
    from indexer.text.printable import plain

    paths = node_paths(_settings()).member(node)
    if not paths.log.exists() and not paths.console.exists():
        raise NodeError(_("There is no log: Elasticsearch has not run yet."), "fangtan node start")
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
    folders = [one.data for one in node_paths(settings).members()]
    held = size(sum(file.stat().st_size for each in folders for file in each.rglob("*") if file.is_file()))
    if not yes:
        lost = _("Lost   all indices in {folder} ({size}), and metadata given with fangtan index --meta")
        typer.echo(lost.format(folder=data, size=held))
        typer.echo(_("Kept   transcripts and their corrections, topics, speakers, words, synonyms, backups"))
        if not confirmed(_("Put the data aside, and start an empty Elasticsearch?")):
            return
    aside = manager.reset(settings)
    with StartProgress() as progress:
        running = manager.start_all(settings, progress, whole=True)
    typer.echo(_at(running, _EMPTY))
    if aside:
        where = _(", ").join(str(one) for one in aside)
        old = _("The old data ({size}) lie in {folders}: delete them when you need them no more.")
        typer.echo(old.format(size=held, folders=where))
    typer.echo(_("Next: fangtan index PATH, or fangtan restore DIR"))
    _warn_of_cluster()


def _settings() -> Settings:
    """Return the settings without the cluster that other commands use."""
    from indexer import settings

    return replace(settings.load(), url="")


def _warn_of_cluster() -> None:
    """Print a note if other commands use a cluster."""
    from indexer import settings

    if urls := settings.load().urls:
        others = _("Other commands use {urls}, because ELASTICSEARCH_URL is set.")
        typer.echo(others.format(urls=_(", ").join(urls)), err=True)


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
        raise UsageError(_("This Elasticsearch requires no token."), "fangtan node start --token")
    return f"Authorization: ApiKey {key}"


def _check_number(nodes: int | None) -> None:
    """Raise `UsageError` for a number of nodes that cannot be."""
    from indexer.elastic.node.member import NODES
    from indexer.errors import UsageError

    if nodes not in {None, 1, NODES}:
        raise UsageError(
            _("fangtan runs one node or {number}: with two, none could be lost.").format(number=NODES),
            f"fangtan node start --nodes {NODES}",
        )


def _at(running: "tuple[State, ...]", texts: tuple[str, str]) -> str:
    """Say where the nodes run, by a text for one and another for several."""
    one, several = texts
    if len(running) == 1:
        return _(one).format(url=running[0].url, pid=running[0].pid)
    nodes = _(", ").join(_("{url} (process {pid})").format(url=each.url, pid=each.pid) for each in running)
    return _(several).format(number=len(running), nodes=nodes)
