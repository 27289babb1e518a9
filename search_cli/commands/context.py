"""What commands share: the archive they ask, and how they print."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from search_cli.commands.completion import FIELDS

if TYPE_CHECKING:
    from indexer.settings import Settings
    from search_cli.archive import Archive

_MOST_FAULTS = 3  # of a file, told at once
_TYPED = {typed: one for one in FIELDS for typed in (one, f"{one}s")}


CHOICES = ("synonyms", "regional")
"""The settings that options of a command may say otherwise."""

_CHOSEN: ContextVar[Mapping[str, bool]] = ContextVar("chosen", default=MappingProxyType({}))


@contextmanager
def chosen(choices: Mapping[str, bool]) -> Iterator[None]:
    """Let these of `CHOICES` count instead of what the environment says."""
    before = _CHOSEN.set(choices)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def settings() -> "Settings":
    """Return the settings of this process, as the command's options say."""
    from dataclasses import replace

    from indexer import settings as environment

    found, said = environment.load(), _CHOSEN.get()
    return replace(found, synonyms=said.get("synonyms", found.synonyms), regional=said.get("regional", found.regional))


def archive() -> "Archive":
    """Return the archive to ask; Elasticsearch is started if it is fangtan's own and does not run."""
    from search_cli.archive import Archive
    from search_cli.commands.connecting import connected

    found = settings()
    _tell_faults(found)
    return Archive(found, connected(found))


def _tell_faults(found: "Settings") -> None:
    """Tell, on standard error, the lines of synonyms.txt that cannot be used; the search goes on without them."""
    from search_cli.query import synonyms

    faults = synonyms.load(found.data / synonyms.FILE).faults if found.synonyms else ()
    if faults:
        from search_cli.rendering.terminal.error_lines import note

        for fault in faults[:_MOST_FAULTS]:
            note(fault.message, fault.next_step)


def address(found: "Settings") -> str:
    """Return where Elasticsearch answers."""
    if found.url:
        return found.url
    from indexer.elastic.node import paths, state

    node = state.running(paths.node_paths(found))
    return node.url if node is not None else ""


def hints(wanted: bool) -> bool:
    """Tell whether to suggest a next step: not after `--no-hints`, nor where FANGTAN_HINTS is 0."""
    return wanted and os.environ.get("FANGTAN_HINTS", "1").lower() not in {"0", "no", "off", "false"}


def pour(lines: Iterable[str]) -> None:
    r"""Write lines for another program to standard output: UTF-8 and `\n` whatever the terminal's habits."""
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        reconfigure(encoding="utf-8", newline="\n", errors="replace")
    for line in lines:
        sys.stdout.write(line)


def field(name: str) -> str:
    """Return a field that can be counted, typed in the singular or the plural; an error names the nearest."""
    from difflib import get_close_matches

    if is_field(name):
        return _TYPED[name.lower()]
    near = get_close_matches(name.lower(), _TYPED, n=1)
    raise UsageError(
        f"There is no field {name} to count." + (f" Did you mean {_TYPED[near[0]]}?" if near else ""),
        f"Fields: {', '.join(FIELDS)}",
    )


def is_field(name: str) -> bool:
    """Tell whether a word is called like a field that can be counted."""
    return name.lower() in _TYPED
