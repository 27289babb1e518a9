"""docs/cli.md, made from the commands: `python -m tests.support.cli_reference` writes it anew."""

import re
import sys
from collections.abc import Iterator
from functools import cache

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from search_cli.app import app
from tests.support.doc_outputs import ROOT

PAGE = ROOT / "docs/cli.md"
_HEAD = """# Commands

Made from the commands by `make docs`; `fangtan COMMAND --help` shows the same.
"""


@cache
def commands() -> dict[str, TyperCommand]:
    """Return each command by what is typed for it: search, dict add, …"""
    return dict(_below(get_command(app), ()))


def _below(command: object, path: tuple[str, ...]) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for name, below in command.commands.items():
            yield from _below(below, (*path, name))
    elif isinstance(command, TyperCommand):
        yield " ".join(path), command


def page() -> str:
    """Return the whole page."""
    sections = "\n".join(_section(f"fangtan {name}", command) for name, command in commands().items())
    return f"{_HEAD}\n{_prose(get_command(app).epilog or '')}\n\n{sections}"


def _section(name: str, command: TyperCommand) -> str:
    """Return the section of a command: what it does, its usage and examples, its options."""
    context = typer.Context(command, info_name=name)
    about, _, examples = re.sub(r"\n\s*Examples?:\s*\n?", "\0", command.help or "").partition("\0")
    usage = " ".join((name, *command.collect_usage_pieces(context)))
    typed = [line.strip() for line in examples.splitlines() if line.strip()]
    shell = "\n".join(("```sh", *typed, "```"))
    return (
        "\n\n".join((f"## {name}", _prose(about), f"```text\n{usage}\n```", shell, _options(command, context))) + "\n"
    )


def _options(command: TyperCommand, context: typer.Context) -> str:
    """Return the table of a command's arguments and options, grouped as its help groups them."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and parameter.name != "help":
            panels.setdefault(getattr(parameter, "rich_help_panel", None) or "", []).append(record)
    rows = [(panel, *record) for panel, records in panels.items() for record in records]
    if not rows:
        return "No options."
    lines = [f"| {_cell(panel)} | `{_cell(option)}` | {_cell(help_)} |" for panel, option, help_ in rows]
    return "\n".join(("| group | option | meaning |", "|---|---|---|", *lines))


def _prose(text: str) -> str:
    """Return a help text as paragraphs, one line each, what Markdown would take for mark-up escaped."""
    plain = text.replace("\b", "").replace("\\[", "[").strip()
    return re.sub(r"([*_<>\[\]])", r"\\\1", re.sub(r"(?<!\n)\n(?!\n)", " ", plain))


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").strip()


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)} written\n")


if __name__ == "__main__":
    main()
