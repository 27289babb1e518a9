"""The pages of `fangtan speakers suggest`: merges with their evidence, voices with lines, what was written."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.name_merges import Evidence, NameMerge, SpeakerSuggestions, Voice

_VOICES = 10

_EVIDENCE = {
    Evidence.TITLE: gettext_noop("title: {detail}"),
    Evidence.SOUND: gettext_noop("sound: {detail}"),
    Evidence.INTRODUCED: gettext_noop("introduced: {detail}"),
}
"""The evidence, as it is shown."""


def suggestion_lines(found: SpeakerSuggestions, width: int) -> list[StyledLine]:
    """Lay out the suggestions, and how to accept one."""
    if not found.merges and not found.voices:
        return [line(Segment(f" {_('Nothing to suggest: no two names look like one person.')}", Style.DIM))]
    lines = _merges(found.merges, width) if found.merges else []
    for voice in found.voices[:_VOICES]:
        lines += [(), *_voice(voice, width)]
    if more := len(found.voices) - _VOICES:
        others = _("+{more_voices} with --json").format(more_voices=humanize.count(more, "more voice"))
        lines += [line(Segment(f" {others}", Style.DIM))] if more > 0 else []
    accepted = found.merges[0].name if found.merges else f"{found.voices[0].name}=NAME"
    command = line(Segment(plain(f"fangtan speakers suggest --accept {argument(accepted)}"), Style.COMMAND))
    return [*lines, (), *indented(command, width, line(Segment(f" {_('Accept: ')}", Style.DIM)), 3)]


def question(one: NameMerge) -> str:
    """Return the question whether a merge is right: 唐鳳召集人 = 唐鳳? title: 召集人, 93 turns (y/n/q)."""
    alone = _("{name} = {speaker}? {evidence}, {turns} (y/n/q)")
    both = _("{name} = {speaker}? {evidence}, {turns}, both in {interviews} (y/n/q)")
    asked = (both if one.shared else alone).format(
        name=plain(one.name),
        speaker=plain(one.canonical),
        evidence=_evidence(one),
        turns=humanize.count(one.turns, "turn"),
        interviews=humanize.count(one.shared, "interview"),
    )
    return f" {asked}"


def accepted_lines(accepted: Sequence[tuple[str, str]], path: str, width: int) -> list[StyledLine]:
    """Lay out what was written to speakers.toml, and the next step."""
    if not accepted:
        return [line(f" {_('speakers.toml has that already.')}")]
    lines = [
        one
        for name, canonical in accepted
        for one in indented(line(Segment(f"{plain(name)} → {plain(canonical)}", Style.NAME)), width, line(" "), 3)
    ]
    command = line(Segment("fangtan speakers apply --dry-run", Style.COMMAND))
    return [
        *lines,
        *indented(line(_("Written to {path}.").format(path=plain(path))), width, line(" "), 1),
        *indented(command, width, line(Segment(f" {_('See what changes: ')}", Style.DIM)), 3),
    ]


def _evidence(one: NameMerge) -> str:
    """Return the evidence of a merge: title: 召集人."""
    return _(_EVIDENCE[one.evidence]).format(detail=plain(one.detail))


def _merges(merges: Sequence[NameMerge], width: int) -> list[StyledLine]:
    """Lay out the merges: name, speaker, evidence, turns of both, interviews in common."""
    return table(
        [
            Column(_("name"), [plain(one.name) for one in merges], least=12, style=Style.NAME),
            Column(humanize.field("speaker"), [plain(one.canonical) for one in merges], least=8, style=Style.NAME),
            Column(_("evidence"), [_evidence(one) for one in merges], least=16, rank=1),
            Column(_("turns"), [f"{one.turns:,}" for one in merges], right=True, rank=3),
            Column(_("of speaker"), [f"{one.canonical_turns:,}" for one in merges], right=True, rank=4),
            Column(_("both in"), [f"{one.shared:,}" if one.shared else "" for one in merges], right=True, rank=2),
        ],
        width,
    )


def _voice(voice: Voice, width: int) -> list[StyledLine]:
    """Lay out a voice and its lines."""
    turns = Segment(f"  {humanize.count(voice.turns, 'turn')}", Style.DIM)
    lines = indented(line(Segment(plain(voice.name), Style.NAME), turns), width, line(" "), 3)
    for turn in voice.lines:
        number = line("   ", Segment(f"#{turn.turn}", Style.ADDRESS), "  ")
        lines += indented(excerpt(turn.text, (), 2 * (width - 8)), width, number, 8)
    return lines
