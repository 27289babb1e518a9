"""Long texts in the user's pager, as in git and man."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable

from search_cli.rendering.terminal.console import color_mode
from search_cli.rendering.terminal.styles import StyledLine, paint

_LESS = "FRX"
"""less: quit if the text fits (F), colors (R), leave the text on the screen (X). LESS of the user has precedence."""


def page(lines: Iterable[StyledLine]) -> bool:
    """Show lines in the pager (FANGTAN_PAGER, PAGER or less); return False if the program does not exist."""
    command = shlex.split(os.environ.get("FANGTAN_PAGER") or os.environ.get("PAGER") or "less")
    if not command or shutil.which(command[0]) is None:
        return False
    mode = color_mode(sys.stdout)
    text = "".join(f"{paint(line, mode).rstrip(' ')}\n" for line in lines)
    environment = {"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ}
    # Quitting before the end is not an error, and Ctrl-C is for the pager.
    with subprocess.Popen(command, stdin=subprocess.PIPE, env=environment) as process:
        try:
            process.communicate(text.encode("utf-8"))
        except KeyboardInterrupt:
            process.wait()
    return True
