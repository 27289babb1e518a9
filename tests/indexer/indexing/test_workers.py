"""Workers: other processes prepare the same, in order, and are gone afterwards, however a run ends."""

import concurrent.futures
import gc
import os
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

import loky
import psutil
import pytest

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import LoadingError
from indexer.indexing import workers as module
from indexer.indexing.plan import Load, Plan, Remove
from indexer.indexing.prepare import Prepared, Step, prepare_completely
from indexer.indexing.workers import Workers, default_count
from indexer.model import Interview, Role, Turn
from indexer.settings import Settings, sample_data
from indexer.store.indexed_interview import SourceInfo
from indexer.text.analysis import Analysis

SETTINGS = Settings(data=sample_data())
ORIGIN = SourceInfo(source="访谈.txt", path="/访谈.txt", hash="hash", content="content", fingerprint="fingerprint")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(SETTINGS)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers from the first interview."""
    at_once(monkeypatch.setattr)


def at_once(setattr_: Callable[[object, str, object], None] = setattr) -> None:
    """Have workers started at the first interview, and waited for."""
    have_started = Workers._have_started

    def wait(self: Workers) -> bool:
        have_started(self)
        if self._started:
            concurrent.futures.wait([self._started])
        return have_started(self)

    setattr_(module, "MANY", 0)
    setattr_(Workers, "_have_started", wait)


def load(number: int, said: str = "小米手机和红米手机的销量，去年是6.11亿元。") -> Load:
    asked = Turn(1, "搜狐IT", Role.INTERVIEWER, f"第{number}个问题：销量怎么样？", exchange=1)
    answered = Turn(2, "郑志昊", Role.INTERVIEWEE, said, exchange=1, reply_to=1)
    return Load(Interview((asked, answered), id=f"talk-{number}", title="手机", attributed=True), ORIGIN)


def loads(number: int) -> Iterator[Load]:
    return map(load, range(number))


def prepared(workers: Workers, plans: Iterable[Plan]) -> list[Prepared]:
    return [step for step in workers.prepare(plans) if isinstance(step, Prepared)]


def complete(one: Prepared) -> Prepared:
    """The same with its documents made, wherever it was prepared."""
    return replace(one, documents=tuple(one.documents))


def elsewhere(step: Step) -> bool:
    """Whether a worker prepared it: all documents at once."""
    return isinstance(step, Prepared) and isinstance(step.documents, tuple)


def processes(workers: Workers) -> list[psutil.Process]:
    """The workers that run, without the process by which loky tracks resources."""
    return [psutil.Process(pid) for pid in (workers._pool._processes if workers._pool else ())]


def test_an_interview_is_prepared_completely(knowledge: Knowledge) -> None:
    done = prepare_completely(load(1), knowledge)
    assert (done.interview_id, done.turns, done.passages, done.low_confidence) == ("talk-1", 2, 1, False)
    assert [(kind, id_) for kind, id_, _ in done.documents] == [
        ("turns", "talk-1#1"),
        ("turns", "talk-1#2"),
        ("passages", "talk-1/p1"),
    ]
    assert b'"numbers":[611000000.0]' in next(body for _, id_, body in done.documents if id_ == "talk-1#2")
    assert b'"fingerprint":"fingerprint"' in done.own


def test_a_turn_is_analyzed_once(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    texts: list[str] = []
    analyze = knowledge.analyzer.analyze

    def spy(text: str) -> Analysis:
        texts.append(text)
        return analyze(text)

    monkeypatch.setattr(knowledge.analyzer, "analyze", spy)
    ours = load(1)
    prepare_completely(ours, knowledge)
    assert texts == [turn.text for turn in ours.interview.turns]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_prepared_is_the_same_wherever_it_is_done(knowledge: Knowledge, number: int) -> None:
    alone = [prepare_completely(one, knowledge) for one in loads(20)]
    with Workers(replace(SETTINGS, workers=number), knowledge) as workers:
        assert [complete(one) for one in prepared(workers, loads(20))] == alone


@pytest.mark.usefixtures("soon")
def test_plans_without_an_interview_keep_their_places(knowledge: Knowledge) -> None:
    plans: list[Plan] = [load(1), Remove("a"), load(2), load(3), Remove("b"), Remove("c"), load(4), Remove("d")]
    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        found = [one.interview_id for one in workers.prepare(plans) if isinstance(one, Prepared | Remove)]
    assert found == ["talk-1", "a", "talk-2", "talk-3", "b", "c", "talk-4", "d"]


@pytest.mark.usefixtures("soon")
def test_workers_work_and_are_gone_afterwards(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        assert any(map(elsewhere, workers.prepare(loads(8))))
        running = processes(workers)
        assert len(running) == 2
    assert not psutil.wait_procs(running, timeout=10)[1]


def test_a_short_run_starts_none_and_holds_nothing(knowledge: Knowledge) -> None:
    begun: list[int] = []

    def one_by_one() -> Iterator[Load]:
        for number in range(20):
            begun.append(number)
            yield load(number)

    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        for done, _ in enumerate(workers.prepare(one_by_one()), start=1):
            assert len(begun) == done
        assert not workers._pool


def test_nothing_waits_for_workers_to_start(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MANY", 0)
    monkeypatch.setattr(module, "_prepare", None)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        assert not any(map(elsewhere, workers.prepare(loads(3))))
        assert workers._started
        assert isinstance(workers._started.result(30), int)


@pytest.mark.usefixtures("soon")
def test_interviews_are_begun_so_far_ahead_that_no_worker_waits_and_no_further(knowledge: Knowledge) -> None:
    begun: list[int] = []

    def one_by_one() -> Iterator[Load]:
        for number in range(40):
            begun.append(number)
            yield load(number)

    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        held = [len(begun) - done for done, _ in enumerate(workers.prepare(one_by_one()), start=1)]
    assert max(held) == 5


@pytest.mark.usefixtures("soon")
def test_a_long_run_holds_no_more_than_a_short_one(knowledge: Knowledge) -> None:
    def peak(number: int, workers: Workers) -> int:
        tracemalloc.reset_peak()
        for done, _ in enumerate(workers.prepare(load(0) for _ in range(number))):
            if done % 50 == 0:
                gc.collect()  # picklers refer to themselves
        return tracemalloc.get_traced_memory()[1]

    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        tracemalloc.start()
        try:
            peak(50, workers)
            short = peak(50, workers)
            assert peak(300, workers) < 1.5 * short
        finally:
            tracemalloc.stop()


@pytest.mark.usefixtures("soon")
def test_a_very_long_interview_is_not_held_whole(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG", 100)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        assert not any(map(elsewhere, workers.prepare([load(1, "好" * 101)])))
        assert not workers._pool


@pytest.mark.usefixtures("soon")
def test_what_no_worker_is_free_for_is_done_here(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        where = [elsewhere(step) for step in workers.prepare(loads(200))]
    assert where[:3] == [True, True, True]
    assert not all(where)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("noticed", [False, True])
def test_a_worker_that_is_killed_is_told_with_what_to_do_after_what_was_done_before(
    knowledge: Knowledge, noticed: bool
) -> None:
    def killing(workers: Workers) -> Iterator[Plan]:
        yield from loads(10)
        for process in processes(workers):
            process.kill()
        while noticed and workers._pool and not workers._pool._flags.broken:
            time.sleep(0.01)
        yield Remove("after")
        yield from loads(10)

    done: list[str] = []

    def prepare_all(workers: Workers) -> None:
        for step in workers.prepare(killing(workers)):
            assert isinstance(step, Prepared | Remove)
            done.append(step.interview_id)

    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        with pytest.raises(LoadingError, match=r"ended before it had prepared 访谈\.txt\.") as caught:
            prepare_all(workers)
        running = processes(workers)
    assert done[:7] == [f"talk-{number}" for number in range(7)], "at most three were on their way"
    assert "Run the same command again" in caught.value.next_step
    assert "FANGTAN_WORKERS=0" in caught.value.next_step
    assert not psutil.wait_procs(running, timeout=10)[1]


@pytest.mark.usefixtures("soon")
def test_a_mistake_in_a_worker_keeps_its_traceback(knowledge: Knowledge) -> None:
    ours = load(1)
    broken = Load(replace(ours.interview, turns=(replace(ours.interview.turns[0], text=cast("str", 5)),)), ORIGIN)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        workers._pool = module._pool(1, SETTINGS)
        future = workers._pool.submit(module._prepare, broken, SETTINGS)
        with pytest.raises(TypeError) as caught:
            future.result()
    assert "prepare.py" in str(caught.value.__cause__)


@pytest.mark.usefixtures("soon")
def test_a_worker_needs_neither_this_folder_nor_the_main_program(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        assert [one.turns for one in prepared(workers, loads(1))] == [2]
        assert workers._pool


PROGRAM = """
import sys, time
from pathlib import Path
from indexer.enrich.enrich import load_knowledge
from indexer.indexing import workers
from indexer.settings import Settings
from tests.indexer.indexing.test_workers import SETTINGS, at_once, loads, processes, replace

print("main", flush=True)  # a worker that ran this program would print it too, and start workers of its own
at_once()
with workers.Workers(replace(SETTINGS, workers=2), load_knowledge(SETTINGS)) as ours:
    done = 0
    try:
        for step in ours.prepare(loads(10**6)):
            done += 1
            if done == 20:
                print(*(process.pid for process in processes(ours)), flush=True)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
"""


def program() -> tuple["subprocess.Popen[str]", list[psutil.Process]]:
    """A program without `if __name__ == "__main__"`, and its two workers."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    assert process.stdout.readline() == "main\n"
    return process, [psutil.Process(int(pid)) for pid in process.stdout.readline().split()]


def test_ctrl_c_reaches_the_whole_group_and_only_this_process_minds() -> None:
    process, running = program()
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (out, process.returncode) == ("interrupted\n", 0)
    assert "Traceback" not in err
    assert len(running) == 2
    assert not psutil.wait_procs(running, timeout=10)[1]


def test_workers_end_when_this_process_is_killed() -> None:
    process, running = program()
    process.kill()
    process.communicate()
    assert len(running) == 2
    assert not psutil.wait_procs(running, timeout=20)[1]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_workers_start_is_not_theirs(knowledge: Knowledge, number: signal.Signals) -> None:
    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        list(workers.prepare(loads(2)))
        running = processes(workers)
        for process in running:
            blocked = Path(f"/proc/{process.pid}/status")
            if blocked.exists():
                (mask,) = (line.split()[1] for line in blocked.read_text().splitlines() if line.startswith("SigBlk"))
                assert int(mask, 16) & 1 << number - 1, "from the start, before it could ignore any"
            process.send_signal(number)
        assert len(prepared(workers, loads(20))) == 20
        assert [process.pid for process in processes(workers)] == [process.pid for process in running]
    assert number not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_cores_are_left_for_this_process_and_elasticsearch(monkeypatch: pytest.MonkeyPatch) -> None:
    for usable, expected in ((1, 0), (2, 0), (4, 2), (64, 4)):
        monkeypatch.setattr(loky, "cpu_count", lambda usable=usable: usable)
        assert default_count() == expected
