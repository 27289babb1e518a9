"""Print results: as a screen, or as JSON, JSON lines, CSV or addresses for other programs."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from indexer.errors import UsageError

if TYPE_CHECKING:
    from search_cli.models import SpokenTurn
    from search_cli.rendering.terminal.styles import StyledLine

Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""A header and rows."""


class OutputForm(StrEnum):
    """The form of a result; the values are the options."""

    SCREEN = "a screen"
    JSON = "--json"
    LINES = "--jsonl"
    CSV = "--csv"
    IDS = "--ids"


def output_form(*, json: bool = False, jsonl: bool = False, csv: bool = False, ids: bool = False) -> OutputForm:
    """Return the chosen form, by default the screen; raise `UsageError` for two."""
    options = {OutputForm.JSON: json, OutputForm.LINES: jsonl, OutputForm.CSV: csv, OutputForm.IDS: ids}
    chosen = [form for form, is_chosen in options.items() if is_chosen]
    if len(chosen) > 1:
        raise UsageError(f"{chosen[0]} and {chosen[1]} cannot be combined.", "Choose one of them.")
    return chosen[0] if chosen else OutputForm.SCREEN


def emit(
    form: OutputForm,
    *,
    screen: "Callable[[int], Iterable[StyledLine]]",
    json: Callable[[], object],
    lines: Callable[[], Iterable[object]] = tuple,
    rows: Callable[[], Table] = lambda: ((), ()),
    turns: "Callable[[], Iterable[SpokenTurn]]" = tuple,
) -> None:
    """Print a result in a form; only the function of that form is called.

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

        write_text(csv_table(*rows()))
    elif form is OutputForm.IDS:
        from search_cli.rendering.formats.trec_run import address_line

        write_text(map(address_line, turns()))
    else:
        write_text(f"{json_text(one)}\n" for one in ([json()] if form is OutputForm.JSON else lines()))


def write_text(lines: Iterable[str]) -> None:
    r"""Write lines to standard output for another program: UTF-8 and `\n`, whatever the locale."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", newline="\n", errors="replace")
    for line in lines:
        sys.stdout.write(line)


def are_hints_on(option: bool) -> bool:
    """Check whether a next step is suggested: neither `--no-hints` nor FANGTAN_HINTS=0 switches it off."""
    return option and os.environ.get("FANGTAN_HINTS", "1").lower() not in {"0", "no", "off", "false"}
