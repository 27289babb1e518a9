"""`make demo`: index the sample interviews and run some commands on them.

The samples go into the archive that the commands use (`fangtan`, or the one FANGTAN_INDEX names), so that the next
commands find them; if that archive has other transcripts, they go into an archive of their own. Samples of another
clone or an older version are replaced. Their topics, speakers, words and synonyms are those in `data`.
"""

import os
import shlex
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.language import messages
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from search_cli.commands.language_choice import chosen_language
from search_cli.rendering.terminal.console import prepare, write
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.settings import Settings

_INTERRUPTED = 130
_ROOT = Path(__file__).resolve().parents[2]
_SAMPLES = _ROOT / "data/interviews"
_EMBED = "fangtan embed"
_COMMANDS = (
    "fangtan index data/interviews",
    _EMBED,
    "fangtan search 小米 合作 --limit 3",
    "fangtan facets topic --limit 8",
    "fangtan show qzone-xiaomi#3",
)
_ACTIVATE = ("source .venv/bin/activate", gettext_noop("or type .venv/bin/fangtan"))
_NEXT = (
    ("fangtan search 公园 --speaker 梁叙白", gettext_noop("who said what about it")),
    ("fangtan speakers", gettext_noop("who else speaks in the samples")),
    ("fangtan node stop", gettext_noop("end the Elasticsearch in the background")),
)


def main() -> None:
    """Run the commands one after another, print the time of each, and suggest what to type next."""
    prepare(sys.stdout)
    messages.use(chosen_language())
    began = time.monotonic()
    separate = _separate_archive()
    for typed in _commands():
        _run(typed, {**os.environ, "FANGTAN_INDEX": separate} if separate else {**os.environ})
    took = _("All of it took {seconds} s.").format(seconds=f"{time.monotonic() - began:.1f}")
    write([line(Segment(took, Style.DIM)), (), *_what_next(separate)])


def _commands() -> tuple[str, ...]:
    """Return the commands; without vectors where there is nothing to make them with (Macs with Intel, Python 3.14)."""
    return tuple(one for one in _COMMANDS if one != _EMBED or find_spec("onnxruntime"))


def _separate_archive() -> str:
    """Return the archive for the samples alone, "" if they go into the archive of the commands.

    Prints which it is. An error here is left to the first command, which reports it.
    """
    from indexer.errors import FangtanError
    from indexer.settings import load
    from search_cli.commands.context import connected
    from search_cli.tools import samples

    try:
        settings = samples.with_data(load(), _SAMPLES)
        with connected(settings) as client:
            if _prepare_archive(client, settings):
                return ""
            own = replace(settings, index=f"{settings.index}-demo")
            told = _("The archive {archive} has other transcripts; the samples go into {own}.")
            _print(told.format(archive=settings.index, own=own.index))
            write([line(Segment("$ ", Style.DIM), Segment(f"export FANGTAN_INDEX={own.index}", Style.COMMAND)), ()])
            _prepare_archive(client, own)
            return own.index
    except FangtanError:
        return ""


def _prepare_archive(client: "Elasticsearch", settings: "Settings") -> bool:
    """Drop samples of another version; return whether the archive has nothing but samples."""
    from search_cli.tools import samples
    from search_cli.tools.samples import Holding

    holding = samples.holding(client, settings, _SAMPLES)
    if holding is Holding.OUTDATED:
        told = _("The archive {archive} has the samples of another version; they will be indexed again.")
        _print(told.format(archive=settings.index))
        samples.drop(client, settings)
    if holding is not Holding.OTHERS:
        samples.bring_data(settings)
    return holding is not Holding.OTHERS


def _print(text: str) -> None:
    write([line(Segment(text, Style.DIM))])
    sys.stdout.flush()


def _run(typed: str, environment: dict[str, str]) -> None:
    """Echo a command, run it from the root of the checkout and print its time; exit with its code if it fails."""
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
    took = _("({seconds} s)").format(seconds=f"{time.monotonic() - began:.1f}")
    write([line(Segment(f"  {took}", Style.DIM)), ()])


def _what_next(separate: str) -> list[StyledLine]:
    """Return the suggested commands, each with its purpose; `separate` is the archive for the samples alone."""
    from search_cli.rendering.terminal.styles import cells

    archive = [(f"export FANGTAN_INDEX={separate}", _("the archive of the samples"))] if separate else []
    back, own = ("unset FANGTAN_INDEX", _("back to your own")), ("fangtan index FOLDER", _("your own transcripts"))
    activate, *following, last = ((typed, _(why)) for typed, why in (_ACTIVATE, *_NEXT))
    steps = [activate, *archive, *following, back if separate else own, last]
    widest = max(cells(line(typed)) for typed, why in steps)
    return [
        line(_("Now you:")),
        *(
            line("  ", Segment(typed, Style.COMMAND), " " * (widest - cells(line(typed)) + 3), Segment(why, Style.DIM))
            for typed, why in steps
        ),
    ]


if __name__ == "__main__":
    main()
