"""The `fangtan` command: the Typer app with all commands, and the one place where errors are printed."""

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
from search_cli.commands.usage_errors import TyperError, usage_error

_EPILOG = (
    "Exit codes: 0 success, even if nothing is found; 1 part of it failed; 2 invalid arguments; "
    "3 Elasticsearch is not available."
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


def _version(requested: bool) -> None:
    """Print the version and exit, if requested."""
    if requested:
        from importlib.metadata import version

        typer.echo(f"fangtan {version('fangtan')}")
        raise typer.Exit


@app.callback()
def fangtan(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_version)
    ] = False,
) -> None:
    """Search Chinese interviews and meetings: who said what, about what, and when.

    Examples:
      fangtan index data/interviews
      fangtan search 小米 合作
      fangtan show qzone-xiaomi#3

    For the options of a command and more examples: fangtan search --help
    """


def main() -> None:
    """Run the command line; print the message and next step of a `FangtanError`, and exit with its code."""
    from search_cli.rendering.terminal.console import prepare

    prepare(sys.stdout, sys.stderr)
    try:
        code = app(prog_name="fangtan", standalone_mode=False)
        sys.stdout.flush()
    except FangtanError as error:
        code = _print_error(error)
    except TyperError as error:
        code = _print_error(usage_error(error))
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except BrokenPipeError:
        code = _close_output()
    sys.exit(code if isinstance(code, int) else 0)


def _print_error(error: FangtanError) -> int:
    """Print an error after the output so far, and return its exit code."""
    from search_cli.rendering.terminal.error_lines import print_error

    if error.message:
        with suppress(BrokenPipeError):
            sys.stdout.flush()
        print_error(error)
    return error.exit_code


def _close_output() -> int:
    """Discard further output, also at exit, when its reader has closed the pipe (| head); return the exit code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1
