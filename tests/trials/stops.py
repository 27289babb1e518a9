"""TERM, HUP and Ctrl-C at random moments of whatever writes: it ends in order, and nothing is left behind.

`python -m pytest -n 0 -s tests/trials/stops.py`: 35 signals, some five minutes; `STOPS` and `SEED` bound and repeat it.
"""

import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest

from indexer.elastic.connection import connect
from tests.support.trials import Changing, bound, chance, differences, is_locked, own_node
from tests.trials.kills import OPERATIONS, Operation, undisturbed, wait_for_lock

STOPPED = [one for one in OPERATIONS if not one.kills_node]
SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    folder = tmp_path_factory.mktemp("stops")
    with own_node(folder) as settings:
        changing = Changing(settings, folder / "transcripts")
        assert changing.run("index", str(changing.folder)).returncode == 0
        yield changing


@pytest.fixture(scope="module")
def moments() -> random.Random:
    return chance("stops")


@pytest.mark.parametrize("operation", STOPPED, ids=lambda one: one.name)
def test_a_stopped_command_leaves_nothing_behind(
    archive: Changing, moments: random.Random, operation: Operation
) -> None:
    wanted, seconds = {}, 0.0
    for later in (True, False):
        operation.change(archive, later)
        typed, *then = operation.commands(archive, later)
        seconds = undisturbed(archive, typed)
        assert all(archive.run(*command).returncode == 0 for command in then)
        wanted[later] = archive.contents()
    codes: Counter[int] = Counter()
    for turn in range(-(-bound("STOPS", 35) // len(STOPPED))):
        later, number = not turn % 2, moments.choice(SIGNALS)
        operation.change(archive, later)
        typed, *then = operation.commands(archive, later)
        process = archive.start(*typed)
        wait_for_lock(archive, typed, process)
        time.sleep(moments.uniform(0, seconds * 0.8))
        if process.poll() is None:
            os.kill(process.pid, number)
        code = process.wait(120)
        codes[code] += 1
        assert code in (0, 128 + number), (operation.name, process.out, process.err)
        assert "Traceback" not in process.err, process.err
        with connect(archive.settings) as client:
            assert not is_locked(client, archive.settings), operation.name
        assert set(Counter(archive.indices()).values()) == {1}, (operation.name, archive.indices())
        for command in (typed, *then):
            again = archive.run(*command)
            assert again.returncode == 0, (operation.name, again.out, again.err)
        assert differences(archive.contents(), wanted[later]) == (0, 0, 0), (operation.name, turn)
    sys.stdout.write(f"{operation.name}: exit codes {dict(codes)}; 0 lost, 0 doubled, nothing left behind\n")
