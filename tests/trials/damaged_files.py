"""Files of the node that are overwritten or gone, one after another: told by name, at once, and mended.

`python -m pytest -n 0 -s tests/trials/damaged_files.py`: some two minutes.
"""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.elastic.node import manager
from indexer.settings import Settings
from tests.support.cluster import free_ports

SAMPLES = Path(__file__).parents[2] / "data/interviews"
LONGEST = 90
"""Seconds until a command says what is wrong; some seconds where nothing else runs on the machine."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage")


Fangtan = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def fangtan(place: Path) -> Iterator[Fangtan]:
    """Run fangtan with a node, an archive and knowledge of its own."""
    (port,) = free_ports(1)
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("FANGTAN_", "ELASTICSEARCH_"))
    } | {
        "FANGTAN_NODE_DATA": str(place / "node"),
        "FANGTAN_NODE_PORT": str(port),
        "FANGTAN_NODE_HEAP": "256m",
        "FANGTAN_ENV_FILE": "",
        "XDG_DATA_HOME": str(place / "home"),
    }

    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        command = (sys.executable, "-m", "search_cli", *arguments)
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240)

    yield run
    manager.stop(Settings(node_data=place / "node"))


@pytest.fixture(scope="module")
def good(place: Path, fangtan: Fangtan) -> Path:
    """The folder of a stopped node with the samples, and a backup of them."""
    assert fangtan("index", str(SAMPLES)).returncode == 0
    assert fangtan("backup", str(place / "backup")).returncode == 0
    assert fangtan("node", "stop").returncode == 0
    shutil.copytree(place / "node", place / "good")
    return place / "good"


def overwrite(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    length = len(content[at : at + 4096])
    content[at : at + 4096] = random.Random(1).randbytes(length)
    file.write_bytes(content)


def largest(files: Iterator[Path]) -> Path:
    return max(files, key=lambda file: file.stat().st_size)


def turns(node: Path) -> Path:
    """The shard of the turns, the largest."""
    return largest(node.glob("data/indices/*/0/index/*.cfs")).parents[1]


def segment(node: Path) -> None:
    file = largest((turns(node) / "index").glob("*.cfs"))
    overwrite(file, file.stat().st_size // 2)


def segments_file(node: Path) -> None:
    overwrite(next((turns(node) / "index").glob("segments_*")), 0)


def index_gone(node: Path) -> None:
    shutil.rmtree(turns(node) / "index")


def all_gone(node: Path) -> None:
    shutil.rmtree(turns(node).parent)


def shard_state_gone(node: Path) -> None:
    shutil.rmtree(turns(node) / "_state")


def translog(node: Path) -> None:
    for file in (turns(node) / "translog").iterdir():
        overwrite(file, 0)


def cluster_state(node: Path) -> None:
    overwrite(largest((node / "data/_state").glob("*.cfs")), 1000)


def cluster_state_half(node: Path) -> None:
    file = largest((node / "data/_state").glob("*.cfs"))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def index_state(node: Path) -> None:
    for file in node.glob("data/indices/*/_state/*.st"):
        overwrite(file, 0)


def node_state(node: Path) -> None:
    for file in node.glob("data/_state/*.st"):
        overwrite(file, 0)


def nonsense_in_the_state_file(node: Path) -> None:
    (node / "node.json").write_bytes(random.Random(1).randbytes(5000))


GONE = "is damaged: its files are gone"
NODE = "are damaged, and Elasticsearch cannot start with them"
DAMAGES: list[tuple[Callable[[Path], None], str, str]] = [
    (segment, "is damaged: the checksum of", "rebuild"),
    (segments_file, "is damaged: ", "restore"),
    (index_gone, GONE, "rebuild"),
    (all_gone, GONE, "restore"),
    (shard_state_gone, GONE, "rebuild"),
    (translog, "is damaged: ", "restore"),
    (cluster_state, NODE, "rebuild"),
    (cluster_state_half, NODE, "restore"),
    (index_state, "", "rebuild"),
    (node_state, "", "restore"),
    (nonsense_in_the_state_file, "", "rebuild"),
]
"""What is said of each, "" where nothing is lost, and the way back that is tried."""


@pytest.mark.parametrize(("harm", "said", "way_back"), DAMAGES, ids=[one.__name__ for one, _, _ in DAMAGES])
def test_damage_is_told_and_mended(
    place: Path, fangtan: Fangtan, good: Path, harm: Callable[[Path], None], said: str, way_back: str
) -> None:
    fangtan("node", "stop")
    shutil.rmtree(place / "node")
    shutil.copytree(good, place / "node")
    harm(place / "node")
    fangtan("node", "start")
    # a search meets damage in the middle of a file only where it reads that place
    command = ("node", "status", "--check") if harm is segment else ("search", "合作")
    began, printed = time.monotonic(), fangtan(*command)
    seconds = time.monotonic() - began
    sys.stdout.write(f"{harm.__name__}: {seconds:.0f} s, {printed.stderr.strip().splitlines()[-2:]}\n")
    assert "Traceback" not in printed.stderr
    assert "in time" not in printed.stderr
    assert seconds < LONGEST
    assert (printed.returncode, said in printed.stderr) == (3 if said else 0, True)
    if "cannot start" in said:
        assert "fangtan node reset" in printed.stderr
        assert fangtan("node", "reset").returncode == 2, "there is nobody to ask"
        assert fangtan("node", "reset", "--yes").returncode == 0
    elif said:
        assert "--rebuild" in printed.stderr
        assert fangtan("node", "status", "--check").returncode == 3
    rebuild, restore = ("index", str(SAMPLES), "--rebuild"), ("restore", str(place / "backup"), "--yes")
    done = fangtan(*(rebuild if way_back == "rebuild" else restore))
    assert done.returncode == 0, done.stderr
    assert "9 turns · 3 of 15 interviews" in fangtan("search", "合作").stdout
    assert fangtan("node", "status", "--check").returncode == 0
