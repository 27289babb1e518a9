"""`fangtan watch` as people run it: another process, and a folder that changes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.support.archives import Archive, transcript

ROOT = Path(__file__).parents[2]
START = "from search_cli.app import main; main()"


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.1)


def test_what_is_added_changed_deleted_and_broken(archive: Archive, tmp_path: Path):
    archive.write(foo_txt=transcript(2))
    out = tmp_path / "out"
    there = {"ELASTICSEARCH_URL": archive.settings.url, "FANGTAN_INDEX": archive.settings.index}
    with out.open("w", encoding="utf-8") as file:
        command = [sys.executable, "-c", START, "watch", str(archive.folder)]
        watching = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **there}, stdout=file, stderr=file)
    try:
        until(lambda: "Indexed 1 interview (5 turns" in out.read_text("utf-8"))
        archive.write(bar_txt=transcript(3, "社交营销"))
        until(lambda: "Indexed 1 interview (7 turns" in out.read_text("utf-8"))
        assert archive.ids() == ["bar", "foo"]
        archive.write(bar_txt=transcript(4, "社交营销"), all_jsonl="{\n", foo__part="问：半个")
        until(lambda: "not JSON" in out.read_text("utf-8"))
        assert len(archive.texts("bar")) == 9
        archive.delete("foo_txt")
        until(lambda: "Removed 1 interview: foo" in out.read_text("utf-8"))
        assert archive.ids() == ["bar"]
        assert out.read_text("utf-8").count("not JSON") == 1
        watching.send_signal(signal.SIGINT)
        assert watching.wait(10) == 0
    finally:
        watching.kill()
        watching.wait()
