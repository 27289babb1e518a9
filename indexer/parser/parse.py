"""Parse a script into an interview: who speaks which of its lines, and the metadata in its header.

    labels            label candidates at the start of each line, in every form that transcripts use
    legend            lines that say who the labels are (問：記者　張：張超雄), for names and roles
    role_labels       names in parentheses after a role instead of the role
    definition_lists  terms of web pages that name nobody
    inline_labels     the same names in the middle of lines
    label_scores      which names are speakers: how a label repeats, alternates, is set off and is followed counts for
                      or against it; word lists are one weight among others, and none decides alone
    label_filter      which occurrences of these names open turns, and which only introduce a participant
    unlabelled        labels for the answers, if only the questions are marked
    header            the lines before the first label: title, fields, and the lead, which is narration
    body, footer      the lines from the first label on: turns; lines in brackets are kept as notes beside them,
                      captions, subheadings, page furniture and the footer are left out
    promotion         blocks at the end that speak for the site
    line_marks        times and tags before the words of a line
    text_without_sentences   text without punctuation is narration, if it is most of a file
    people, dates     guests, roles, authors, outlet and date of publication
    corrections       who speaks, and what is left out, as the user says it in the sidecar file
    overrides         metadata of the format and of the user, which takes precedence

Nothing is dropped without a word: text without a speaker is narration, and `explain` returns the class of every
character, with the reason, besides the interview.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.model import Interview, Role, Turn
from indexer.parser import (
    body,
    corrections,
    dates,
    definition_lists,
    header,
    inline_labels,
    label_filter,
    labels,
    legend,
    line_wrapping,
    people,
    role_labels,
    unlabelled,
)
from indexer.parser.body import DraftTurn
from indexer.parser.header import ParsedHeader
from indexer.parser.label_filter import AcceptedLabels
from indexer.parser.labels import Label
from indexer.parser.legend import Legend
from indexer.parser.line_wrapping import LineLayout
from indexer.parser.names import fold
from indexer.parser.overrides import TranscriptMetadata
from indexer.parser.trace import LineClass, LineSegment
from indexer.readers.script import Line, Script

_MAX_LEAD = 3000  # characters of the lead that are searched for guests, outlet and date


def parse(script: Script) -> Interview:
    """Parse a script; roles that the header does not assign are left to `enrich`."""
    return explain(script)[0]


def explain(script: Script) -> tuple[Interview, tuple[LineSegment, ...]]:
    """Parse a script; return the interview and the classified segments of all lines, in reading order."""
    lines = definition_lists.fields_as_text(corrections.corrected_lines(script))
    layout = line_wrapping.detect_layout(lines)
    candidates = list(_candidates(lines, layout))
    who = legend.find_legend(lines, candidates)
    layout = replace(layout, legend=who.lines)
    accepted = corrections.correct_labels(_accepted_labels(candidates, lines, who), script, lines)
    who = legend.with_roles(who, accepted.labels)
    metadata = TranscriptMetadata.of_script(script)
    top = _parse_header(lines, accepted.labels, metadata.format_value("title"), layout)
    notes = top.notes(bool(accepted.labels))
    lead = _lead(top, layout, notes)
    segments = [replace(one, is_note=True) if index in notes else one for index, one in enumerate(top.segments)]
    drafts = [lead]
    if accepted.labels:
        parsed = body.parse_body(lines, accepted, layout)
        drafts += parsed.drafts
        segments += parsed.segments
        for note in parsed.notes:
            lead.add_note(note)
    drafts = _with_text(drafts)
    speakers = tuple({draft.label.name for draft in drafts if draft.label})
    roles = people.roles(top.texts(LineClass.HEADER), speakers) | who.roles(speakers) | metadata.roles()
    turns = corrections.correct_speakers(_turns(drafts, roles, who), script)
    title = _title(metadata.format_value("headline"), top.title, lines, accepted.labels)
    return _interview(turns, top, metadata, title), tuple(segments)


def _candidates(lines: Sequence[Line], layout: LineLayout) -> Iterator[Label]:
    """Yield the label candidates at the starts of lines."""
    without = layout.without_labels()
    for index, line in enumerate(lines):
        if index not in without and (label := labels.candidate(index, line)):
            yield label


def _accepted_labels(candidates: Sequence[Label], lines: Sequence[Line], who: Legend) -> AcceptedLabels:
    """Return the labels that open turns."""
    at_line_starts = role_labels.replace_roles_by_names(
        [label for label in candidates if label.line_index not in who.lines]
    )
    everywhere = tuple(inline_labels.add_inline_labels(at_line_starts, lines, who.lines))
    accepted = label_filter.accept_labels(everywhere, lines, who.persons.keys())
    return unlabelled.add_unlabelled_turns(accepted, lines)


def _parse_header(lines: Sequence[Line], accepted: Sequence[Label], title: str, layout: LineLayout) -> ParsedHeader:
    """Parse the lines before the first label."""
    after = sum(len(line.text) for line in lines[accepted[0].line_index :]) if accepted else 0
    return header.parse_header(_header_lines(lines, accepted), title, layout, after)


def _header_lines(lines: Sequence[Line], accepted: Sequence[Label]) -> Sequence[Line]:
    """Return the lines before the first turn, and the text before its label if that is in mid-line."""
    if not accepted:
        return lines
    first, start = lines[accepted[0].line_index], accepted[0].start
    return [*lines[: accepted[0].line_index], *([replace(first, text=first.text[:start])] if start else [])]


def _lead(top: ParsedHeader, layout: LineLayout, notes: frozenset[int]) -> DraftTurn:
    """Return the editor's lead as a draft, with the notes before the first label; `notes` are indices of segments."""
    draft, line_index = DraftTurn(None), -1
    for index, segment in enumerate(top.segments):
        line_index += segment.start == 0
        if segment.line_class is LineClass.NARRATION:
            continues = (not segment.start and line_index in layout.continuations) or segment.line.start is not None
            draft.add(segment.text.strip(), segment.line, continues)
        elif index in notes and draft.notes and layout.directions.get(line_index, line_index) < line_index:
            draft.notes[-1] += segment.text.strip()
        elif index in notes:
            draft.add_note(segment.text)
    return draft


def _with_text(drafts: Sequence[DraftTurn]) -> list[DraftTurn]:
    """Return the drafts with text; the notes of the others are kept beside the draft before, or else after them."""
    kept: list[DraftTurn] = []
    leading: list[str] = []
    for draft in drafts:
        if draft.fragments:
            kept.append(draft)
            if len(kept) == 1:
                draft.prepend_notes(leading)
        elif kept:
            for note in draft.notes:
                kept[-1].add_note(note)
        else:
            leading += draft.notes
    return kept


def _turns(drafts: Sequence[DraftTurn], roles: Mapping[str, Role], who: Legend) -> list[Turn]:
    """Return the turns, numbered from 1; an affiliation printed once applies to all turns of the speaker."""
    affiliations: dict[str, str] = {}
    for draft in drafts:
        if draft.label and draft.label.affiliation:
            affiliations.setdefault(draft.label.name, draft.label.affiliation)
    return [_turn(number, draft, affiliations, roles, who) for number, draft in enumerate(drafts, start=1)]


def _turn(
    number: int, draft: DraftTurn, affiliations: Mapping[str, str], roles: Mapping[str, Role], who: Legend
) -> Turn:
    """Return one turn; its speaker is the person that the legend names for its label, or else the label."""
    label, text = draft.label, draft.text
    person = who.person(label.name) if label else None
    return Turn(
        turn=number,
        speaker=(person and person.name) or (label.name if label else ""),
        role=roles.get(label.name, Role.OTHER) if label else Role.NARRATION,
        text=text,
        label=label.name if label else "",
        affiliation=(person and person.affiliation) or (affiliations.get(label.name, "") if label else ""),
        start=draft.start,
        end=draft.end,
        notes=tuple(draft.notes),
        # a byline may have been cut from the text since
        note_offsets=tuple(min(offset, len(text)) for offset in draft.note_offsets),
    )


def _interview(turns: tuple[Turn, ...], top: ParsedHeader, metadata: TranscriptMetadata, title: str) -> Interview:
    """Return the interview with the metadata of header and lead, overridden by the format, then by the user."""
    fields = top.fields(has_speakers=any(turn.speaker for turn in turns))
    lead = turns[0].text[:_MAX_LEAD] if turns and turns[0].role is Role.NARRATION else ""
    speakers = tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    return Interview(
        turns=turns,
        title=metadata.override_value("title") or title,
        date=metadata.date() or dates.publication_date(fields, top.title, lead),
        outlet=metadata.override_value("outlet") or metadata.format_value("outlet") or _outlet(fields, lead, turns),
        authors=metadata.values("author") or people.authors(fields),
        guests=metadata.guests() or people.guests(fields, lead, speakers, top.title),
        url=metadata.override_value("url") or metadata.format_value("url") or people.url(fields),
        media=metadata.override_value("media") or metadata.format_value("media") or people.media(fields),
        language=metadata.override_value("language") or metadata.format_value("language"),
    )


def _title(headline: str, printed: str, lines: Sequence[Line], accepted: Sequence[Label]) -> str:
    """Return the title: that of the author, if there are several headings and the first does not repeat it."""
    opening = {label.line_index for label in accepted}
    headings = sum(line.kind == "heading" and index not in opening for index, line in enumerate(lines))
    repeats = printed and (fold(printed) in fold(headline) or fold(headline) in fold(printed))
    return printed if not headline or repeats or (printed and headings < 2) else headline


def _outlet(fields: Sequence[str], lead: str, turns: Sequence[Turn]) -> str:
    """Return the outlet in the header or the lead, or else the only outlet that speaks more than once."""
    counts = Counter(turn.speaker for turn in turns)
    repeated = [name for name, count in counts.items() if count > 1]
    return people.outlet(fields, lead) or people.outlet_among_speakers(repeated)
