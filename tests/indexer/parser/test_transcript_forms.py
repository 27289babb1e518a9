"""Every form of transcript with its traps: speakers, and the start and end of turns."""

import re

import pytest

from indexer.model import Interview
from tests.support.forms import FORMS, Form
from tests.support.scripts import attributed, marked, script

_SPACE = re.compile(r"\s+")


def bare(text: str) -> str:
    return _SPACE.sub("", text)


def merged(interview: Interview) -> list[tuple[str, str, str]]:
    """Return who (as printed) says what in which role, adjacent turns of one speaker as one."""
    turns: list[tuple[str, str, str]] = []
    for turn in interview.turns:
        who, text = bare(turn.label), bare(turn.text)
        if turns and turns[-1][0] == who:
            turns[-1] = (who, turns[-1][1], turns[-1][2] + text)
        else:
            turns.append((who, str(turn.role), text))
    return turns


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_form(form: Form) -> None:
    interview = attributed(marked(form.text) if form.markdown else script(form.text))
    found = merged(interview)
    assert [turn[:2] for turn in found] == [(bare(turn[0]), turn[1]) for turn in form.turns]
    for (_, _, text), (_, _, begins, ends) in zip(found, form.turns, strict=True):
        assert text.startswith(begins)
        assert text.endswith(ends)
    assert bare(interview.title) == bare(form.title)
    assert (interview.date.isoformat() if interview.date else "") == form.date
