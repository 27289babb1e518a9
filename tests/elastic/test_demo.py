"""`make demo`: the commands as one types them, their answers, what to type next."""

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.cells import cell_len

from indexer.settings import Settings

ROOT = Path(__file__).parents[2]


def demo(settings: Settings, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run the demo from another folder, on an archive of its own."""
    asked = {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "search_cli.tools.demo"],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", **asked},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_demo_shows_each_command_with_its_answer(settings, tmp_path):
    done = demo(settings, tmp_path)
    assert done.returncode == 0, done.stderr
    typed = re.findall(r"^\$ fangtan (\w+)", done.stdout, re.MULTILINE)
    assert typed == ["index", "search", "facets", "show"]
    answers = re.split(r"^\$ .*\n", done.stdout, flags=re.MULTILINE)[1:]
    for answer, expected in zip(answers, ["Indexed ", "qzone-xiaomi#3", " topic  in ", "▸ 3"], strict=True):
        assert expected in answer
        assert re.search(r"\(\d+\.\d s\)", answer)
    assert max(map(cell_len, done.stdout.splitlines())) <= 80


def test_the_demo_ends_with_what_to_type_next(settings, tmp_path):
    last = demo(settings, tmp_path).stdout.partition("Now you:\n")[2].splitlines()
    assert last[0].startswith("  source .venv/bin/activate ")
    assert ".venv/bin/fangtan" in last[0]
    assert [line.split()[:2] for line in last[1:]] == [
        *(["fangtan", command] for command in ("search", "speakers", "index", "node")),
    ]


def test_the_demo_ends_with_the_command_that_fails(tmp_path, settings):
    nobody = Settings(url="http://127.0.0.1:9", index=settings.index)
    done = demo(nobody, tmp_path)
    assert done.returncode == 3
    assert done.stdout.count("$ fangtan") == 1
    assert "Error: " in done.stderr
