"""`fangtan kibana`: install the dashboard in a Kibana, or write it to a file."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, ngettext_noop
from indexer.language.system_errors import system_reason
from indexer.text.shell import argument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search_cli.kibana.install import ExportedObject, Installed

kibana = typer.Typer(help="Install the dashboard 访谈, its data views and panels in Kibana.", no_args_is_help=True)

KINDS = {
    "index-pattern": ngettext_noop("{number} data view", "{number} data views"),
    "search": ngettext_noop("{number} Discover session", "{number} Discover sessions"),
    "lens": ngettext_noop("{number} panel", "{number} panels"),
    "dashboard": ngettext_noop("{number} dashboard", "{number} dashboards"),
}
_KIND = 21
"""Columns of a number of objects of a kind."""

Url = Annotated[str, typer.Option(help="Kibana's address.", show_default="KIBANA_URL, or http://127.0.0.1:5601")]
ApiKey = Annotated[str, typer.Option(help="An API key of its Elasticsearch.", show_default="KIBANA_API_KEY")]
Space = Annotated[str, typer.Option(help="The id of a Kibana space.", show_default="the default one")]
CaCerts = Annotated[
    Path | None,
    typer.Option(help="The certificate of its authority (PEM).", exists=True, dir_okay=False),
]
ToFile = Annotated[
    Path, typer.Argument(metavar="FILE", help="The file to write: a name ending in .ndjson, - to print.")
]


def register(app: typer.Typer) -> None:
    """Add `fangtan kibana install` and `fangtan kibana export`."""
    app.add_typer(kibana, name="kibana", rich_help_panel="Manage")


@kibana.command()
def install(url: Url = "", api_key: ApiKey = "", space: Space = "", ca_certs: CaCerts = None) -> None:
    """Import the saved objects into Kibana, over those of an earlier install, and print the dashboard's address.

    Signs in with --api-key, or with the user and password of Elasticsearch (ELASTICSEARCH_USERNAME, …_PASSWORD).

    Example: fangtan kibana install --url http://127.0.0.1:5601
    """
    from indexer import settings as settings_of
    from search_cli.kibana import install as installer
    from search_cli.kibana.server import server

    settings = settings_of.load()
    target = server(settings, url, api_key, space, str(ca_certs or ""))
    _print(installer.install(target, installer.ndjson(settings.index)), target.url)


@kibana.command()
def export(file: ToFile) -> None:
    """Write the saved objects to a file for Kibana to import (Stack Management, Saved Objects, Import).

    Example: fangtan kibana export fangtan.ndjson
    """
    from indexer import settings as settings_of
    from indexer.text.printable import plain
    from search_cli.kibana import install as installer
    from search_cli.rendering.terminal.console import out

    text = installer.ndjson(settings_of.load().index)
    if str(file) == "-":
        typer.echo(text, nl=False)
        return
    if file.suffix.lower() != ".ndjson":
        name = argument(f"{file.stem}.ndjson")
        refused = _("Kibana imports only .ndjson files, not {file}.").format(file=file.name)
        raise UsageError(refused, f"fangtan kibana export {name}")
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            _("{path} cannot be written: {reason}.").format(path=file, reason=system_reason(error)),
            _("Give a file in a folder that exists."),
        ) from error
    summary = _("{file}: {number} objects. In Kibana: Stack Management, Saved Objects, Import.")
    out().print(plain(summary.format(file=file, number=text.count("\n"))), soft_wrap=True)


def _print(installed: "Installed", url: str) -> None:
    """Print the imported objects by kind, and the dashboard's address."""
    from indexer.text.printable import plain
    from search_cli.rendering.terminal.console import out
    from search_cli.rendering.terminal.styles import padded

    has = _("Kibana {version} at {url} has") if installed.version else _("Kibana at {url} has")
    out().print(plain(has.format(version=installed.version, url=url)))
    for kind, names in _by_kind(installed.objects).items():
        number = ngettext(*KINDS[kind], len(names)).format(number=f"{len(names):2}")
        out().print(f" {padded(number, _KIND)} {'，'.join(names)}", soft_wrap=True)
    out().print(_("Open {address}").format(address=installed.dashboard), soft_wrap=True)


def _by_kind(objects: "Iterable[ExportedObject]") -> dict[str, list[str]]:
    """Group the titles of saved objects by their type."""
    titles: dict[str, list[str]] = defaultdict(list)
    for one in objects:
        attributes = one["attributes"]
        titles[one["type"]].append(attributes.get("name") or attributes["title"])
    return titles
