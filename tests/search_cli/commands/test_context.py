"""What is told while Elasticsearch starts: nothing, one plain line, or a spinner."""

import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from indexer.elastic import connection
from indexer.errors import NodeError
from indexer.settings import Settings
from search_cli.commands.context import StartProgress, archive, connected
from search_cli.query.request import Filters

pty = pytest.importorskip("pty", reason="a terminal of one's own needs a pseudo terminal")

PROGRAM = """
import sys, time
from indexer.errors import NodeError
from search_cli.commands.context import StartProgress
try:
    with StartProgress("It stays until: fangtan node stop") as progress:
        progress("Fetching Elasticsearch", "3 of 53 files")
        time.sleep(0.3)
        progress("Starting Elasticsearch")
        time.sleep(0.3)
        if "fail" in sys.argv:
            raise NodeError("Port 9200 is taken.")
except NodeError as error:
    sys.stderr.write(f"Error: {error.message}\\n")
"""


def on_a_terminal(*arguments: str) -> str:
    """What PROGRAM writes to a terminal of 80 columns."""
    main, side = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"}
    process = subprocess.Popen((sys.executable, "-c", PROGRAM, *arguments), stderr=side, stdout=side, env=environment)
    os.close(side)
    read = b""
    while chunk := _read(main):
        read += chunk
    process.wait()
    os.close(main)
    return read.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other side is closed
        return b""


def last_screen(written: str) -> str:
    """What is left on the terminal: lines erased by the spinner are gone, colours too."""
    kept = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", lambda code: "\0" if code[0].endswith("2K") else "", written)
    return kept.rsplit("\0", 1)[-1].replace("\r", "")


def test_on_a_terminal() -> None:
    written = on_a_terminal()
    assert "Fetching Elasticsearch (3 of 53 files)" in written
    assert "Starting Elasticsearch" in written
    assert re.fullmatch(
        r"\n?Elasticsearch started in (?:0\.[6-9]|[1-9]\d*\.\d) s\. It stays until: fangtan node stop\n",
        last_screen(written),
    )


def test_on_a_terminal_when_it_fails() -> None:
    written = on_a_terminal("fail")
    assert last_screen(written).strip() == "Error: Port 9200 is taken."
    assert "started in" not in written
    assert written.endswith("\n")
    assert "\x1b[?25h" in written  # the cursor is back


def test_elsewhere_one_plain_line(capsys: pytest.CaptureFixture[str]) -> None:
    with StartProgress("It stays.") as progress:
        progress("Fetching Elasticsearch", "1 of 53 files")
        progress("Fetching Elasticsearch", "2 of 53 files")
        progress("Starting Elasticsearch")
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(r"Fetching Elasticsearch … Starting Elasticsearch … 0\.\d s\. It stays\.\n", err)


def test_an_error_begins_its_own_line(capsys: pytest.CaptureFixture[str]) -> None:
    with suppress(NodeError), StartProgress() as progress:
        progress("Starting Elasticsearch")
        raise NodeError("Port 9200 is taken.")
    assert capsys.readouterr().err == "Starting Elasticsearch … \n"


def test_nothing_to_wait_for(capsys: pytest.CaptureFixture[str]) -> None:
    with StartProgress("It stays."):
        pass
    assert capsys.readouterr() == ("", "")


def test_a_cluster_of_ones_own_is_not_waited_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    client = connected(Settings(url="http://127.0.0.1:1", node_data=tmp_path / "node"))
    client.close()
    assert capsys.readouterr() == ("", "")
    assert not (tmp_path / "node").exists()


def test_the_client_is_that_of_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    client = object()
    monkeypatch.setattr(connection, "connect", lambda settings, waiting: client)
    assert connected(Settings()) is client


@pytest.mark.parametrize(
    ("filters", "setting", "is_printed"),
    [({}, "1", True), ({}, "0", False), ({"synonyms": True}, "0", True), ({"synonyms": False}, "1", False)],
)
def test_faults_of_synonyms_are_printed_if_the_search_uses_them(
    filters: Filters,
    setting: str,
    is_printed: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "synonyms.txt").write_text("腾讯\n", encoding="utf-8")
    monkeypatch.setenv("FANGTAN_DATA", str(tmp_path))
    monkeypatch.setenv("FANGTAN_SYNONYMS", setting)
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:1")
    archive(filters)
    assert ("synonyms.txt:1" in capsys.readouterr().err) is is_printed


@pytest.mark.usefixtures("chinese")
def test_a_start_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    with StartProgress("要停止：fangtan node stop") as progress:
        progress("正在启动 Elasticsearch")
    assert re.fullmatch(r"正在启动 Elasticsearch … 0\.\d 秒。要停止：fangtan node stop\n", capsys.readouterr().err)
