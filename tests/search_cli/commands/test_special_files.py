"""Pipes, devices, sockets and hostile files on the command line: one line each, and no command waits for ever."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LONGEST = 60
TALK = "问：好吗？\n答：好。\n"


def fangtan(folder: Path, command: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the shell in a folder; `fangtan` is the one of this checkout."""
    function = f'fangtan() {{ "{sys.executable}" -m search_cli "$@"; }}\n'
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "FANGTAN_FILE_SECONDS": "2", "COLUMNS": "200"}
    return subprocess.run(
        ["bash", "-c", function + command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "link.txt").symlink_to("pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("parse zero.txt", "Error: zero.txt: it is a device, not a file"),
        ("parse /dev/zero", "Error: /dev/zero: it is a device, not a file"),
        ("parse link.txt", "Error: link.txt: nothing was written into this pipe for 2 s"),
        ("parse socket.txt", "Error: socket.txt: it is a socket, not a file"),
        ("parse folder.txt", "Error: folder.txt: it is a folder\nTry: fangtan index folder.txt"),
        ("correct zero.txt", "Error: zero.txt: it is a device, not a file"),
        ("quote zero.txt", "Error: zero.txt: it is a device, not a file"),
        ("parse --json - < /dev/zero", "Error: -: larger than 64 MB, too large for a transcript\nTry: Split the file."),
    ],
)
def test_it_is_told(command: str, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(folder)
        server.bind("socket.txt")
        done = fangtan(folder, f"fangtan {command}")
    assert (done.returncode, done.stdout, done.stderr.strip()) == (1, "", told)


@pytest.mark.parametrize(
    "command", ["fangtan parse <(sleep 3; cat talk.txt)", "cat talk.txt > pipe.txt & fangtan parse pipe.txt"]
)
def test_a_pipe_that_is_written_to_is_read(command: str, folder: Path) -> None:
    done = fangtan(folder, command)
    assert (done.returncode, done.stderr) == (0, "")
    assert "好吗？" in done.stdout


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title = 1\na = " + "[" * 100_000, "talk.toml:2: its values are nested too deeply"),
        ("title = " + "1" * 100_000, "talk.toml: a number in it is too long"),
        ("#" * 2_000_000, "talk.toml: it is larger than 1 MB"),
        ("title = [" + "[]," * 1000 + "]", "talk.toml: title cannot be []"),
    ],
)
def test_a_bad_sidecar_is_an_error_in_a_line(text: str, reason: str, folder: Path) -> None:
    (folder / "talk.toml").write_text(text, encoding="utf-8")
    for command in ("parse", "correct"):
        done = fangtan(folder, f"fangtan {command} talk.txt")
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"Error: {reason}")
        assert len(done.stderr) < 300
        assert "Traceback" not in done.stderr
