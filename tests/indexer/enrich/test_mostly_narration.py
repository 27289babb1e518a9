"""Transcripts that are mostly narration, which somebody should check."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich.enrich import is_mostly_narration
from indexer.errors import ReadingError
from indexer.model import Interview, Role, Turn
from indexer.parser.parse import parse
from indexer.readers.discover import walk
from indexer.readers.read import read
from indexer.readers.script import Script

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared/data/interviews/traditional"
NARRATION = Turn(1, "", Role.NARRATION, "十个字的旁白在这里呢")
ANSWER = Turn(2, "郑志昊", Role.INTERVIEWEE, "十个字的回答在这里呢")


def doubtful(folder: Path) -> list[str]:
    found = []
    for file in walk([folder]):
        for item in read(file.path):
            assert not isinstance(item, ReadingError)
            if is_mostly_narration(parse(item) if isinstance(item, Script) else item):
                found.append(file.name)
    return found


def test_narration_alone_is_doubtful() -> None:
    assert is_mostly_narration(Interview((NARRATION,)))
    assert not is_mostly_narration(Interview((ANSWER,)))


def test_half_of_the_characters_are_enough() -> None:
    assert not is_mostly_narration(Interview((NARRATION, ANSWER)))
    assert is_mostly_narration(Interview((replace(NARRATION, text=NARRATION.text + "。"), ANSWER)))


def test_many_short_turns_in_a_long_report_are_doubtful() -> None:
    asides = tuple(replace(ANSWER, text="是的") for _ in range(4))
    assert is_mostly_narration(Interview((NARRATION, *asides)))


def test_none_of_the_sample_interviews_is_doubtful() -> None:
    assert doubtful(ROOT / "data/interviews") == []


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared interviews are not here")
def test_of_real_meetings_only_minutes_in_which_nobody_speaks_are_doubtful() -> None:
    assert [name[:10] for name in doubtful(SHARED)] == [
        *("2018-08-30", "2020-12-17", "2021-01-06", "2021-09-10", "2022-03-25")
    ]
