"""The `fangtan` command: one Typer app, its commands gathered from `commands/`, its errors told in one place."""

import sys

import typer

from indexer.errors import FangtanError
from search_cli.commands import facets, index, kibana, lists, node, parse, search, show, status

app = typer.Typer(
    name="fangtan",
    help="Search Chinese interviews and meetings: who said what about what, and when.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _module in (index, search, facets, show, lists, parse, status, node, kibana):
    _module.register(app)


def main() -> None:
    """Run the command line; a `FangtanError` becomes its message, its next step and its exit code."""
    try:
        app()
    except FangtanError as error:
        from search_cli.rendering.errors import tell

        tell(error)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
