"""`fangtan kibana`: the dashboard and all it needs, into a Kibana or into a file."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_cli.kibana.installing import Installed
    from search_cli.tools.kibana.saved_objects import SavedObject

kibana = typer.Typer(help="Put the dashboard 访谈, its data views and panels into Kibana.", no_args_is_help=True)

KINDS = {"index-pattern": "data view", "search": "Discover session", "lens": "panel", "dashboard": "dashboard"}

Url = Annotated[str, typer.Option(help="Kibana's address.", show_default="KIBANA_URL, or http://127.0.0.1:5601")]
ApiKey = Annotated[str, typer.Option(help="An API key of the Elasticsearch behind it.", show_default="KIBANA_API_KEY")]
Space = Annotated[str, typer.Option(help="The id of a Kibana space.", show_default="the default one")]
CaCerts = Annotated[
    Path | None, typer.Option(help="The certificate of Kibana's authority (PEM).", exists=True, dir_okay=False)
]
ToFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="Where to write it: a name ending in .ndjson, - to print.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan kibana install` and `fangtan kibana export`."""
    app.add_typer(kibana, name="kibana", rich_help_panel="Run")


@kibana.command()
def install(url: Url = "", api_key: ApiKey = "", space: Space = "", ca_certs: CaCerts = None) -> None:
    """Import everything into Kibana, over what an earlier install left, and print the dashboard's address.

    Signs in with --api-key, or with the user and password of Elasticsearch (ELASTICSEARCH_USERNAME, …_PASSWORD).

    Example: fangtan kibana install --url http://127.0.0.1:5601
    """
    from indexer import settings as settings_of
    from search_cli.kibana import installing, server
    from search_cli.tools.kibana.archive_objects import objects

    settings = settings_of.load()
    where = server.server(settings, url, api_key, space, str(ca_certs or ""))
    _tell(installing.install(where, objects(settings.index)), where.url)


@kibana.command()
def export(file: ToFile) -> None:
    """Write everything as the file that Kibana imports (Stack Management, Saved Objects, Import).

    Example: fangtan kibana export fangtan.ndjson
    """
    from indexer import settings as settings_of
    from search_cli.rendering.terminal.console import out, plain
    from search_cli.tools.kibana.archive_objects import file_text

    text = file_text(settings_of.load().index)
    if str(file) == "-":
        typer.echo(text, nl=False)
        return
    if file.suffix.lower() != ".ndjson":
        raise UsageError(f"Kibana imports no file named {file.name}.", f"fangtan kibana export {file.stem}.ndjson")
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.", "Give a folder that is there.") from error
    said = f"{file}: {text.count(chr(10))} objects. In Kibana: Stack Management, Saved Objects, Import."
    out().print(plain(said), soft_wrap=True)


def _tell(installed: "Installed", url: str) -> None:
    """Print what Kibana has now."""
    from search_cli.rendering.terminal.console import out, plain

    out().print(plain(f"Kibana {installed.version} at {url} has".replace("  ", " ")))
    for kind, names in _by_kind(installed.objects).items():
        label = KINDS[kind] + ("s" if len(names) != 1 else "")
        out().print(f" {len(names):2} {label:<18} {'，'.join(names)}", soft_wrap=True)
    out().print(f"Open {installed.dashboard}", soft_wrap=True)


def _by_kind(objects: "Iterable[SavedObject]") -> dict[str, list[str]]:
    """Return the titles of `objects` by their type."""
    titles: dict[str, list[str]] = defaultdict(list)
    for one in objects:
        titles[one.type].append(str(one.attributes.get("name") or one.attributes["title"]))
    return titles
