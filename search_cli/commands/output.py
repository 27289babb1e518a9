"""Print results: as a screen, or as JSON, JSON lines, CSV or addresses for other programs."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import UsageError, WritingError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

if TYPE_CHECKING:
    from search_cli.models import SpokenTurn
    from search_cli.rendering.terminal.styles import StyledLine

Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""A header and rows."""

_FULL = (gettext_noop("no space is left on the disk"), gettext_noop("Free some space, or write it elsewhere."))
_CLOSED = (gettext_noop("you do not have the permission"), gettext_noop("Write it to a folder of your own."))
_LARGE = (gettext_noop("files of this size are not allowed"), gettext_noop("Raise the limit of this shell: ulimit -f."))
_NO_FOLDER = (
    gettext_noop("its folder does not exist"),
    gettext_noop("Make the folder first, or write it elsewhere."),
)
_REFUSED = {
    errno.EFBIG: _LARGE,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: (gettext_noop("the disk is read-only"), gettext_noop("Write it elsewhere.")),
    errno.ENOENT: _NO_FOLDER,
    errno.ENOTDIR: _NO_FOLDER,
    errno.EISDIR: (gettext_noop("it is a folder"), gettext_noop("Name a file in it.")),
}
"""Reason and next step by the number of an OSError."""


class OutputForm(StrEnum):
    """The form of a result; the values are the options."""

    SCREEN = "a screen"
    JSON = "--json"
    LINES = "--jsonl"
    CSV = "--csv"
    IDS = "--ids"


SUFFIXES = {
    ".csv": OutputForm.CSV,
    ".json": OutputForm.JSON,
    ".jsonl": OutputForm.LINES,
}
"""Forms by the suffix of a file."""


def output_form(
    *,
    json: bool = False,
    jsonl: bool | None = None,
    csv: bool | None = None,
    ids: bool | None = None,
    output: Path | None = None,
) -> OutputForm:
    """Return the chosen form, by default that of the suffix of `output`, or the screen; None is a form not offered.

    Raises `UsageError` for two forms, and for a file whose form is not known.
    """
    options = {OutputForm.JSON: json, OutputForm.LINES: jsonl, OutputForm.CSV: csv, OutputForm.IDS: ids}
    chosen = [form for form, is_chosen in options.items() if is_chosen]
    if len(chosen) > 1:
        both = _("{one} and {other} cannot be combined.").format(one=chosen[0], other=chosen[1])
        raise UsageError(both, _("Choose one of them."))
    if chosen or output is None:
        return chosen[0] if chosen else OutputForm.SCREEN
    offered = {suffix: form for suffix, form in SUFFIXES.items() if options[form] is not None}
    if form := offered.get(output.suffix.lower()):
        return form
    either = _(" or ")
    unknown = _("The form of {file} is not known: it does not end in {suffixes}.")
    raise UsageError(
        unknown.format(file=output, suffixes=either.join(offered)),
        _("Add {options}.").format(options=either.join(dict.fromkeys(offered.values()))),
    )


def emit(
    form: OutputForm,
    *,
    screen: "Callable[[int], Iterable[StyledLine]]",
    json: Callable[[], object],
    lines: Callable[[], Iterable[object]] = tuple,
    rows: Callable[[], Table] = lambda: ((), ()),
    turns: "Callable[[], Iterable[SpokenTurn]]" = tuple,
    output: Path | None = None,
) -> None:
    """Print a result in a form, or write it to the file `output`; only the function of that form is called.

    `screen` gets the width of the terminal in columns. `lines` are the objects of `--jsonl`, `rows` the table of
    `--csv`, `turns` those whose addresses `--ids` prints.
    """
    if form is OutputForm.SCREEN:
        from search_cli.rendering.terminal.console import width, write

        write(screen(width()))
        return
    from search_cli.rendering.formats.json_objects import json_text

    if form is OutputForm.CSV:
        from search_cli.rendering.formats.csv_rows import csv_table

        text = csv_table(*rows())
    elif form is OutputForm.IDS:
        from search_cli.rendering.formats.trec_run import address_line

        text = map(address_line, turns())
    else:
        text = (f"{json_text(one)}\n" for one in ([json()] if form is OutputForm.JSON else lines()))
    if output is None or str(output) == "-":
        write_text(text)
    else:
        write_file(output, text, marked=form is OutputForm.CSV)


def paged(lines: "list[StyledLine]", *, pager: bool) -> "list[StyledLine]":
    """Show lines in the user's pager if this is a terminal and has one; return those that are still to be printed."""
    if not (pager and sys.stdin.isatty() and sys.stdout.isatty()):
        return lines
    from search_cli.rendering.terminal.pager import page

    return [] if page(lines) else lines


def write_text(lines: Iterable[str]) -> None:
    r"""Write lines to standard output for another program: UTF-8 and `\n`, whatever the locale."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", newline="\n", errors="replace")
    for line in lines:
        sys.stdout.write(line)


def write_file(path: Path, lines: Iterable[str], *, marked: bool) -> None:
    """Write lines to a file, which appears, or replaces another, only when it is complete.

    `marked`: with the byte order mark by which Excel recognises UTF-8. Raises `WritingError`. A device, such as
    /dev/stdout, is written directly.
    """
    encoded = (line.encode("utf-8", "replace") for line in lines)
    write_bytes(path, chain([b"\xef\xbb\xbf"], encoded) if marked else encoded)


def write_bytes(path: Path, content: Iterable[bytes]) -> None:
    """Write a file as `write_file` does, of bytes."""
    from search_cli.export.whole_file import whole_file

    try:
        with whole_file(path) as opened:
            opened.file.writelines(content)
    except OSError as error:
        raise writing_error(error, str(path)) from error


def writing_error(error: OSError, path: str = "") -> WritingError:
    """Return the error for output that the system refuses; `path` is "" for standard output."""
    if error.errno in _REFUSED:
        reason, next_step = _REFUSED[error.errno]
        return WritingError(path, _(reason), _(next_step))
    from indexer.language.system_errors import system_reason

    return WritingError(path, system_reason(error).lower())


def are_hints_on(option: bool) -> bool:
    """Check whether a next step is suggested: neither `--no-hints` nor FANGTAN_HINTS=0 switches it off."""
    return option and os.environ.get("FANGTAN_HINTS", "1").lower() not in {"0", "no", "off", "false"}
