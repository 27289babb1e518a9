"""Every command and every program the READMEs show, run against the node; what is shown is what comes out."""

import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings
from tests.readme_blocks import (
    CHINESE,
    ENGLISH,
    INDEXING,
    Place,
    agree,
    blocks,
    code_in,
    program_command,
    shown,
    steady,
    table,
)

COMMANDS = [one for block in blocks(ENGLISH) if block.language == "console" for one in shown(block)]
PROGRAMS = [
    (program, output)
    for program, output in zip(blocks(ENGLISH), blocks(ENGLISH)[1:], strict=False)
    if program.language == "python"
]


@dataclass(frozen=True, slots=True)
class Shelf:
    """The samples as the READMEs index them, and what indexing printed."""

    place: Place
    indexed: str


@pytest.fixture(scope="module")
def shelf(node_url: str, node_data: Path) -> Iterator[Shelf]:
    place = Place(node_url, node_data, f"r{uuid4().hex[:6]}")  # as long as fangtan, so that lines break alike
    yield Shelf(place, place.run(INDEXING))
    with connect(Settings(url=node_url)) as client:
        for name in client.indices.get(index=f"{place.index}-*").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=place.index)


@pytest.mark.parametrize("one", COMMANDS, ids=lambda one: f"line {one.line}: {one.command[:40]}")
def test_each_command_prints_what_is_shown(one, shelf) -> None:
    if one.command.startswith("curl") and shutil.which("curl") is None:
        pytest.skip("no curl here")
    found = shelf.indexed if one.command == INDEXING else shelf.place.run(one.command)
    assert agree(one.output, found), f"shown:\n{steady(one.output)}\n\nfound:\n{steady(found)}"


@pytest.mark.parametrize(("program", "output"), PROGRAMS, ids=lambda block: f"line {block.line}")
def test_each_program_prints_what_is_shown(program, output, shelf) -> None:
    assert output.language == "text"
    found = shelf.place.run(program_command(program.text))
    assert agree(output.text, found), f"shown:\n{output.text}\n\nfound:\n{found}"


@pytest.mark.parametrize(
    "query", [code for row in table(ENGLISH, "小米 合作") for cell in row for code in code_in(cell)]
)
def test_each_query_of_the_table_finds_turns(query, shelf) -> None:
    if query != '-"…"':
        assert "#" in shelf.place.run(f"fangtan search --ids -n 1 -- {shlex.quote(query)}")


def test_every_block_is_one_that_is_run_or_explained() -> None:
    assert {block.language for block in blocks(ENGLISH)} == {"console", "python", "text", "sh"}
    assert COMMANDS[0].command.startswith("fangtan search")
    assert len(PROGRAMS) >= 3
    assert CHINESE.exists()
