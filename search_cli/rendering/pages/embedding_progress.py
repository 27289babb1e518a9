"""The progress of `fangtan embed`, on standard error, and its report."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from search_cli.rendering.terminal.humanize import count
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import wrap

if TYPE_CHECKING:
    from indexer.embeddings.embedding_run import EmbeddingProgress, EmbeddingReport


@contextmanager
def progress_bar() -> Iterator[Callable[["EmbeddingProgress"], None]]:
    """Yield a callback that updates a progress bar, or does nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from search_cli.rendering.pages.index_progress import empty_bar

    bar = empty_bar()
    task = bar.add_task("Embedding", total=None, detail="", rate="")

    def update(progress: "EmbeddingProgress") -> None:
        elapsed = bar.tasks[task].elapsed or 0.0
        bar.update(
            task,
            total=progress.of_turns,
            completed=progress.turns,
            detail=f"{progress.turns:,}/{progress.of_turns:,} turns",
            rate=f"{progress.turns / elapsed:,.0f}/s" if progress.turns and elapsed > 0.5 else "",
        )

    with bar:
        yield update


def report_lines(report: "EmbeddingReport", width: int) -> list[StyledLine]:
    """Return what a run did."""
    if not report.turns:
        return wrap(line("The archive has no turns."), width)
    turns = count(report.turns, "turn")
    if report.interrupted:
        done = f"Stopped: {report.written:,} of {turns} got a vector, {_effort(report)}."
        return wrap(line(done, " Run the same command again for the rest."), width)
    if not report.written:
        return wrap(line(f"Every turn has its vector ({turns}, {report.model})."), width)
    lines = wrap(line(f"{count(report.written, 'turn')} got a vector of {report.model}, {_effort(report)}."), width)
    if report.replaced:
        lines += wrap(line(f"They replace those of {report.replaced}."), width)
    return lines


def dropped_lines(turns: int, width: int) -> list[StyledLine]:
    """Return how many turns had a vector."""
    if not turns:
        return wrap(line("No turn has a vector."), width)
    return wrap(line(f"Removed the vectors of {count(turns, 'turn')}. ", "To make them again: ", _EMBED), width)


_EMBED = Segment("fangtan embed", Style.COMMAND)


def _effort(report: "EmbeddingReport") -> str:
    """Return what it took: in 12.3 s; embedded 1,204 texts, 93,412 characters, 15,700 a second on CPU."""
    took = f"in {report.seconds:.1f} s"
    if not report.texts:
        return took if report.interrupted else f"{took}; all texts were embedded before"
    rate = f"{report.characters / max(report.embedding, 0.001):,.0f} a second on {report.device}"
    return f"{took}; embedded {count(report.texts, 'text')}, {count(report.characters, 'character')}, {rate}"
