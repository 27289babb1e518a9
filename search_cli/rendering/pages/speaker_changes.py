"""The pages of `fangtan speakers apply`: the turns that change their speaker or mentions, and the result."""

from indexer.indexing.speaker_diff import SpeakerChange, SpeakerDiff
from indexer.text.printable import plain
from search_cli.rendering.pages.index_progress import missing_line
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented

_SHOWN = 20


def change_lines(diff: SpeakerDiff | None, width: int) -> list[StyledLine]:
    """Return the speakers whose turns would change, before and after; `diff` is None if nothing is indexed."""
    if diff is None:
        return [line(" Nothing is indexed yet: fangtan index PATH")]
    lines = indented(missing_line(diff.missing), width, line(" "), 1) if diff.missing else []
    if not diff.interviews:
        return [*lines, line(" No turn changes: all have the speakers and mentions of speakers.toml.")]
    if diff.turns:
        turns = f"{diff.turns:,} of {humanize.count(diff.of_turns, 'turn')}"
        where = f"in {humanize.count(diff.interviews, 'interview')}"
        summary = f"{turns}, {where}, {_verb(diff.turns)} speaker, affiliation or role:"
        lines += [*indented(line(summary), width, line(" "), 1), *_speakers(diff, width)]
    if diff.mentions:
        summary = f"{humanize.count(diff.mentions, 'turn')} {_verb(diff.mentions)} whom they mention:"
        lines += [*indented(line(summary), width, line(" "), 1), *_mentioned(diff, width)]
    return lines


def _verb(turns: int) -> str:
    return "changes" if turns == 1 else "change"


def _speakers(diff: SpeakerDiff, width: int) -> list[StyledLine]:
    """Lay out the speakers before and after."""
    shown = diff.changes[:_SHOWN]
    return [
        *table(
            [
                Column("now", [_name(one.before) for one in shown], least=10, style=Style.NAME),
                Column("then", [_after(one) for one in shown], least=10, style=Style.NAME),
                Column("turns", [f"{one.turns:,}" for one in shown], right=True, rank=1),
                Column("interviews", [f"{one.interviews:,}" for one in shown], right=True, rank=2),
            ],
            width,
        ),
        *_more(len(diff.changes) - len(shown)),
    ]


def _mentioned(diff: SpeakerDiff, width: int) -> list[StyledLine]:
    """Lay out who is mentioned in more turns, or in fewer."""
    shown = diff.mentioned[:_SHOWN]
    return [
        *table(
            [
                Column("person", [_name(one.name) for one in shown], least=10, style=Style.NAME),
                Column("more turns", [_signed("+", one.added) for one in shown], right=True, rank=1),
                Column("fewer", [_signed("−", one.removed) for one in shown], right=True, rank=1),
            ],
            width,
        ),
        *_more(len(diff.mentioned) - len(shown)),
    ]


def _signed(sign: str, turns: int) -> str:
    return f"{sign}{turns:,}" if turns else ""


def _more(more: int) -> list[StyledLine]:
    return [line(Segment(f" +{more:,} more with --json", Style.DIM))] if more > 0 else []


def done_lines(done: SpeakerDiff, seconds: float) -> list[StyledLine]:
    """Return the result: so many turns of so many interviews."""
    turns = f"{humanize.count(done.turns, 'turn')} of {humanize.count(done.interviews, 'interview')}"
    mentions = f" {humanize.count(done.mentions, 'turn')} changed whom they mention." if done.mentions else ""
    return [line(f" Applied: {turns} written, in {seconds:.1f} s.{mentions}")]


def _after(change: SpeakerChange) -> str:
    """Return the speaker afterwards; of one who stays, that the affiliation changes."""
    return _name(change.after) if change.after != change.before else "another affiliation or role"


def _name(name: str) -> str:
    return plain(name) or humanize.UNNAMED
