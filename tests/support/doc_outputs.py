"""The documentation's fenced blocks: the commands and programs in them, and the output shown under each.

A line of three dots stands for any number of lines. Run as a program, it starts a node of its own, indexes
the samples, runs every command and program and writes what they print into every page, in the page's language.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass
from functools import cache
from io import BytesIO, TextIOWrapper
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from markdown_it import MarkdownIt

from indexer.language import messages
from indexer.language.languages import VARIABLE, Language
from indexer.settings.folders import SEARCHES, SEEN, TAGS

ROOT = Path(__file__).parents[2]
ENGLISH, CHINESE = ROOT / "README.md", ROOT / "README.zh-CN.md"
GUIDES = (
    "search",
    "browse",
    "analysis",
    "quotations",
    "export",
    "report",
    "assistants",
    "transcripts",
    "elasticsearch",
    "kibana",
    "configuration",
    "scale",
    "security",
    "python",
    "saved",
)
PAGES = (
    (ENGLISH, CHINESE),
    *((ROOT / "docs" / f"{guide}.md", ROOT / "docs/zh-CN" / f"{guide}.md") for guide in GUIDES),
)
"""Each page in English, and the same in Chinese: the same commands and programs under the same headings."""

LANGUAGES = (Language.ENGLISH, Language.SIMPLIFIED)
"""The languages of the two pages."""

ANYTHING = "…"
URL, PREFIX = "http://127.0.0.1:9200", "fangtan"
INDEXING, EMBEDDING = "fangtan index data/interviews", "fangtan embed"
SAVING = "fangtan save 盐 盐 OR 血压 --role 受访"
TAGGING = 'fangtan tag clinic-2021#7 clinic-2021#9 因果 --note "与第15轮对照"'

# what differs from run to run and from machine to machine, and what is written in its place
CHANGING = (
    (re.compile(r"( · )?\b[\d,]+ (?:ms\b|毫秒)"), ""),  # left out where the line is full
    (re.compile(r"-\d{8}-\d{6}\b"), "-STAMP"),
    (re.compile(r"(\bup|已运行) \d[\w ]*"), r"\1 N"),
    (re.compile(r"\b\d{4}-\d\d-\d\d \d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b\d+(?:\.\d+)?\s(s\b|秒)"), r"N \1"),
    (re.compile(r"\b[\d.,]+ (?:MB|KB|GB|kB)\b"), "N MB"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"\d+ %"), "N %"),
    (re.compile(r'"took":\s*\d+'), '"took": N'),
    (re.compile(r"\b(dictionary|topics|speakers|词典|话题|说话人) [0-9a-f]{4}\b"), r"\1 FINGERPRINT"),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block: the language behind its fence, its text, the page's line it begins on."""

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


def commands(page: Path) -> list[Shown]:
    """Return the commands of a page's console blocks, each with its output."""
    return [one for block in blocks(page) if block.language == "console" for one in shown(block)]


def programs(page: Path) -> list[Shown]:
    """Return the Python programs of a page, each with its output.

    A first Python block without an output is the beginning of all others.
    """
    found = [(one, after) for one, after in pairwise([*blocks(page), Block("", "", 0)]) if one.language == "python"]
    start = found[0][0].text + "\n" if found and found[0][1].language != "text" else ""
    rest = found[1:] if start else found
    assert all(after.language == "text" for _, after in rest), f"{page.name}: a program without its output"
    return [Shown(program_command(start + one.text), after.text, one.line) for one, after in rest]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A command line with one fangtan in it: its arguments and variables, the shell's commands before and after it."""

    arguments: tuple[str, ...]
    variables: Mapping[str, str]
    before: str = ""
    after: str = ""


def pipeline(command: str) -> Pipeline | None:
    """Return the parts of a command line, None for one that only a shell can run."""
    lexer = shlex.shlex(command, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words = list(lexer)
    if "$(" in command or any(set(word) <= set("();<>&|") and word != "|" for word in words):
        return None
    parts = [list(part) for bar, part in groupby(words, lambda word: word == "|") if not bar]
    here = [place for place, part in enumerate(parts) if next((w for w in part if "=" not in w), "") == "fangtan"]
    if len(here) != 1:
        return None
    own = parts[here[0]]
    at = own.index("fangtan")
    before, after = (" | ".join(map(shlex.join, some)) for some in (parts[: here[0]], parts[here[0] + 1 :]))
    return Pipeline(tuple(own[at + 1 :]), dict(word.split("=", 1) for word in own[:at]), before, after)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the documentation's commands run: the address and the folder of an embedded node, the prefix of an archive,
    the folder they run in, where `data` is the checkout's, and the language of what they print.
    """

    url: str
    node_data: Path
    index: str
    folder: Path = ROOT
    language: Language = Language.ENGLISH

    def environment(self) -> dict[str, str]:
        """Return the environment of a command: this node and archive, 80 columns, no colour."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ELASTICSEARCH_", "FANGTAN_"))
        }
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        node = {"FANGTAN_NODE_DATA": str(self.node_data), "FANGTAN_INDEX": self.index, "FANGTAN_ENV_FILE": ""}
        own = {**node, "FANGTAN_DATA": "data"}  # not by the archive: pages index samples and others into one
        return {
            **kept,
            **own,
            VARIABLE: self.language,
            "PATH": path,
            "COLUMNS": "80",
            "NO_COLOR": "1",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, command: str) -> str:
        """Return what a command prints on both streams; address and prefix are the pages' in what goes in and out.

        fangtan and Python programs run in this process: to start one for each takes several times as long.
        """
        own = self._own(command)
        with chdir(self.folder), patch.dict(os.environ, self.environment(), clear=True):
            if (text := own.removeprefix(_PROGRAM)) != own:
                messages.use(Language.ENGLISH)  # as in a process of its own
                printed = _printed(lambda: exec(compile(text.removesuffix(_END), command, "exec"), {}))
            elif (parts := pipeline(own)) is not None:
                printed = _piped(parts)
            else:
                printed = _shell(own)
        if "Traceback (most recent call last)" in printed:
            raise RuntimeError(f"{command}\n{printed}")
        printed = _SETTINGS.sub("", printed)
        return printed.replace(self.index, PREFIX).replace(self.url, URL).strip("\n")

    def _own(self, text: str) -> str:
        """Return a command or program with this node's address and this archive's prefix."""
        text = re.sub(_NAMES, rf"{self.index}-\1", text).replace(URL, self.url)
        return text.replace("search(using=client)", f'search(using=client, index="{self.index}-turns")')


def _piped(parts: Pipeline) -> str:
    """Return what a pipeline prints, fangtan itself run in this process."""
    from search_cli.app import main

    given = _shell(parts.before) if parts.before else ""
    stdin = TextIOWrapper(BytesIO(given.encode()), "utf-8")
    with (
        patch.object(sys, "argv", ["fangtan", *parts.arguments]),
        patch.object(sys, "stdin", stdin),
        patch.dict(os.environ, parts.variables),
    ):
        printed = _printed(main)
    return _shell(parts.after, printed) if parts.after else printed


def _printed(call: Callable[[], object]) -> str:
    """Return what a call prints on both streams; a defect is raised."""
    stream = TextIOWrapper(BytesIO(), "utf-8", newline="\n", write_through=True)
    with redirect_stdout(stream), redirect_stderr(stream), suppress(SystemExit):
        call()
    stream.flush()
    stream.seek(0)
    return stream.read()


def _shell(command: str, given: str = "") -> str:
    """Return what a shell's command prints on both streams."""
    return subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{command}"],
        input=given,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        timeout=120,
    ).stdout


_NAMES = re.compile(rf"\b{PREFIX}-(turns|passages|interviews|two)\b")  # aliases, and a second archive
# of `fangtan status`: ours
_SETTINGS = re.compile(r"\s*·\s+(?:environment:|环境变量：)(?:\s*FANGTAN_(?:DATA|INDEX|LANG|NODE_DATA)[,、]?)+")
_PROGRAM, _END = "python - <<'END'\n", "\nEND"


def program_command(text: str) -> str:
    """Return the command that runs a Python program."""
    return f"{_PROGRAM}{text}{_END}"


def steady(text: str) -> str:
    """Return the text with what changes from run to run written the same, a space between words.

    Where a line breaks depends on how long a time or a size is; how screens are laid out has tests of its own.
    """
    return " ".join(without_changes(text).split())


def without_changes(text: str) -> str:
    """Return the text with what changes from run to run written the same."""
    for pattern, instead in CHANGING:
        text = pattern.sub(instead, text)
    return text


def agree(expected: str, actual: str) -> bool:
    """Tell whether output is what is shown, a line of … standing for any lines."""
    parts = [steady(part) for part in re.split(rf"(?m)^\s*{ANYTHING}\s*$", expected)]
    pattern = "(?:.* )?".join(re.escape(f"{part} ") if part else "" for part in parts)
    return re.fullmatch(pattern, f"{steady(actual)} ".lstrip()) is not None


def refreshed(text: str, run: Callable[[str], str]) -> str:
    """Return a page's text with each output written anew, as `run` gives it.

    Kept are outputs with …, and those in which nothing differs but times and sizes.
    """

    def console(fence: re.Match[str]) -> str:
        parts = []
        for one in shown(Block("console", fence[1], 0)):
            output = one.output if ANYTHING in one.output.splitlines() else anew(one.output, one.command)
            parts.append(f"$ {one.command}\n{output}".rstrip("\n"))
        return "```console\n" + "\n".join(parts) + "\n```"

    def program(fence: re.Match[str]) -> str:
        output = anew(fence[2].removesuffix("\n"), program_command(start + fence[1]))
        return f"```python\n{fence[1]}```\n\n```text\n{output}\n```"

    def anew(old: str, command: str) -> str:
        new = run(command)
        return old if without_changes(old) == without_changes(new) else new

    first = re.search(r"(?ms)^```python\n(.*?)^```(\n\n```text)?", text)
    start = f"{first[1]}\n" if first and not first[2] else ""
    text = re.sub(r"(?ms)^```console\n(.*?)^```", console, text)
    return re.sub(r"(?ms)^```python\n((?:(?!^```).)*?)^```\n\n```text\n(.*?)^```", program, text)


def main() -> None:
    """Write the outputs of all pages anew."""
    from indexer.elastic.node import manager
    from indexer.settings import Settings

    with TemporaryDirectory() as folder:
        node = Settings(node_data=Path(folder) / "node")
        try:
            url = manager.start(node).url
            for at, language in enumerate(LANGUAGES):
                own = Path(folder) / language
                run = prepared(Place(url, node.node_data, f"{PREFIX[:-1]}{at}", workplace(own), language))
                for page in (pair[at] for pair in PAGES):
                    page.write_text(refreshed(page.read_text("utf-8"), run), "utf-8")
                    sys.stdout.write(f"{page.relative_to(ROOT)} written\n")
        finally:
            manager.stop(node)


def prepared(place: Place) -> Callable[[str], str]:
    """Index the samples as the documentation does; return what runs a command or program there, each once."""
    run = cache(place.run)
    for command in (INDEXING, EMBEDDING, SAVING, TAGGING):
        run(command)
    return run


def workplace(folder: Path) -> Path:
    """Make the folder that commands run in: they may write there, and into its `data`, which has the checkout's."""
    place = folder / "workplace"
    (place / "data").mkdir(parents=True)
    for one in (ROOT / "data").iterdir():
        if one.name not in (SEARCHES, SEEN, TAGS):
            (place / "data" / one.name).symlink_to(one)
    return place


if __name__ == "__main__":
    main()
