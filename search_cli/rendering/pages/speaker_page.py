"""The page of `fangtan speaker`: figures, offices, years, topics, own words, people, the most telling answers.

Each section has the command that shows its turns on the line of its heading.
"""

from collections.abc import Iterator, Sequence

from indexer.language.messages import gettext as _
from indexer.model import unqualified
from indexer.text.normalize import fold
from indexer.text.printable import plain
from indexer.text.shell import argument
from search_cli.kwic.keyness import KeyWord
from search_cli.kwic.speaker_words import SpeakerPage
from search_cli.models import Bucket, Facet, SpokenTurn
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.bars import facet_lines
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line, padded
from search_cli.rendering.terminal.tables import Column, table
from search_cli.rendering.terminal.wrapping import indented, spread
from search_cli.search.speaker_profile import Office

_LABEL = 13
_ANSWER_LINES = 3
_PEOPLE = 10


def profile_lines(profile: SpeakerPage, width: int, filters: Sequence[str] | None = ()) -> list[StyledLine]:
    """Lay out the page of a speaker; `filters` are those of the command as typed, None for a page without commands."""
    if not profile.turns:
        return [line(f" {_('{name} has no such turn.').format(name=plain(profile.name))}")]
    lines = [*_head(profile, width), (), *_facts(profile, width)]
    for heading, options, section in _sections(profile, width):
        command = _command(profile, options, filters)
        lines += [(), *((Segment(" "), *row) for row in spread(heading, command, width - 1)), *section]
    if command := _command(profile, "search --speaker {}", filters):
        lines += [(), *indented(command, width, line(Segment(f" {_('Their turns: ')}", Style.DIM)), 3)]
    return lines


def _command(profile: SpeakerPage, options: str, filters: Sequence[str] | None) -> StyledLine:
    """Return the command that shows the turns of a section, of which `options` has the name in the place of {}."""
    if filters is None or not options:
        return ()
    typed = " ".join(["fangtan", options.format(argument(profile.names[0])), *filters])
    return line(Segment(plain(typed), Style.COMMAND))


def _head(profile: SpeakerPage, width: int) -> list[StyledLine]:
    """Lay out the head: 唐鳳        15,683 turns in 346 interviews, 2015-08-04 – 2026-08-20."""
    name = "、".join(map(plain, profile.names[:3])) + (" …" if len(profile.names) > 3 else "")
    turns = humanize.turns_in(profile.turns, profile.interviews, profile.first, profile.last)
    right = line(Segment(turns, Style.DIM))
    return [(Segment(" "), *row) for row in spread(line(Segment(name, Style.NAME)), right, width - 1)]


def _facts(profile: SpeakerPage, width: int) -> Iterator[StyledLine]:
    """Yield a line for each short fact: characters and share, printed forms, roles."""
    roles = [Bucket(humanize.role_name(one.value), one.count, one.share) for one in profile.roles]
    facts = [
        (_("characters"), _characters(profile)),
        (_("printed as"), _counted(profile.printed) if len(profile.printed) > 1 else ""),
        (_("roles"), _counted(roles)),
        (_("undated"), humanize.count(profile.undated, "turn") if profile.undated else ""),
    ]
    for label, text in facts:
        if text:
            head = line(Segment(f" {padded(label, _LABEL - 1)}", Style.DIM))
            yield from indented(line(text), width, head, _LABEL)


def _characters(profile: SpeakerPage) -> str:
    """Return the number of characters, and the share of all that is said."""
    characters = f"{profile.characters:,}"
    if not profile.share:
        return characters
    said = _("{characters}, {share} of what is said")
    return said.format(characters=characters, share=humanize.share(profile.share))


def _sections(profile: SpeakerPage, width: int) -> Iterator[tuple[StyledLine, str, list[StyledLine]]]:
    """Yield the heading, the command and the lines of each section that has any."""
    if profile.offices:
        first = profile.offices[-1].affiliation.partition("、")[0]  # of several the first: it is looked for as a part
        office = f"search --speaker {{}} --affiliation {_typed(first)}"
        yield _title(_("Offices")), office, _offices(profile.offices, width)
    if profile.years:
        lines = facet_lines(Facet("year", profile.years, profile.turns, 0), width)
        yield _title(_("Years")), "timeline --speaker {}", lines
    if profile.topics:
        topic = f"search --speaker {{}} --topic {_typed(profile.topics[0].value)}"
        yield _title(_("Topics")), topic, facet_lines(Facet("topic", profile.topics, profile.turns, 0), width)
    if profile.words:
        yield (
            _title(_("Own words"), _times(profile)),
            "words --speaker {}",
            _packed(list(map(_word, profile.words)), width),
        )
    yield from _people(profile, width)
    if profile.answers:
        telling = [row for turn in profile.answers for row in _answer(turn, width)]
        yield _title(_("Answers"), _("with most of their keywords")), "", telling


def _times(profile: SpeakerPage) -> str:
    """Return what × says of the own words, and how many turns they are counted in, if not in all."""
    times = _("×: about as often as others") if profile.is_estimate else _("×: as often as others")
    if not 0 < profile.word_turns < profile.turns:
        return times
    return _("{times}, in {turns} at random").format(times=times, turns=humanize.count(profile.word_turns, "turn"))


def _people(profile: SpeakerPage, width: int) -> Iterator[tuple[StyledLine, str, list[StyledLine]]]:
    """Yield the sections of who asks, who is mentioned, and who mentions the speaker."""
    turns = humanize.count(profile.mentioned, "turn")
    sections = [
        (_("Asked by"), "", "search --speaker {} --to ", profile.asked_by),
        (_("Speaks of"), "", "search --speaker {} --mentions ", profile.mentions),
        (_("Spoken of by"), turns, "search --mentions {} --speaker ", profile.mentioned_by),
    ]
    for heading, note, command, named in sections:
        if shown := _without_interviews(named):
            more = [humanize.more(len(shown) - _PEOPLE)] if len(shown) > _PEOPLE else []
            people = [*map(_count, shown[:_PEOPLE]), *more]
            yield _title(heading, note), command + _typed(shown[0].value), _packed(people, width)


def _title(heading: str, note: str = "") -> StyledLine:
    return line(Segment(heading, Style.NAME), *((Segment(f"  {note}", Style.DIM),) if note else ()))


def _typed(value: str) -> str:
    """Return a value as it is typed in a command that `str.format` completes."""
    return argument(value).replace("{", "{{").replace("}", "}}")


def _packed(items: Sequence[str], width: int) -> list[StyledLine]:
    """Lay out items in lines, without a break in any that fits."""
    rows: list[str] = []
    for item in items:
        longer = f"{rows[-1]} · {item}" if rows else item
        if rows and cells(line(longer)) < width - 2:
            rows[-1] = longer
        else:
            rows.append(item)
    return [row for text in rows for row in indented(line(text), width, line(" "), 1)]


def _word(one: KeyWord) -> str:
    """Return a word with its count, and how many times as often as others the speaker says it: 共创 ×6.3 (42)."""
    times = 2**one.log_ratio
    bound = "" if one.others else ">"
    return f"{plain(one.word)} {bound}×{times:,.{0 if times >= 10 else 1}f} ({one.count:,})"


def _offices(offices: Sequence[Office], width: int) -> list[StyledLine]:
    """Lay out the affiliations in the order in which they were held."""
    return table(
        [
            Column(_("affiliation"), [plain(one.affiliation) for one in offices], least=12),
            Column(_("turns"), [f"{one.turns:,}" for one in offices], right=True, rank=1),
            Column(_("dates"), [humanize.dates(one.first, one.last) for one in offices], rank=2),
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
        before = by_label.get(fold(label), Bucket(label, 0, 0.0))
        by_label[fold(label)] = Bucket(before.value, before.count + one.count, 0.0)
    return sorted(by_label.values(), key=lambda one: -one.count)


def _counted(buckets: Sequence[Bucket]) -> str:
    """Return values with their counts: 唐鳳 8,879 · 唐凤 6,804."""
    return " · ".join(map(_count, buckets))


def _count(bucket: Bucket) -> str:
    return f"{plain(bucket.value) or humanize.UNNAMED} {bucket.count:,}"
