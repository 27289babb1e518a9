"""Every command and every program the documentation shows, run against the node; what is shown is what comes out."""

import shlex
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.settings import Settings
from tests.support.doc_outputs import (
    EMBEDDING,
    ENGLISH,
    INDEXING,
    PAGES,
    ROOT,
    SAVING,
    TAGGING,
    Place,
    Shown,
    agree,
    blocks,
    code_in,
    commands,
    program_command,
    programs,
    steady,
    table,
    workplace,
)

SEARCH = ROOT / "docs/search.md"
SHOWN = [
    (page, one) for page, _ in PAGES for one in (*commands(page), *programs(page))
]  # the Chinese pages show the same


@pytest.fixture(scope="module")
def run(node_url: str, node_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Runs a command on the samples, as the documentation indexes them; each command once."""
    folder = workplace(tmp_path_factory.mktemp("documentation"))
    place = Place(node_url, node_data, f"r{uuid4().hex[:6]}", folder)  # as long as fangtan, so that lines break alike
    run = cache(place.run)
    run(INDEXING)
    run(EMBEDDING)
    run(SAVING)
    run(TAGGING)
    yield run
    with connect(Settings(url=node_url)) as client:
        for name in client.indices.get(index=f"{place.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        for prefix in (place.index, f"{place.index}-two"):
            client.options(ignore_status=404).indices.delete_index_template(name=prefix)


@pytest.mark.parametrize(
    ("page", "one"), SHOWN, ids=[f"{page.stem} {one.line}: {one.command[:40]}" for page, one in SHOWN]
)
def test_each_command_and_program_prints_what_is_shown(page: Path, one: Shown, run: Callable[[str], str]) -> None:
    if "curl" in one.command and shutil.which("curl") is None:
        pytest.skip("no curl here")
    found = run(one.command)
    assert agree(one.output, found), f"{page}, shown:\n{steady(one.output)}\n\nfound:\n{steady(found)}"


@pytest.mark.parametrize(
    "query", [code for row in table(SEARCH, "小米 合作") for cell in row for code in code_in(cell)]
)
def test_each_query_of_the_table_finds_turns(query: str, run: Callable[[str], str]) -> None:
    if query != '-"…"':
        assert "#" in run(f"fangtan search --ids -n 1 -- {shlex.quote(query)}")


def test_a_program_runs_on_the_archive_of_the_documentation(run: Callable[[str], str]) -> None:
    assert run(program_command("from search_cli import Archive; print(len(Archive().interviews()))")) == "15"


def test_every_block_is_one_that_is_run_or_explained() -> None:
    for page, _ in PAGES:
        assert {block.language for block in blocks(page)} <= {"console", "python", "text", "sh"}
        assert commands(page) or programs(page)
    assert commands(ENGLISH)[0].command.startswith("fangtan search")
    assert len([one for _, one in SHOWN if one.command.startswith("python")]) >= 15
