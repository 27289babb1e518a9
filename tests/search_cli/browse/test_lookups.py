"""Only the last answer counts, however late the others come."""

from collections.abc import Callable
from functools import partial
from queue import Queue
from threading import Event

from indexer.errors import FangtanError, UsageError
from search_cli.browse.lookups import Lookups


def test_a_late_answer_is_dropped_and_what_waits_is_replaced() -> None:
    delivered: Queue[Callable[[], None]] = Queue()
    lookups, go, asked = Lookups(delivered.put), Event(), list[str]()
    answers: list[str] = []

    def slow() -> str:
        asked.append("slow")
        go.wait(5)
        return "slow"

    def never() -> str:
        asked.append("never")
        return "never"

    def refuse(error: FangtanError) -> None:
        answers.append(error.message)

    lookups.ask("search", slow, answers.append, refuse)
    while not asked:
        pass
    lookups.ask("search", never, answers.append, refuse)
    lookups.ask("search", lambda: "last", answers.append, refuse)
    lookups.ask("read", lambda: "beside", answers.append, refuse)
    delivered.get(timeout=5)()
    assert answers == ["beside"], "another group does not wait"
    assert lookups.is_busy("search")
    go.set()
    for _ in range(2):
        delivered.get(timeout=5)()
    assert answers == ["beside", "last"]
    assert asked == ["slow"]
    assert not lookups.is_busy("search")


def test_an_error_is_an_answer_and_a_dropped_question_has_none() -> None:
    delivered: Queue[Callable[[], None]] = Queue()
    lookups, answers = Lookups(delivered.put), list[str]()

    def fail() -> str:
        raise UsageError("不行。")

    lookups.ask("search", fail, answers.append, lambda error: answers.append(error.message))
    delivered.get(timeout=5)()
    assert answers == ["不行。"]
    lookups.ask("search", lambda: "x", answers.append, lambda error: None)
    lookups.drop("search")
    lookups.ask("other", lambda: "y", answers.append, lambda error: None)
    assert not lookups.is_busy("search")


def test_what_is_done_is_done_and_told_whatever_else_is_asked() -> None:
    delivered: Queue[Callable[[], None]] = Queue()
    lookups, go, answers = Lookups(delivered.put), Event(), list[str]()

    def slow(name: str) -> str:
        go.wait(5)
        return name

    for name in ("甲", "乙", "丙"):
        lookups.do(partial(slow, name), answers.append, lambda error: None)
    lookups.ask("search", lambda: "找", answers.append, lambda error: None)
    assert lookups.has_tasks
    go.set()
    for _ in range(4):
        delivered.get(timeout=5)()
    assert sorted(answers) == ["丙", "乙", "找", "甲"]
    assert not lookups.has_tasks
