"""The recipes of docs/elasticsearch.md: there are enough of them, and each asks something that is there."""

import json
import re

import pytest

from indexer.store import mapping
from tests.support.doc_outputs import ROOT, Shown, commands, headings, programs

PAGE = ROOT / "docs/elasticsearch.md"
COMMANDS, PROGRAMS = commands(PAGE), programs(PAGE)


def test_there_are_at_least_a_dozen_both_ways() -> None:
    assert len(COMMANDS) >= 12
    assert len(PROGRAMS) >= 12
    assert headings(PAGE).count("h3") >= 14


@pytest.mark.parametrize("one", [*COMMANDS, *PROGRAMS], ids=lambda one: f"line {one.line}")
def test_no_answer_is_empty_or_an_error(one: Shown) -> None:
    assert one.output.strip(), "the page shows no answer"
    for line in one.output.splitlines():
        if line.startswith('{"'):
            found = json.loads(line)
            assert found
            assert "error" not in found
            assert '"hits":[]' not in line
            assert '"buckets":[]' not in line


def test_every_field_named_is_there() -> None:
    text = PAGE.read_text("utf-8")
    known = mapping.TURN.keys() | mapping.INTERVIEW.keys() | {"_shard_doc"}
    asked = re.findall(r'"(?:term|terms|match|match_phrase|range)": \{"([a-z_]+)": [^}]', text)
    asked += re.findall(r'"field": "([a-z_]+)"', text)
    assert len(set(asked) - {"field"}) >= 10
    assert set(asked) - {"field"} <= known
