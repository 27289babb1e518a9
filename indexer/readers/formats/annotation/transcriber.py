"""Transcriber files (.trs): turns with the ids of their speakers, points in time inside them.

    <Speaker id="spk1" name="涂问梅"/>
    <Turn speaker="spk1" startTime="0" endTime="2.6"><Sync time="0"/>山顶上最怕什么？</Turn>
    <Turn speaker="spk1 spk2" …><Sync time="9"/><Who nb="1"/>怎么办？<Who nb="2"/>等。</Turn>    two at once

Comments are stage directions, events (<Event desc="laugh"/>) annotations; what a turn without a speaker has, where
others have one, is a note.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding, safe_xml
from indexer.readers.script import Line, Script, stage_direction
from indexer.readers.source import Item, Source
from indexer.readers.timestamps import milliseconds

if TYPE_CHECKING:
    from lxml.etree import _Element

_FIRST_YEAR = 70  # of two digits: 70 is 1970, 69 is 2069; the program is of 1998


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a Transcriber file; raise `ReadingError` if there is no text in it."""
    decoded = encoding.read_text(source)
    root = safe_xml.parse(decoded.text, source)
    names = {one.get("id") or "": (one.get("name") or "").strip() for one in root.iter("{*}Speaker")}
    turns = list(root.iter("{*}Turn"))
    named = any(_ids(turn) for turn in turns)
    lines = [line for turn in turns for line in _turn_lines(turn, names, named)]
    if not lines:
        raise ReadingError(source.name, _("there is no text in it"))
    yield Script(tuple(replace(line, number=number) for number, line in enumerate(lines, start=1)), _metadata(root))
    if decoded.damage is not None:
        yield decoded.damage


def _ids(turn: "_Element") -> list[str]:
    return (turn.get("speaker") or "").split()


def _turn_lines(turn: "_Element", names: Mapping[str, str], named: bool) -> Iterator[Line]:
    """Yield the lines of a turn: one from each point in time to the next, or to the words of another speaker."""
    speakers = [names.get(one) or one for one in _ids(turn)]
    label, start, text = "、".join(speakers), milliseconds(turn.get("startTime") or ""), turn.text or ""
    notes: list[Line] = []
    for child in turn:
        name = safe_xml.local_name(child)
        if name in ("Sync", "Who"):
            time = milliseconds(child.get("time") or "") if name == "Sync" else start
            yield from _line(text, label, start, time if name == "Sync" else None, named)
            yield from notes
            start, text, notes = time, "", []
            label = _who(child, speakers) if name == "Who" else label
        elif description := (child.get("desc") or "").strip():
            notes.append(stage_direction(description) if name == "Comment" else Line(1, description, kind="annotation"))
        text += safe_xml.raw_text(child) + (child.tail or "")
    yield from _line(text, label, start, milliseconds(turn.get("endTime") or ""), named)
    yield from notes


def _line(text: str, label: str, start: int | None, end: int | None, named: bool) -> Iterator[Line]:
    """Yield a line unless it is blank; what nobody says among speakers is a note."""
    if text := safe_xml.collapse_whitespace(text):
        yield Line(1, text, label or None, start, end, kind="" if label or not named else "note")


def _who(element: "_Element", speakers: Sequence[str]) -> str:
    """Return which of the speakers of a turn goes on; all if the number is wrong."""
    number = element.get("nb") or ""
    chosen = int(number) - 1 if number.isdecimal() and len(number) < 4 else -1
    return speakers[chosen] if 0 <= chosen < len(speakers) else "、".join(speakers)


def _metadata(root: "_Element") -> tuple[tuple[str, str], ...]:
    """Return outlet and date of a broadcast: program, and air_date as YYMMDD or YYYYMMDD; and its recording."""
    program, aired = (root.get("program") or "").strip(), (root.get("air_date") or "").strip()
    if len(aired) == 6 and aired.isdecimal():
        aired = ("19" if int(aired[:2]) >= _FIRST_YEAR else "20") + aired
    media = (root.get("audio_filename") or "").strip()
    return tuple((key, value) for key, value in (("outlet", program), ("date", aired), ("media", media)) if value)
