"""The page of `fangtan speaker`: figures, offices, topics, who asks, years, the most telling answers."""

from collections.abc import Iterator, Sequence

from indexer.model import unqualified
from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.models import Bucket, Facet, SpokenTurn
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import facet_lines
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, line
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, spread
from search_cli.search.speaker_profile import Office, SpeakerProfile

_LABEL = 13
_ANSWER_LINES = 3
_ASKED_BY = 8


def profile_lines(profile: SpeakerProfile, width: int, hints: bool = True) -> list[StyledLine]:
    """Lay out the page of a speaker."""
    if not profile.turns:
        return [line(f" {plain(profile.name)} has no such turn.")]
    lines = [*_head(profile, width), (), *_facts(profile, width)]
    for heading, section in _sections(profile, width):
        lines += [(), line(" ", Segment(heading, Style.NAME)), *section]
    if profile.answers:
        title = line(Segment("Answers", Style.NAME), Segment("  with most of their keywords", Style.DIM))
        lines += [(), *indented(title, width, line(" "), 1)]
        for turn in profile.answers:
            lines += _answer(turn, width)
    if hints:
        command = f"fangtan search --speaker {argument(profile.names[0])}"
        label = line(Segment(" Their turns: ", Style.DIM))
        lines += [(), *indented(line(Segment(plain(command), Style.COMMAND)), width, label, 3)]
    return lines


def _head(profile: SpeakerProfile, width: int) -> list[StyledLine]:
    """Lay out the head: 唐鳳        15,683 turns in 346 interviews, 2015-08-04 – 2026-08-20."""
    name = "、".join(map(plain, profile.names[:3])) + (" …" if len(profile.names) > 3 else "")
    turns = f"{humanize.count(profile.turns, 'turn')} in {humanize.count(profile.interviews, 'interview')}"
    dates = _dates(profile.first, profile.last)
    right = line(Segment(turns + (f", {dates}" if dates else ""), Style.DIM))
    return [(Segment(" "), *row) for row in spread(line(Segment(name, Style.NAME)), right, width - 1)]


def _facts(profile: SpeakerProfile, width: int) -> Iterator[StyledLine]:
    """Yield a line for each short fact: characters and share, printed forms, roles."""
    share = humanize.share(profile.share) if profile.share else ""
    facts = [
        ("characters", f"{profile.characters:,}" + (f", {share} of what is said" if share else "")),
        ("printed as", _counted(profile.printed) if len(profile.printed) > 1 else ""),
        ("roles", _counted([Bucket(_role(one.value), one.count, one.share) for one in profile.roles])),
        ("asked by", _counted(_without_interviews(profile.asked_by)[:_ASKED_BY])),
        ("undated", humanize.count(profile.undated, "turn") if profile.undated else ""),
    ]
    for label, text in facts:
        if text:
            yield from indented(line(text), width, line(Segment(f" {label:<{_LABEL - 1}}", Style.DIM)), _LABEL)


def _sections(profile: SpeakerProfile, width: int) -> Iterator[tuple[str, list[StyledLine]]]:
    """Yield the heading and the lines of each table that has a row."""
    if profile.offices:
        yield "Offices", _offices(profile.offices, width)
    if profile.topics:
        yield "Topics", facet_lines(Facet("topic", profile.topics, profile.turns, 0), width)
    if profile.years:
        yield "Years", facet_lines(Facet("year", profile.years, profile.turns, 0), width)


def _offices(offices: Sequence[Office], width: int) -> list[StyledLine]:
    """Lay out the affiliations in the order in which they were held."""
    return table(
        [
            Column("affiliation", [plain(one.affiliation) for one in offices], least=12),
            Column("turns", [f"{one.turns:,}" for one in offices], right=True, rank=1),
            Column("dates", [_dates(one.first, one.last) for one in offices], rank=2),
        ],
        width,
    )


def _answer(turn: SpokenTurn, width: int) -> list[StyledLine]:
    """Lay out an answer: its address and date, an excerpt."""
    head = line(Segment(plain(turn.address), Style.ADDRESS), Segment(f"  {turn.date}".rstrip(), Style.DIM))
    text = excerpt(turn.text, (), _ANSWER_LINES * (width - 4))
    return [*indented(head, width, line("  "), 2), *indented(text, width, line("    "), 4)]


def _without_interviews(speakers: Sequence[Bucket]) -> list[Bucket]:
    """Return speakers with those known only by a label of an interview (记者@…) under the label, most turns first."""
    by_label: dict[str, Bucket] = {}
    for one in speakers:
        label = unqualified(one.value)
        count = by_label[label].count if label in by_label else 0
        by_label[label] = Bucket(label, count + one.count, 0.0)
    return sorted(by_label.values(), key=lambda one: -one.count)


def _role(value: str) -> str:
    """Return a role in Chinese, or as it is."""
    return humanize.role(value) or value


def _counted(buckets: Sequence[Bucket]) -> str:
    """Return values with their counts: 唐鳳 8,879 · 唐凤 6,804."""
    return " · ".join(f"{plain(one.value) or humanize.UNNAMED} {one.count:,}" for one in buckets)


def _dates(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"
