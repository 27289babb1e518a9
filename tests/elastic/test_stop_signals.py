"""TERM and HUP end a command in order, as Ctrl-C does: nothing is left behind, and the exit code says which it was."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.archives import Archive, transcript
from tests.support.crash import IN_SMALL_REQUESTS, write_many

ROOT = Path(__file__).parents[2]
FILES = 40


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_many(tmp_path_factory.mktemp("big"), FILES)


@pytest.fixture
def start(archive: Archive) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command on the archive, as a group of its own; it is killed at the end."""
    started: list[subprocess.Popen[str]] = []
    there = {"ELASTICSEARCH_URL": archive.settings.url, "FANGTAN_INDEX": archive.settings.index}

    def starting(*typed: str, **more: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-c", IN_SMALL_REQUESTS, *typed],
            cwd=ROOT,
            env={**os.environ, **there, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield starting
    for process in started:
        process.kill()
        process.communicate()


def wait(reached: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    while not reached():
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_index_run_ends_after_the_interview_at_hand(archive: Archive, big: Path, start, number: signal.Signals):
    process = start("index", str(big), "--no-topics")
    wait(lambda: archive.count_loaded() > 0, process)
    for _ in range(3):  # to the whole group and again, as a terminal that is closed does
        os.killpg(process.pid, number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number, err
    assert "Stopping after this interview." in err
    assert f"Indexed {archive.count_loaded()} interviews (" in out
    assert 0 < archive.count_loaded() < FILES
    assert "Traceback" not in err
    assert not archive.is_locked()


def test_a_rebuild_leaves_the_archive_as_it_was(archive: Archive, big: Path, start):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before, indices = archive.contents(), archive.indices()
    shutil.copytree(big, archive.folder / "more")
    seed = random.randrange(1000)
    moments = random.Random(seed)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):
        process = start("index", str(archive.folder), "--rebuild")
        wait(archive.is_locked, process)
        time.sleep(moments.uniform(0, 1))
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode in (128 + number, 0), (seed, err)
        assert "Traceback" not in err
        assert not archive.is_locked()
        if not process.returncode:  # it was done before the signal came
            before, indices = archive.contents(), archive.indices()
        assert archive.contents() == before, seed
        assert archive.indices() == indices, f"a set is left behind, seed {seed}"


@pytest.mark.parametrize("typed", [("topics", "apply", "--yes"), ("speakers", "apply", "--yes"), ("watch", "{folder}")])
def test_other_commands_release_the_lock(archive: Archive, start, typed, tmp_path: Path):
    archive.write(foo_txt=transcript(2))
    archive.index()
    process = start(*(word.format(folder=archive.folder) for word in typed))
    time.sleep(random.uniform(0.2, 1))
    process.send_signal(signal.SIGTERM)
    _, err = process.communicate(timeout=60)
    # before Python has run anything of ours, the signal ends it as it does any program
    assert process.returncode in (128 + signal.SIGTERM, -signal.SIGTERM, 0), err
    assert "Traceback" not in err
    assert not archive.is_locked()


def test_a_signal_that_is_ignored_stays_so():
    line = "trap '' HUP; \"$0\" -m search_cli parse data/interviews/qzone-xiaomi.txt & sleep 0.3; kill -HUP $!; wait $!"
    done = subprocess.run(["bash", "-c", line, sys.executable], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
