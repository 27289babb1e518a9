"""What Tab offers where Elasticsearch runs: the archive's own names."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.settings import Settings
from search_cli.commands import completion

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def asking(sample: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELASTICSEARCH_URL", sample.url)
    monkeypatch.setenv("FANGTAN_INDEX", sample.index)


def test_names_that_begin_so():
    assert completion.speakers("郑") == ["郑志昊"]
    assert "搜狐IT" in completion.outlets("搜")
    assert completion.interviews("qz") == ["qzone-xiaomi"]
    assert completion.topics("")
    assert completion.speakers("没有这个人") == []


def test_an_archive_that_is_not_there(monkeypatch, capsys):
    monkeypatch.setenv("FANGTAN_INDEX", "nobody-indexed")
    assert completion.speakers("") == []
    assert capsys.readouterr() == ("", "")


def test_the_node_that_runs_is_asked_without_an_address(monkeypatch, node_data, sample):
    monkeypatch.delenv("ELASTICSEARCH_URL")
    monkeypatch.setenv("FANGTAN_NODE_DATA", str(node_data))
    assert completion.speakers("郑") == ["郑志昊"]


def test_bash_is_offered_speakers():
    words = "fangtan search 小米 --speaker 郑"
    variables = {"COMP_WORDS": words, "COMP_CWORD": "4", "_FANGTAN_COMPLETE": "complete_bash"}
    script = "import sys; sys.argv[0] = 'fangtan'; from search_cli.app import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.stderr == ""
    assert done.stdout.split() == ["郑志昊"]
