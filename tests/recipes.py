"""The recipes of docs/elasticsearch.md: what they are, and how they are run.

`python -m tests.recipes` indexes the samples into a node of its own, runs each recipe and writes its answer under it.
"""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from indexer.settings import Settings, default_data
from indexer.store import mapping
from tests.readme_blocks import ROOT, Block, blocks, shown

URL, PREFIX = "http://127.0.0.1:9200", "fangtan"
PAGE = ROOT / "docs/elasticsearch.md"


@dataclass(frozen=True, slots=True)
class Program:
    """A Python recipe with what every one of them begins with, and the output shown under it."""

    code: str
    output: str
    line: int


def shells(page: Path = PAGE) -> list[Block]:
    """The console blocks; the commands of one share a shell."""
    return [block for block in blocks(page) if block.language == "console"]


def programs(page: Path = PAGE) -> list[Program]:
    """The Python recipes; the first block is what all begin with."""
    found = blocks(page)
    start, *rest = [block for block in found if block.language == "python"]
    after = {block.line: following for block, following in pairwise(found)}
    assert all(after[block.line].language == "text" for block in rest), "a recipe without its answer"
    return [Program(f"{start.text}\n{block.text}", after[block.line].text, block.line) for block in rest]


def answer(block: Block, settings: Settings) -> str:
    """What the commands of a console block print, one after another in one shell."""
    commands = "\n".join(f"{_own(one.command, own(settings))}\necho" for one in shown(block))
    return _run(["bash", "-c", commands], settings)


def expected(block: Block) -> str:
    return "\n".join(one.output for one in shown(block) if one.output)


def printed(program: Program, settings: Settings) -> str:
    return _run([sys.executable, "-c", _own(program.code, own(settings))], settings)


def _run(command: list[str], settings: Settings) -> str:
    """What a command prints on both streams, with the page's address and prefix in it."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **variables(settings), "COLUMNS": "80", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )
    return _theirs(done.stdout, own(settings))


def _own(text: str, own: Mapping[str, str]) -> str:
    """A recipe with the address and prefix of the archive it is asked of."""
    for written, meant in own.items():
        text = text.replace(written, meant)
    turns = own["fangtan-turns"]
    return text.replace("TurnDocument.search(using=client)", f'TurnDocument.search(using=client, index="{turns}")')


def _theirs(text: str, own: Mapping[str, str]) -> str:
    for written, meant in own.items():
        text = text.replace(meant, written)
    return "\n".join(line for line in text.splitlines() if line.strip())


def own(settings: Settings) -> dict[str, str]:
    """What the page writes, and what is meant by it in an archive."""
    return {URL: settings.url, **{f"{PREFIX}-{kind}": f"{settings.index}-{kind}" for kind in mapping.KINDS}}


def variables(settings: Settings) -> dict[str, str]:
    """The environment in which recipes find that archive and this fangtan."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index, "PATH": path}


def refreshed(text: str, settings: Settings) -> str:
    """The page with every answer written anew."""
    start = re.search(r"(?ms)^```python\n(.*?)^```", text)
    assert start is not None

    def console(fence: re.Match[str]) -> str:
        block = Block("console", fence[1], 0)
        commands = "\n".join(f"$ {one.command}" for one in shown(block))
        return f"```console\n{commands}\n{answer(block, settings)}".rstrip("\n") + "\n```"

    def python(fence: re.Match[str]) -> str:
        program = Program(f"{start[1]}\n{fence[1]}", "", 0)
        return f"```python\n{fence[1]}```\n\n```text\n{printed(program, settings)}\n```"

    text = re.sub(r"(?ms)^```console\n(.*?)^```", console, text)
    return re.sub(r"(?ms)^```python\n((?:(?!^```).)*?)^```\n\n```text\n.*?^```", python, text)


def main() -> None:
    """Write every answer anew."""
    with TemporaryDirectory() as folder:
        node = Settings(node_data=Path(folder), data=default_data())
        try:
            settings = replace(node, url=manager.start(node).url)
            with connect(settings) as client:
                pipeline.index(pipeline.Order((ROOT / "data/interviews",)), settings, client)
            PAGE.write_text(refreshed(PAGE.read_text("utf-8"), settings), "utf-8")
        finally:
            manager.stop(node)


if __name__ == "__main__":
    main()
