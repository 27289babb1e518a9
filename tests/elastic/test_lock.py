"""One run at a time, on any machine; a run that died holds nobody up."""

import os
import subprocess
import sys
from typing import Any

import psutil
import pytest
from elasticsearch import Elasticsearch

from indexer.errors import LoadingError
from indexer.settings import Settings
from indexer.store import lock
from tests.support.archives import Archive, transcript


def owner(client: Elasticsearch, settings: Settings) -> dict[str, Any]:
    return dict(client.get(index=f"{settings.index}-lock", id="run")["_source"])


@pytest.fixture
def left(shared: tuple[Settings, Elasticsearch]):
    """Leave a lock as another run would have; it is taken away afterwards."""
    settings, client = shared

    def leave(**changes: Any) -> None:
        with lock.held(client, settings):
            mine = owner(client, settings)
        client.index(index=f"{settings.index}-lock", id="run", document={**mine, "token": "theirs", **changes})

    yield leave
    client.options(ignore_status=404).delete(index=f"{settings.index}-lock", id="run")


def dead_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_a_second_run_is_told_to_wait(shared):
    settings, client = shared
    said = "Another run of fangtan index has been loading since 20"
    with lock.held(client, settings), pytest.raises(LoadingError, match=said) as error, lock.held(client, settings):
        pytest.fail("two hold one lock")
    assert "run the same command again" in error.value.next_step
    with lock.held(client, settings):
        pass


def test_a_run_that_waits_changes_nothing(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before = archive.contents()
    archive.write(foo_txt=transcript(9))
    with lock.held(archive.client, archive.settings), pytest.raises(LoadingError):
        archive.index(rebuild=True)
    assert archive.contents() == before


def test_another_prefix_has_a_lock_of_its_own(shared, settings):
    ours, client = shared
    with lock.held(client, ours), lock.held(client, settings):
        pass


def test_a_run_that_failed_gives_the_lock_back(shared):
    settings, client = shared
    with pytest.raises(ZeroDivisionError), lock.held(client, settings):
        _ = 1 / 0
    with lock.held(client, settings):
        pass


def test_the_lock_of_a_living_process_counts(shared, left):
    settings, client = shared
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        left(pid=child.pid, created=psutil.Process(child.pid).create_time())
        with pytest.raises(LoadingError), lock.held(client, settings):
            pass
    finally:
        child.communicate(b"\n")
    with lock.held(client, settings):
        assert owner(client, settings)["pid"] == os.getpid()


def test_the_lock_of_a_killed_process_does_not_count(shared, left):
    settings, client = shared
    left(pid=dead_process())
    with lock.held(client, settings):
        assert owner(client, settings)["token"] != "theirs"


def test_a_process_that_only_has_the_number_of_a_killed_one_does_not_count(shared, left):
    settings, client = shared
    left(pid=os.getppid(), created=1.0)
    with lock.held(client, settings):
        pass


def test_a_run_of_this_process_that_ended_badly_does_not_count(shared, left):
    settings, client = shared
    left()
    with lock.held(client, settings):
        pass


@pytest.mark.parametrize(("minutes", "counts"), [(1, True), (9, True), (11, False)])
def test_another_machine_counts_until_it_has_been_silent_for_ten_minutes(shared, left, monkeypatch, minutes, counts):
    settings, client = shared
    left(machine="elsewhere/1", pid=dead_process(), alive="2026-11-24T09:00:00+00:00")
    monkeypatch.setattr(lock, "_now", lambda: f"2026-11-24T09:{minutes:02}:00+00:00")
    if counts:
        with pytest.raises(LoadingError), lock.held(client, settings):
            pass
    else:
        with lock.held(client, settings):
            pass


def test_a_sign_of_life_is_given_while_the_run_lasts(shared, monkeypatch):
    settings, client = shared
    monkeypatch.setattr(lock, "_HEARTBEAT", 0.0)
    with lock.held(client, settings) as alive:
        monkeypatch.setattr(lock, "_now", lambda: "2030-01-01T00:00:00+00:00")
        alive()
        assert owner(client, settings)["alive"] == "2030-01-01T00:00:00+00:00"
        alive()


def test_signs_of_life_cost_nothing_in_between(shared):
    settings, client = shared
    with lock.held(client, settings) as alive:
        before = client.get(index=f"{settings.index}-lock", id="run")["_version"]
        for _ in range(1000):
            alive()
        assert client.get(index=f"{settings.index}-lock", id="run")["_version"] == before


def test_a_run_that_was_taken_for_dead_stops(shared, left, monkeypatch):
    settings, client = shared
    monkeypatch.setattr(lock, "_HEARTBEAT", 0.0)
    with lock.held(client, settings) as alive:
        document = {**owner(client, settings), "token": "theirs"}
        client.index(index=f"{settings.index}-lock", id="run", document=document)
        with pytest.raises(LoadingError, match="took over"):
            alive()
    assert owner(client, settings)["token"] == "theirs", "it gave back a lock it did not hold any more"


def test_the_lock_is_no_part_of_the_archive(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    seen = archive.client.indices.get(index=f"{archive.settings.index}-*").body
    assert len(seen) == 3
    assert not any("lock" in name for name in seen)
