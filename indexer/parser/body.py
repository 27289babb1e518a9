"""From the first label to the tail: the turns, and what each piece of each line was taken for."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indexer.parser import footer, non_speech
from indexer.parser.label_filter import Openings
from indexer.parser.labels import Form, Label
from indexer.parser.line_wrapping import Surroundings
from indexer.parser.trace import SPOKEN, Piece, Taken
from indexer.readers.script import Line

_SPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\u200b\ufeff"
_JOINED_FORMS = frozenset({Form.TIME, Form.FORMAT})
"""Blocks a machine made: the same speaker's next block goes on with the turn, as its breaks mean nothing."""

_MARKER = re.compile(r"[\[［【](\d{1,3})[\]］】]")
_NOTE = re.compile(r"\s*[\[［【](\d{1,3})[\]］】]")


@dataclass(slots=True)
class Draft:
    """A turn while it is being written; `label` is None for narration."""

    label: Label | None
    parts: list[str] = field(default_factory=list)
    start: int | None = None
    end: int | None = None

    @property
    def text(self) -> str:
        """Return what was said so far."""
        return "".join(self.parts)

    def add(self, text: str, line: Line, joined: bool) -> None:
        """Append a stretch of a line: after a break, or without one where the line goes on with the one above."""
        if text:
            if self.parts:
                latin = self.parts[-1][-1:].isascii() and text[:1].isascii()
                self.parts.append("\n" if not joined else " " if latin else "")
            self.parts.append(text)
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
        if self.drafts and not self.drafts[-1].parts:
            self.drafts.pop()
            place = next((n for n in range(len(self.pieces), 0, -1) if self.pieces[n - 1].taken is Taken.LABEL), 0)
            if place:
                self.pieces[place - 1] = replace(self.pieces[place - 1], taken=Taken.NOTHING_SAID)


def read(lines: Sequence[Line], opened: Openings, around: Surroundings) -> Talk:
    """Return the talk of the lines from the first opening label to the last line."""
    reader = _Reader(lines, opened, around)
    last = opened.labels[-1].place
    end, reason = _end(lines, last, _guests(opened))
    story = _story(lines, last, end, opened)
    for place in range(opened.labels[0].place, story):
        reader.line(place)
    talk = reader.talk
    if story < end:
        _narrate(talk, lines[story:end])
    talk.close()
    _cut_byline(talk)
    talk.pieces += (Piece(line, 0, len(line.text), Taken.TAIL, reason) for line in lines[end:])
    return talk


def _guests(opened: Openings) -> tuple[str, ...]:
    """Return the names of those who speak that are more than a letter."""
    return tuple({label.name for label in opened.labels if len(label.name) > 1})


def _end(lines: Sequence[Line], last: int, guests: tuple[str, ...]) -> tuple[int, str]:
    """Return where the tail begins after the last label, and why."""
    after = range(last + 1, len(lines))
    end, reason = next(((place, why) for place in after if (why := _ends(lines[place].text, guests))), (len(lines), ""))
    texts = [line.text for line in lines[last + 1 :]]
    block = last + 1 + min(footer.block(texts[: end - last - 1]), footer.block(texts))
    return (block, "keys and values at the end") if block < end else (end, reason)


def _ends(text: str, guests: tuple[str, ...]) -> str:
    """Return why the tail begins with a line, "" where it does not."""
    if footer.is_biography(text, guests):
        return "tells a speaker's life"
    return "" if footer.is_afterword(text) else footer.begins(text)


def _story(lines: Sequence[Line], last: int, end: int, opened: Openings) -> int:
    """Return where the writer tells the end of the story, `end` where there is none."""
    guests = _guests(opened)
    return next((place for place in range(last + 1, end) if footer.narrates(lines[place].text, guests)), end)


class _Reader:
    """Goes through the lines of a talk, one after another."""

    def __init__(self, lines: Sequence[Line], opened: Openings, around: Surroundings) -> None:
        self.talk = Talk()
        self._lines, self._opened, self._around = lines, opened, around
        self._labels = _by_place(opened.labels)
        self._said: Line | None = None  # the last line in which something was said
        self._notes = frozenset(found[1] for line in lines if (found := _NOTE.match(line.text)))

    def line(self, place: int) -> None:
        """Add one line: its labels open turns, the rest is said by whoever speaks, unless nobody says it."""
        line, labels = self._lines[place], self._labels.get(place, ())
        if not labels and (aside := self._aside(place)):
            self.talk.pieces.append(Piece(line, 0, len(line.text), *aside))
            return
        at, joined = 0, place in self._around.joined
        if labels and not self.talk.drafts:
            at = labels[0].start  # what stands before the first label is the head's
        for label in labels:
            if label.start > at:
                self._before_label(line, at, label.start, joined)
            self._open(line, label)
            at, joined = label.end, False
        if at < len(line.text):
            self._say(line, at, len(line.text), joined)

    def _aside(self, place: int) -> tuple[Taken, str] | None:
        """Return what a line without a label of its own is, if nobody says it."""
        line = self._lines[place]
        if aside := non_speech.of(line):
            return aside
        if line.text.strip() in self._around.furniture:
            return Taken.PAGE, "the same line comes again and again"
        after = self._lines[place + 1] if place + 1 < len(self._lines) else None
        if self._said and non_speech.is_subhead(line, self._said, after, place + 1 in self._labels):
            return Taken.HEADING, "a short line between paragraphs"
        return None

    def _open(self, line: Line, label: Label) -> None:
        """Open a turn, or go on with the same speaker's where a machine broke it."""
        talk = self.talk
        current = talk.drafts[-1] if talk.drafts else None
        goes_on = current and current.label and label.form in _JOINED_FORMS and current.label.name == label.name
        if not goes_on:
            talk.close()
            talk.drafts.append(Draft(label, start=label.time))
        if label.end > label.start:
            talk.pieces.append(Piece(line, label.start, label.end, Taken.LABEL, self._opened.why(label)))

    def _before_label(self, line: Line, start: int, end: int, joined: bool) -> None:
        """Let what stands before a label in mid-line be said, unless it is a caption that is glued there."""
        if start == 0 and non_speech.is_caption(line.text[:end].strip(_SPACE)):
            self.talk.pieces.append(Piece(line, start, end, Taken.CAPTION, "glued before a label"))
        else:
            self._say(line, start, end, joined)

    def _say(self, line: Line, start: int, end: int, joined: bool) -> None:
        """Let the current speaker say a stretch of a line, without the markers of its footnotes."""
        self._said = line
        draft, why = self.talk.drafts[-1], "goes on with the line above" if joined else "said"
        if self._notes and _MARKER.search(line.text, start, end):
            self.talk.pieces += _parted(line, start, end, self._notes)
            text = _MARKER.sub(lambda found: "" if found[1] in self._notes else found[0], line.text[start:end])
        else:
            self.talk.pieces.append(Piece(line, start, end, Taken.SPEECH, why))
            text = line.text[start:end]
        text = text.strip(_SPACE)
        if not draft.parts and text[:1] in "：:":
            text = text[1:].lstrip(_SPACE)  # **许鞍华** and on the next line ：我…
        draft.add(text, line, joined or (line.start is not None and bool(draft.parts)))


def _by_place(labels: Sequence[Label]) -> Mapping[int, Sequence[Label]]:
    """Return the labels of each line."""
    found: dict[int, list[Label]] = {}
    for label in labels:
        found.setdefault(label.place, []).append(label)
    return found


def _parted(line: Line, start: int, end: int, notes: frozenset[str]) -> Iterator[Piece]:
    """Yield a stretch of speech parted at the markers of footnotes that the text has."""
    at = start
    for found in _MARKER.finditer(line.text, start, end):
        if found[1] in notes:
            yield Piece(line, at, found.start(), Taken.SPEECH, "said")
            yield Piece(line, found.start(), found.end(), Taken.FOOTNOTE, "marks a footnote")
            at = found.end()
    yield Piece(line, at, end, Taken.SPEECH, "said")


def _narrate(talk: Talk, lines: Sequence[Line]) -> None:
    """Add the writer's closing words as one turn."""
    draft = Draft(None)
    for line in lines:
        aside = non_speech.of(line) or (
            (Taken.HEADING, "heads the writer's words") if footer.is_afterword(line.text) else None
        )
        if not aside:
            draft.add(line.text.strip(_SPACE), line, joined=False)
        talk.pieces.append(Piece(line, 0, len(line.text), *(aside or (Taken.NARRATION, "the writer tells the end"))))
    talk.drafts.append(draft)


def _cut_byline(talk: Talk) -> None:
    """Take a byline off the end of the last turn: （湖北日报记者 …）."""
    if not talk.drafts or talk.pieces[-1].taken not in SPOKEN:
        return
    draft, piece = talk.drafts[-1], talk.pieces[-1]
    text = draft.text
    cut = footer.byline(text)
    length = len(text) - cut
    printed = piece.text.rstrip(_SPACE)
    if not length or not printed.endswith(text[cut:]):
        return
    kept = text[:cut].rstrip(_SPACE)
    draft.parts = [kept] if kept else []
    at = piece.start + len(printed) - length
    talk.pieces[-1:] = [
        Piece(piece.line, piece.start, at, piece.taken, piece.why),
        Piece(piece.line, at, piece.end, Taken.TAIL, "a byline at the end of the last answer"),
    ]
