"""`fangtan` in a process that is forked from this one: as real as any to `kill -9`, without the seconds of a start."""

import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import psutil

# what a run would otherwise import; what it reads, it reads itself
import elasticsearch.helpers  # noqa: F401  # isort: skip
import indexer.pipeline  # isort: skip
import indexer.topics.archive_topics  # noqa: F401  # isort: skip
from search_cli.app import main

ROOT = Path(__file__).parents[2]


class Forked:
    """A process that runs a command line; `out` and `err` are what it printed, once it has ended."""

    def __init__(self, typed: tuple[str, ...], environment: Mapping[str, str]) -> None:
        self._out, self._err = (tempfile.TemporaryFile() for _ in range(2))  # noqa: SIM115  closed with this object
        self.returncode: int | None = None
        self.pid = os.fork()
        if not self.pid:
            self._run(typed, environment)

    @property
    def out(self) -> str:
        """What it printed."""
        return self._read(self._out.fileno())

    @property
    def err(self) -> str:
        """What it printed on standard error."""
        return self._read(self._err.fileno())

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        if self.returncode is None:
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self, seconds: float = 600) -> int:
        """Wait until it has ended, and return the exit code."""
        deadline = time.monotonic() + seconds
        while (code := self.poll()) is None:
            assert time.monotonic() < deadline, f"it has not ended: {self.out}{self.err}"
            time.sleep(0.02)
        return code

    def kill(self) -> bool:
        """Kill it as a crash does; tell whether it was still running."""
        if self.poll() is not None:
            return False
        workers = psutil.Process(self.pid).children(recursive=True)
        os.kill(self.pid, signal.SIGKILL)
        psutil.wait_procs(workers, timeout=20)
        return self.wait() == -signal.SIGKILL

    @staticmethod
    def _read(file: int) -> str:
        return os.pread(file, os.fstat(file).st_size, 0).decode("utf-8", "replace")

    def _run(self, typed: tuple[str, ...], environment: Mapping[str, str]) -> NoReturn:
        code = 70
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            os.dup2(self._out.fileno(), 1)
            os.dup2(self._err.fileno(), 2)
            sys.stdin, sys.stdout, sys.stderr = (open(0), open(1, "w"), open(2, "w"))  # noqa: SIM115
            os.environ.clear()
            os.environ.update(environment)
            os.chdir(ROOT)
            sys.argv = ["fangtan", *typed]
            signal.signal(signal.SIGINT, signal.default_int_handler)
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        except Exception:  # noqa: BLE001 - as Python would
            traceback.print_exc()
        finally:
            for stream in (sys.stdout, sys.stderr):
                stream.flush()
            os._exit(code)
