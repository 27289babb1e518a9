"""The shared parse cases, exact: every turn's speaker, role, first and last 12 characters; title and date."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.errors import ReadingError
from indexer.model import Interview, Role
from indexer.parser.parse import parse
from indexer.readers.read import read

CASES = Path(__file__).parents[3].parent / "shared/data/parse"
NAMES = (
    "05-sayit-heading-labels-zh-hant",
    "06-press-conference-outlet-reporters-zh-hant",
    "12-feishu-minutes-export",
    "14-tencent-meeting-inline-time",
    "19-funasr-json-sentence-info",
    "22-gov-online-bracket-labels-gbk",
    "24-hard-wrapped-lines-gbk",
    "27-scio-press-conference",
    "39-title-in-parens-padded-names-alias",
)
_BLANK = re.compile("[\\s\u200b\u200c\u200d\u2060\ufeff]+")

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the shared data is not here")


def bare(text: str) -> str:
    return _BLANK.sub("", text)


def interview_of(case: str) -> Interview:
    (path,) = (CASES / case).glob("input.*")
    items = [item for item in read(path) if not isinstance(item, ReadingError)]
    assert len(items) == 1
    return attribute(items[0] if isinstance(items[0], Interview) else parse(items[0]), Speakers())


def turns_of(interview: Interview) -> list[dict[str, str]]:
    """Return the turns as the cases write them, adjacent ones of one speaker as one."""
    merged: list[list[str]] = []
    for turn in interview.turns:
        speaker = "" if turn.role is Role.NARRATION and not turn.label else bare(turn.label)
        if merged and merged[-1][0] == speaker:
            merged[-1][2] += bare(turn.text)
        else:
            merged.append([speaker, str(turn.role), bare(turn.text)])
    return [{"speaker": who, "role": role, "starts": text[:12], "ends": text[-12:]} for who, role, text in merged]


def expected(case: str, cases: Path = CASES) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((cases / case / "expected.json").read_text(encoding="utf-8"))
    return content


@pytest.mark.parametrize("case", NAMES)
def test_case(case: str) -> None:
    gold, interview = expected(case), interview_of(case)
    wanted = [{key: bare(value) for key, value in turn.items()} for turn in gold["turns"]]
    assert turns_of(interview) == wanted
    assert bare(interview.title) == bare(gold["title"] or "")
    assert (interview.date.isoformat() if interview.date else None) == gold["date"]


def test_every_shared_case_is_named() -> None:
    assert sorted(path.name for path in CASES.iterdir() if path.is_dir()) == list(NAMES)


VCSUM = CASES.parent / "vcsum"


@pytest.mark.parametrize("file", sorted(path.name for path in VCSUM.glob("vcsum_*.txt")))
def test_vcsum_turns_are_the_gold_ones_unmerged(file: str) -> None:
    lines = (VCSUM / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [turn for line in lines if (turn := json.loads(line))["file"] == file]
    (script,) = read(VCSUM / file)
    assert not isinstance(script, Interview | ReadingError)
    interview = parse(script)
    assert [(turn.speaker, bare(turn.text)) for turn in interview.turns] == [
        (turn["speaker"], bare(turn["text"])) for turn in gold
    ]
    assert (interview.title, interview.date) == ("", None)
