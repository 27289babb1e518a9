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
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import psutil
import pytest

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.executors import choice
from indexer.executors.loky_pool import LokyPool
from indexer.indexing import workers as module
from indexer.indexing.plan import Load, Plan, Remove
from indexer.indexing.prepare import Prepared, Step, prepare_completely
from indexer.indexing.workers import Workers
from indexer.language import messages
from indexer.language.languages import Language
from indexer.model import Interview, Role, Turn
from indexer.report import Event, Skipped
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
    is_ready = LokyPool.is_ready

    def wait(self: LokyPool) -> bool:
        is_ready(self)
        if self._started:
            concurrent.futures.wait([self._started])
        return is_ready(self)

    setattr_(LokyPool, "least", 0)
    setattr_(LokyPool, "is_ready", wait)


@contextmanager
def working(knowledge: Knowledge, number: int) -> Iterator[Workers]:
    """As many worker processes."""
    with choice.opened("", replace(SETTINGS, workers=number)) as executor:
        yield Workers(executor, knowledge, SETTINGS)


@pytest.fixture(scope="module")
def shared(knowledge: Knowledge) -> Iterator[Callable[[int], Workers]]:
    """As many worker processes, started once for the tests that only have them work."""
    with ExitStack() as stack:

        @cache
        def started(number: int) -> Workers:
            return stack.enter_context(working(knowledge, number))

        yield started


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
    return [psutil.Process(pid) for pid in (pool(workers)._processes if pool(workers) else ())]


def pool(workers: Workers) -> Any:
    """The pool of loky, if there is one."""
    return getattr(workers._executor, "_pool", None)


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
    analyze_all = knowledge.analyzer.analyze_all

    def spy(all_: Iterable[str]) -> Iterator[Analysis]:
        texts.extend(all_ := tuple(all_))
        return analyze_all(all_)

    monkeypatch.setattr(knowledge.analyzer, "analyze_all", spy)
    ours = load(1)
    prepare_completely(ours, knowledge)
    assert texts == [turn.text for turn in ours.interview.turns]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_prepared_is_the_same_wherever_it_is_done(
    knowledge: Knowledge, shared: Callable[[int], Workers], number: int
) -> None:
    alone = [prepare_completely(one, knowledge) for one in loads(20)]
    assert [complete(one) for one in prepared(shared(number), loads(20))] == alone


@pytest.mark.usefixtures("soon", "chinese")
def test_workers_speak_the_language_of_the_run_and_make_the_same_documents(knowledge: Knowledge) -> None:
    messages.use(Language.ENGLISH)
    alone = [prepare_completely(one, knowledge) for one in loads(5)]
    messages.use(Language.SIMPLIFIED)
    with working(knowledge, 1) as workers:
        assert [complete(one) for one in prepared(workers, loads(5))] == alone
        reason = workers._executor.submit(messages.gettext, "it is nested too deeply").result()
    assert reason == messages.gettext("it is nested too deeply") == "嵌套太深"


@pytest.mark.usefixtures("soon")
def test_plans_without_an_interview_keep_their_places(shared: Callable[[int], Workers]) -> None:
    plans: list[Plan] = [load(1), Remove("a"), load(2), load(3), Remove("b"), Remove("c"), load(4), Remove("d")]
    found = [one.interview_id for one in shared(2).prepare(plans) if isinstance(one, Prepared | Remove)]
    assert found == ["talk-1", "a", "talk-2", "talk-3", "b", "c", "talk-4", "d"]


@pytest.mark.usefixtures("soon")
def test_workers_work_and_are_gone_afterwards(knowledge: Knowledge) -> None:
    with working(knowledge, 2) as workers:
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

    with working(knowledge, 2) as workers:
        for done, _ in enumerate(workers.prepare(one_by_one()), start=1):
            assert len(begun) == done
        assert not pool(workers)


def test_nothing_waits_for_workers_to_start(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LokyPool, "least", 0)
    with working(knowledge, 1) as workers:
        assert not any(map(elsewhere, workers.prepare(loads(3))))
        assert isinstance(workers._executor, LokyPool)
        assert workers._executor._started
        assert isinstance(workers._executor._started.result(30), int)


@pytest.mark.usefixtures("soon")
def test_interviews_are_begun_so_far_ahead_that_no_worker_waits_and_no_further(
    shared: Callable[[int], Workers],
) -> None:
    begun: list[int] = []

    def one_by_one() -> Iterator[Load]:
        for number in range(40):
            begun.append(number)
            yield load(number)

    held = [len(begun) - done for done, _ in enumerate(shared(2).prepare(one_by_one()), start=1)]
    assert max(held) == 5


@pytest.mark.usefixtures("soon")
def test_a_long_run_holds_no_more_than_a_short_one(shared: Callable[[int], Workers]) -> None:
    def peak(number: int) -> int:
        tracemalloc.reset_peak()
        for done, _ in enumerate(shared(1).prepare(load(0) for _ in range(number))):
            if done % 50 == 0:
                gc.collect()  # picklers refer to themselves
        return tracemalloc.get_traced_memory()[1]

    tracemalloc.start()
    try:
        peak(50)
        short = peak(50)
        assert peak(300) < 1.5 * short
    finally:
        tracemalloc.stop()


@pytest.mark.usefixtures("soon")
def test_a_very_long_interview_is_not_held_whole(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG", 100)
    with working(knowledge, 1) as workers:
        assert not any(map(elsewhere, workers.prepare([load(1, "好" * 101)])))
        assert not pool(workers)


@pytest.mark.usefixtures("soon")
def test_what_no_worker_is_free_for_is_done_here(shared: Callable[[int], Workers]) -> None:
    where = [elsewhere(step) for step in shared(1).prepare(loads(200))]
    assert where[:3] == [True, True, True]
    assert not all(where)


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("noticed", [False, True])
def test_a_worker_that_is_killed_loses_nothing_and_another_starts(knowledge: Knowledge, noticed: bool) -> None:
    killed: list[psutil.Process] = []

    def killing(workers: Workers) -> Iterator[Load]:
        yield from loads(10)
        killed.extend(processes(workers))
        for process in killed:
            process.kill()
        while noticed and pool(workers) and not pool(workers)._flags.broken:
            time.sleep(0.01)
        yield from loads(20)

    alone = [prepare_completely(one, knowledge) for one in (*loads(10), *loads(20))]
    with working(knowledge, 1) as workers:
        done = [step for step in workers.prepare(killing(workers)) if isinstance(step, Prepared)]
        running = processes(workers)
    assert list(map(elsewhere, done)).count(True) > 10, "before and after"
    assert [complete(one) for one in done] == alone
    assert len(killed) == len(running) == 1
    assert killed != running
    assert not psutil.wait_procs(running, timeout=10)[1]


@pytest.mark.usefixtures("soon")
def test_workers_that_are_killed_again_and_again_are_done_without(knowledge: Knowledge) -> None:
    def killing(workers: Workers) -> Iterator[Load]:
        for one in loads(30):
            yield one
            for pid in tuple(pool(workers)._processes) if pool(workers) else ():
                with suppress(ProcessLookupError):  # its death is just noticed
                    os.kill(pid, signal.SIGKILL)

    with working(knowledge, 1) as workers:
        done = prepared(workers, killing(workers))
        assert not pool(workers)
    assert [one.interview_id for one in done] == [one.interview.id for one in loads(30)]


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("number", [0, 2])
def test_turns_are_analyzed_ahead_of_what_is_learned_from_them(
    knowledge: Knowledge, shared: Callable[[int], Workers], number: int
) -> None:
    events: list[Plan | Event] = [Remove("a"), *loads(12), Skipped(1), load(12)]
    found = list(shared(number).analyze(events))
    assert [type(one) for one in found] == [type(one) for one in events]
    for one in found:
        if isinstance(one, Load):
            assert one.analyses == tuple(knowledge.analyzer.analyze(turn.text) for turn in one.interview.turns)


@pytest.mark.usefixtures("soon")
def test_a_mistake_in_a_worker_keeps_its_traceback(shared: Callable[[int], Workers]) -> None:
    ours = load(1)
    broken = Load(replace(ours.interview, turns=(replace(ours.interview.turns[0], label=cast("str", b"?")),)), ORIGIN)
    assert prepared(shared(1), loads(1))
    with pytest.raises(TypeError) as caught:
        prepared(shared(1), [broken])
    assert "prepare.py" in str(caught.value.__cause__)


@pytest.mark.usefixtures("soon")
def test_a_worker_needs_neither_this_folder_nor_the_main_program(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with working(knowledge, 1) as workers:
        assert [one.turns for one in prepared(workers, loads(1))] == [2]
        assert pool(workers)


PROGRAM = """
import sys, time
from pathlib import Path
from indexer.enrich.enrich import load_knowledge
from tests.indexer.indexing.test_workers import SETTINGS, at_once, loads, processes, working

print("main", flush=True)  # a worker that ran this program would print it too, and start workers of its own
at_once()
with working(load_knowledge(SETTINGS), 2) as ours:
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
def test_a_signal_while_workers_start_is_not_theirs(knowledge: Knowledge) -> None:
    with working(knowledge, 2) as workers:
        list(workers.prepare(loads(2)))
        running = processes(workers)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for process in running:
                assert blocks(process, number), "from the start, before it could ignore any"
                process.send_signal(number)
            assert len(prepared(workers, loads(20))) == 20
            assert [process.pid for process in processes(workers)] == [process.pid for process in running], number
    assert not signal.pthread_sigmask(signal.SIG_BLOCK, []) & {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def blocks(process: psutil.Process, number: signal.Signals) -> bool:
    """Whether a process blocks a signal, as far as the system tells."""
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        return True
    (mask,) = (line.split()[1] for line in status.read_text().splitlines() if line.startswith("SigBlk"))
    return bool(int(mask, 16) & 1 << number - 1)
