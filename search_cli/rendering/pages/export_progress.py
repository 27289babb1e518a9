"""The progress of `fangtan export`, on standard error, and its report."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.rendering.terminal.humanize import count, size
from search_cli.rendering.terminal.styles import StyledLine, line
from search_cli.rendering.terminal.wrapping import wrap

_STEP = 100
"""Turns after which the bar is drawn again."""


@dataclass(frozen=True, slots=True)
class ExportProgress:
    """Callbacks that are told how far an export is: `turns` read, and then, for some formats, `interviews` of all."""

    turns: Callable[[int], None] = lambda done: None
    interviews: Callable[[int, int], None] = lambda done, total: None


@contextmanager
def progress_bar(total: int, *, is_shown: bool = True) -> Iterator[ExportProgress]:
    """Yield callbacks that update a progress bar; they do nothing without a terminal. `total` are all turns."""
    if not (is_shown and sys.stderr.isatty()):
        yield ExportProgress()
        return
    from search_cli.rendering.pages.index_progress import empty_bar

    bar = empty_bar()
    task = bar.add_task(_("Exporting"), total=total, detail="", rate="")

    def turns(done: int) -> None:
        if done % _STEP and done != total:
            return
        elapsed = bar.tasks[task].elapsed or 0.0
        rate = f"{done / elapsed:,.0f}/s" if elapsed > 0.5 else ""
        bar.update(
            task,
            completed=done,
            detail=_("{done}/{total} turns").format(done=f"{done:,}", total=f"{total:,}"),
            rate=rate,
        )

    def interviews(done: int, total: int) -> None:
        detail = _("{done}/{interviews}").format(done=f"{done:,}", interviews=count(total, "interview"))
        bar.update(task, completed=done, total=total, detail=detail, rate="")

    with bar:
        yield ExportProgress(turns, interviews)


def report_lines(turns: int, interviews: int, path: str, length: int, width: int) -> list[StyledLine]:
    """Return what was written: `length` is the size of the file in bytes."""
    told = _("Exported {turns} of {interviews} to {path} ({size})").format(
        turns=count(turns, "turn"), interviews=count(interviews, "interview"), path=plain(path), size=size(length)
    )
    return wrap(line(told), width)
