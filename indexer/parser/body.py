"""The lines from the first label to the footer, parsed into turns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.language.messages import gettext_noop
from indexer.parser import footer, line_marks, non_speech
from indexer.parser.label_filter import AcceptedLabels
from indexer.parser.labels import Label, LabelForm
from indexer.parser.line_wrapping import LineLayout
from indexer.parser.trace import SPOKEN, LineClass, LineSegment
from indexer.readers.script import CorrectionKind, Line

_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
_MERGED_FORMS = frozenset({LabelForm.TIME, LabelForm.FORMAT, LabelForm.CORRECTION})
"""Forms of generated blocks: the next block of the same speaker continues the turn, as the breaks are arbitrary.

A correction that names the speaker of the turn above continues it too.
"""

_COLONS_OR_SPACE = frozenset("：: \t\u3000\xa0")
_MAX_MARK = 24  # characters that contain a time before the words of a line
_COLON_BELOW = re.compile(r"\s*[：:]")  # **许鞍华** with ：我… on the next line
_FOOTNOTE = re.compile(r"\s*[\[［【](\d{1,3})[\]］】]")


@dataclass(slots=True)
class DraftTurn:
    """A turn under construction; `label` is None for narration."""

    label: Label | None
    fragments: list[str] = field(default_factory=list)
    start: int | None = None
    end: int | None = None
    notes: list[str] = field(default_factory=list)
    note_offsets: list[int] = field(default_factory=list)
    length: int = 0  # of the text so far; a turn may have as many notes as lines: translations

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self.fragments)

    def add(self, text: str, line: Line, continues: bool) -> None:
        """Append a part of a line, after a line break unless it continues the line above."""
        if text:
            if self.fragments:
                latin = self.fragments[-1][-1:].isascii() and text[:1].isascii()
                self.fragments.append("\n" if not continues else " " if latin else "")
                self.length += len(self.fragments[-1])
            self.fragments.append(text)
            self.length += len(text)
        if line.start is not None and self.start is None:
            self.start = line.start
        self.end = line.end if line.end is not None else self.end

    def add_note(self, text: str) -> None:
        """Add a note after the text so far."""
        self.notes.append(text.strip(_SPACE))
        self.note_offsets.append(self.length)

    def prepend_notes(self, texts: Sequence[str]) -> None:
        """Add notes before the text."""
        self.notes[:0] = texts
        self.note_offsets[:0] = [0] * len(texts)


@dataclass(slots=True)
class ParsedBody:
    """The turns of the body and the segments of its lines, both in reading order; `notes` stand before the turns."""

    drafts: list[DraftTurn] = field(default_factory=list)
    segments: list[LineSegment] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_segment(self, line: Line, line_class: LineClass, reason: str, continues_note: bool = False) -> None:
        """Append a line that is not speech; keep it beside the last turn if it is a note."""
        noted = non_speech.is_note(line.text, line_class, reason)
        self.segments.append(LineSegment(line, 0, len(line.text), line_class, reason, noted))
        notes = self.drafts[-1].notes if self.drafts else self.notes
        if noted and continues_note and notes:
            notes[-1] += line.text.strip(_SPACE)
        elif noted:
            self._add_note(line.text)

    def drop_empty_turn(self) -> None:
        """Remove the last turn if it has no text, keep its notes, and reclassify its label."""
        if self.drafts and not self.drafts[-1].fragments:
            for note in self.drafts.pop().notes:
                self._add_note(note)
            for index in reversed(range(len(self.segments))):
                if self.segments[index].line_class is LineClass.LABEL:
                    self.segments[index] = replace(self.segments[index], line_class=LineClass.EMPTY_LABEL)
                    break

    def _add_note(self, text: str) -> None:
        """Keep a note beside the last turn, or before the first."""
        if self.drafts:
            self.drafts[-1].add_note(text)
        else:
            self.notes.append(text)


def parse_body(lines: Sequence[Line], accepted: AcceptedLabels, layout: LineLayout) -> ParsedBody:
    """Parse the lines from the first accepted label to the last line."""
    parser = _BodyParser(lines, accepted, layout)
    last = max(accepted.labels[-1].line_index, _last_kept(lines))
    speakers = tuple(sorted({label.name for label in accepted.labels}, key=len, reverse=True))
    end, reason = footer.start(lines, last, speakers)
    label = accepted.labels[-1]
    below = last + 1 + (label.on_own_line and label.line_index == last)
    narration = footer.narration_start(lines, below, end, speakers)
    for line_index in range(accepted.labels[0].line_index, narration):
        parser.add_line(line_index)
    body = parser.body
    if narration < end:
        _add_narration(body, lines[narration:end])
    body.drop_empty_turn()
    _cut_byline(body)
    for line in lines[end:]:
        is_left_out = line.kind == LineClass.LEFT_OUT
        left_out = LineClass.LEFT_OUT, gettext_noop("by a correction")
        body.add_segment(line, *(left_out if is_left_out else (LineClass.FOOTER, reason)))
    return body


def _last_kept(lines: Sequence[Line]) -> int:
    """Return the index of the last line that a correction keeps, -1 if there is none."""
    return next((index for index in reversed(range(len(lines))) if lines[index].kind == CorrectionKind.KEPT), -1)


class _BodyParser:
    """The state of parsing, line by line."""

    def __init__(self, lines: Sequence[Line], accepted: AcceptedLabels, layout: LineLayout) -> None:
        self.body = ParsedBody()
        self._lines, self._accepted, self._layout = lines, accepted, layout
        self._labels = _by_line(accepted.labels)
        self._in_quotations = _speak_in_quotations(accepted.labels, lines)
        self._last_speech: Line | None = None  # the last line with speech
        self._footnotes = frozenset(match[1] for line in lines if (match := _FOOTNOTE.match(line.text)))

    def add_line(self, line_index: int) -> None:
        """Add one line: its labels open turns, the rest is speech of the current speaker unless it is non-speech."""
        line, labels = self._lines[line_index], self._labels.get(line_index, ())
        if not labels and (non_speech_class := self._non_speech(line_index)):
            continues_note = self._layout.directions.get(line_index, line_index) < line_index
            self.body.add_segment(line, *non_speech_class, continues_note)
            return
        position, continues = 0, line_index in self._layout.continuations
        if labels and not self.body.drafts:
            position = labels[0].start  # the text before the first label belongs to the header
        for label in labels:
            if label.start > position:
                self._add_before_label(line, position, label.start, continues, label.caption)
            self._open_turn(line, label)
            position, continues = label.end, False
        if self._in_quotations and line.kind != "quote" and not labels and self.body.drafts[-1].label:
            self.body.drop_empty_turn()
            self.body.drafts.append(DraftTurn(None))  # the author goes on
        beginning = line.text[position : position + _MAX_MARK]
        if line_marks.may_hold_mark(beginning) and (mark := line_marks.find(beginning)):
            length, mark_class, reason = mark
            self.body.segments.append(LineSegment(line, position, position + length, mark_class, reason))
            position += length
        if position < len(line.text):
            self._add_speech(line, position, len(line.text), continues)

    def _non_speech(self, line_index: int) -> tuple[LineClass, str] | None:
        """Return the class of a line without a label, None if it is speech."""
        line = self._lines[line_index]
        if line.kind == CorrectionKind.KEPT:
            return None
        if line_index in self._layout.legend:
            return LineClass.HEADER, gettext_noop("says who the labels are")
        if line_index in self._layout.directions:
            return LineClass.STAGE_DIRECTION, gettext_noop("lines in brackets")
        if line_index in self._layout.inserted:
            return LineClass.RECORD, gettext_noop("minutes of another meeting")
        if found := non_speech.classify(line):
            return found
        if line.text.strip() in self._layout.page_furniture:
            return LineClass.PAGE_FURNITURE, gettext_noop("repeated line")
        if line_index > self._accepted.labels[-1].line_index and (reason := footer.single_line_reason(line.text)):
            return LineClass.FOOTER, reason
        following = self._lines[line_index + 1] if line_index + 1 < len(self._lines) else None
        if self._last_speech and non_speech.is_subheading(
            line, self._last_speech, following, line_index + 1 in self._labels
        ):
            return LineClass.HEADING, gettext_noop("a short line between paragraphs")
        return None

    def _open_turn(self, line: Line, label: Label) -> None:
        """Open a turn, or continue the turn of the same speaker in a generated transcript."""
        body = self.body
        current = body.drafts[-1] if body.drafts else None
        same_speaker = current and current.label and current.label.name == label.name
        if not (same_speaker and label.form in _MERGED_FORMS):
            body.drop_empty_turn()
            body.drafts.append(DraftTurn(label, start=label.time))
        if label.end > label.start:
            body.segments.append(
                LineSegment(line, label.start, label.end, LineClass.LABEL, self._accepted.reason(label))
            )

    def _add_before_label(self, line: Line, start: int, end: int, continues: bool, caption: int) -> None:
        """Add the text before a label in mid-line as speech, unless it is a caption."""
        if caption and start < end - caption:
            self._add_speech(line, start, end - caption, continues)
            start = end - caption
        if caption or (start == 0 and non_speech.is_caption(line.text[:end].strip(_SPACE))):
            attached = gettext_noop("attached to a label")
            self.body.segments.append(LineSegment(line, start, end, LineClass.CAPTION, attached))
        else:
            self._add_speech(line, start, end, continues)

    def _add_speech(self, line: Line, start: int, end: int, continues: bool) -> None:
        """Add a part of a line to the current turn, without footnote markers."""
        self._last_speech = line
        draft = self.body.drafts[-1]
        reason = gettext_noop("continues the line above") if continues else gettext_noop("spoken")
        if (
            not draft.fragments
            and line.text[start] in _COLONS_OR_SPACE
            and (colon := _COLON_BELOW.match(line.text, start, end))
        ):
            printed = gettext_noop("the colon of the label")
            self.body.segments.append(LineSegment(line, start, colon.end(), LineClass.LABEL, printed))
            start = colon.end()
        if self._footnotes or line_marks.may_hold_time(line.text):
            pieces = list(line_marks.split(line, start, end, self._footnotes, reason))
            self.body.segments += pieces
            text = "".join(piece.text for piece in pieces if piece.line_class is LineClass.SPEECH)
        else:
            line_class = LineClass.SPEECH if draft.label else LineClass.NARRATION
            self.body.segments.append(LineSegment(line, start, end, line_class, reason))
            text = line.text[start:end]
        is_cue = line.start is not None and line.kind != "message"
        draft.add(text.strip(_SPACE), line, continues or (is_cue and bool(draft.fragments)))


def _speak_in_quotations(labels: Sequence[Label], lines: Sequence[Line]) -> bool:
    """Return whether a text only quotes its conversations: every label is in a block quotation, and there are two."""
    return len({label.key for label in labels}) > 1 and all(lines[label.line_index].kind == "quote" for label in labels)


def _by_line(labels: Sequence[Label]) -> Mapping[int, Sequence[Label]]:
    """Group labels by line index."""
    by_line: dict[int, list[Label]] = {}
    for label in labels:
        by_line.setdefault(label.line_index, []).append(label)
    return by_line


def _add_narration(body: ParsedBody, lines: Sequence[Line]) -> None:
    """Add the closing narration as one turn."""
    body.drop_empty_turn()
    body.drafts.append(draft := DraftTurn(None))
    for line in lines:
        found = non_speech.classify(line)
        if not found and footer.is_afterword(line.text):
            found = LineClass.HEADING, gettext_noop("title of the afterword")
        if not found:
            draft.add(line.text.strip(_SPACE), line, continues=False)
        body.add_segment(line, *(found or (LineClass.NARRATION, gettext_noop("closing narration"))))


def _cut_byline(body: ParsedBody) -> None:
    """Move a byline at the end of the last turn to the footer: （湖北日报记者 …）."""
    if not body.drafts or body.segments[-1].line_class not in SPOKEN:
        return
    draft, segment = body.drafts[-1], body.segments[-1]
    text = draft.text
    byline_start = footer.byline_start(text)
    length = len(text) - byline_start
    printed = segment.text.rstrip(_SPACE)
    if not length or not printed.endswith(text[byline_start:]):
        return
    kept = text[:byline_start].rstrip(_SPACE)
    draft.fragments = [kept] if kept else []
    position = segment.start + len(printed) - length
    byline = gettext_noop("byline at the end of the last answer")
    body.segments[-1:] = [
        LineSegment(segment.line, segment.start, position, segment.line_class, segment.reason),
        LineSegment(segment.line, position, segment.end, LineClass.FOOTER, byline),
    ]
