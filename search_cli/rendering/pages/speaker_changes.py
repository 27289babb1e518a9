"""The pages of `fangtan speakers apply`: the turns that change their speaker or mentions, and the result."""

from indexer.indexing.speaker_diff import SpeakerChange, SpeakerDiff
from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext, pgettext, sentences
from indexer.text.printable import plain
from search_cli.rendering.pages.index_report import missing_line
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented

_SHOWN = 20


def change_lines(diff: SpeakerDiff | None, width: int) -> list[StyledLine]:
    """Return the speakers whose turns would change, before and after; `diff` is None if nothing is indexed."""
    if diff is None:
        return [line(f" {_('Nothing is indexed yet: fangtan index PATH')}")]
    lines = indented(missing_line(diff.missing), width, line(" "), 1) if diff.missing else []
    if not diff.interviews:
        none = _("No turn changes: all have the speakers and mentions of speakers.toml.")
        return [*lines, *indented(line(none), width, line(" "), 1)]
    if diff.turns:
        lines += [*indented(line(_summary(diff)), width, line(" "), 1), *_speakers(diff, width)]
    if diff.mentions:
        summary = ngettext(
            "{turns} changes whom they mention:", "{turns} change whom they mention:", diff.mentions
        ).format(turns=humanize.count(diff.mentions, "turn"))
        lines += [*indented(line(summary), width, line(" "), 1), *_mentioned(diff, width)]
    return lines


def _summary(diff: SpeakerDiff) -> str:
    """Return how many turns change, in how many interviews."""
    return ngettext(
        "{number} of {turns}, in {interviews}, changes speaker, affiliation or role:",
        "{number} of {turns}, in {interviews}, change speaker, affiliation or role:",
        diff.turns,
    ).format(
        number=f"{diff.turns:,}",
        turns=humanize.count(diff.of_turns, "turn"),
        interviews=humanize.count(diff.interviews, "interview"),
    )


def _speakers(diff: SpeakerDiff, width: int) -> list[StyledLine]:
    """Lay out the speakers before and after."""
    shown = diff.changes[:_SHOWN]
    return [
        *table(
            [
                Column(pgettext("speakers", "now"), [_name(one.before) for one in shown], least=10, style=Style.NAME),
                Column(pgettext("speakers", "then"), [_after(one) for one in shown], least=10, style=Style.NAME),
                Column(_("turns"), [f"{one.turns:,}" for one in shown], right=True, rank=1),
                Column(_("interviews"), [f"{one.interviews:,}" for one in shown], right=True, rank=2),
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
                Column(_("person"), [_name(one.name) for one in shown], least=10, style=Style.NAME),
                Column(_("more turns"), [_signed("+", one.added) for one in shown], right=True, rank=1),
                Column(_("fewer"), [_signed("−", one.removed) for one in shown], right=True, rank=1),
            ],
            width,
        ),
        *_more(len(diff.mentioned) - len(shown)),
    ]


def _signed(sign: str, turns: int) -> str:
    return f"{sign}{turns:,}" if turns else ""


def _more(more: int) -> list[StyledLine]:
    others = _("+{number} more with --json").format(number=f"{more:,}")
    return [line(Segment(f" {others}", Style.DIM))] if more > 0 else []


def done_lines(done: SpeakerDiff, seconds: float) -> list[StyledLine]:
    """Return the result: so many turns of so many interviews."""
    written = _("Applied: {turns} of {interviews} written, in {seconds} s.").format(
        turns=humanize.count(done.turns, "turn"),
        interviews=humanize.count(done.interviews, "interview"),
        seconds=f"{seconds:.1f}",
    )
    mentions = _("{turns} changed whom they mention.").format(turns=humanize.count(done.mentions, "turn"))
    return [line(f" {sentences(written, mentions if done.mentions else '')}")]


def _after(change: SpeakerChange) -> str:
    """Return the speaker afterwards; of one who stays, that the affiliation changes."""
    return _name(change.after) if change.after != change.before else _("another affiliation or role")


def _name(name: str) -> str:
    return plain(name) or humanize.UNNAMED
