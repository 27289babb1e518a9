"""The pages of `fangtan speakers apply`: the turns that change their speaker, and the result."""

from indexer.indexing.relabel import SpeakerChange, SpeakerDiff
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented

_SHOWN = 20


def change_lines(diff: SpeakerDiff | None, width: int) -> list[StyledLine]:
    """Return the speakers whose turns would change, before and after; `diff` is None if nothing is indexed."""
    if diff is None:
        return [line(" Nothing is indexed yet: fangtan index PATH")]
    if not diff.turns:
        return [line(" No turn changes: all have the speakers and affiliations of speakers.toml.")]
    turns = f"{diff.turns:,} of {humanize.count(diff.of_turns, 'turn')}"
    verb = "changes" if diff.turns == 1 else "change"
    summary = f"{turns}, in {humanize.count(diff.interviews, 'interview')}, {verb} speaker or affiliation:"
    shown = diff.changes[:_SHOWN]
    more = len(diff.changes) - len(shown)
    return [
        *indented(line(summary), width, line(" "), 1),
        *table(
            [
                Column("now", [_name(one.before) for one in shown], least=10, style=Style.NAME),
                Column("then", [_after(one) for one in shown], least=10, style=Style.NAME),
                Column("turns", [f"{one.turns:,}" for one in shown], right=True, rank=1),
                Column("interviews", [f"{one.interviews:,}" for one in shown], right=True, rank=2),
            ],
            width,
        ),
        *([line(Segment(f" +{more:,} more with --json", Style.DIM))] if more else []),
    ]


def done_lines(done: SpeakerDiff, seconds: float) -> list[StyledLine]:
    """Return the result: so many turns of so many interviews."""
    turns = f"{humanize.count(done.turns, 'turn')} of {humanize.count(done.interviews, 'interview')}"
    return [line(f" Applied: {turns} written, in {seconds:.1f} s.")]


def _after(change: SpeakerChange) -> str:
    """Return the speaker afterwards; of one who stays, that the affiliation changes."""
    return _name(change.after) if change.after != change.before else "another affiliation"


def _name(name: str) -> str:
    return plain(name) or humanize.UNNAMED
