"""What the READMEs show: their fenced blocks, the commands in them and the output under each command.

A line of three dots stands for any number of lines. `python -m tests.readme_blocks` starts a node of its own, indexes
the samples, runs every command and program and writes what they print into both READMEs.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown_it import MarkdownIt

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
ANYTHING = "…"
URL, PREFIX = "http://127.0.0.1:9200", "fangtan"
INDEXING = "fangtan index data/interviews"

# what differs from run to run and from machine to machine, and what is written in its place
CHANGING = (
    (re.compile(r"( · )?\b[\d,]+ ms\b"), ""),  # left out where the line is full
    (re.compile(r"-\d{8}-\d{6}\b"), "-STAMP"),
    (re.compile(r"\bup \d[\w ]*"), "up N"),
    (re.compile(r"\b\d+(?:\.\d+)? s\b"), "N s"),
    (re.compile(r"\b[\d.,]+ (?:MB|KB|GB|kB)\b"), "N MB"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"\d+ %"), "N %"),
    (re.compile(r'"took":\s*\d+'), '"took": N'),
    (re.compile(r"\b(dictionary|topics|speakers) [0-9a-f]{4}\b"), r"\1 FINGERPRINT"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the language behind its fence, its text, the README's line it begins on."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A command and the output shown under it."""

    command: str
    output: str
    line: int


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def blocks(readme: Path) -> list[Block]:
    """Return the fenced blocks in order."""
    tokens = _markdown().parse(readme.read_text("utf-8"))
    return [Block(one.info.strip(), one.content, one.map[0] + 1) for one in tokens if one.type == "fence" and one.map]


def headings(readme: Path) -> list[str]:
    """Return the level of each heading in order: h1, h2, …"""
    return [one.tag for one in _markdown().parse(readme.read_text("utf-8")) if one.type == "heading_open"]


def tables(readme: Path) -> list[list[list[str]]]:
    """Return each table as rows of cells, as Markdown, its head first."""
    found: list[list[list[str]]] = []
    tokens = _markdown().parse(readme.read_text("utf-8"))
    for here, token in enumerate(tokens):
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in {"td_open", "th_open"}:
            found[-1][-1].append(tokens[here + 1].content)
    return found


def table(readme: Path, first: str) -> list[list[str]]:
    """Return the rows below the head of the one table whose first column has this code in its first row."""
    (found,) = [rows for rows in tables(readme) if first in code_in(rows[1][0])]
    return found[1:]


def code_in(cell: str) -> list[str]:
    """Return what stands between backquotes in a cell."""
    return re.findall(r"`([^`]+)`", cell)


def shown(block: Block) -> Iterator[Shown]:
    """Yield each command of a console block with its output; it goes on after a \\ and inside '…'."""
    command, line = "", block.line
    output: list[str] = []
    for number, text in enumerate(block.text.splitlines(), start=block.line + 1):
        if command.endswith("\\") or command.count("'") % 2:
            command += "\n" + text
        elif text.startswith("$ "):
            if command:
                yield Shown(command, "\n".join(output), line)
            command, output, line = text.removeprefix("$ "), [], number
        else:
            output.append(text)
    if command:
        yield Shown(command, "\n".join(output), line)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the READMEs' commands run: the address and the folder of an embedded node, and the prefix of an archive."""

    url: str
    node_data: Path
    index: str

    def environment(self) -> dict[str, str]:
        """Return the environment of a command: this node and archive, 80 columns, no colour."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ELASTICSEARCH_", "FANGTAN_"))
        }
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {"FANGTAN_NODE_DATA": str(self.node_data), "FANGTAN_INDEX": self.index}
        return {**kept, **own, "PATH": path, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}

    def run(self, command: str) -> str:
        """Return what a command prints on both streams; address and prefix are the READMEs' in what goes in and out."""
        own = command.replace(URL, self.url).replace(f"{PREFIX}-turns", f"{self.index}-turns")
        found = subprocess.run(
            ["bash", "-c", f"exec 2>&1\n{own}"],
            cwd=ROOT,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            timeout=120,
        )
        if "Traceback (most recent call last)" in found.stdout:
            raise RuntimeError(f"{command}\n{found.stdout}")
        return found.stdout.replace(self.index, PREFIX).replace(self.url, URL).strip("\n")


def program_command(text: str) -> str:
    """Return the command that runs a Python program."""
    return f"python - <<'END'\n{text}\nEND"


def steady(text: str) -> str:
    """Return the text with what changes from run to run written the same, a space between words.

    Where a line breaks depends on how long a time or a size is; how screens are laid out has tests of its own.
    """
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return " ".join(text.split())


def agree(expected: str, actual: str) -> bool:
    """Tell whether output is what is shown, a line of … standing for any lines."""
    parts = [steady(part) for part in re.split(rf"(?m)^\s*{ANYTHING}\s*$", expected)]
    pattern = "(?:.* )?".join(re.escape(f"{part} ") if part else "" for part in parts)
    return re.fullmatch(pattern, steady(actual) + " ") is not None


def refreshed(text: str, run: Callable[[str], str]) -> str:
    """Return a README's text with each output written anew, as `run` gives it; outputs with … are kept."""

    def console(fence: re.Match[str]) -> str:
        parts = []
        for one in shown(Block("console", fence[1], 0)):
            kept = ANYTHING in one.output.splitlines()
            output = one.output if kept else run(one.command)
            parts.append(f"$ {one.command}\n{output}".rstrip("\n"))
        return "```console\n" + "\n".join(parts) + "\n```"

    def program(fence: re.Match[str]) -> str:
        return f"```python\n{fence[1]}```\n\n```text\n{run(program_command(fence[1]))}\n```"

    text = re.sub(r"(?ms)^```console\n(.*?)^```", console, text)
    return re.sub(r"(?ms)^```python\n(.*?)^```\n\n```text\n.*?^```", program, text)


def main() -> None:
    """Write the outputs of both READMEs anew."""
    from indexer.elastic.node import manager
    from indexer.settings import Settings

    with TemporaryDirectory() as folder:
        node = Settings(node_data=Path(folder))
        try:
            run = cache(Place(manager.start(node).url, Path(folder), PREFIX).run)  # both READMEs show one run
            run(INDEXING)
            for readme in (ENGLISH, CHINESE):
                readme.write_text(refreshed(readme.read_text("utf-8"), run), "utf-8")
                sys.stdout.write(f"{readme.name} written\n")
        finally:
            manager.stop(node)


if __name__ == "__main__":
    main()
