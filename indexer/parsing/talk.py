"""From the first label to the tail: the turns, and what each piece of each line was taken for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from indexer.parsing import asides, tail
from indexer.parsing.decisions import SPOKEN, Piece, Taken
from indexer.parsing.labels import Form, Label
from indexer.parsing.openings import Openings
from indexer.reading.script import Line

_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
_JOINED_FORMS = frozenset({Form.TIME, Form.FORMAT})
"""Blocks a machine made: the same speaker's next block goes on with the turn, as its breaks mean nothing."""


@dataclass(slots=True)
class Draft:
    """A turn while it is being written; `label` is None for narration."""

    label: Label | None
    text: str = ""
    start: int | None = None
    end: int | None = None

    def add(self, text: str, line: Line, joined: bool) -> None:
        """Append a stretch of a line: after a break, or without one where the line goes on with the one above."""
        if self.text and text:
            between = "\n" if not joined else " " if self.text[-1:].isascii() and text[:1].isascii() else ""
            self.text += between + text
        else:
            self.text += text
        if line.start is not None and self.start is None:
            self.start = line.start
        self.end = line.end if line.end is not None else self.end


@dataclass(slots=True)
class Talk:
    """The turns of a talk and the pieces of its lines, both in reading order."""

    drafts: list[Draft] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)

    def close(self) -> None:
        """Take back the last turn if nothing was said in it, and tell so of its label."""
        if self.drafts and not self.drafts[-1].text:
            self.drafts.pop()
            place = next((n for n in range(len(self.pieces), 0, -1) if self.pieces[n - 1].taken is Taken.LABEL), 0)
            if place:
                self.pieces[place - 1] = replace(self.pieces[place - 1], taken=Taken.NOTHING_SAID)


def read(lines: Sequence[Line], opened: Openings, joined: frozenset[int], furniture: frozenset[str]) -> Talk:
    """Return the talk of the lines from the first opening label to the last line."""
    talk = Talk()
    first = opened.labels[0].place
    last = opened.labels[-1].place
    end, reason = _end(lines, last)
    story = _story(lines, last, end, opened)
    by_place: dict[int, list[Label]] = {}
    for label in opened.labels:
        by_place.setdefault(label.place, []).append(label)
    for place in range(first, story):
        _line(talk, place, lines, by_place, opened, place in joined, furniture)
    if story < end:
        _narrate(talk, lines[story:end])
    talk.close()
    _cut_byline(talk)
    talk.pieces += (Piece(line, 0, len(line.text), Taken.TAIL, reason) for line in lines[end:])
    return talk


def _end(lines: Sequence[Line], last: int) -> tuple[int, str]:
    """Return where the tail begins after the last label, and why."""
    for place in range(last + 1, len(lines)):
        if reason := tail.begins(lines[place].text):
            return place, reason
    return len(lines), ""


def _story(lines: Sequence[Line], last: int, end: int, opened: Openings) -> int:
    """Return where the writer tells the end of the story, `end` where there is none."""
    guests = tuple({label.name for label in opened.labels if len(label.name) > 1})
    return next((place for place in range(last + 1, end) if tail.narrates(lines[place].text, guests)), end)


def _line(
    talk: Talk,
    place: int,
    lines: Sequence[Line],
    by_place: dict[int, list[Label]],
    opened: Openings,
    joined: bool,
    furniture: frozenset[str],
) -> None:
    """Add one line: its labels open turns, the rest is said by whoever speaks, unless nobody says it."""
    line, labels = lines[place], by_place.get(place, [])
    if not labels and (aside := _aside(place, lines, by_place, furniture)):
        talk.pieces.append(Piece(line, 0, len(line.text), *aside))
        return
    at = 0
    for label in labels:
        if label.start > at:
            _say(talk, line, at, label.start, joined)
        _open(talk, line, label, opened)
        at, joined = label.end, False
    if at < len(line.text):
        _say(talk, line, at, len(line.text), joined)


def _aside(
    place: int, lines: Sequence[Line], by_place: dict[int, list[Label]], furniture: frozenset[str]
) -> tuple[Taken, str] | None:
    """Return what a line without a label of its own is, if nobody says it."""
    line = lines[place]
    if aside := asides.of(line):
        return aside
    if line.text.strip() in furniture:
        return Taken.PAGE, "the same line comes again and again"
    after = lines[place + 1] if place + 1 < len(lines) else None
    if asides.is_subhead(line, lines[place - 1], after, place + 1 in by_place):
        return Taken.HEADING, "a short line between paragraphs"
    return None


def _open(talk: Talk, line: Line, label: Label, opened: Openings) -> None:
    """Open a turn, or go on with the same speaker's where a machine broke it."""
    current = talk.drafts[-1] if talk.drafts else None
    goes_on = current and current.label and label.form in _JOINED_FORMS and current.label.name == label.name
    if not goes_on:
        talk.close()
        talk.drafts.append(Draft(label, start=label.time))
    if label.end > label.start:
        talk.pieces.append(Piece(line, label.start, label.end, Taken.LABEL, opened.why(label)))


def _say(talk: Talk, line: Line, start: int, end: int, joined: bool) -> None:
    """Let the current speaker say a stretch of a line; a caption glued before a label is left out."""
    text = line.text[start:end].strip(_SPACE)
    if start == 0 and end < len(line.text) and asides.is_caption(text):
        talk.pieces.append(Piece(line, start, end, Taken.CAPTION, "glued before a label"))
        return
    if not talk.drafts or not text:
        talk.pieces.append(Piece(line, start, end, Taken.HEAD, "stands before the first label"))
        return
    draft = talk.drafts[-1]
    if not draft.text and text[:1] in "：:" and text:
        text = text[1:].lstrip(_SPACE)  # **许鞍华** and on the next line ：我…
    timed = line.start is not None and bool(draft.text)
    draft.add(text, line, joined or timed)
    talk.pieces.append(Piece(line, start, end, Taken.SPEECH, "goes on with the line above" if joined else "said"))


def _narrate(talk: Talk, lines: Sequence[Line]) -> None:
    """Add the writer's closing words as one turn."""
    draft = Draft(None)
    for line in lines:
        aside = asides.of(line)
        if not aside:
            draft.add(line.text.strip(_SPACE), line, joined=False)
        talk.pieces.append(Piece(line, 0, len(line.text), *(aside or (Taken.NARRATION, "the writer tells the end"))))
    talk.drafts.append(draft)


def _cut_byline(talk: Talk) -> None:
    """Take a byline off the end of the last turn: （湖北日报记者 …）."""
    if not talk.drafts or talk.pieces[-1].taken not in SPOKEN:
        return
    draft = talk.drafts[-1]
    piece = talk.pieces[-1]
    cut = tail.byline(draft.text)
    length = len(draft.text) - cut
    printed = piece.text.rstrip(_SPACE)
    if not length or not printed.endswith(draft.text[cut:]):
        return
    draft.text = draft.text[:cut].rstrip(_SPACE)
    at = piece.start + len(printed) - length
    talk.pieces[-1:] = [
        Piece(piece.line, piece.start, at, piece.taken, piece.why),
        Piece(piece.line, at, piece.end, Taken.TAIL, "a byline at the end of the last answer"),
    ]
