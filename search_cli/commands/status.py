"""`fangtan status`: where Elasticsearch is, what is in the archive, whether it is up to date."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from search_cli.commands import opening

if TYPE_CHECKING:
    from indexer.settings import Settings
    from search_cli.standing import Standing

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

    from search_cli.rendering import machine
    from search_cli.rendering.console import width, write
    from search_cli.rendering.status import status_lines

    standing = _standing(opening.settings())
    if json:
        opening.pour([machine.json_text(asdict(standing)) + "\n"])
    else:
        write(status_lines(standing, width()))


def _standing(settings: "Settings") -> "Standing":
    """Return how things stand; a node that does not run is left so."""
    from indexer.elastic import places, state
    from indexer.elastic.connection import connect, translating
    from indexer.provenance import made_by
    from search_cli import standing

    node = None if settings.url else state.running(places.places(settings))
    known = (settings.index, _source(), bool(settings.url))
    if not settings.url and node is None:
        return standing.Standing(*known)
    with connect(settings) as client, translating(settings):
        server = standing.server(client, settings.url or (node.url if node else ""), embedded=node is not None)
        return standing.Standing(*known, server, standing.holdings(client, settings, made_by(settings)))


def _source() -> str:
    """Return where the settings come from: the .env that is read, as it lies from here, or the environment alone."""
    from dotenv import find_dotenv

    file = find_dotenv(usecwd=True)
    return os.path.relpath(file, Path.cwd()) if file else "environment, no .env"
