"""Copy to the clipboard of the desktop, where one of its programs is there; a terminal is asked by OSC 52 besides."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress

_SECONDS = 2


def copy(text: str) -> bool:
    """Copy a text with the first program that takes it; return whether one did."""
    for command in programs(os.environ, sys.platform):
        if shutil.which(command[0]) is None:
            continue
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                command,
                input=text.encode("utf-16-le" if command[0] == "clip.exe" else "utf-8", "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_SECONDS,
                check=True,
            )
            return True
    return False


def programs(environment: Mapping[str, str], platform: str) -> Iterator[tuple[str, ...]]:
    """Yield the programs that set the clipboard of this desktop; none over SSH, where it is another machine's."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return
    if platform == "darwin":
        yield ("pbcopy",)
    if environment.get("WAYLAND_DISPLAY"):
        yield ("wl-copy",)
    if environment.get("DISPLAY"):
        yield ("xclip", "-selection", "clipboard")
        yield ("xsel", "--clipboard", "--input")
    if environment.get("WSL_DISTRO_NAME") or platform == "win32":
        yield ("clip.exe",)
