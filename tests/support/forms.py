"""Forms in which transcripts come, each with its traps: invented texts, and the turns a careful reader expects.

A form is a file in tests/fixtures/forms, plain text or Markdown, with its expectation beside it: NAME.expected.toml (a
NAME.toml would be read as the transcript's sidecar). A turn is expected as [speaker, role, how it begins, how it ends],
spaces apart; adjacent turns of one speaker count as one. "" for begin or end leaves it open.
"""

import tomllib
from pathlib import Path
from typing import NamedTuple

from tests.support.fixtures import FIXTURES


class Form(NamedTuple):
    """A transcript and what is expected of it."""

    name: str
    text: str
    turns: tuple[tuple[str, str, str, str], ...]
    title: str
    date: str
    markdown: bool


def load(path: Path) -> Form:
    """Return the form of a transcript."""
    expected = tomllib.loads(path.with_suffix(".expected.toml").read_text("utf-8"))
    turns = tuple((speaker, role, begins, ends) for speaker, role, begins, ends in expected["turns"])
    title, date = expected.get("title", ""), str(expected.get("date", ""))
    return Form(path.stem, path.read_text("utf-8"), turns, title, date, path.suffix == ".md")


FORMS = tuple(load(path) for path in sorted((FIXTURES / "forms").iterdir()) if path.suffix != ".toml")
