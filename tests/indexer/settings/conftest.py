"""A shell in which nothing is set, in a folder two levels below the test's own."""

import os
from pathlib import Path

import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The test's folder; the current one is deep/below."""
    for name in list(os.environ):
        if name.startswith(("ELASTICSEARCH_", "FANGTAN_", "KIBANA_")):
            monkeypatch.delenv(name)
    below = tmp_path / "deep" / "below"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    return tmp_path
