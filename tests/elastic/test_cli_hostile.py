"""A hostile transcript end to end: what it holds may be read, and never reaches the terminal as a command."""

import csv
import io
import json
import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from rich.cells import cell_len

from indexer import pipeline
from indexer.elastic.connection import connect
from indexer.settings import Settings, sample_data
from indexer.text.printable import plain
from tests.support.cli import CommandLine

ROOT = Path(__file__).parents[2]
EVIL = "\x1b]0;被占\x07\x1b[2J\x9b31m\u202e反\u2066向\u200b红\x1b[31m米\x1b[0m手机\x00"
HONEST = "与小米的合作是QQ空间的尝试😀👨‍👩‍👧，ｑｑ空间 שלום عالم。"


@pytest.fixture(scope="module")
def hostile(node_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An archive of two interviews: one as hostile as can be, one with hardly anything known about it."""
    settings = Settings(url=node_url, index=f"hostile-{uuid4().hex[:12]}", data=sample_data())
    turns = [
        {"speaker": f"记者{EVIL}", "role": "interviewer", "text": f"问题{EVIL}是什么\u2028呢？"},
        {"speaker": f"郑{EVIL}志昊", "role": "interviewee", "text": (EVIL + HONEST) * 40},
        {"speaker": "=cmd|' /C calc'!A0", "role": "interviewee", "text": "=1+1 红米手机"},
    ]
    about = {"id": "evil", "title": f"标题{EVIL}" * 20, "date": "2013-08-02", "outlet": f"网{EVIL}"}
    bare = {"id": "bare", "turns": [{"speaker": "", "role": "other", "text": "小米手机不知道是谁说的。"}]}
    file = tmp_path_factory.mktemp("hostile") / "hostile.jsonl"
    lines = [json.dumps(one, ensure_ascii=False) for one in ({**about, "turns": turns}, bare)]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with connect(settings) as client:
        report = pipeline.index(pipeline.IndexOptions((file,), keep_duplicates=True), settings, client)
        assert not report.failed
        yield settings
        for name in client.indices.get(index=f"{settings.index}-*", expand_wildcards="all").body:
            client.indices.delete(index=name)
        client.options(ignore_status=404).indices.delete_index_template(name=settings.index)


@pytest.fixture
def run(hostile: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(hostile, monkeypatch, capsys)


def harmless(text: str) -> bool:
    return all(plain(line) == line for line in text.split("\n"))


SCREENS = [
    ["search", "红米手机"],
    ["search", "小米", "合作", "--full"],
    ["search", "小米", "--context", "2", "--facet", "speaker", "--facet", "outlet"],
    ["search", f"没有{EVIL}"],
    ["search", "小米", "--speaker", f"郑志{EVIL}"],
    ["search", f'"{EVIL}'],
    ["facets", "speaker"],
    ["facets", "outlet", "小米"],
    ["speakers"],
    ["topics"],
    ["topic", f"小{EVIL}"],
    ["interviews"],
    ["show", "evil#2"],
    ["show", "evil"],
    ["show", f"evil{EVIL}#1"],
    ["search", "小米", "--json"],
    ["search", "小米", "--jsonl"],
    ["search", "小米", "--csv"],
    ["search", "小米", "--ids"],
    ["search", f"小米{EVIL}", "--show-query"],
    ["timeline", f"小米{EVIL}", "--split", "speaker"],
    ["words", "小米", "--min", "1"],
    ["compare", "evil", "evil", "--by", "interview"],
    ["dispersion", "小米"],
]


@pytest.mark.parametrize("arguments", SCREENS, ids=lambda arguments: " ".join(arguments[:3]).encode("ascii", "ignore"))
def test_no_control_character_is_printed(run, arguments):
    printed = run(*arguments)
    assert printed.code in {0, 1, 2}
    assert harmless(printed.out)
    assert harmless(printed.err)
    assert printed.out or printed.err


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(run, columns):
    for arguments in SCREENS[:15]:
        whole = ["--no-hints"] if arguments[0] == "facets" else []  # a command to copy is never broken
        printed = run(*arguments, *whole, COLUMNS=str(columns))
        for line in printed.lines:
            assert cell_len(line) <= columns, arguments


def test_json_keeps_the_text_as_it_is(run):
    hits = json.loads(run("search", "小米", "--speaker", f"郑{EVIL}志昊", "--json").out)["hits"]
    assert [hit["text"] for hit in hits if hit["address"] == "evil#2"] == [(EVIL + HONEST) * 40]


def test_a_spreadsheet_takes_nothing_for_a_formula(run):
    rows = list(csv.DictReader(io.StringIO(run("search", "红米手机", "--csv").out)))
    assert [row["text"] for row in rows if row["address"] == "evil#3"] == ["'=1+1 红米手机"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


def test_hardly_anything_is_known(run):
    lines = run("search", '"不知道是谁"').lines
    assert lines[2].startswith(" 1  （未署名）")
    assert lines[2].endswith("bare#1")
    assert lines[3].startswith("    小米手机不知道是谁说的。")
    shown = run("show", "bare#1").lines
    assert shown[0].startswith(" bare")
    assert shown[-1] == " Cite: bare#1"


def in_a_terminal(*arguments: str, **environment: str) -> str:
    """What fangtan writes to a terminal of 80 columns."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "search_cli", *arguments],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm-256color", "PAGER": "cat", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    written = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        written += part
    os.close(ours)
    assert process.wait(60) == 0
    return written.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_colours_of_ours_alone(run):
    for arguments in (("search", "小米", "合作", "--full"), ("show", "evil"), ("facets", "speaker")):
        written = in_a_terminal(*arguments)
        assert "\x1b[" in written
        assert harmless(re.sub(r"\x1b\[[0-9;]*m", "", written))


def test_without_colour_what_matched_is_still_bold(run):
    written = in_a_terminal("search", "小米", NO_COLOR="1")
    assert "\x1b[1m小米\x1b[0m" in written
    assert "\x1b[1;31m" not in written


def test_a_terminal_of_another_encoding(run):
    done = subprocess.run(
        [sys.executable, "-m", "search_cli", "search", "小米"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "小米" in done.stdout.decode("gbk")
    assert done.stderr == b""


def test_other_programs_get_utf8_from_any_terminal(run):
    done = subprocess.run(
        [sys.executable, "-m", "search_cli", "search", "小米", "--jsonl"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=True,
    )
    assert "小米" in json.loads(done.stdout.decode("utf-8").splitlines()[0])["text"]


def test_a_reader_who_leaves_early_is_no_error(run):
    line = f"{shlex.quote(sys.executable)} -m search_cli search 小米 --jsonl --all | head -c 10"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, timeout=60)
    assert done.stderr == b""
    assert len(done.stdout) == 10
