"""A command line for each command: the first example of its help, so that a new command is tried with the others."""

import re
import shlex
from pathlib import Path

import pytest

from tests.support.cli_reference import commands

ROOT = Path(__file__).parents[2]

ENDLESS = frozenset({"watch", "node start"})
"""Commands that stay: one until Ctrl-C, one as a server."""


def examples() -> dict[str, list[str]]:
    """Return the first example of each command that ends by itself, as it is typed after `fangtan`."""
    return {name: _first(command.help or "", name) for name, command in commands().items() if name not in ENDLESS}


def apart(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have the examples work in a folder: no node is stopped, no file of this clone is written."""
    for name, value in {"EDITOR": "true", "VISUAL": "true", "COLUMNS": "80"}.items():
        patch.setenv(name, value)
    patch.setenv("FANGTAN_NODE_DATA", str(folder / "node"))
    patch.setenv("FANGTAN_DATA", str(folder / "known"))
    (folder / "known").mkdir()
    (folder / "data").symlink_to(ROOT / "data")
    patch.chdir(folder)


def _first(text: str, name: str) -> list[str]:
    lines = re.findall(r"^\s*(?:Example: )?fangtan (.+?)(?: [|>#].*)?$", text, re.MULTILINE)
    line = next((line for line in lines if line.startswith(name)), name)
    return shlex.split(line)
