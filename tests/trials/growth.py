"""Growth of time with size: every reader, the parser and the stages behind them, fed what grows badly.

`python -m tests.trials.growth [WORD …]` (minutes; a word names the families to try): each family of hostile text is
made twice as long again and again, in a process of its own, and the seconds of each stage are compared. A stage that
takes more than `BOUND` times as long for twice the text is told, and the exit code is 1.
"""

import multiprocessing
import multiprocessing.connection
import os
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from indexer.model import Interview
from indexer.parser.parse import parse
from indexer.readers.script import Script
from indexer.settings import Settings, sample_data
from tests.support.growing_files import FAMILIES
from tests.support.sources import items

BOUND = 2.6
"""Seconds for twice the text, at most: 2 in proportion, 4 with the square; caches and the collector add to it."""

SIZES = (1 << 16, 1 << 17)
"""Bytes of the files that are compared."""

NOTICED, SLOW, MOST = 0.05, 5.0, 30
"""Seconds of a stage that count at all, that are too many in any case, and that a process may take."""

Seconds = dict[str, float]


def measure(family: str, size: int, index: bool = True) -> Seconds:
    """Return the seconds that each stage takes for a file of a family; `index`: those behind the parser too."""
    data = FAMILIES[family](size)
    seconds: Seconds = {}
    with _timed(seconds, "read"):
        found = items(data, "." + family.rpartition(".")[2])
    with _timed(seconds, "parse"):
        interviews = [parse(item) for item in found if isinstance(item, Script)]
    interviews += [item for item in found if isinstance(item, Interview)]
    if index:
        _index(seconds, interviews)
    return seconds


def _index(seconds: Seconds, interviews: Sequence[Interview]) -> None:
    """Measure the stages from the parsed interview to its documents."""
    from indexer.enrich.enrich import load_knowledge
    from indexer.indexing.interviews import source_info
    from indexer.indexing.plan import Load
    from indexer.indexing.prepare import prepare_completely

    knowledge = load_knowledge(Settings(data=sample_data()))
    for each in interviews:
        interview = replace(each, id="a")
        with _timed(seconds, "sketch"):
            origin = source_info(
                interview, source="a", path="a", hash_="", fingerprint="", part=1, parts=1, overrides=()
            )
        with _timed(seconds, "prepare"):
            prepare_completely(Load(interview, origin), knowledge)


@contextmanager
def _timed(seconds: Seconds, stage: str) -> Iterator[None]:
    """Add the seconds of the processor to those of a stage."""
    began = time.process_time()
    yield
    seconds[stage] = seconds.get(stage, 0.0) + time.process_time() - began


def _limited(family: str, size: int, send: "multiprocessing.connection.Connection") -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (MOST, MOST))
    resource.setrlimit(resource.RLIMIT_AS, (5 << 30, 5 << 30))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    send.send(measure(family, size))


def measured(family: str, size: int) -> Seconds | None:
    """Return the seconds of each stage, measured in a process of its own; None if it takes too long or fails."""
    fork = multiprocessing.get_context("fork")
    receive, send = fork.Pipe(duplex=False)
    process = fork.Process(target=_limited, args=(family, size, send))
    process.start()
    send.close()
    try:
        return receive.recv() if receive.poll(4 * MOST) else None
    except EOFError:
        return None
    finally:
        process.join()


def faults(family: str) -> Iterator[str]:
    """Yield what a family says of the stages that it makes slow."""
    small, large = SIZES
    one = measured(family, small)
    other = measured(family, large) if one is not None and max(one.values()) < SLOW else None
    if one is None or other is None:
        yield f"fails, or is slow: {one} for {small >> 10} kB"
        return
    for stage, seconds in other.items():
        if seconds > max(NOTICED, BOUND * one.get(stage, seconds)):
            again = [measured(family, size) for size in SIZES for _ in range(2)]
            least = [min(each[stage] for each in pair if each) for pair in (again[:2], again[2:])]
            if least[1] > BOUND * least[0]:
                yield f"{stage}: {least[0]:.2f} s for {small >> 10} kB, {least[1]:.2f} s for {large >> 10} kB"
        elif seconds > SLOW:
            yield f"slow: {stage} {seconds:.2f} s for {large >> 10} kB"


def main(words: Sequence[str]) -> int:
    """Try the families whose names have one of the words; print what is slow, return 1 if anything is."""
    _warm_up()
    count = 0
    chosen = [name for name in FAMILIES if not words or any(word in name for word in words)]
    for family in chosen:
        for fault in faults(family):
            count += 1
            print(f"{family}: {fault}", flush=True)
    print(f"{len(chosen)} families, {count} faults")
    return int(count > 0)


def _warm_up() -> None:
    """Import what the stages need, and load the dictionary."""
    for family in ("talk, lines.txt", "bold.md", "paragraphs.html", "paragraphs.xml"):
        measure(family, 1000)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
