"""Long texts in the reader's own pager, as git and man do."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable

from search_cli.rendering.terminal.console import ink
from search_cli.rendering.terminal.styles import StyledLine, paint

_LESS = "FRX"
"""less: end at once if all fits (F), colours (R), leave the text on the screen (X). A LESS of the user's goes first."""


def page(lines: Iterable[StyledLine]) -> bool:
    """Show lines in PAGER (FANGTAN_PAGER, else PAGER, else less); False where there is no such program."""
    command = shlex.split(os.environ.get("FANGTAN_PAGER") or os.environ.get("PAGER") or "less")
    if not command or shutil.which(command[0]) is None:
        return False
    colour = ink(sys.stdout)
    text = "".join(f"{paint(line, colour).rstrip(' ')}\n" for line in lines)
    environment = {"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ}
    # A reader who quits before the end is no error, and Ctrl-C is the pager's.
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        try:
            process.communicate(text.encode("utf-8"))
        except KeyboardInterrupt:
            process.wait()
    return True
