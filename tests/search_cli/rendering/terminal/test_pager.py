"""Long texts in the reader's own pager."""

import shlex
import sys

import pytest

from search_cli.rendering.terminal.pager import page
from search_cli.rendering.terminal.styles import Segment, Style, line

LINES = [line("郑志昊  ", Segment("小米", Style.MARK)), (), line("合作  ")]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """A pager that keeps what it is given, and the settings of less."""
    program = tmp_path / "my pager.py"
    file = tmp_path / "kept.txt"
    program.write_text(
        f"import os, pathlib, sys\npathlib.Path({str(file)!r}).write_bytes("
        "sys.stdin.buffer.read() + os.environ['LESS'].encode())\n",
        encoding="utf-8",
    )
    monkeypatch.delenv("FANGTAN_PAGER", raising=False)
    monkeypatch.delenv("LESS", raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("PAGER", shlex.join([sys.executable, str(program)]))
    return file


def test_the_pager_gets_the_lines(kept):
    assert page(LINES)
    assert kept.read_text(encoding="utf-8") == "郑志昊  小米\n\n合作\nFRX"


def test_the_users_own_less_is_left_alone(kept, monkeypatch):
    monkeypatch.setenv("LESS", "-i")
    assert page(LINES)
    assert kept.read_text(encoding="utf-8").endswith("-i")


def test_colours_reach_the_pager_when_they_are_wanted(kept, monkeypatch):
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert page(LINES)
    assert "\x1b[1;31m小米\x1b[0m" in kept.read_text(encoding="utf-8")


def test_without_a_pager_nothing_happens(monkeypatch):
    monkeypatch.setenv("PAGER", "no-such-pager-anywhere -x")
    monkeypatch.delenv("FANGTAN_PAGER", raising=False)
    assert not page(LINES)


def test_a_reader_who_quits_early_is_no_error(kept, monkeypatch):
    monkeypatch.setenv("FANGTAN_PAGER", shlex.join([sys.executable, "-c", "pass"]))
    assert page(LINES * 100_000)
