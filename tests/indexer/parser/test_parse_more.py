"""The shared parse cases in the forms of real files, exact as in `test_parse_cases`; not yet those in `OPEN`."""

from pathlib import Path
from typing import Any

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError
from indexer.indexing.transcript import to_interview
from indexer.model import Interview
from indexer.parser.parse import explain
from indexer.parser.trace import SPOKEN
from indexer.readers.read import read
from indexer.readers.script import Script
from tests.indexer.parser.test_parse_cases import bare, expected, turns_of

CASES = Path(__file__).parents[3].parent / "shared/data/parse-more"
NAMES = tuple(sorted(path.name for path in CASES.glob("*") if path.is_dir()))
OPEN = frozenset([55])

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the shared data is not here")


def items(case: str) -> list[Script | Interview]:
    (path,) = (CASES / case).glob("input.*")
    return [item for item in read(path) if not isinstance(item, ReadingError)]


def case_or_open(name: str) -> Any:
    """Return a case as a parameter; one that is not exact yet must fail, so that it is taken off the list in time."""
    marks = [pytest.mark.xfail(strict=True, reason="not exact yet")] if int(name[:2]) in OPEN else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("case", [case_or_open(name) for name in NAMES])
def test_case(case: str) -> None:
    gold = expected(case, CASES)
    (item,) = items(case)
    interview = attribute(to_interview(item, case), Speakers())
    wanted = [{key: bare(value) for key, value in turn.items()} for turn in gold["turns"]]
    assert turns_of(interview) == wanted
    assert bare(interview.title) == bare(gold["title"] or "")
    assert (interview.date.isoformat() if interview.date else None) == gold["date"]


def test_every_open_case_is_there() -> None:
    assert {int(name[:2]) for name in NAMES} >= OPEN


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
