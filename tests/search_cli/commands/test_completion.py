"""What Tab offers: nothing, quietly and at once, where Elasticsearch does not run."""

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from search_cli.app import app
from search_cli.commands import completion

ROOT = Path(__file__).parents[3]


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    """An environment in which no Elasticsearch runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ELASTICSEARCH_URL", raising=False)
    monkeypatch.setenv("FANGTAN_NODE_DATA", str(tmp_path / "node"))
    return tmp_path


@pytest.mark.parametrize("ask", [completion.speakers, completion.topics, completion.outlets, completion.interviews])
def test_no_node_is_started_to_complete(nowhere, ask):
    assert ask("郑") == []
    assert not (nowhere / "node").exists()


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "no address"])
def test_an_elasticsearch_that_cannot_be_asked_is_not_mentioned(nowhere, monkeypatch, capsys, url):
    monkeypatch.setenv("ELASTICSEARCH_URL", url)
    began = time.monotonic()
    assert completion.speakers("") == []
    assert time.monotonic() - began < 5
    assert capsys.readouterr() == ("", "")


def test_saved_searches_and_tags_are_read_from_their_files(nowhere, monkeypatch):
    monkeypatch.setenv("FANGTAN_DATA", str(nowhere))
    assert completion.query_words("@") == completion.tags("") == []
    (nowhere / "searches.toml").write_text('["盐"]\nquery = "盐"\n["盐$(rm)"]\nquery = "盐"\n', encoding="utf-8")
    (nowhere / "tags.txt").write_text("a#1\t因果 重要\n", encoding="utf-8")
    assert completion.saved_searches("") == ["盐"]  # no shell runs a part of it
    assert completion.query_words("@") == ["@盐"]
    assert completion.query_words("盐") == []
    assert completion.tags("因") == completion.tags_and_interviews("因") == ["因果"]
    (nowhere / "tags.txt").write_text("broken", encoding="utf-8")
    assert completion.tags("") == []


def test_what_is_known_without_asking():
    assert completion.roles("interview") == ["interviewer", "interviewee"]
    assert completion.fields("o") == ["outlet"]


def complete(words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """What bash is offered after some words."""
    return subprocess.run(
        [sys.executable, "-m", "search_cli"],
        cwd=ROOT,
        env={**os.environ, "COMP_WORDS": words, "COMP_CWORD": str(words.count(" ")), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_bash_is_offered_options_and_roles(nowhere):
    done = complete("fangtan search --role inter", _FANGTAN_COMPLETE="complete_bash")
    assert done.stderr == ""
    assert done.stdout.split() == ["interviewer", "interviewee"]
    assert "--speaker" in complete("fangtan search --sp", _FANGTAN_COMPLETE="complete_bash").stdout


@pytest.mark.parametrize(
    ("shell", "typed", "offered"),
    [
        ("bash", "fangtan\nsearch\n--speaker\nAud", r"Audrey\ Tang"),
        ("bash", "fangtan\nsearch\n--speaker\n'Aud", "Audrey Tang"),
        ("bash", "", r"Audrey\ Tang"),
        ("powershell", "", "'Audrey Tang'"),
        ("zsh", "", "Audrey Tang"),  # it quotes what it is offered itself, as fish does
    ],
)
def test_a_name_with_a_space_is_one_word(shell, typed, offered):
    assert completion.quoted("Audrey Tang", f"complete_{shell}", typed) == offered
    assert completion.quoted("唐鳳", f"complete_{shell}", typed) == "唐鳳"


def test_nothing_that_a_shell_would_run_is_offered(monkeypatch):
    names = ["甲$(ls)", "甲`ls`", "甲\\$(ls)", '甲"', "甲\n乙", "甲\x1b", "甲;ls", "甲 乙"]
    monkeypatch.setattr(completion, "_frequent", lambda field: names)
    assert completion.speakers("甲") == ["甲;ls", "甲 乙"]
    assert completion.quoted("甲;ls", "complete_bash") == r"甲\;ls"


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("fangtan sim", '"similar":"查找别的访谈里与某轮发言相近的发言，并列出共…"'),
        ("fangtan saved ren", "_files"),
        ("fangtan search --speak", '"--speaker":"只要这位说话人的发言。可多次指定。"'),
        ("fangtan --vers", '"--version":"显示版本。"'),
        ("fangtan node stat", '"status":"显示 Elasticsearch 的地址、版本、内存、磁盘…"'),
        ("fangtan node status --che", '"--check":"读一遍全部索引的文件，检查有没有损坏。"'),
        ("fangtan search --role interviewee", '"interviewee":"受访"'),
        ("fangtan facets outl", '"outlet":"媒体"'),
    ],
)
@pytest.mark.usefixtures("chinese")
def test_what_is_offered_is_explained_in_chinese(monkeypatch, capsys, typed, offered):
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", typed)
    monkeypatch.setenv(completion.VARIABLE, "complete_zsh")
    with suppress(SystemExit):
        completion.complete(lambda: app(prog_name="fangtan", standalone_mode=False))
    assert offered in capsys.readouterr().out
