"""One run at a time, on any machine; a run that died holds nobody up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest
from elasticsearch import Elasticsearch, NotFoundError

from indexer.elastic.connection import locked
from indexer.errors import LoadingError
from indexer.settings import Settings
from indexer.store import bulk, indices, lock, mapping
from indexer.store.bulk import InterviewActions
from indexer.store.write_aliases import write_alias
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


@pytest.mark.usefixtures("chinese")
def test_a_second_run_is_told_to_wait_in_chinese(shared):
    settings, client = shared
    said = "另一个 fangtan index 从 20.+ 起一直在载入。"
    with lock.held(client, settings), pytest.raises(LoadingError, match=said) as error, lock.held(client, settings):
        pytest.fail("two hold one lock")
    assert error.value.next_step == "等它结束，再运行同一条命令。"


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
        left(pid=child.pid, started=lock._started(child.pid))
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
    left(pid=os.getppid(), started="another boot/1")
    with lock.held(client, settings):
        pass


def test_a_zombie_does_not_count() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    while lock._started(child.pid):  # until it has ended; nobody has waited for it
        time.sleep(0.01)
    child.wait()


def test_the_clock_does_not_matter(shared, left, monkeypatch: pytest.MonkeyPatch):
    """A clock that was set an hour later took the lock of a run that was loading."""
    settings, client = shared
    real = psutil.Process.create_time
    monkeypatch.setattr(psutil.Process, "create_time", lambda process: real(process) + 3600)
    left(pid=os.getppid(), started=lock._started(os.getppid()))
    with pytest.raises(LoadingError), lock.held(client, settings):
        pass


def test_a_run_that_was_taken_for_dead_publishes_nothing(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    archive.write(foo_txt=transcript(2))
    archive.index()
    before = archive.contents()

    def taken_over(*arguments: Any) -> None:
        index = f"{archive.settings.index}-lock"
        document = {**owner(archive.client, archive.settings), "token": "theirs"}
        archive.client.index(index=index, id="run", document=document, refresh=True)

    monkeypatch.setattr("indexer.pipeline.safeguards.check_broken", taken_over)
    archive.write(foo_txt=transcript(9))
    with pytest.raises(LoadingError, match="took over"):
        archive.index(rebuild=True)
    assert archive.contents() == before
    archive.client.delete(index=f"{archive.settings.index}-lock", id="run", refresh=True)


SLEEPER = """
import itertools, signal, sys, threading
from elastic_transport import Transport
from search_cli.app import main
from indexer.store import bulk, lock
lock.platform.node = lambda: "elsewhere"
lock._HEARTBEAT = 0.5
bulk.REQUEST_BYTES = 50_000
send, (until, number), requests = Transport.perform_request, sys.argv.pop().split(":"), itertools.count(1)

def sleep_before(self, method, target, **more):
    if f"{method} {target}".startswith(until) and next(requests) == int(number):
        signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)  # before this thread does anything else
    return send(self, method, target, **more)

Transport.perform_request = sleep_before
main()
"""
"""`fangtan` on another machine, which says more often that it is alive, and loads in many requests.

It stops after its heartbeat, before it sends the request that its last argument tells: the third of a kind.
"""


@pytest.mark.parametrize(
    ("rebuild", "request_"),
    [
        (False, "PUT /_bulk:3"),
        (True, "PUT /_bulk:3"),
        (False, "DELETE /:3"),  # of an interview's own document
        (False, "POST /_aliases:1"),  # which add those to write through
        (True, "POST /_aliases:2"),  # which publish the new indices
    ],
)
def test_a_run_that_slept_while_another_took_over_writes_nothing(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, rebuild: bool, request_: str
):
    for number in range(40):
        archive.write(**{f"t{number}_txt": transcript(4, f"社交{number}")})
    archive.index()
    for number in range(40):
        archive.write(**{f"t{number}_txt": transcript(60, f"营销{number}")})
    environment = {"ELASTICSEARCH_URL": archive.settings.url, "FANGTAN_INDEX": archive.settings.index}
    typed = ["index", str(archive.folder), *(["--rebuild"] if rebuild else [])]
    asleep = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, *typed, request_],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while psutil.Process(asleep.pid).status() != psutil.STATUS_STOPPED:
            assert asleep.poll() is None, asleep.communicate()
            time.sleep(0.01)
        time.sleep(1)
        monkeypatch.setattr(lock, "_STALE", 0.5)
        for number in range(40):
            archive.write(**{f"t{number}_txt": transcript(4, f"合作{number}")})
        archive.index(rebuild=rebuild)
        after, there = archive.contents(), archive.indices()
    finally:
        asleep.send_signal(signal.SIGCONT)
    _, err = asleep.communicate(timeout=60)
    assert asleep.returncode == 3, err
    assert "Another run took over, because this one did not respond for a long time." in err
    assert archive.contents() == after
    assert archive.indices() == there


def write_aliases(archive: Archive) -> list[str]:
    """The aliases of the archive that a run writes through."""
    found = archive.client.indices.get(index=f"{archive.settings.index}-*", features="aliases").body.values()
    return [alias for one in found for alias in one["aliases"] if "-write-" in alias]


def test_what_a_run_sends_after_another_took_over_is_refused(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    archive.write(foo_txt=transcript(2))
    archive.index()
    (live,), before = indices.found(archive.client, archive.settings), archive.contents()
    with lock.held(archive.client, archive.settings) as heartbeat:
        asleep = locked(archive.client, replace(heartbeat, beat=lambda: None))  # it has just asked
        asleep.indices.put_mapping(index=write_alias(asleep, live.names.turns), meta=live.meta)
        assert len(write_aliases(archive)) == 3
        assert (
            mapping.names(archive.settings).turns
            in archive.client.indices.get_alias().body[live.names.turns]["aliases"]
        )
        monkeypatch.setattr(lock, "_is_alive", lambda owner: False)
        with lock.held(archive.client, archive.settings):
            assert write_aliases(archive) == []
        late: list[Callable[[], object]] = [
            lambda: asleep.indices.put_mapping(index=write_alias(asleep, live.names.turns), meta={}),
            lambda: bulk.delete_now(asleep, live.names.interviews, "foo"),
            lambda: list(bulk.load(asleep, [InterviewActions("foo", [bulk.delete(live.names.turns, "foo#1")], None)])),
        ]
        for send in late:
            with pytest.raises(LoadingError, match="took over"):
                send()
    assert archive.contents() == before
    assert indices.found(archive.client, archive.settings) == (live,)


def test_indices_that_only_a_dead_run_wrote_to_are_not_searched(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    with lock.held(archive.client, archive.settings) as heartbeat:
        names = indices.create(archive.client, archive.settings, {})
        heartbeat.write_alias(names.turns)
        assert [one.live for one in indices.found(archive.client, archive.settings)] == [True, False]
        indices.drop(archive.client, names)


def test_a_lock_whose_answer_was_lost_is_held_all_the_same(shared, monkeypatch: pytest.MonkeyPatch):
    """The client sends a request again whose connection broke: the lock that it wrote the first time is its own."""
    settings, client = shared
    original = client.transport.perform_request

    def twice(method: str, target: str, **more: Any) -> Any:
        if method == "PUT" and "-lock/_" in target:
            original(method, target, **more)
        return original(method, target, **more)

    monkeypatch.setattr(client.transport, "perform_request", twice)
    with lock.held(client, settings) as alive:
        alive.confirm()
        alive.confirm()
    assert not client.options(ignore_status=404).get(index=f"{settings.index}-lock", id="run").body.get("found")


def test_an_index_that_was_dropped_is_not_created_by_accident(archive: Archive):
    archive.write(foo_txt=transcript(2))
    archive.index()
    name = f"{archive.settings.index}-turns-20000101-000000"
    with pytest.raises(NotFoundError):
        archive.client.index(index=name, id="foo#1", document={"text": "好"})
    assert not archive.client.indices.exists(index=name)


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
