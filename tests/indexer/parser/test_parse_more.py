"""The shared parse cases in the forms of real files, exact as in `test_parse_cases`."""

from pathlib import Path

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError
from indexer.indexing.transcript import ParsedInterview, ReadOptions, parse_item
from indexer.model import Interview
from indexer.parser.parse import explain
from indexer.parser.trace import SPOKEN
from indexer.readers.read import read
from indexer.readers.script import Script
from tests.indexer.parser.test_parse_cases import bare, expected, turns_of

CASES = Path(__file__).parents[3].parent / "shared/data/parse-more"
NAMES = tuple(sorted(path.name for path in CASES.glob("*") if path.is_dir()))

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the shared data is not here")


def items(case: str) -> list[Script | Interview]:
    (path,) = (CASES / case).glob("input.*")
    return [item for item in read(path) if not isinstance(item, ReadingError)]


@pytest.mark.parametrize("case", NAMES)
def test_case(case: str) -> None:
    gold = expected(case, CASES)
    (item,) = items(case)
    parsed = parse_item(item, case, ReadOptions())
    assert isinstance(parsed, ParsedInterview)
    interview = attribute(parsed.interview, Speakers())
    wanted = [{key: bare(value) for key, value in turn.items()} for turn in gold["turns"]]
    assert turns_of(interview) == wanted
    assert bare(interview.title) == bare(gold["title"] or "")
    assert (interview.date.isoformat() if interview.date else None) == gold["date"]


@pytest.mark.parametrize("case", NAMES)
def test_nothing_of_a_case_is_lost(case: str) -> None:
    for item in items(case):
        if isinstance(item, Script):
            interview, pieces = explain(item)
            assert "".join(piece.text for piece in pieces) == "".join(line.text for line in item.lines)
            said = bare("".join(turn.text for turn in interview.turns))
            assert said == bare("".join(piece.text for piece in pieces if piece.line_class in SPOKEN))
            assert interview.turns
            assert all(piece.reason for piece in pieces)
