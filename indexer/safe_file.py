"""Open untrusted files: transcripts, sidecars, and the files of what an archive knows.

A name may lead to a pipe that nobody writes to, or to a device without an end; a file may be larger than the memory,
or nested deeper than a parser goes. Everything that fangtan reads is opened here: regular files alone, without
waiting, up to a size; and all TOML is parsed here.
"""

import os
import re
import select
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from typing import Any

from indexer.errors import ReadingError, SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop

MAX_SIDECAR_BYTES = 1_000_000
"""Size up to which a sidecar is read: the parser of TOML takes up to 190 bytes of memory for each of its own."""

MAX_KNOWLEDGE_BYTES = 4_000_000
"""Size up to which topics.toml, speakers.toml and synonyms.txt are read: 40,000 people with their names."""

MAX_WORDS_BYTES = 16_000_000
"""Size up to which words.txt is read; jieba's own dictionary has 5 MB."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
_PIPE = gettext_noop("it is a pipe, not a file")
_DEVICE = gettext_noop("it is a device, not a file")
_KINDS = (
    (stat.S_ISDIR, gettext_noop("it is a folder, not a file")),
    (stat.S_ISFIFO, _PIPE),
    (stat.S_ISSOCK, gettext_noop("it is a socket, not a file")),
    (stat.S_ISCHR, _DEVICE),
    (stat.S_ISBLK, _DEVICE),
)
_NO_FILE = gettext_noop("it is something else, not a file")
_DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/", "/dev/stdin")
_CHUNK = 64 * 1024

_MAX_DEPTH = 32  # of keys with dots, which the parser walks once for each of their parts
_KEY = r"(?:(?<![\w-])[\w-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*"
_DEEP_KEY = re.compile(rf"(?:{_KEY}\.[ \t]*){{{_MAX_DEPTH}}}", re.ASCII)


def open_file(path: Path) -> BufferedReader:
    """Open a regular file, without waiting; raise `ReadingError` if it is a pipe, a device, a socket or a folder.

    Raises `OSError` as `Path.open` does.
    """
    _check_kind(path, path.stat().st_mode)  # first: opening some devices does something
    file = os.open(path, _FLAGS)
    try:
        _check_kind(path, os.fstat(file).st_mode)  # again: it may have been replaced meanwhile
        return os.fdopen(file, "rb")
    except BaseException:
        os.close(file)
        raise


def _check_kind(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        reason = next((reason for is_kind, reason in _KINDS if is_kind(mode)), _NO_FILE)
        next_step = _("Write what comes from it into a file.") if reason == _PIPE else ""
        raise ReadingError(str(path), _(reason), next_step=next_step)


def read_bytes(path: Path, most: int, pipes: bool = False) -> bytes:
    """Return the content of a regular file; raise `ReadingError` if it has more than `most` bytes, or `OSError`.

    With `pipes`, also that of standard input (`-`) and of pipes.
    """
    content = piped_bytes(path, most + 1) if pipes else None
    if content is None:
        with open_file(path) as file:
            content = file.read(most + 1)
    if len(content) > most:
        raise ReadingError(str(path), _("it is larger than {number} MB").format(number=most // 1_000_000))
    return content


def piped_bytes(path: Path, most: int, seconds: float = 60) -> bytes | None:
    """Return what comes from standard input (`-`) or a pipe, which can be read only once, up to `most` bytes.

    None for any other path. Raises `ReadingError` if nothing comes into a named pipe for `seconds`, or `OSError`.
    """
    if str(path) == "-":
        return sys.stdin.buffer.read(most)
    try:
        is_pipe = stat.S_ISFIFO(path.stat().st_mode)
    except OSError:
        return None  # opening it tells why
    return read_pipe(path, most, seconds) if is_pipe else None


def read_pipe(path: Path, most: int, seconds: float) -> bytes:
    """Return what is written into a pipe, up to `most` bytes; raise `ReadingError` if nothing comes for `seconds`.

    One that the shell made for this process, <(COMMAND), is waited for as standard input is: its writer exists.
    """
    patience = None if str(path).startswith(_DESCRIPTORS) else 1000 * seconds
    pipe, content = os.open(path, _FLAGS), bytearray()
    try:
        ready = select.poll()
        ready.register(pipe, select.POLLIN)
        while len(content) < most:
            if not ready.poll(patience):
                reason = _("nothing was written into this pipe for {seconds} s").format(seconds=f"{seconds:g}")
                raise ReadingError(str(path), reason)
            data = os.read(pipe, min(_CHUNK, most - len(content)))
            if not data:
                break
            content += data
    finally:
        os.close(pipe)
    return bytes(content)


def parse_toml(text: str, path: Path) -> dict[str, Any]:
    """Parse TOML; raise `ReadingError` with the line if it is not valid, or nested too deeply."""
    import tomllib

    if deep := _DEEP_KEY.search(text):
        raise ReadingError(str(path), _("its keys are nested too deeply"), text.count("\n", 0, deep.start()) + 1)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ReadingError(str(path), _("its values are nested too deeply"), _deepest_line(text)) from error
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))  # missing for errors at the end of the document
        line = int(match[1]) if match else text.count("\n") + 1
        raise ReadingError(str(path), _("not TOML: {error}").format(error=error), line) from error
    except ValueError as error:  # more digits than Python converts
        raise ReadingError(str(path), _("a number in it is too long")) from error


def _deepest_line(text: str) -> int:
    """Return the number of the line that opens the most brackets."""
    opened = [line.count("[") + line.count("{") for line in text.split("\n")]
    return opened.index(max(opened)) + 1


@contextmanager
def told_as_settings(path: Path, next_step: str) -> Iterator[None]:
    """Raise a `SettingsError` that names a file of what an archive knows, where it cannot be read."""
    try:
        yield
    except ReadingError as error:
        raise SettingsError(str(error), error.next_step or next_step) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        reason = _("{path}:{line}: not UTF-8.").format(path=path, line=line)
        raise SettingsError(reason, _("Save it as UTF-8 text.")) from error
    except OSError as error:
        from indexer.language.system_errors import system_reason

        reason = _("{path} cannot be read: {reason}.").format(path=path, reason=system_reason(error))
        raise SettingsError(reason, _("Make it readable, or set FANGTAN_DATA to another folder.")) from error
