"""The `fangtan` command: one Typer app, its commands gathered from `commands/`, its errors told in one place."""

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from indexer.errors import FangtanError
from search_cli.commands import (
    dictionary,
    facets,
    index,
    kibana,
    kwic,
    lists,
    node,
    parse,
    quote,
    search,
    show,
    similar,
    status,
    watch,
    why,
)
from search_cli.commands.usage_errors import Mistake, understood

_EPILOG = (
    "Exit codes: 0 done, also when nothing is found; 1 some of it failed; 2 what was typed is not understood; "
    "3 Elasticsearch cannot be asked."
)
_INTERRUPTED = 130

app = typer.Typer(
    name="fangtan",
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _module in (
    search,
    facets,
    kwic,
    show,
    quote,
    similar,
    why,
    index,
    watch,
    dictionary,
    parse,
    lists,
    status,
    node,
    kibana,
):
    _module.register(app)


def _version(wanted: bool) -> None:
    """Print the version and end, if that was asked for."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"fangtan {version('fangtan')}")
        raise typer.Exit


@app.callback()
def fangtan(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Search Chinese interviews and meetings: who said what about what, and when.

    Examples:
      fangtan index data/interviews
      fangtan search 小米 合作
      fangtan show qzone-xiaomi#3

    Each command tells its options and more examples: fangtan search --help
    """


def main() -> None:
    """Run the command line; a `FangtanError` becomes its message, its next step and its exit code."""
    from search_cli.rendering.terminal.console import prepare

    prepare(sys.stdout, sys.stderr)
    try:
        code = app(prog_name="fangtan", standalone_mode=False)
        sys.stdout.flush()
    except FangtanError as error:
        code = _told(error)
    except Mistake as mistake:
        code = _told(understood(mistake))
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except BrokenPipeError:
        code = _unheard()
    sys.exit(code if isinstance(code, int) else 0)


def _told(error: FangtanError) -> int:
    """Print an error, after what was printed before it, and return its exit code."""
    from search_cli.rendering.terminal.error_lines import tell

    if error.message:
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        tell(error)
    return error.exit_code


def _unheard() -> int:
    """End quietly when the reader of our output has gone (| head): nothing more can be written, not even at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
