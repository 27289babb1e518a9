"""`make demo`: the commands as one types them, their answers, what to type next."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from elasticsearch import Elasticsearch
from rich.cells import cell_len

from indexer import pipeline
from indexer.settings import Settings

ROOT = Path(__file__).parents[2]
WHOLE = ("-m", "search_cli.tools.demo")
INDEX = ("-c", "from search_cli.tools import demo; demo._COMMANDS = demo._COMMANDS[:1]; demo.main()")
"""The demo without the commands after the first, which ask the archive that it has chosen."""


def demo(
    settings: Settings, folder: Path, root: Path = ROOT, typed: tuple[str, ...] = INDEX
) -> "subprocess.CompletedProcess[str]":
    """Run the demo of a clone from another folder, on an archive of its own."""
    asked = {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index, "PYTHONPATH": str(root)}
    return subprocess.run(
        [sys.executable, *typed],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", "FANGTAN_DATA": "", **asked},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_demo_shows_each_command_with_its_answer_and_what_to_type_next(settings, tmp_path):
    done = demo(settings, tmp_path, typed=WHOLE)
    assert done.returncode == 0, done.stderr
    typed = re.findall(r"^\$ fangtan (\w+)", done.stdout, re.MULTILINE)
    assert typed == ["index", "embed", "search", "facets", "show"]
    answers = re.split(r"^\$ .*\n", done.stdout, flags=re.MULTILINE)[1:]
    for answer, expected in zip(
        answers, ["Indexed ", "got a vector of bge-small-zh", "qzone-xiaomi#3", " topic  in ", "▸ 3"], strict=True
    ):
        assert expected in answer
        assert re.search(r"\(\d+\.\d s\)", answer)
    assert max(map(cell_len, done.stdout.splitlines())) <= 80
    last = done.stdout.partition("Now you:\n")[2].splitlines()
    assert last[0].startswith("  source .venv/bin/activate ")
    assert ".venv/bin/fangtan" in last[0]
    assert [line.split()[:2] for line in last[1:]] == [
        *(["fangtan", command] for command in ("search", "speakers", "index", "node")),
    ]


def samples(client: Elasticsearch, index: str) -> dict[str, str]:
    """Id -> path of what an archive has."""
    client.indices.refresh(index=f"{index}-interviews")
    hits = client.search(index=f"{index}-interviews", size=99, source={"includes": ["path"]})["hits"]["hits"]
    return {hit["_id"]: hit["_source"]["path"] for hit in hits}


def clone(folder: Path) -> Path:
    """Another clone, as far as a demo needs it."""
    for name in ("indexer", "search_cli", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_demo_over_an_older_version_and_in_a_second_clone(settings, client, tmp_path):
    pipeline.index(pipeline.IndexOptions((ROOT / "data/interviews",)), settings, client)
    (index,) = client.indices.get(index=f"{settings.index}-turns")
    meta = client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
    client.indices.put_mapping(index=index, meta={**meta, "schema": 1})
    done = demo(settings, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "has the samples of another version; they will be indexed again." in done.stdout
    assert "Indexed 15 interviews" in done.stdout
    before = samples(client, settings.index)
    second = clone(tmp_path / "第二个 clone")
    done = demo(settings, tmp_path, second)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing new in 14 files" in done.stdout
    assert "15 unchanged; 0 failed" in done.stdout
    assert "in already" not in done.stdout
    assert samples(client, settings.index) == before
    # of another version: replaced
    notes = second / "data/interviews/short-notes.jsonl"
    notes.write_text(notes.read_text("utf-8").replace("第十三个秋天", "第十四个秋天"), "utf-8")
    done = demo(settings, tmp_path, second)
    assert (done.returncode, done.stderr) == (0, "")
    assert "has the samples of another version; they will be indexed again." in done.stdout
    assert "Indexed 15 interviews" in done.stdout
    assert {Path(path).is_relative_to(second) for path in samples(client, settings.index).values()} == {True}


def test_the_demo_beside_an_archive_of_ones_own(settings, client, tmp_path):
    (tmp_path / "talk.txt").write_text("问：好吗？\n\n郑志昊：好。\n", "utf-8")
    pipeline.index(pipeline.IndexOptions((tmp_path / "talk.txt",)), settings, client)
    for _ in range(2):
        done = demo(settings, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"$ export FANGTAN_INDEX={settings.index}-demo\n" in done.stdout
        steps = [step.split("  ")[0] for step in done.stdout.partition("Now you:\n  ")[2].split("\n  ")]
        assert steps[1] == f"export FANGTAN_INDEX={settings.index}-demo"
        assert steps[-2] == "unset FANGTAN_INDEX"
    assert list(samples(client, settings.index)) == ["talk"]
    assert len(samples(client, f"{settings.index}-demo")) == 15


def test_the_demo_ends_with_the_command_that_fails(tmp_path, settings):
    nobody = Settings(url="http://127.0.0.1:9", index=settings.index)
    done = demo(nobody, tmp_path)
    assert done.returncode == 3
    assert done.stdout.count("$ fangtan") == 1
    assert "Error: " in done.stderr
