"""The interchange format of fangtan: an interview as a JSON object, whose turns are taken as they are.

    {"id": "2013/qzone", "title": "…", "date": "2013-08-02",
     "turns": [{"speaker": "郑志昊", "role": "interviewee", "text": "…"}, …]}

    interview  id, title, date (YYYY-MM-DD), outlet, authors, url, media, language: strings; authors a string or a list;
               guests a list of strings or of {"name", "affiliation"}; turns: at least one
    turn       text; speaker, role, label, affiliation; turn (on all turns or none, from 1, increasing); exchange,
               reply_to; topics, keywords: lists; start, end: milliseconds; notes: a list of strings, after the
               text, or at note_offsets: characters of the text before each

Only `turns` and their `text` are required; other keys are ignored.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.model import Guest, Interview, Role, Turn

JsonObject = Mapping[str, Any]
_ROLES = {role.value: role for role in Role}


class _InvalidObjectError(Exception):
    """The reason why an object is not an interview."""


def parse_item(name: str, content: object, number: int = 0) -> Interview | ReadingError:
    """Return the interview in an object, or an error; `number` is the number of its line, 0 for a whole file."""
    try:
        return parse_interview(content)
    except _InvalidObjectError as error:
        return ReadingError(name, str(error), number)


def parse_interview(content: object) -> Interview:
    """Return the interview in an object."""
    if not isinstance(content, dict):
        raise _InvalidObjectError(_("not an object"))
    turns = content.get("turns")
    if not isinstance(turns, list) or not turns:
        raise _InvalidObjectError(_("turns is not a list of at least one turn"))
    return Interview(
        turns=_with_own_numbers(tuple(_turn(number, turn) for number, turn in enumerate(turns, start=1)), turns),
        id=_id(content),
        title=_text(content, "title"),
        date=_date(content),
        outlet=_text(content, "outlet"),
        authors=_texts(content, "authors"),
        guests=tuple(_guest(guest) for guest in content.get("guests") or ()),
        url=_text(content, "url"),
        media=_text(content, "media"),
        language=_text(content, "language"),
        attributed=any("role" in turn for turn in turns),
    )


def _turn(number: int, turn: object) -> Turn:
    """Return a turn with this number, from 1."""
    if not isinstance(turn, dict):
        raise _InvalidObjectError(_("turn {number} is not an object").format(number=number))
    try:
        if not (text := _text(turn, "text").strip()):
            raise _InvalidObjectError(_("text is missing or blank"))
        speaker = _text(turn, "speaker")
        return Turn(
            turn=number,
            speaker=speaker,
            role=_role(turn),
            text=text,
            label=_text(turn, "label") if "label" in turn else speaker,
            affiliation=_text(turn, "affiliation"),
            exchange=_number(turn, "exchange") or 0,
            reply_to=_number(turn, "reply_to"),
            topics=_texts(turn, "topics"),
            keywords=_texts(turn, "keywords"),
            start=_number(turn, "start"),
            end=_number(turn, "end"),
            notes=_texts(turn, "notes"),
            note_offsets=_note_offsets(turn, text),
        )
    except _InvalidObjectError as error:
        raise _InvalidObjectError(_("turn {number}: {reason}").format(number=number, reason=error)) from error


def _note_offsets(turn: JsonObject, text: str) -> tuple[int, ...]:
    """Return the places of the notes of a turn, by default after its text."""
    notes, offsets = _texts(turn, "notes"), turn.get("note_offsets")
    if offsets is None:
        return (len(text),) * len(notes)
    if (
        not isinstance(offsets, list)
        or len(offsets) != len(notes)
        or not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= len(text) for one in offsets)
        or offsets != sorted(offsets)
    ):
        raise _InvalidObjectError(_("note_offsets is not a list of places in the text, one for each note, in order"))
    return tuple(offsets)


def _with_own_numbers(turns: tuple[Turn, ...], objects: list[JsonObject]) -> tuple[Turn, ...]:
    """Return the turns with their own numbers, if they have any."""
    if all(turn.get("turn") is None for turn in objects):
        return turns
    numbers = [_number(turn, "turn") or 0 for turn in objects]
    if any(following <= previous for previous, following in pairwise([0, *numbers])):
        raise _InvalidObjectError(_("the turn numbers do not increase from 1, or some are missing"))
    return tuple(replace(turn, turn=number) for turn, number in zip(turns, numbers, strict=True))


def _role(turn: JsonObject) -> Role:
    """Return the role of a turn, "other" if it has none."""
    value = turn.get("role") or Role.OTHER.value
    if value not in _ROLES:
        roles = _(", ").join(_ROLES)
        raise _InvalidObjectError(_("role {value} is not one of {roles}").format(value=repr(value), roles=roles))
    return _ROLES[value]


def _id(content: JsonObject) -> str:
    """Return the id of the interview, "" if it has none; without `#`, which separates id and turn in an address."""
    value = str(content["id"]) if isinstance(content.get("id"), int) else _text(content, "id")
    if "#" in value or value != value.strip() or not value.isprintable():
        reason = _("id {value} has a #, leading or trailing spaces, or control characters")
        raise _InvalidObjectError(reason.format(value=repr(value)))
    return value


def _date(content: JsonObject) -> date | None:
    """Return the date, None if there is none."""
    value = _text(content, "date")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _InvalidObjectError(_("date {value} is not YYYY-MM-DD").format(value=repr(value))) from error


def _guest(guest: object) -> Guest:
    """Return a guest, from a name or an object."""
    if isinstance(guest, str):
        return Guest(guest)
    if not isinstance(guest, dict) or not _text(guest, "name"):
        raise _InvalidObjectError(_("a guest has no name"))
    return Guest(_text(guest, "name"), _text(guest, "affiliation"))


def _text(thing: JsonObject, key: str) -> str:
    """Return a string, "" if the key is missing or null."""
    value = thing.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _InvalidObjectError(_("{key} is not a string").format(key=key))
    return value


def _texts(thing: JsonObject, key: str) -> tuple[str, ...]:
    """Return a list of strings; a string counts as a list of one."""
    value = thing.get(key) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise _InvalidObjectError(_("{key} is not a list of strings").format(key=key))
    return tuple(value)


def _number(thing: JsonObject, key: str) -> int | None:
    """Return a non-negative integer, None if the key is missing or null."""
    value = thing.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise _InvalidObjectError(_("{key} is not a non-negative integer").format(key=key))
    return value
