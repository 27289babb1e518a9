"""The table of commands, and the group that reads it."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import typer
from typer.main import get_group

from search_cli.commands.command_table import MODULES
from search_cli.commands.lazy_commands import LazyCommands

COMMANDS = Path(__file__).parents[3] / "search_cli/commands"


def test_the_table_has_what_each_module_adds() -> None:
    for module, names in MODULES.items():
        app = typer.Typer()
        import_module(f"search_cli.commands.{module}").register(app)
        assert tuple(get_group(app).commands) == names
    defining = {path.stem for path in COMMANDS.glob("*.py") if "\ndef register(" in path.read_text("utf-8")}
    assert defining == set(MODULES)


def test_no_name_is_given_twice() -> None:
    names = [name for names in MODULES.values() for name in names]
    assert list(LazyCommands()) == names
    assert len(set(names)) == len(names)


def test_a_command_is_imported_when_it_is_typed() -> None:
    script = (
        "import sys; from search_cli.app import app\n"
        "try: app(['duplicates', '--help'], standalone_mode=False)\n"
        "finally: print(*(name for name in sys.modules if name.startswith('search_cli.commands.')), file=sys.stderr)"
    )
    done = subprocess.run((sys.executable, "-c", script), cwd=COMMANDS.parents[1], capture_output=True, text=True)
    loaded = {name.rpartition(".")[2] for name in done.stderr.split()}
    assert loaded & set(MODULES) == {"lists"}
