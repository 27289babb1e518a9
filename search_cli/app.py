"""The `fangtan` command: the Typer app with all commands, and the one place where errors are printed."""

import errno
import gc
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, TextIO

import typer

from indexer.errors import ClosedIndexWarning, FangtanError, UnreadTagsWarning
from indexer.language import messages
from indexer.language.messages import gettext, gettext_noop
from search_cli.commands import completion
from search_cli.commands.language_choice import chosen_language
from search_cli.commands.lazy_commands import LazyGroup
from search_cli.commands.stop_signals import ending_on_signals
from search_cli.commands.usage_errors import TyperError, usage_error

_EPILOG = (
    "Exit codes: 0 success, even if nothing is found; 1 part of it failed; 2 invalid arguments; "
    "3 Elasticsearch is not available; 4 something is new (fangtan new --exit-code)."
)
_INTERRUPTED, _BROKEN_PIPE = 130, 141
"""As a shell reports a program that was ended by the signals SIGINT and SIGPIPE; `stop_signals` has the others."""
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EACCES, errno.EPERM, errno.EROFS, errno.EFBIG, errno.EIO}
_STEPS = {
    errno.EMFILE: gettext_noop("Raise the limit of open files: ulimit -n 1024."),
    errno.ENFILE: gettext_noop("Close other programs."),
    errno.ENOMEM: gettext_noop("Close other programs, or raise the limit of memory: ulimit -v."),
}
"""Failures of the system that a user can mend, and how; those of files and disks are `writing_error`'s."""

_COLLECTED = 50_000
"""New objects after which Python looks for circles of them: at its own 700, a twentieth of the time of a search."""

app = typer.Typer(
    name="fangtan",
    cls=LazyGroup,
    epilog=_EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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

    gc.set_threshold(_COLLECTED)
    _open_closed_streams()
    prepare(sys.stdout, sys.stderr)
    messages.use(chosen_language())
    warnings.showwarning = _show_warning
    try:
        with ending_on_signals():
            code = _run()
            sys.stdout.flush()
    except FangtanError as error:
        code = _print_error(error)
    except TyperError as error:
        code = _print_error(usage_error(error))
    except (KeyboardInterrupt, typer.Abort):
        code = _INTERRUPTED
    except BrokenPipeError:
        code = _broken_pipe()
    except SystemExit as ended:  # a signal, or Typer's and Rich's answer to a broken pipe
        code = _broken_pipe() if isinstance(ended.__context__, BrokenPipeError) else ended.code
    except OSError as error:
        if error.errno not in {*_DISK, *_STEPS}:
            raise
        code = _print_error(_refused(error))
    except MemoryError:
        code = _print_error(FangtanError(gettext("There is not enough memory."), gettext(_STEPS[errno.ENOMEM])))
    sys.exit(code if isinstance(code, int) else 0)


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Print what fangtan itself mended or left out as a note, and other warnings in one line."""
    from search_cli.rendering.terminal.error_lines import print_note

    is_ours = issubclass(category, (ClosedIndexWarning, UnreadTagsWarning))
    print_note(str(message) if is_ours else f"{category.__name__}: {message}", "")


def _open_closed_streams() -> None:
    """Open what the shell closed (fangtan … >&-), so that no file of ours gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def _run() -> object:
    """Run the command that was typed, or complete it for a shell; return its exit code."""
    if completion.VARIABLE in os.environ:
        completion.complete(lambda: app(prog_name="fangtan", standalone_mode=False))
        return 0
    return app(prog_name="fangtan", standalone_mode=False)


def _broken_pipe() -> int:
    """Discard what the reader of the output (| head) does not want; return the exit code."""
    _discard(sys.stdout)
    return _BROKEN_PIPE


def _refused(error: OSError) -> FangtanError:
    """Return the error for a file, or standard output, that the system does not let be written or read."""
    from indexer.language.system_errors import system_reason
    from search_cli.commands.output import writing_error

    reason = system_reason(error)
    if error.errno in _STEPS:
        text = gettext("{path}: {reason}.") if error.filename else gettext("{reason}.")
        return FangtanError(text.format(path=error.filename, reason=reason), gettext(_STEPS[error.errno]))
    if error.filename is None:
        _discard(sys.stdout)
        return writing_error(error)
    return FangtanError(gettext("{path}: {reason}.").format(path=error.filename, reason=reason.lower()))


def _print_error(error: FangtanError) -> int:
    """Print an error after the output so far, and return its exit code."""
    from search_cli.rendering.terminal.error_lines import print_error

    if error.message:
        with _discarding(sys.stdout):
            sys.stdout.flush()
        with _discarding(sys.stderr):
            print_error(error)
            sys.stderr.flush()
    return error.exit_code


@contextmanager
def _discarding(stream: TextIO) -> Iterator[None]:
    """Discard what a stream does not take, instead of raising."""
    try:
        yield
    except OSError:
        _discard(stream)


def _discard(stream: TextIO) -> None:
    """Discard what is left of a stream, also at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
