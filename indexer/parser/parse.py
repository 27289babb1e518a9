"""A script to an interview: who speaks which of its lines, and what its head says of it.

    labels      what may be a label at the beginning of each line, in every form transcripts use
    parts       which of them name a person beside a part
    midline     and in the middle of lines, where the same names come again
    evidence    which of them are believed: how a label repeats, alternates, is set off and is followed weighs for or
                against it; lists of words are one weight among others, and none decides alone
    openings    where the believed ones open turns, and where they only introduce somebody
    unlabelled  the answers to them, where only the questions are marked
    talk        from the first opening label on: turns; stage directions, captions, sub-heads, page furniture and the
                tail are left out
    head        before it: title, head matter, and the lead, which is narration
    people, dates   who is introduced, who asks, when it was published

`explain` returns with the interview what each piece of each line was taken for: the pieces hold every character.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from indexer.model import Interview, Role, Turn
from indexer.parser import (
    body,
    dates,
    header,
    inline_labels,
    label_filter,
    labels,
    line_wrapping,
    people,
    role_labels,
    unlabelled,
)
from indexer.parser.body import Draft
from indexer.parser.header import Head
from indexer.parser.labels import Label
from indexer.parser.overrides import Known
from indexer.parser.trace import Piece, Taken
from indexer.readers.script import Line, Script

_LEAD = 3000  # characters of the lead in which guests, outlet and date are looked for


def parse(script: Script) -> Interview:
    """Return the interview a script holds; the roles its head does not tell are left to `annotating`."""
    return explain(script)[0]


def explain(script: Script) -> tuple[Interview, tuple[Piece, ...]]:
    """Return the interview, and what each piece of each line was taken for, in reading order."""
    lines = script.lines
    around = line_wrapping.around(lines)
    starts = (labels.find(place, line) for place, line in enumerate(lines) if place not in around.joined)
    found = role_labels.named([label for label in starts if label])
    opened = unlabelled.complete(label_filter.find(tuple(inline_labels.with_inner(found, lines)), lines), lines)
    known = Known.of(script)
    top = header.read(_before(lines, opened.labels), known.meta("title"), around)
    drafts, pieces = [_lead(top, around.joined)], list(top.pieces)
    if opened.labels:
        told = body.read(lines, opened, around)
        drafts += told.drafts
        pieces += told.pieces
    roles = people.roles(top.lines(Taken.HEAD), tuple({draft.label.name for draft in drafts if draft.label}))
    turns = tuple(_turns([draft for draft in drafts if draft.parts], roles))
    return _interview(turns, top, known), tuple(pieces)


def _before(lines: Sequence[Line], opening: Sequence[Label]) -> Sequence[Line]:
    """Return the lines before the first turn, and what stands before its label where that is in mid-line."""
    if not opening:
        return lines
    first, start = lines[opening[0].place], opening[0].start
    return [*lines[: opening[0].place], *([replace(first, text=first.text[:start])] if start else [])]


def _lead(top: Head, joined: frozenset[int]) -> Draft:
    """Return the editor's lead as a draft."""
    draft = Draft(None)
    for place, piece in enumerate(top.pieces):
        if piece.taken is Taken.NARRATION:
            draft.add(piece.text.strip(), piece.line, joined=place in joined or piece.line.start is not None)
    return draft


def _turns(drafts: Sequence[Draft], roles: Mapping[str, Role]) -> list[Turn]:
    """Return the turns, numbered from 1; an office printed once beside a name holds for all turns of that name."""
    offices: dict[str, str] = {}
    for draft in drafts:
        if draft.label and draft.label.office:
            offices.setdefault(draft.label.name, draft.label.office)
    return [_turn(number, draft, offices, roles) for number, draft in enumerate(drafts, start=1)]


def _turn(number: int, draft: Draft, offices: Mapping[str, str], roles: Mapping[str, Role]) -> Turn:
    """Return one turn."""
    label = draft.label
    if label is None:
        return Turn(number, "", Role.NARRATION, draft.text, start=draft.start, end=draft.end)
    return Turn(
        turn=number,
        speaker=label.name,
        role=roles.get(label.name, Role.OTHER),
        text=draft.text,
        label=label.name,
        affiliation=offices.get(label.name, ""),
        start=draft.start,
        end=draft.end,
    )


def _interview(turns: tuple[Turn, ...], top: Head, known: Known) -> Interview:
    """Return the interview with what the head, the lead, the format and a person say of it, the last over the first."""
    matter = top.matter(spoken=any(turn.speaker for turn in turns))
    lead = turns[0].text[:_LEAD] if turns and turns[0].role is Role.NARRATION else ""
    speakers = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return Interview(
        turns=turns,
        title=known.said("title") or top.title,
        date=known.date() or dates.published(matter, top.title, lead),
        outlet=known.said("outlet") or known.meta("outlet") or _outlet(matter, lead, turns),
        authors=known.all("author") or people.authors(matter),
        guests=known.guests() or people.guests(matter, lead, speakers, top.title),
        url=known.said("url") or known.meta("url") or people.url(matter),
        language=known.said("language") or known.meta("language"),
    )


def _outlet(matter: Sequence[str], lead: str, turns: Sequence[Turn]) -> str:
    """Return the medium: the one the head or the lead names, or else the one that asks more than once."""
    asking = Counter(turn.speaker for turn in turns)
    return people.outlet(matter, lead) or people.asking_outlet([name for name, count in asking.items() if count > 1])
