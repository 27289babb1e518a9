"""Large hostile files, each given to `fangtan parse`: it ends in time, in bounded memory, with a line that says why.

`python -m pytest -n 0 -s tests/trials/hostile_files.py`: some five minutes. What a file takes is printed.
"""

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

SECONDS, MEMORY = 10, 1024  # megabytes
LONGEST = 4 * SECONDS + 60
"""Seconds until a command has ended on a busy machine: it starts, and so does the process that reads."""

TALK = "问：好吗？\n答：好。\n"
PAGE = f"<html><body>{'<p>问：好吗？</p><p>答：好。</p>' * 120}</body></html>"
CONTAINER = '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>'
ITEM = '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/>'
PAGES = '<itemref idref="a"/>' * 10_000
BOOK = f"<package><manifest>{ITEM}</manifest><spine>{PAGES}</spine></package>"
SPOKEN = {"speaker": "甲", "text": "我们今天来谈这个问题，因为大家都在问。" * 20}


def _text(name: str, text: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / name).write_text(text, encoding="utf-8")
        return folder / name

    return make


def _beside(text: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "x.toml").write_text(text, encoding="utf-8")
        return _text("x.txt", TALK)(folder)

    return make


def _book(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "x.epub", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (("META-INF/container.xml", CONTAINER), ("c.opf", BOOK), ("a.xhtml", PAGE)):
            archive.writestr(name, content)
    return folder / "x.epub"


def _sparse(name: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        with (folder / name).open("wb") as file:
            file.truncate(10**12)
        return folder / name

    return make


def _interviews(folder: Path) -> Path:
    line = json.dumps({"turns": [SPOKEN] * 60}, ensure_ascii=False) + "\n"
    with (folder / "x.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(line for _ in range(300_000_000 // len(line.encode())))
    return folder / "x.jsonl"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "x.txt")
    return folder / "x.txt"


def _link(folder: Path) -> Path:
    (folder / "x.txt").symlink_to("/dev/zero")
    return folder / "x.txt"


FILES: dict[str, Callable[[Path], Path]] = {
    "300,000 attributes": _text("x.html", f"<html><p {' '.join(f'a{n}=1' for n in range(300_000))}>好</p></html>"),
    "a book of one page 10,000 times": _book,
    "900,000 short lines": _text("x.txt", "a\n" * 900_000),
    "a line of 60 MB": _text("x.txt", "我们今天来谈这个问题。" * 1_818_000),
    "300 MB of JSON lines": _interviews,
    "a terabyte of nothing": _sparse("x.txt"),
    "a terabyte of no JSON lines": _sparse("x.jsonl"),
    "a pipe that nobody writes to": _pipe,
    "a link to /dev/zero": _link,
    "a sidecar of deep lists": _beside("a=" + "[" * 900_000),
    "a sidecar of deep keys": _beside("a." * 400_000 + "b=1"),
    "a sidecar of 20 MB": _beside(f"a=[{'[],' * 6_600_000}]"),
    "a sidecar of many tables": _beside("\n".join(f"[a{n:x}]" for n in range(110_000))),
}


@pytest.mark.parametrize("name", FILES)
def test_it_ends_in_time_and_in_bounded_memory(name: str, tmp_path: Path) -> None:
    path = FILES[name](tmp_path)
    environment = {**os.environ, "FANGTAN_FILE_SECONDS": str(SECONDS), "FANGTAN_FILE_MEMORY": f"{MEMORY}m"}
    command = [sys.executable, "-m", "search_cli", "parse", "--jsonl", str(path)]
    began = time.monotonic()
    with (tmp_path / "errors").open("wb") as errors:
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors
        )
        most = 0
        try:
            while process.poll() is None and time.monotonic() < began + (10 * LONGEST if "JSON" in name else LONGEST):
                most = max(most, _memory(process.pid))
                time.sleep(0.1)
            code = process.poll()
        finally:
            process.kill()
            process.wait()
    told = (tmp_path / "errors").read_text(encoding="utf-8")
    sys.stdout.write(f"{name}: {time.monotonic() - began:.0f} s, {most} MB, {code}: {told.splitlines()[:1]}\n")
    assert code in (0, 1), "it did not end"
    assert bool(told) == (code == 1)
    assert "Traceback" not in told
    assert most < 2 * MEMORY


def _memory(pid: int) -> int:
    """Return the megabytes that a process and its children take."""
    try:
        process = psutil.Process(pid)
        return sum(one.memory_info().rss for one in (process, *process.children())) // 2**20
    except psutil.Error:
        return 0
