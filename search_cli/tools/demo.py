"""`make demo`: index the sample interviews and ask them something, as one would type it."""

import shlex
import subprocess
import sys
import time
from pathlib import Path

from search_cli.rendering.terminal.console import prepare, write
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line

_INTERRUPTED = 130
_ROOT = Path(__file__).resolve().parents[2]
_COMMANDS = (
    "fangtan index data/interviews",
    "fangtan search 小米 合作 --limit 3",
    "fangtan facets topic --limit 8",
    "fangtan show qzone-xiaomi#3",
)
_NEXT = (
    ("source .venv/bin/activate", "or type .venv/bin/fangtan"),
    ("fangtan search 公园 --speaker 梁叙白", "who said what about it"),
    ("fangtan speakers", "who else speaks in the samples"),
    ("fangtan index FOLDER", "your own transcripts"),
    ("fangtan node stop", "end the Elasticsearch in the background"),
)


def main() -> None:
    """Run the commands one after another, each with its time; end with what to type next."""
    prepare(sys.stdout)
    began = time.monotonic()
    for typed in _COMMANDS:
        _run(typed)
    write([line(Segment(f"All of it took {time.monotonic() - began:.1f} s.", Style.DIM)), (), *_what_next()])


def _run(typed: str) -> None:
    """Echo a command, run it with this Python from the checkout's root, tell its time; end the demo if it fails."""
    write([line(Segment("$ ", Style.DIM), Segment(typed, Style.COMMAND))])
    sys.stdout.flush()
    began = time.monotonic()
    try:
        done = subprocess.run([sys.executable, "-m", "search_cli", *shlex.split(typed)[1:]], cwd=_ROOT, check=False)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    if done.returncode:
        sys.exit(done.returncode)
    write([line(Segment(f"  ({time.monotonic() - began:.1f} s)", Style.DIM)), ()])


def _what_next() -> list[StyledLine]:
    """Return what to type next, each with what it is for."""
    from search_cli.rendering.terminal.styles import cells

    widest = max(cells(line(typed)) for typed, _ in _NEXT)
    return [
        line("Now you:"),
        *(
            line("  ", Segment(typed, Style.COMMAND), " " * (widest - cells(line(typed)) + 3), Segment(why, Style.DIM))
            for typed, why in _NEXT
        ),
    ]


if __name__ == "__main__":
    main()
