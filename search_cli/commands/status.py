"""`fangtan status`: where Elasticsearch is, what is in the archive, whether it is up to date."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.commands import context

if TYPE_CHECKING:
    from indexer.settings import Settings
    from search_cli.search.archive_status import Status

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]


def register(app: typer.Typer) -> None:
    """Add `fangtan status`."""
    app.command(rich_help_panel="Run")(status)


def status(json: Json = False) -> None:
    """Show where Elasticsearch is and what is indexed.

    Where the dictionary, the topics or the speakers changed since the archive was indexed, it says so. Starts nothing.

    Examples:
      fangtan status
      fangtan status --json
    """
    from dataclasses import asdict

    from search_cli.rendering.formats import machine
    from search_cli.rendering.pages.status_report import status_lines
    from search_cli.rendering.terminal.console import width, write

    archive_status = _standing(context.settings())
    if json:
        context.pour([machine.json_text(asdict(archive_status)) + "\n"])
    else:
        write(status_lines(archive_status, width()))


def _standing(settings: "Settings") -> "Status":
    """Return how things stand; a node that does not run is left so."""
    from indexer.elastic.connection import connect, translating
    from indexer.elastic.node import paths, state
    from indexer.indexing.fingerprint import made_by
    from search_cli.search import archive_status

    node = None if settings.url else state.running(paths.places(settings))
    known = (settings.index, _source(), bool(settings.url))
    if not settings.url and node is None:
        return archive_status.Status(*known)
    with connect(settings) as client, translating(settings):
        server = archive_status.server_info(
            client, settings.url or (node.url if node else ""), embedded=node is not None
        )
        return archive_status.Status(*known, server, archive_status.archive_stats(client, settings, made_by(settings)))


def _source() -> str:
    """Return where the settings come from: the .env that is read, as it lies from here, or the environment alone."""
    from dotenv import find_dotenv

    file = find_dotenv(usecwd=True)
    return os.path.relpath(file, Path.cwd()) if file else "environment, no .env"
