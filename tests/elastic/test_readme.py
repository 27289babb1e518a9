"""Every command and every program the documentation shows, run against the node; what is shown is what comes out."""

import shlex
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest

from indexer.elastic.connection import connect
from indexer.language.languages import Language
from indexer.settings import Settings
from tests.support.doc_outputs import (
    ENGLISH,
    LANGUAGES,
    PAGES,
    ROOT,
    Place,
    Shown,
    agree,
    blocks,
    code_in,
    commands,
    prepared,
    program_command,
    programs,
    steady,
    table,
    workplace,
)

SEARCH = ROOT / "docs/search.md"
SHOWN = [
    (page, language, one)
    for pair in PAGES
    for page, language in zip(pair, LANGUAGES, strict=True)
    for one in (*commands(page), *programs(page))
]


@pytest.fixture(scope="module")
def run_in(
    node_url: str, node_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Language], Callable[[str], str]]]:
    """What runs a command in a language, on the samples as the documentation indexes them; each command once."""
    prefix = f"r{uuid4().hex[:5]}"  # with the number, as long as fangtan, so that lines break alike

    @cache
    def run(language: Language) -> Callable[[str], str]:
        index, folder = f"{prefix}{LANGUAGES.index(language)}", tmp_path_factory.mktemp("documentation")
        return prepared(Place(node_url, node_data, index, workplace(folder), language))

    yield run
    with connect(Settings(url=node_url)) as client:
        for name in client.indices.get(index=f"{prefix}*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        for name in client.indices.get_index_template(name=f"{prefix}*")["index_templates"]:
            client.indices.delete_index_template(name=name["name"])


@pytest.fixture(scope="module")
def run(run_in: Callable[[Language], Callable[[str], str]]) -> Callable[[str], str]:
    """What runs a command in English."""
    return run_in(Language.ENGLISH)


@pytest.mark.parametrize(
    ("page", "language", "one"),
    SHOWN,
    ids=[f"{page.stem} {lang} {one.line}: {one.command[:40]}" for page, lang, one in SHOWN],
)
def test_each_command_and_program_prints_what_is_shown(
    page: Path, language: Language, one: Shown, run_in: Callable[[Language], Callable[[str], str]]
) -> None:
    if "curl" in one.command and shutil.which("curl") is None:
        pytest.skip("no curl here")
    found = run_in(language)(one.command)
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
    assert len([one for _, _, one in SHOWN if one.command.startswith("python")]) >= 15
