"""The full screen as a person has it: keys in, rows of text out; and a wire to Elasticsearch that can be cut."""

import asyncio
import fcntl
import os
import pty
import socket
import struct
import sys
import termios
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from textual.events import Paste
from textual.pilot import Pilot

from indexer.elastic.connection import light_reader
from indexer.settings import Settings
from search_cli.archive import Archive
from search_cli.browse.browser import Browser

_PATIENCE = 20.0
"""Seconds that a busy machine may take."""


class Watched:
    """A running `Browser`, its screen as text, and its keys."""

    def __init__(self, browser: Browser, pilot: Pilot[None]) -> None:
        self.browser, self.pilot = browser, pilot

    @property
    def rows(self) -> list[str]:
        """The rows of the screen, as wide as it is."""
        strips = self.browser.screen._compositor.render_strips()
        return [strip.text for strip in strips]

    @property
    def text(self) -> str:
        return "\n".join(row.rstrip() for row in self.rows)

    @property
    def query(self) -> str:
        return self.browser._bar.value

    @property
    def addresses(self) -> list[str]:
        return [hit.turn.address for hit in self.browser._hits.hits]

    @property
    def pane(self) -> str:
        """All lines of the reading pane, also those that are scrolled to."""
        return "\n".join("".join(one.text for one in line) for line in self.browser._pane.lines)

    @property
    def message(self) -> str:
        """The message above the hits on one line, "" if there is none."""
        bar = self.browser._message
        return " ".join(" ".join(one.text for line in bar.lines for one in line).split()) if bar.display else ""

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type a text; what is Chinese comes as an input method commits it, character by character."""
        await self.pilot.press(*("space" if one == " " else one for one in text))

    async def paste(self, text: str) -> None:
        """Paste a text where the cursor is."""
        self.browser.post_message(Paste(text))
        await self.pilot.pause()

    async def until(self, holds: Callable[[], Any]) -> None:
        """Wait until something holds on the screen."""
        async with asyncio.timeout(_PATIENCE):
            while not holds():
                await self.pilot.pause(0.02)

    async def settled(self) -> None:
        """Wait until all that was asked is answered and shown."""
        await self.pilot.pause(0.06)  # until nothing more is typed
        lookups = self.browser.link._lookups
        await self.until(
            lambda: not lookups.has_tasks and not any(lookups.is_busy(group) for group in ("search", "more", "read"))
        )
        await self.pilot.pause()


def watch(browser: Browser, look: Callable[[Watched], Awaitable[None]], size: tuple[int, int] = (80, 24)) -> None:
    """Run a browser, wait for its first hits, and do with it what `look` does."""

    async def run() -> None:
        async with browser.run_test(size=size) as pilot:
            watched = Watched(browser, pilot)
            await watched.until(lambda: browser._found is not None or browser._message.display)
            await watched.settled()
            await look(watched)

    asyncio.run(run())


def opened(settings: Settings) -> Archive:
    """The archive as `fangtan browse` opens it."""
    return Archive(settings, reader=light_reader(settings))


def in_terminal(*typed: str, seen: bytes, do: Callable[[int, int], None], **environment: str) -> tuple[int, bytes]:
    """Run fangtan in a terminal of its own; once `seen` is on it, `do` something with its handle and the process.

    Returns the exit code and all that was written.
    """
    process, handle = pty.fork()
    if not process:
        os.environ.update({"TERM": "xterm-256color", **environment})
        os.execv(sys.executable, (sys.executable, "-m", "search_cli", *typed))
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    written, is_done, end = b"", False, monotonic() + _PATIENCE
    with suppress(OSError):  # raised when the other end is closed
        while monotonic() < end and (more := os.read(handle, 65536)):
            written += more
            if not is_done and seen in written:
                is_done = True
                do(handle, process)
    os.close(handle)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), written


class Wire:
    """Forwards what is sent to a server; it can be cut, can hang, and be mended."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._upstream = (str(parts.hostname), int(parts.port or 0))
        self._ends: list[socket.socket] = []
        self._flows = threading.Event()
        self._flows.set()
        self._listener = self._listen(0)
        self._port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Close every connection, and take no more."""
        for end in (self._listener, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def mend(self) -> None:
        """Take connections again."""
        self._listener = self._listen(self._port)

    def hang(self) -> None:
        """Take what is sent, and send nothing on."""
        self._flows.clear()

    def flow(self) -> None:
        """Send on again."""
        self._flows.set()

    def _listen(self, port: int) -> socket.socket:
        listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return listener

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(self._upstream)
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                self._flows.wait()
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextmanager
def wire(url: str) -> Iterator[Wire]:
    """A wire to a server, cut at the end."""
    made = Wire(url)
    try:
        yield made
    finally:
        made.flow()
        made.cut()


def columns(rows: Sequence[str]) -> set[int]:
    """The widths of rows in columns."""
    from rich.cells import cell_len

    return {cell_len(row) for row in rows}
