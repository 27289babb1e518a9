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

from indexer.store import mapping
from tests.support.archives import Archive, transcript

ROOT = Path(__file__).parents[2]
FILES = 120


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("big")
    for number in range(FILES):
        (folder / f"访谈{number:03}.txt").write_text(transcript(40, f"合作与社交网络营销{number}"), encoding="utf-8")
    return folder


@pytest.fixture
def start(archive: Archive) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a command on the archive, as a group of its own; it is killed at the end."""
    started: list[subprocess.Popen[str]] = []
    there = {"ELASTICSEARCH_URL": archive.settings.url, "FANGTAN_INDEX": archive.settings.index}

    def starting(*typed: str, **more: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "search_cli", *typed],
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


def is_locked(archive: Archive) -> bool:
    client = archive.client.options(ignore_status=404)
    return bool(client.get(index=f"{archive.settings.index}-lock", id="run").body.get("found"))


def loaded(archive: Archive) -> int:
    client, alias = archive.client.options(ignore_status=404), mapping.names(archive.settings).interviews
    client.indices.refresh(index=alias)
    return int(client.count(index=alias).body.get("count", 0))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_an_index_run_ends_after_the_interview_at_hand(archive: Archive, big: Path, start, number: signal.Signals):
    process = start("index", str(big), "--no-topics")
    wait(lambda: loaded(archive) > 0, process)
    for _ in range(3):  # to the whole group and again, as a terminal that is closed does
        os.killpg(process.pid, number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number, err
    assert "Stopping after this interview." in err
    assert f"Indexed {loaded(archive)} interviews (" in out
    assert 0 < loaded(archive) < FILES
    assert "Traceback" not in err
    assert not is_locked(archive)


def test_a_rebuild_leaves_the_archive_as_it_was(archive: Archive, big: Path, start):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before, indices = archive.contents(), archive.indices()
    shutil.copytree(big, archive.folder / "more")
    seed = random.randrange(1000)
    moments = random.Random(seed)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGTERM):
        process = start("index", str(archive.folder), "--rebuild")
        wait(lambda: is_locked(archive), process)
        time.sleep(moments.uniform(0, 1))
        process.send_signal(number)
        _, err = process.communicate(timeout=60)
        assert process.returncode in (128 + number, 0), (seed, err)
        assert "Traceback" not in err
        assert not is_locked(archive)
        if process.returncode:
            assert archive.contents() == before, seed
            assert archive.indices() == indices, f"a set is left behind, seed {seed}"
            # the stop came while it loaded: what follows is another rebuild


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
    assert not is_locked(archive)


def test_a_signal_that_is_ignored_stays_so():
    line = "trap '' HUP; \"$0\" -m search_cli parse data/interviews/qzone-xiaomi.txt & sleep 0.3; kill -HUP $!; wait $!"
    done = subprocess.run(["bash", "-c", line, sys.executable], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
