"""The page of `fangtan correct`: what was written, and who speaks how often before and after."""

from collections import Counter

from indexer.dictionary.correction_file import CorrectionChange
from indexer.language.messages import gettext as _
from indexer.model import Interview
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import indented


def change_lines(change: CorrectionChange, file: str, width: int, *, is_written: bool) -> list[StyledLine]:
    """Return the corrections, the turns per speaker before and after, and the next step."""
    path = plain(str(change.path))
    if not change.added:
        lists, would_list = _("{path} lists what can be corrected."), _("{path} would list what can be corrected.")
        edit = f"$EDITOR {plain(humanize.argument(str(change.path)))}"
        parse = f"fangtan parse {plain(humanize.argument(file))}"
        next_ = _("{edit}, then {command}").format(edit=edit, command=parse)
        return [line(f" {(lists if is_written else would_list).format(path=path)}"), *_next(next_)]
    done = _("Written: {path}") if is_written else _("Not written, as --dry-run was given: {path}")
    lines = [line(f" {done.format(path=path)}"), *(line(f"   {plain(one)}") for one in change.added), ()]
    for label, interview in ((_("before"), change.interview_before), (_("after"), change.interview_after)):
        heading = line(Segment(f" {label}{' ' * (8 - cells(line(label)))}", Style.DIM))
        lines += indented(line(_speakers(interview)), width, heading, 9)
    return [*lines, *_next(f"fangtan index {plain(humanize.argument(file))}")]


def _speakers(interview: Interview) -> str:
    """Return the turns per speaker: 李华 12 · 王敏 11."""
    counts = Counter(turn.speaker for turn in interview.turns)
    speakers = " · ".join(f"{plain(name) or humanize.UNNAMED} {n}" for name, n in counts.most_common())
    turns = humanize.count(len(interview.turns), "turn")
    return _("{turns}: {speakers}").format(turns=turns, speakers=speakers) if counts else _("no turn")


def _next(command: str) -> list[StyledLine]:
    return [(), line(f" {_('Next: ')}", Segment(command, Style.COMMAND))]
