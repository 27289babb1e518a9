"""The pages of `fangtan speakers suggest`: merges with their evidence, voices with lines, what was written."""

from collections.abc import Sequence

from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented
from search_cli.search.name_merges import NameMerge, SpeakerSuggestions, Voice

_VOICES = 10


def suggestion_lines(found: SpeakerSuggestions, width: int) -> list[StyledLine]:
    """Lay out the suggestions, and how to accept one."""
    if not found.merges and not found.voices:
        return [line(Segment(" Nothing to suggest: no two names look like one person.", Style.DIM))]
    lines = _merges(found.merges, width) if found.merges else []
    for voice in found.voices[:_VOICES]:
        lines += [(), *_voice(voice, width)]
    if more := len(found.voices) - _VOICES:
        lines += [line(Segment(f" +{humanize.count(more, 'more voice')} with --json", Style.DIM))] if more > 0 else []
    accepted = found.merges[0].name if found.merges else f"{found.voices[0].name}=NAME"
    command = line(Segment(plain(f"fangtan speakers suggest --accept {argument(accepted)}"), Style.COMMAND))
    return [*lines, (), *indented(command, width, line(Segment(" Accept: ", Style.DIM)), 3)]


def question(one: NameMerge) -> str:
    """Return the question whether a merge is right: 唐鳳召集人 = 唐鳳? title: 召集人, 93 turns (y/n/q)."""
    evidence = f"{one.evidence}: {plain(one.detail)}"
    both = f", both in {humanize.count(one.shared, 'interview')}" if one.shared else ""
    turns = humanize.count(one.turns, "turn")
    return f" {plain(one.name)} = {plain(one.canonical)}? {evidence}, {turns}{both} (y/n/q)"


def accepted_lines(accepted: Sequence[tuple[str, str]], path: str, width: int) -> list[StyledLine]:
    """Lay out what was written to speakers.toml, and the next step."""
    if not accepted:
        return [line(" speakers.toml has that already.")]
    lines = [
        one
        for name, canonical in accepted
        for one in indented(line(Segment(f"{plain(name)} → {plain(canonical)}", Style.NAME)), width, line(" "), 3)
    ]
    command = line(Segment("fangtan speakers apply --dry-run", Style.COMMAND))
    return [
        *lines,
        *indented(line(f"Written to {plain(path)}."), width, line(" "), 1),
        *indented(command, width, line(Segment(" See what changes: ", Style.DIM)), 3),
    ]


def _merges(merges: Sequence[NameMerge], width: int) -> list[StyledLine]:
    """Lay out the merges: name, speaker, evidence, turns of both, interviews in common."""
    return table(
        [
            Column("name", [plain(one.name) for one in merges], least=12, style=Style.NAME),
            Column("speaker", [plain(one.canonical) for one in merges], least=8, style=Style.NAME),
            Column("evidence", [f"{one.evidence}: {plain(one.detail)}" for one in merges], least=16, rank=1),
            Column("turns", [f"{one.turns:,}" for one in merges], right=True, rank=3),
            Column("of speaker", [f"{one.canonical_turns:,}" for one in merges], right=True, rank=4),
            Column("both in", [f"{one.shared:,}" if one.shared else "" for one in merges], right=True, rank=2),
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
