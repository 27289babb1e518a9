"""The signals that end a command in order: Ctrl-C, TERM (kill, docker stop) and HUP (a terminal that was closed).

    ending_on_signals()   TERM and HUP exit where the command is, as Ctrl-C does: what it holds is released
    stop_request()        the first signal is only noted, so that a run ends after the current interview

A signal that is ignored (`nohup`, Ctrl-C in the background of a script) stays ignored. Windows has no HUP, but BREAK.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from indexer.language.messages import gettext as _

_ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
_SIGNALS = (signal.SIGINT, *_ENDING)
_BASE = 128
"""A shell reports a program that a signal ended by 128 and the signal's number."""

_Handler = Callable[[int, FrameType | None], None]


class StopRequest(threading.Event):
    """Is set once a signal came; `exit_code` says which. Nobody can wait for it.

    It takes no lock: a signal may interrupt the handling of another, which would hold it.
    """

    exit_code = _BASE + signal.SIGINT
    _came = False

    def is_set(self) -> bool:
        """Return whether a signal came."""
        return self._came

    def set(self) -> None:
        """Note that one came."""
        self._came = True


@contextmanager
def ending_on_signals() -> Iterator[None]:
    """Raise `SystemExit` at TERM and HUP; further ones are ignored, as closing a terminal sends several."""

    def handle(number: int, frame: FrameType | None) -> None:
        for one in _ENDING:
            signal.signal(one, signal.SIG_IGN)
        raise SystemExit(_BASE + number)

    with _handled(_ENDING, handle):
        yield


@contextmanager
def stop_request(notice: str = "") -> Iterator[StopRequest]:
    """Yield a request that a signal sets, and print `notice` then; a second Ctrl-C interrupts at once."""
    stop = StopRequest()
    told = _told(notice)

    def handle(number: int, frame: FrameType | None) -> None:
        if not stop.is_set():
            stop.exit_code = _BASE + number
            stop.set()
            with suppress(OSError):  # the terminal is gone; not sys.stderr: the signal may have interrupted a write
                os.write(2, told[number == signal.SIGINT])
        elif number == signal.SIGINT:
            raise KeyboardInterrupt

    with _handled(_SIGNALS, handle):
        yield stop


def _told(notice: str) -> tuple[bytes, bytes]:
    """Return what is printed at a signal, and at Ctrl-C, which can come again: nothing without a notice."""
    if not notice:
        return b"", b""
    texts = (_("{notice}."), _("{notice}; press Ctrl-C again to stop at once."))
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    at_signal, at_interrupt = (f"\n{text.format(notice=notice)}\n".encode(encoding, "replace") for text in texts)
    return at_signal, at_interrupt


@contextmanager
def _handled(signals: tuple[signal.Signals, ...], handle: _Handler) -> Iterator[None]:
    """Have signals handled; only the main thread can, and those that are ignored stay so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kept = [one for one in signals if signal.getsignal(one) is not signal.SIG_IGN]
    previous = {one: signal.signal(one, handle) for one in kept}
    try:
        yield
    finally:
        for one, before in previous.items():
            signal.signal(one, before)
