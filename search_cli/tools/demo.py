"""`make demo`: index the sample interviews and ask them something, as one would type it.

The samples go into the archive that the commands use (`fangtan`, or what FANGTAN_INDEX names), so that what is typed
next finds them; into one of their own where that archive has other transcripts. Samples that another clone or an older
version left there make way.
"""

import os
import shlex
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from search_cli.rendering.terminal.console import prepare, write
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.settings import Settings

_INTERRUPTED = 130
_ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = _ROOT / "data/interviews"
_COMMANDS = (
    "fangtan index data/interviews",
    "fangtan search 小米 合作 --limit 3",
    "fangtan facets topic --limit 8",
    "fangtan show qzone-xiaomi#3",
)
_ACTIVATE = ("source .venv/bin/activate", "or type .venv/bin/fangtan")
_NEXT = (
    ("fangtan search 公园 --speaker 梁叙白", "who said what about it"),
    ("fangtan speakers", "who else speaks in the samples"),
    ("fangtan node stop", "end the Elasticsearch in the background"),
)


def main() -> None:
    """Run the commands one after another, print the time of each, and suggest what to type next."""
    prepare(sys.stdout)
    began = time.monotonic()
    own = _own_archive()
    for typed in _COMMANDS:
        _run(typed, {**os.environ, "FANGTAN_INDEX": own} if own else {**os.environ})
    write([line(Segment(f"All of it took {time.monotonic() - began:.1f} s.", Style.DIM)), (), *_what_next(own)])


def _own_archive() -> str:
    """Return the archive that the samples have for themselves, "" where they go into that of the commands.

    Tell what is found; what cannot be looked at is told by the first command.
    """
    from indexer.errors import FangtanError
    from indexer.settings import load
    from search_cli.commands.context import connected

    try:
        ours = load()
        with connected(ours) as client:
            if _makes_way(client, ours):
                return ""
            own = replace(ours, index=f"{ours.index}-demo")
            _tell(f"The archive {ours.index} has other transcripts; the samples go into {own.index}.")
            write([line(Segment("$ ", Style.DIM), Segment(f"export FANGTAN_INDEX={own.index}", Style.COMMAND)), ()])
            _makes_way(client, own)
            return own.index
    except FangtanError:
        return ""


def _makes_way(client: "Elasticsearch", settings: "Settings") -> bool:
    """Tell whether an archive has nothing but samples, if anything; drop those of another version."""
    from search_cli.tools import samples
    from search_cli.tools.samples import Holding

    held = samples.holding(client, settings, _SAMPLES)
    if held is Holding.OUTDATED:
        _tell(f"The archive {settings.index} has the samples of another version; they are indexed anew.")
        samples.drop(client, settings)
    return held is not Holding.OTHERS


def _tell(said: str) -> None:
    write([line(Segment(said, Style.DIM))])
    sys.stdout.flush()


def _run(typed: str, environment: dict[str, str]) -> None:
    """Echo a command, run it with this Python from the checkout's root, tell its time; end the demo if it fails."""
    write([line(Segment("$ ", Style.DIM), Segment(typed, Style.COMMAND))])
    sys.stdout.flush()
    began = time.monotonic()
    try:
        command = [sys.executable, "-m", "search_cli", *shlex.split(typed)[1:]]
        done = subprocess.run(command, cwd=_ROOT, env=environment, check=False)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    if done.returncode:
        sys.exit(done.returncode)
    write([line(Segment(f"  ({time.monotonic() - began:.1f} s)", Style.DIM)), ()])


def _what_next(own: str) -> list[StyledLine]:
    """Return what to type next, each with what it is for; `own` is the archive that the samples have for themselves."""
    from search_cli.rendering.terminal.styles import cells

    archive = [(f"export FANGTAN_INDEX={own}", "the archive of the samples")] if own else []
    mine = ("unset FANGTAN_INDEX", "back to your own") if own else ("fangtan index FOLDER", "your own transcripts")
    steps = [_ACTIVATE, *archive, *_NEXT[:-1], mine, _NEXT[-1]]
    widest = max(cells(line(typed)) for typed, _ in steps)
    return [
        line("Now you:"),
        *(
            line("  ", Segment(typed, Style.COMMAND), " " * (widest - cells(line(typed)) + 3), Segment(why, Style.DIM))
            for typed, why in steps
        ),
    ]


if __name__ == "__main__":
    main()
