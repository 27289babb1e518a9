"""Workers: other processes prepare the same, in order, and are gone afterwards."""

import io
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.errors import LoadingError
from indexer.indexing import workers as module
from indexer.indexing.prepare import Prepared, prepare, whole
from indexer.indexing.workers import Workers, cores, in_order, serve
from indexer.model import Interview, Role, Turn
from indexer.settings import Settings, default_data
from indexer.store.bulk import Job, Load
from indexer.store.documents import Placed

SETTINGS = Settings(data=default_data())
PLACED = Placed("访谈.txt", "/访谈.txt", "hash", "content", "fingerprint", "2026-11-24T00:00:00+00:00")


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(SETTINGS)


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers from the first interview."""
    monkeypatch.setattr(module, "FEW", 0)


def interview(number: int, said: str = "小米手机和红米手机的销量，去年是6.11亿元。") -> Interview:
    asked = Turn(1, "搜狐IT", Role.INTERVIEWER, f"第{number}个问题：销量怎么样？", exchange=1)
    answered = Turn(2, "郑志昊", Role.INTERVIEWEE, said, exchange=1, reply_to=1)
    return Interview((asked, answered), id=f"talk-{number}", title="手机", attributed=True)


def prepared_by(workers: Workers, number: int) -> list[Prepared]:
    """So many interviews, prepared as a run has them prepared."""
    found: list[Prepared] = []
    begun: deque[Callable[[], Prepared]] = deque()
    for one in range(number):
        begun.append(workers.prepare(interview(one), PLACED))
        if len(begun) > workers.ahead:
            found.append(begun.popleft()())
    return [*found, *(job() for job in begun)]


def test_an_interview_is_prepared_whole(knowledge: Knowledge) -> None:
    prepared = whole(prepare(interview(1), PLACED, knowledge))
    assert (prepared.interview_id, prepared.turns, prepared.passages, prepared.unsure) == ("talk-1", 2, 1, False)
    assert [(kind, id_) for kind, id_, _ in prepared.documents] == [
        ("turns", "talk-1#1"),
        ("turns", "talk-1#2"),
        ("passages", "talk-1/p1"),
    ]
    assert b'"numbers":[611000000.0]' in next(body for _, id_, body in prepared.documents if id_ == "talk-1#2")
    assert b'"fingerprint":"fingerprint"' in prepared.own


@pytest.mark.usefixtures("soon")
@pytest.mark.parametrize("number", [0, 1, 2])
def test_what_is_prepared_is_the_same_wherever_it_is_done(knowledge: Knowledge, number: int) -> None:
    alone = [whole(prepare(interview(one), PLACED, knowledge)) for one in range(20)]
    with Workers(replace(SETTINGS, workers=number), knowledge) as workers:
        assert list(map(whole, prepared_by(workers, 20))) == alone


@pytest.mark.usefixtures("soon")
def test_workers_work_and_are_gone_afterwards(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        done = [job() for job in [workers.prepare(interview(one), PLACED) for one in range(4)]]
        assert all(isinstance(one.documents, tuple) for one in done), "made elsewhere, all at once"
        processes = list(workers._processes)
        assert [process.poll() for process in processes] == [None, None]
    assert [process.returncode for process in processes] == [-signal.SIGKILL, -signal.SIGKILL]


def test_a_short_run_starts_none(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=2), knowledge) as workers:
        assert len(prepared_by(workers, 20)) == 20
        assert not workers._processes


@pytest.mark.usefixtures("soon")
def test_a_very_long_interview_is_not_held_whole(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONG", 100)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        prepared = workers.prepare(interview(1, "好" * 101), PLACED)()
        assert not isinstance(prepared.documents, tuple)
        assert not workers._processes


@pytest.mark.usefixtures("soon")
def test_what_no_worker_is_free_for_is_done_here(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        jobs = [workers.prepare(interview(one), PLACED) for one in range(workers.ahead + 1)]
        assert not isinstance(jobs[-1]().documents, tuple)
        assert isinstance(jobs[0]().documents, tuple)


@pytest.mark.usefixtures("soon")
def test_a_worker_that_is_killed_is_told_with_what_to_do(knowledge: Knowledge) -> None:
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        workers.prepare(interview(1), PLACED)()
        os.kill(workers._processes[0].pid, signal.SIGKILL)
        workers._processes[0].wait()
        with pytest.raises(LoadingError, match=r"访谈\.txt ended before it was done") as caught:
            workers.prepare(interview(2), PLACED)()
    assert "FANGTAN_WORKERS=0" in caught.value.next_step


@pytest.mark.usefixtures("soon")
def test_a_mistake_in_a_worker_keeps_its_traceback(knowledge: Knowledge, capfd: pytest.CaptureFixture[str]) -> None:
    broken = replace(interview(1), turns=(interview(1).turns[0], None))  # type: ignore[arg-type]
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers, pytest.raises(LoadingError):
        workers._started().submit(workers._ask, broken, PLACED).result()
    assert "Traceback" in capfd.readouterr().err


@pytest.mark.usefixtures("soon")
def test_a_worker_needs_neither_this_folder_nor_the_main_program(
    knowledge: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with Workers(replace(SETTINGS, workers=1), knowledge) as workers:
        assert workers.prepare(interview(1), PLACED)().turns == 2


def test_a_worker_answers_until_nobody_asks(knowledge: Knowledge) -> None:
    asked = io.BytesIO(
        b"".join(pickle.dumps(one) for one in (SETTINGS, (interview(1), PLACED), (interview(2), PLACED)))
    )
    answers = io.BytesIO()
    serve(asked, answers)
    answers.seek(0)
    first, second = pickle.load(answers), pickle.load(answers)
    assert (first.interview_id, second.interview_id) == ("talk-1", "talk-2")
    assert first == whole(prepare(interview(1), PLACED, knowledge))
    assert answers.read() == b""


def test_jobs_are_asked_for_ahead_and_answered_in_order() -> None:
    asked: list[str] = []

    def jobs() -> Iterator[Job]:
        for one in "甲乙丙丁戊":
            asked.append(one)
            load = Load(one, (), None)
            yield load if one == "乙" else lambda load=load: load  # type: ignore[misc]

    answers = in_order(jobs(), 2)
    assert next(answers).interview_id == "甲"
    assert asked == ["甲", "乙", "丙"]
    assert [load.interview_id for load in answers] == ["乙", "丙", "丁", "戊"]


def test_cores_are_left_for_this_process_and_elasticsearch(monkeypatch: pytest.MonkeyPatch) -> None:
    for usable, expected in ((1, 0), (2, 0), (4, 2), (64, 4)):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, usable=usable: set(range(usable)), raising=False)
        assert cores() == expected
