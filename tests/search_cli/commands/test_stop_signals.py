"""Which signals end a command, when, and with which exit code."""

import signal
import sys
import threading
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from search_cli.commands.stop_signals import ending_on_signals, stop_request

if TYPE_CHECKING:
    from _typeshed import TraceFunction


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_ends_where_it_is_and_undisturbed(number: signal.Signals) -> None:
    before, tidied = signal.getsignal(number), []

    def command() -> None:
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(number)  # closing a terminal sends several
            tidied.append(True)

    with pytest.raises(SystemExit) as ended, ending_on_signals():
        command()
    assert tidied
    assert ended.value.code == 128 + number
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_run_is_asked_to_stop(number: signal.Signals, capfd: pytest.CaptureFixture[str]) -> None:
    with stop_request("Stopping after this interview") as stop:
        assert not stop.is_set()
        signal.raise_signal(number)
        assert stop.is_set()
        assert stop.exit_code == 128 + number
        signal.raise_signal(signal.SIGTERM)  # says nothing new
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    told = capfd.readouterr().err
    assert told.count("Stopping after this interview") == 1
    assert ("Ctrl-C again" in told) == (number == signal.SIGINT)


@pytest.mark.usefixtures("chinese")
def test_a_run_that_stops_says_so_in_chinese(capfd: pytest.CaptureFixture[str]) -> None:
    with stop_request("处理完这篇访谈就停止"):
        signal.raise_signal(signal.SIGINT)
    assert capfd.readouterr().err == "\n处理完这篇访谈就停止；再按一次 Ctrl-C 立即停止。\n"


@pytest.mark.parametrize("lines", range(12))
def test_a_signal_may_interrupt_the_handling_of_another(lines: int) -> None:
    """Closing a terminal sends several: a second one waited for ever for a lock that the first held."""
    left = [signal.SIGHUP, *[None] * lines]

    def trace(frame: FrameType, event: str, argument: object) -> "TraceFunction":
        if event == "line" and left and (coming := left.pop()):
            signal.raise_signal(coming)
        return trace

    def hangs(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    alarm = signal.signal(signal.SIGALRM, hangs)
    try:
        with stop_request() as stop:
            signal.setitimer(signal.ITIMER_REAL, 10)
            sys.settrace(trace)
            signal.raise_signal(signal.SIGHUP)
            sys.settrace(None)
            assert stop.is_set()
    finally:
        sys.settrace(None)
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, alarm)


def test_another_thread_leaves_the_signals_alone() -> None:
    handled = signal.getsignal(signal.SIGTERM)

    def run() -> None:
        with ending_on_signals(), stop_request() as stop:
            assert not stop.is_set()
            assert signal.getsignal(signal.SIGTERM) is handled

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert signal.getsignal(signal.SIGTERM) is handled
