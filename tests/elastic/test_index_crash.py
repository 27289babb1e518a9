"""Runs cut short: at every single request, by Ctrl-C, by kill -9, by the node. Running again completes them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from indexer.settings import Settings
from indexer.store import mapping
from tests.support.archives import Archive, Contents, line, transcript
from tests.support.crash import EVERY, IN_SMALL_REQUESTS, Dead, dying, moments, write_many

ROOT = Path(__file__).parents[2]
BIG = 40


def before(archive: Archive) -> None:
    """An archive with an interview of each kind of change to come."""
    archive.write(shrinks_txt=transcript(9), grows_txt=transcript(1), stays_txt=transcript(2), gone_txt=transcript(2))
    archive.write(all_jsonl=line("a", "一") + line("b", "二", "二") + line("c", "三"))


def after(archive: Archive) -> None:
    """The changes."""
    archive.write(shrinks_txt=transcript(1, "广告"), grows_txt=transcript(9, "广告"), new_txt=transcript(2))
    archive.write(all_jsonl=line("a", "一") + line("c", "三", "三") + line("d", "四"))
    archive.delete("gone_txt")


@pytest.fixture
def wanted(archive: Archive) -> Contents:
    """What an archive of the changed files holds that never saw the old ones; the files are as before again."""
    before(archive)
    after(archive)
    archive.index()
    contents = archive.contents()
    archive.clear()
    return contents


def test_a_run_killed_at_any_request_is_completed_by_the_next(archive: Archive, wanted):
    deaths = 0
    for number in moments():
        archive.clear()
        before(archive)
        archive.index()
        after(archive)
        try:
            with dying(archive.settings, number) as client:
                archive.index(prune=True, client=client)
        except Dead:
            deaths += 1
        else:
            break
        archive.index(prune=True)
        assert archive.contents() == wanted, f"killed at request {number}"
    assert deaths > 15 // EVERY


def test_a_file_that_was_changed_back_after_a_kill_is_as_it_was(archive: Archive):
    archive.write(foo_txt=transcript(9), bar_txt=transcript(2))
    archive.index()
    unharmed = archive.contents()
    for number in moments():
        archive.write(foo_txt=transcript(3, "广告"))
        try:
            with dying(archive.settings, number) as client:
                archive.index(client=client)
        except Dead:
            archive.write(foo_txt=transcript(9))
            archive.index()
            assert archive.contents() == unharmed, f"killed at request {number}"
        else:
            break
    assert number > 10


def test_a_rebuild_killed_at_any_request_leaves_one_whole_archive(archive: Archive, wanted):
    before(archive)
    archive.index()
    old = archive.contents()
    after(archive)
    for number in moments():
        try:
            with dying(archive.settings, number) as client:
                archive.index(rebuild=True, prune=True, client=client)
        except Dead:
            assert archive.contents() in (old, wanted), f"killed at request {number}"
        else:
            break
    assert number > 15
    archive.index()
    assert archive.contents() == wanted
    assert len(archive.indices()) == 4


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that takes many requests to index."""
    return write_many(tmp_path_factory.mktemp("big"), BIG)


def start(folder: Path, settings: Settings, **environment: str) -> "subprocess.Popen[str]":
    """Start `fangtan index` as a process of its own."""
    named = {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index, **environment}
    return subprocess.Popen(
        [sys.executable, "-c", IN_SMALL_REQUESTS, "index", str(folder)],
        cwd=ROOT,
        env={**os.environ, **named},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def wait(reached: Callable[[], bool], process: "subprocess.Popen[str]") -> None:
    """Wait until something is so; fail where the process ends first."""
    while not reached():
        assert process.poll() is None, process.communicate()
        time.sleep(0.01)


def test_ctrl_c_ends_a_run_in_order_and_running_again_completes_it(archive: Archive, big: Path):
    process = start(big, archive.settings)
    wait(lambda: archive.count_loaded() > 0, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    there = archive.count_loaded()
    assert process.returncode == 130, err
    assert 0 < there < BIG
    assert f"Indexed {there} interviews (" in out
    assert "Run the same command again" in out
    assert "Traceback" not in err
    again = start(big, archive.settings)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    assert f"{there} unchanged" in out
    assert "Now: fangtan search" in out
    assert archive.client.count(index=mapping.names(archive.settings).turns)["count"] == BIG * 81


def test_a_second_run_at_once_is_told_and_harms_nothing(archive: Archive, big: Path):
    first = start(big, archive.settings)
    wait(archive.is_locked, first)
    first.send_signal(signal.SIGSTOP)  # or it may have ended before the second has started
    second = start(big, archive.settings)
    _, err = second.communicate(timeout=60)
    first.send_signal(signal.SIGCONT)
    assert second.returncode == 3
    assert "Another run of fangtan index has been loading since" in err
    out, err = first.communicate(timeout=120)
    assert first.returncode == 0, err
    assert f"Indexed {BIG} interviews" in out


def test_kill_9_loses_nothing_and_running_again_completes_it(archive: Archive, big: Path):
    there = 0
    for _ in range(2):
        process = start(big, archive.settings)
        known = there
        wait(lambda: archive.count_loaded() > known, process)  # noqa: B023  called at once
        process.kill()
        process.communicate()
        there = archive.count_loaded()
        assert known < there < BIG
    again = start(big, archive.settings)
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    # Elasticsearch may have finished a request that it had got when the process was killed
    assert there <= int(out.split(" unchanged")[0].split()[-1]) < BIG
    assert as_from_the_start(archive, big)


def as_from_the_start(archive: Archive, folder: Path) -> bool:
    """Whether the archive is what indexing the folder into an empty one gives."""
    found = archive.contents()
    archive.clear()
    archive.index(folder)
    return bool(found == archive.contents())


def test_a_node_that_stops_loses_nothing_and_running_again_completes_it(big: Path, tmp_path: Path):
    ours = Settings(node_data=tmp_path / "node", index="fangtan")
    environment = {"FANGTAN_NODE_DATA": str(tmp_path / "node"), "ELASTICSEARCH_URL": ""}
    running = manager.start(ours)
    try:
        process = start(big, ours, **environment)
        with connect(ours) as client:
            wait(lambda: Archive(big, ours, client).count_loaded() > 0, process)
            os.kill(running.pid, signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        assert process.returncode == 3, err
        assert "Traceback" not in err
        assert "run the same command again" in " ".join(err.split())
        again = start(big, ours, **environment)
        out, err = again.communicate(timeout=120)
        assert again.returncode == 0, err
        assert "0 failed" in out
        with connect(ours) as client:
            assert Archive(big, ours, client).count_loaded() == BIG
            turns = client.count(index=mapping.names(ours).turns)["count"]
            assert turns == BIG * 81
    finally:
        manager.stop(ours)
