"""Kill -9 of the indexer and of the node, at random moments of whatever writes: nothing is lost, nothing doubled.

`python -m pytest -n 0 -s tests/trials/kills.py`: 60 kills, some ten minutes; `KILLS` and `SEED` bound and repeat them.
Each killed command is run again, and the archive is compared with that of a run that nobody disturbed: every document,
the indices, and the files of knowledge.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from tests.support.forked import Forked
from tests.support.trials import Changing, bound, chance, differences, is_locked, own_node, until

KILLS = bound("KILLS", 60)


@dataclass(frozen=True)
class Operation:
    """A change on disk, to either state, and the commands that bring it into the archive; the first one is killed."""

    name: str
    change: Callable[[Changing, bool], None]
    commands: Callable[[Changing, bool], list[list[str]]]
    kills_node: bool = False


def index(*more: str) -> Callable[[Changing, bool], list[list[str]]]:
    return lambda archive, _: [["index", str(archive.folder), *more]]


def first(archive: Changing, later: bool) -> None:
    archive.files(later)
    archive.drop()


def nothing(archive: Changing, later: bool) -> None:
    """Change nothing: the command does."""


def word(archive: Changing, later: bool) -> list[list[str]]:
    return [["dict", "add" if later else "remove", "白渡香", "--yes"]]


def without_sidecar(archive: Changing, later: bool) -> None:
    for path in archive.folder.glob("*.toml"):
        path.unlink()
    assert archive.run("index", str(archive.folder)).returncode == 0


def correct(archive: Changing, later: bool) -> list[list[str]]:
    typed = ["correct", str(archive.folder / "访谈01.txt"), "郑志昊 = 孟秋禾", f"title = 访谈{int(later)}"]
    return [typed, ["index", str(archive.folder)]]


OPERATIONS = [
    Operation("first run", first, index()),
    Operation("rerun", Changing.files, index("--prune")),
    Operation("rebuild", Changing.files, index("--rebuild", "--prune")),
    Operation("topics apply", Changing.topics, lambda *_: [["topics", "apply", "--yes"]]),
    Operation("dict", nothing, word),
    Operation("speakers apply", Changing.speakers, lambda *_: [["speakers", "apply", "--yes"]]),
    Operation("correct", without_sidecar, correct),
    Operation("node, rerun", Changing.files, index("--prune"), kills_node=True),
    Operation("node, rebuild", Changing.files, index("--rebuild", "--prune"), kills_node=True),
    Operation("node, topics apply", Changing.topics, lambda *_: [["topics", "apply", "--yes"]], kills_node=True),
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    folder = tmp_path_factory.mktemp("kills")
    with own_node(folder) as settings:
        changing = Changing(settings, folder / "transcripts")
        assert changing.run("index", str(changing.folder)).returncode == 0
        yield changing


@pytest.fixture(scope="module")
def moments() -> random.Random:
    return chance("kills")


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.name)
def test_a_killed_command_is_completed_by_running_it_again(
    archive: Changing, moments: random.Random, operation: Operation
) -> None:
    wanted, knowledge, seconds = {}, {}, 0.0
    for later in (True, False):
        operation.change(archive, later)
        typed, *then = operation.commands(archive, later)
        seconds = undisturbed(archive, typed)
        for command in then:
            assert archive.run(*command).returncode == 0
        wanted[later], knowledge[later] = archive.contents(), archive.knowledge()
    figures: Counter[str] = Counter()
    for turn in range(-(-KILLS // len(OPERATIONS))):
        later = not turn % 2
        operation.change(archive, later)
        typed, *then = operation.commands(archive, later)
        happened = killed(archive, operation, typed, moments, seconds)
        seconds *= 1 if happened["killed"] else 0.6  # the machine has become faster
        figures += happened
        for command in (typed, *then):
            again = archive.run(*command)
            assert again.returncode == 0, (operation.name, turn, again.out, again.err)
        lost, doubled, others = differences(archive.contents(), wanted[later])
        figures += Counter(lost=lost, doubled=doubled, changed=others)
        assert (lost, doubled, others) == (0, 0, 0), (operation.name, turn)
        assert archive.indices() == ["interviews", "lock", "passages", "turns"], (operation.name, turn)
        assert archive.knowledge() == knowledge[later], (operation.name, turn)
    told = ", ".join(f"{figures[one]} {one}" for one in ("killed", "over before", "lost", "doubled", "changed"))
    sys.stdout.write(f"{operation.name}: {told}\n")


def undisturbed(archive: Changing, typed: list[str]) -> float:
    """Run a command to its end; return the seconds for which it held the lock."""
    process = archive.start(*typed)
    began = wait_for_lock(archive, typed, process)
    assert process.wait() == 0, (typed, process.out, process.err)
    return time.monotonic() - began


def wait_for_lock(archive: Changing, typed: list[str], process: Forked) -> float:
    """Wait until a command holds the lock, if it takes one; return the time."""
    with connect(archive.settings) as client:
        if typed[0] != "correct":
            until(lambda: is_locked(client, archive.settings), process)
    return time.monotonic()


def killed(
    archive: Changing, operation: Operation, typed: list[str], moments: random.Random, seconds: float
) -> Counter[str]:
    """Start a command, and kill it or the node while it holds the lock; say whether it was still running."""
    node = manager.start(archive.settings)
    process = archive.start(*typed)
    wait_for_lock(archive, typed, process)
    time.sleep(moments.uniform(0, seconds * 0.8))
    if operation.kills_node:
        was_running = process.poll() is None
        os.kill(node.pid, signal.SIGKILL)
        assert process.wait() in (0, 3), (typed, process.out, process.err)
        assert "Traceback" not in process.err, process.err
    else:
        was_running = process.kill()
    return Counter({"killed" if was_running else "over before": 1})
