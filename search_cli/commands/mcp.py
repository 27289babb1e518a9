"""`fangtan mcp`: the archive for assistants, over the Model Context Protocol."""

import sys

import typer

from indexer.errors import UsageError
from indexer.language.messages import gettext as _


def register(app: typer.Typer) -> None:
    """Add `fangtan mcp`."""
    app.command(rich_help_panel="Search")(mcp)


def mcp() -> None:
    r"""Let an assistant search, read and cite the archive, and check what it quotes.

    Speaks the Model Context Protocol (MCP) on standard input and output, with
    tools that only read: search, facets, timeline, show, speakers, topics and
    verify_quotation. Assistants start it themselves: docs/assistants.md says
    how to add it to Claude, Cursor, VS Code and others.

    Needs: pip install 'fangtan\[mcp]'

    Example:
      claude mcp add fangtan -- fangtan mcp
    """
    from importlib.util import find_spec

    if find_spec("mcp") is None:
        raise UsageError(_("fangtan mcp needs the package mcp, which is not installed."), "pip install 'fangtan[mcp]'")
    from importlib.metadata import version

    from search_cli.assistant.protocol_server import serve
    from search_cli.commands.context import archive

    if sys.stdin.isatty():
        from search_cli.rendering.terminal.error_lines import print_note

        print_note(_("An assistant is to start this; it waits for its requests."), _("Ctrl-C ends it."))
    serve(archive, version("fangtan"))
