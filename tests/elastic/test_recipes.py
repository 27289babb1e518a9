"""Every recipe of docs/elasticsearch.md, run against the sample archive; what is shown is what it answers."""

import json
import re
import shutil

import pytest

from indexer.settings import Settings
from indexer.store import mapping
from tests import recipes
from tests.readme_blocks import ROOT, Block, agree, code_in, headings, tables

SHELLS, PROGRAMS = recipes.shells(), recipes.programs()


@pytest.mark.parametrize("block", SHELLS, ids=lambda block: f"line {block.line}")
def test_each_command_answers_what_is_shown(block: Block, sample: Settings) -> None:
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    shown, found = recipes.expected(block), recipes.answer(block, sample)
    assert shown, "the page shows no answer"
    assert agree(shown, found), f"shown:\n{shown}\n\nfound:\n{found}"


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: f"line {program.line}")
def test_each_program_prints_what_is_shown(program: recipes.Program, sample: Settings) -> None:
    assert program.output.strip(), "the page shows no answer"
    found = recipes.printed(program, sample)
    assert agree(program.output, found), f"shown:\n{program.output}\n\nfound:\n{found}"


def test_there_are_at_least_a_dozen_both_ways() -> None:
    assert len(SHELLS) >= 12
    assert len(PROGRAMS) >= 12
    assert headings(recipes.PAGE).count("h3") >= 14


@pytest.mark.parametrize("block", SHELLS, ids=lambda block: f"line {block.line}")
def test_no_answer_is_empty_or_an_error(block: Block) -> None:
    for line in recipes.expected(block).splitlines():
        if line.startswith("{"):
            found = json.loads(line)
            assert found
            assert "error" not in found
            assert '"hits":[]' not in line
            assert '"buckets":[]' not in line


def test_every_field_named_is_there() -> None:
    text = recipes.PAGE.read_text("utf-8")
    known = mapping.TURN.keys() | mapping.INTERVIEW.keys() | {"_shard_doc"}
    asked = re.findall(r'"(?:term|terms|match|match_phrase|range)": \{"([a-z_]+)": [^}]', text)
    asked += re.findall(r'"field": "([a-z_]+)"', text)
    assert len(set(asked) - {"field"}) >= 10
    assert set(asked) - {"field"} <= known


def test_the_table_of_settings_names_what_is_read() -> None:
    told = {name for rows in tables(recipes.PAGE) for row in rows[1:] for name in code_in(row[0])}
    assert told == {"FANGTAN_SHARDS", "FANGTAN_REPLICAS", "FANGTAN_REFRESH"}
    source = (ROOT / "indexer/settings.py").read_text("utf-8")
    assert all(f'"{name}"' in source for name in told)
