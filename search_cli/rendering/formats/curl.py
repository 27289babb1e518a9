"""Requests as curl commands, to paste into a shell (`--show-query`)."""

from collections.abc import Iterator, Sequence

from indexer.settings import Settings
from indexer.text.printable import plain
from search_cli.models import RequestBody
from search_cli.rendering.formats.json_objects import json_text
from search_cli.rendering.terminal.humanize import argument


def commands(requests: Sequence[RequestBody], url: str, settings: Settings) -> Iterator[str]:
    """Yield a comment and a command per request; secrets of `settings` are left out."""
    for index, request in enumerate(requests):
        if index:
            yield "\n"
        yield f"# {plain(request.purpose)}\n"
        yield _command(request, url, settings)


def _command(request: RequestBody, url: str, settings: Settings) -> str:
    """Return the command of a request; an apostrophe in its body is escaped, as it would end the shell's string."""
    address = argument(f"{_without_credentials(url)}/{request.path.lstrip('/')}")
    lines = [f"curl -sS -X {request.method} {address}{_credentials(settings)}"]
    if request.body:
        body = json_text(request.body, indent=2).replace("'", "\\u0027")
        lines += ["-H 'Content-Type: application/json'", f"-d '{body}'"]
    return " \\\n  ".join(lines) + "\n"


def _without_credentials(url: str) -> str:
    """Return a URL without user and password."""
    scheme, mark, rest = url.rstrip("/").partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}"


def _credentials(settings: Settings) -> str:
    """Return curl's options for the credentials, with the names of their environment variables."""
    if not settings.url:
        return ""
    options = " -u USER:PASSWORD" if "@" in settings.url.partition("://")[2].partition("/")[0] else ""
    if settings.api_key:
        options += ' -H "Authorization: ApiKey $ELASTICSEARCH_API_KEY"'
    elif settings.username:
        options += ' -u "$ELASTICSEARCH_USERNAME:$ELASTICSEARCH_PASSWORD"'
    if settings.ca_certs:
        options += ' --cacert "$ELASTICSEARCH_CA_CERTS"'
    return options
