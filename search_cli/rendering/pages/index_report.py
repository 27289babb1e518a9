"""The report of an index run, on standard output; failures on standard error."""

import sys
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, pgettext, sentences
from indexer.report import Failure, IndexReport, LeftOut
from indexer.text.printable import plain
from search_cli.rendering.pages.parse_report import omission
from search_cli.rendering.pages.unread_files import unread_lines
from search_cli.rendering.terminal.console import message_width, width, write
from search_cli.rendering.terminal.humanize import argument, count
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, filled, line
from search_cli.rendering.terminal.wrapping import indented, wrap

_LISTED = 3
"""Names that are listed; the others are counted."""


def show_report(report: IndexReport, paths: Sequence[Path] = ()) -> None:
    """Print the report of a run of `paths`; failures go to standard error."""
    write(done_lines(report, width()))
    if report.failed:
        sys.stdout.flush()
        write(failed_lines(report.failed, message_width()), sys.stderr)
    write(more_lines(report, width(), paths))


def done_lines(report: IndexReport, width: int) -> list[StyledLine]:
    """Return the counts of a run."""
    return wrap(line(_summary(report)), width)


def failed_lines(failed: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return the failures, file by file."""
    files = (list(failures) for path, failures in groupby(failed, lambda failure: failure.path))
    return [one for failures in files for one in _failures(failures, width)]


def more_lines(report: IndexReport, width: int, paths: Sequence[Path] = ()) -> list[StyledLine]:
    """Return the rest of the report and the next step."""
    lines = wrap(_left_out(report.left_out), width) if report.left_out.left_out else []
    if report.much_left_out:
        lines += _much_left_out(report.much_left_out, width)
    if report.unsure:
        lines += _mostly_narration(report.unsure, width)
    if report.versions:
        lines += wrap(_duplicates(report.versions), width)
    if report.topics:
        lines += _topics(report.topics, width)
    if report.removed:
        removed = _("Removed {interviews}: {names}")
        interviews = count(len(report.removed), "interview")
        lines += wrap(line(removed.format(interviews=interviews, names=_listed(report.removed))), width)
    lines += _whole_archive(report, width)
    if report.sidecars:
        lines += _sidecars(report.sidecars, width)
    if report.gone:
        lines += _gone(report.gone, paths, width)
    lines += unread_lines(report.unread, width)
    if report.interrupted:
        lines += wrap(line(_stopped(report)), width)
    elif report.word:
        command = Segment(f"fangtan search {argument(plain(report.word))}", Style.COMMAND)
        lines.append(filled(_("Now: {command}"), command=command))
    return lines


def _whole_archive(report: IndexReport, width: int) -> list[StyledLine]:
    """Return what the run did to the archive after the files were loaded."""
    lines: list[StyledLine] = []
    if report.renamed:
        renamed = _("{turns} got another speaker: one name for each person.")
        lines += wrap(line(renamed.format(turns=count(report.renamed, "turn"))), width)
    if report.embedded:
        lines += wrap(line(_("{turns} got a vector.").format(turns=count(report.embedded, "turn"))), width)
    if report.unembedded:
        without = _("New turns have no vector: {problem}")
        lines += wrap(line(without.format(problem=plain(report.unembedded))), width)
    if report.missing:
        lines += wrap(missing_line(report.missing), width)
    return lines


def missing_line(missing: Sequence[str]) -> StyledLine:
    """Return what speakers.toml names and the archive does not have."""
    command = Segment("fangtan interviews", Style.COMMAND)
    text = _("speakers.toml names what is not in the archive: {names}. Ids are listed by {command}.")
    return filled(text, names=_listed(missing), command=command)


def report_object(report: IndexReport) -> dict[str, Any]:
    """Return a report as `--json` prints it: the fields of `IndexReport`; fields may be added, never changed."""
    return asdict(report)


def _summary(report: IndexReport) -> str:
    """Return the counts: Indexed 470 interviews (26,801 turns, 2,744 passages) from 472 files, …."""
    if report.indexed:
        told = _(
            "Indexed {interviews} ({turns}, {passages}) from {files}, {size}, in {seconds} s; "
            "{unchanged} unchanged; {failed} failed"
        )
    else:
        told = _("Nothing new in {files}, {size}, in {seconds} s; {unchanged} unchanged; {failed} failed")
    summary = told.format(
        interviews=count(report.indexed, "interview"),
        turns=count(report.turns, "turn"),
        passages=count(report.passages, "passage"),
        files=count(report.files, "file"),
        size=_size(report.bytes),
        seconds=f"{report.seconds:.1f}",
        unchanged=f"{report.unchanged:,}",
        failed=f"{len(report.failed):,}",
    )
    return _("{text}:").format(text=summary) if report.failed else summary


def _topics(sizes: Sequence[tuple[str, int]], width: int) -> list[StyledLine]:
    """Return how many topics were learned, and the largest: Found 80 topics: 口罩、药师、防疫 (1,204 turns), …."""
    named = [
        _("{name} ({turns})").format(name=plain(name), turns=count(turns, "turn")) for name, turns in sizes[:_LISTED]
    ]
    names = _with_more(pgettext("between topics", ", ").join(named), len(sizes) - _LISTED)
    command = Segment("fangtan topics", Style.COMMAND)
    text = _("Found {topics}: {names}  ({command})")
    return wrap(filled(text, topics=count(len(sizes), "topic"), names=names, command=command), width)


def _failures(failures: Sequence[Failure], width: int) -> list[StyledLine]:
    """Return the first failures of a file, and the number of the others."""
    lines = [one for failure in failures[:_LISTED] for one in _failure(failure, width)]
    more = len(failures) - _LISTED
    others = _("and {more_lines} of this file").format(more_lines=count(more, "more line"))
    return [*lines, line(f"    {others}")] if more > 0 else lines


def _failure(failure: Failure, width: int) -> list[StyledLine]:
    """Return a failure: path, line number, reason and next step; on one line where width is unlimited."""
    location = Segment(f"{plain(failure.path)}:{failure.line}" if failure.line else plain(failure.path), Style.ERROR)
    label = line("  ", location, "  ")
    if width == sys.maxsize:
        lines = [line(location, f": {plain(failure.reason)}")]
    elif cells(label) > width // 2:
        # on a line of its own, and not wrapped: paths are copied
        lines = [line("  ", location), *indented(line(plain(failure.reason)), width, line("    "), 4)]
    else:
        lines = indented(line(plain(failure.reason)), width, label, 4)
    if failure.next_step:
        lines += indented(line(plain(failure.next_step)), width, line(f"    {_('Try: ')}"), 6)
    return lines


def _mostly_narration(sources: Sequence[str], width: int) -> list[StyledLine]:
    """Return the transcripts that are mostly narration, with the commands that explain why."""
    commands = [
        line("  ", Segment(f"fangtan parse --explain {argument(plain(one))}", Style.COMMAND))
        for one in sources[:_LISTED]
    ]
    heading = _("{transcripts} with few turns, mostly narration:")
    told = heading.format(transcripts=count(len(sources), "transcript"))
    return [*wrap(line(told), width), *commands, *_more_transcripts(len(sources) - _LISTED)]


def _left_out(left_out: LeftOut) -> StyledLine:
    """Return how much of the transcripts that were read is in no turn."""
    told = omission(left_out)
    return line(Segment(told[:1].upper() + told[1:], Style.DIM))


def _much_left_out(left_out: Sequence[LeftOut], width: int) -> list[StyledLine]:
    """Return the transcripts of which unusually much is left out, with the commands that explain why."""
    worst: list[StyledLine] = []
    for one in sorted(left_out, key=lambda one: -one.left_out / one.characters)[:_LISTED]:
        command = Segment(f"fangtan parse --explain {argument(plain(one.source))}", Style.COMMAND)
        worst += [line("  ", command), *indented(line(omission(one)), width, line("    "), 4)]
    heading = _("{transcripts} of which much is left out:")
    told = heading.format(transcripts=count(len(left_out), "transcript"))
    return [*wrap(line(told), width), *worst, *_more_transcripts(len(left_out) - _LISTED)]


def _more_transcripts(more: int) -> list[StyledLine]:
    """Return the number of the transcripts that are not listed."""
    return [line(f"  {pgettext('transcripts', 'and {number} more').format(number=f'{more:,}')}")] if more > 0 else []


def _duplicates(ids: Sequence[str]) -> StyledLine:
    """Return the transcripts of interviews that are already indexed, and the command that lists them."""
    text = _("{duplicates} of interviews in the archive: {names}  ({command})")
    command = Segment("fangtan duplicates", Style.COMMAND)
    return filled(text, duplicates=count(len(ids), "duplicate"), names=_listed(ids), command=command)


def _sidecars(sidecars: Sequence[str], width: int) -> list[StyledLine]:
    """Return the sidecar files that replace metadata of an earlier `--meta`, not wrapped: paths are copied."""
    files = [line(f"  {plain(one)}") for one in sidecars[:_LISTED]]
    heading = _("{sidecars} used instead of an earlier --meta, being newer:")
    told = heading.format(sidecars=count(len(sidecars), "sidecar file"))
    more = len(sidecars) - _LISTED
    others = _("and {number} more").format(number=f"{more:,}")
    return [*wrap(line(told), width), *files, *([line(f"  {others}")] if more > 0 else [])]


def _gone(ids: Sequence[str], paths: Sequence[Path], width: int) -> list[StyledLine]:
    """Return the interviews whose files are gone, and the command that removes them."""
    text = ngettext(
        "{interviews} is still indexed, but its file is gone: {names}",
        "{interviews} are still indexed, but their files are gone: {names}",
        len(ids),
    ).format(interviews=count(len(ids), "interview"), names=_listed(ids))
    command = " ".join(["fangtan index", *(argument(plain(str(path))) for path in paths), "--prune"])
    remove = line(f"  {ngettext('Remove it: ', 'Remove them: ', len(ids))}")
    return [*wrap(line(text), width), *indented(line(Segment(command, Style.COMMAND)), width, remove, 2)]


def _stopped(report: IndexReport) -> str:
    """Return the state of the archive after Ctrl-C."""
    if report.rebuilt:
        state = _("Stopped: the archive is as it was before the rebuild.")
        return sentences(state, _("Run the same command again to rebuild it."))
    state = _("Stopped: the interviews counted above are indexed.")
    return sentences(state, _("Run the same command again for the rest."))


def _listed(names: Sequence[str]) -> str:
    """Return the first names, and the number of the others."""
    return _with_more(_(", ").join(map(plain, names[:_LISTED])), len(names) - _LISTED)


def _with_more(names: str, more: int) -> str:
    """Return names, and the number of those that are not among them."""
    return _("{names} and {number} more").format(names=names, number=f"{more:,}") if more > 0 else names


def _size(size: int) -> str:
    """Format a file size in decimal units: 900 bytes, 12 KB, 17.7 MB."""
    if size < 1000:
        return _("{number} bytes").format(number=size)
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.0f} KB"
