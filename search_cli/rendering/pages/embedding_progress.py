"""The progress of `fangtan embed`, on standard error, and its report."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from search_cli.rendering.terminal.humanize import count
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, filled, line
from search_cli.rendering.terminal.wrapping import wrap

if TYPE_CHECKING:
    from indexer.embeddings.embedding_run import EmbeddingProgress, EmbeddingReport


@contextmanager
def progress_bar() -> Iterator[Callable[["EmbeddingProgress"], None]]:
    """Yield a callback that updates a progress bar, or does nothing without a terminal."""
    if not sys.stderr.isatty():
        yield lambda progress: None
        return
    from search_cli.rendering.pages.index_progress import empty_bar, turns_done

    bar = empty_bar()
    task = bar.add_task(_("Embedding"), total=None, detail="", rate="")

    def update(progress: "EmbeddingProgress") -> None:
        elapsed = bar.tasks[task].elapsed or 0.0
        bar.update(
            task,
            total=progress.of_turns,
            completed=progress.turns,
            detail=turns_done(progress.turns, progress.of_turns),
            rate=f"{progress.turns / elapsed:,.0f}/s" if progress.turns and elapsed > 0.5 else "",
        )

    with bar:
        yield update


def report_lines(report: "EmbeddingReport", width: int) -> list[StyledLine]:
    """Return what a run did."""
    if not report.turns:
        return wrap(line(_("The archive has no turns.")), width)
    turns, written = count(report.turns, "turn"), count(report.written, "turn")
    if report.interrupted:
        done = _("Stopped: {written} of {turns} got a vector, {effort}.")
        told = done.format(written=f"{report.written:,}", turns=turns, effort=_effort(report))
        return wrap(line(sentences(told, _("Run the same command again for the rest."))), width)
    if not report.written:
        return wrap(
            line(_("Every turn has its vector ({turns}, {model}).").format(turns=turns, model=report.model)), width
        )
    done = _("{turns} got a vector of {model}, {effort}.")
    lines = wrap(line(done.format(turns=written, model=report.model, effort=_effort(report))), width)
    if report.replaced:
        lines += wrap(line(_("They replace those of {model}.").format(model=report.replaced)), width)
    return lines


def dropped_lines(turns: int, width: int) -> list[StyledLine]:
    """Return how many turns had a vector."""
    if not turns:
        return wrap(line(_("No turn has a vector.")), width)
    text = _("Removed the vectors of {turns}. To make them again: {command}")
    return wrap(filled(text, turns=count(turns, "turn"), command=Segment("fangtan embed", Style.COMMAND)), width)


def _effort(report: "EmbeddingReport") -> str:
    """Return what it took: in 12.3 s; embedded 1,204 texts, 93,412 characters, 15,700 a second on CPU."""
    seconds = f"{report.seconds:.1f}"
    if not report.texts:
        took = _("in {seconds} s") if report.interrupted else _("in {seconds} s; all texts were embedded before")
        return took.format(seconds=seconds)
    return _("in {seconds} s; embedded {texts}, {characters}, {rate} a second on {device}").format(
        seconds=seconds,
        texts=count(report.texts, "text"),
        characters=count(report.characters, "character"),
        rate=f"{report.characters / max(report.embedding, 0.001):,.0f}",
        device=report.device,
    )
