"""The page of `fangtan correct`: what was written, and who speaks how often before and after."""

from collections import Counter

from indexer.dictionary.correction_file import CorrectionChange
from indexer.model import Interview
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.wrapping import indented


def change_lines(change: CorrectionChange, file: str, width: int, *, is_written: bool) -> list[StyledLine]:
    """Return the corrections, the turns per speaker before and after, and the next step."""
    path = plain(str(change.path))
    if not change.added:
        done = f" {path} lists what can be corrected." if is_written else f" {path} would list what can be corrected."
        edit = f"$EDITOR {plain(humanize.argument(str(change.path)))}"
        return [line(done), *_next(f"{edit}, then fangtan parse {plain(humanize.argument(file))}")]
    verb = "Written" if is_written else "Not written, as --dry-run was given"
    lines = [line(f" {verb}: {path}"), *(line(f"   {plain(one)}") for one in change.added), ()]
    for label, interview in (("before", change.interview_before), ("after", change.interview_after)):
        heading = line(Segment(f" {label:<8}", Style.DIM))
        lines += indented(line(_speakers(interview)), width, heading, 9)
    return [*lines, *_next(f"fangtan index {plain(humanize.argument(file))}")]


def _speakers(interview: Interview) -> str:
    """Return the turns per speaker: 李华 12 · 王敏 11."""
    counts = Counter(turn.speaker for turn in interview.turns)
    speakers = " · ".join(f"{plain(name) or humanize.UNNAMED} {n}" for name, n in counts.most_common())
    return f"{humanize.count(len(interview.turns), 'turn')}: {speakers}" if counts else "no turn"


def _next(command: str) -> list[StyledLine]:
    return [(), line(" Next: ", Segment(command, Style.COMMAND))]
