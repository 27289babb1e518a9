"""The environment of the suite: known, whatever a shell brought along; and Ctrl-C where a parent ignores it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_cli.commands.stop_signals import stop_request

ROOT = Path(__file__).parent.parent
PROGRAM = """
import json, os, signal, sys, tempfile
signal.signal(signal.SIGINT, signal.SIG_IGN)
from tests.support import environment
folder = environment.settle()
from indexer.settings import load
home, linked = os.environ["HOME"], os.path.islink(os.path.join(os.environ["XDG_CACHE_HOME"], "fangtan"))
heard = signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
told = {"variables": dict(os.environ), "heard": heard, "linked": linked, "index": load().index}
print(json.dumps({**told, "temporary": tempfile.gettempdir(), "ours": home.startswith(str(folder))}))
environment.leave(folder)
sys.exit(os.path.exists(folder))
"""
NONSENSE = {
    "FANGTAN_INDEX": "Not An Index",
    "FANGTAN_ENV_FILE": "/nowhere",
    "ELASTICSEARCH_URL": "nowhere",
    "KIBANA_URL": "nowhere",
    "COLUMNS": "7",
    "TERM": "dumb",
    "FORCE_COLOR": "1",
    "LC_ALL": "C",
    "LANG": "C",
    "TZ": "Pacific/Kiritimati",
    "PYTHONIOENCODING": "ascii",
    "PAGER": "false",
    "MAKEFLAGS": "-k",
}


def test_what_a_shell_brought_along_is_not_there(tmp_path: Path) -> None:
    long = tmp_path / "临时 files, that it's hard to name"
    long.mkdir()
    (tmp_path / ".env").write_text("FANGTAN_INDEX=above", "utf-8")
    environment = {**os.environ, **NONSENSE, "TMPDIR": str(long), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT)}
    del environment["XDG_CACHE_HOME"]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=long, env=environment, capture_output=True, check=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert told["index"] == "fangtan"
    assert (told["heard"], told["linked"], told["ours"]) == (True, True, True)
    assert told["temporary"] == told["variables"]["TMPDIR"] == "/tmp"
    left = {name: told["variables"][name] for name in NONSENSE if name in told["variables"]}
    assert left == {
        "FANGTAN_ENV_FILE": "",
        "COLUMNS": "80",
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
    }


@pytest.fixture
def ignored() -> Iterator[None]:
    """Ctrl-C ignored, as in a job that a script started in the background."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    yield
    signal.signal(signal.SIGINT, before)


def test_an_ignored_ctrl_c_stays_ignored_and_sigterm_is_heard(ignored: None) -> None:
    with stop_request() as stop:
        signal.raise_signal(signal.SIGINT)
        assert not stop.is_set()
        signal.raise_signal(signal.SIGTERM)
        assert stop.is_set()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
