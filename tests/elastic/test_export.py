"""`fangtan export`: what a search says is what each file has, as other programs read it."""

import csv
import io
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document
from elasticsearch import Elasticsearch
from markdown_it import MarkdownIt

from indexer.settings import Settings
from tests.support.cli import CommandLine
from tests.support.refi_projects import read_project

PHRASE = "红米手机"


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def counted(settings: Settings, query: dict[str, Any]) -> list[str]:
    """The addresses of the turns that match a query of Elasticsearch's own, asked without fangtan."""
    with Elasticsearch(settings.url) as client:
        found = client.search(index=f"{settings.index}-turns", query=query, size=1000)
    return sorted(hit["_id"] for hit in found["hits"]["hits"])


def of_csv(file: Path) -> list[str]:
    return [row["address"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline=""))]


def of_jsonl(file: Path) -> list[str]:
    return [json.loads(line)["address"] for line in file.read_text("utf-8").splitlines()]


def of_xlsx(file: Path) -> list[str]:
    header, *rows = openpyxl.load_workbook(file, read_only=True)["Turns"].iter_rows(values_only=True)
    return [str(row[header.index("address")]) for row in rows]


def of_markdown(file: Path) -> list[str]:
    tokens = MarkdownIt("commonmark").parse(file.read_text("utf-8"))
    texts = ["".join(child.content for child in one.children or ()) for one in tokens if one.type == "inline"]
    return [text.rpartition("，")[2] for text in texts if text.startswith("—— ")]


def of_docx(file: Path) -> list[str]:
    cited = [one for one in Document(str(file)).paragraphs if one.style and one.style.name == "TurnCitation"]
    return [one.text.rpartition("，")[2] for one in cited]


def of_qdpx(file: Path) -> list[str]:
    return [one.name for one in read_project(file).selections if any("Searches" in code for code in one.codes)]


READERS: dict[str, Callable[[Path], list[str]]] = {
    "csv": of_csv,
    "jsonl": of_jsonl,
    "xlsx": of_xlsx,
    "md": of_markdown,
    "docx": of_docx,
    "qdpx": of_qdpx,
}
every_format = pytest.mark.parametrize("suffix", READERS)


@every_format
@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ((f'"{PHRASE}"',), {"match_phrase": {"text": PHRASE}}),
        (("--speaker", "郑志昊", "--sort", "oldest"), {"term": {"speaker": "郑志昊"}}),
        ((), {"match_all": {}}),
        (("没有这样的话吧吗", "--match", "all"), {"match_none": {}}),
    ],
    ids=["phrase", "speaker", "all", "none"],
)
def test_a_file_has_the_turns_that_elasticsearch_counts(
    suffix: str, typed: tuple[str, ...], query: dict[str, Any], sample: Settings, run: CommandLine, tmp_path: Path
) -> None:
    expected = counted(sample, query)
    done = run("export", *typed, "-o", str(tmp_path / f"a.{suffix}"))
    assert (done.code, done.err) == (0, "")
    assert sorted(READERS[suffix](tmp_path / f"a.{suffix}")) == expected
    assert f"Exported {len(expected)} turn" in done.out


@every_format
def test_the_order_is_that_of_the_search(suffix: str, run: CommandLine, tmp_path: Path) -> None:
    head = json.loads(run("search", "小米", "合作", "--json", "-n", "100").out)
    file = tmp_path / f"a.{suffix}"
    run("export", "小米", "合作", "-o", str(file), "--quiet")
    found, expected = READERS[suffix](file), [hit["address"] for hit in head["hits"]]
    assert (sorted(found), len(found)) == (sorted(expected), head["total"])
    if suffix != "qdpx":  # whose interviews are in their own order
        assert found == expected


def test_a_sample_is_the_same_in_each_file(run: CommandLine, tmp_path: Path) -> None:
    for suffix, read in READERS.items():
        run("export", "--sort", "random", "--seed", "7", "-n", "5", "-o", str(tmp_path / f"a.{suffix}"))
        found = read(tmp_path / f"a.{suffix}")
        assert sorted(found) == sorted(of_csv(tmp_path / "a.csv"))
        assert len(found) == 5


def test_a_project_has_whole_interviews_with_all_their_codes(run: CommandLine, tmp_path: Path) -> None:
    run("export", f'"{PHRASE}"', "--code", "红米", "-o", str(tmp_path / "a.qdpx"))
    project = read_project(tmp_path / "a.qdpx")
    (title,) = project.texts
    turns = json.loads(run("show", "qzone-xiaomi", "--json").out)["turns"]
    assert len(project.selections) == len([one for one in turns if one["speaker"] or one["topics"]])
    for selection, one in zip(project.selections, turns, strict=True):
        assert (selection.source, selection.text) == (title, one["text"])
        codes = {code.rpartition(" > ")[2] for code in selection.codes}
        said = {"红米"} if PHRASE in one["text"] else set()
        assert codes == {one["speaker"], *one["topics"], *said} - {""}
    assert project.variables[title]["date"] == "2013-08-02"


@every_format
def test_an_interview_is_written_in_each_format(suffix: str, run: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / f"a.{suffix}"
    done = run("show", "qz#2-4", "-o", str(file))
    assert (done.code, done.err) == (0, "")
    expected = ["qzone-xiaomi#2", "qzone-xiaomi#3", "qzone-xiaomi#4"]
    assert READERS[suffix](file) == expected
    assert run("show", "qzone-xiaomi", "-o", str(file)).out.startswith("Exported 15 turns of 1 interview")


def test_the_columns_are_those_that_are_asked_for(run: CommandLine) -> None:
    done = run("export", f'"{PHRASE}"', "--sort", "position", "--fields", "turn,citation", "--format", "jsonl")
    assert [json.loads(line) for line in done.lines][1] == {
        "turn": 5,
        "citation": "郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，qzone-xiaomi#5",
    }


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("export", "小米"), "Error: An export needs a file."),
        (("export", "小米", "-o", "a.pdf"), "Error: The format of a.pdf is not known"),
        (("export", "小米", "-o", "a.docx", "--fields", "text"), "Error: docx has no columns to choose."),
        (("export", '"小米', "-o", "a.csv"), "Error: This quotation mark is not closed."),
        (("show", "qz", "qz#1", "-o", "a.md"), "Error: A file is written of one address"),
        (("show", "qz", "--context", "1", "-o", "a.md"), "Error: --context needs a turn."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_written(
    typed: tuple[str, ...], message: str, run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*typed)
    assert done.code == 2
    assert done.err.startswith(message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_file(number: signal.Signals, run: CommandLine, tmp_path: Path) -> None:
    program = (
        "import os, sys; from search_cli.export import workbook; from search_cli.app import main\n"
        f"workbook.hit_values = lambda *given: os.kill(os.getpid(), {int(number)})\n"
        f"sys.argv = ['fangtan', 'export', '小米', '-o', '{tmp_path}/a.xlsx']; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (128 + number, "", "")
    assert list(tmp_path.iterdir()) == []
