"""The interchange of fangtan: an interview as an object, its turns taken as they are, not merged or parsed again.

    {"id": "2013/qzone", "title": "…", "date": "2013-08-02",
     "turns": [{"speaker": "郑志昊", "role": "interviewee", "text": "…"}, …]}

    interview  id, title, date (YYYY-MM-DD), outlet, authors, url, language: texts; authors a text or a list;
               guests a list of texts or of {"name", "affiliation"}; turns: at least one
    turn       text; speaker, role, label, affiliation; turn (on all turns or none, from 1, increasing); exchange,
               reply_to; topics, keywords: lists; start, end: milliseconds

Only `turns` and their `text` are needed; keys not named here are passed over.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from indexer.errors import ReadingError
from indexer.model import Guest, Interview, Role, Turn

Object = Mapping[str, Any]
_ROLES = {role.value: role for role in Role}


class _BadObjectError(Exception):
    """What is wrong with an object."""


def item(name: str, content: object, number: int = 0) -> Interview | ReadingError:
    """Return the interview an object holds, or what is wrong with it; `number` is its line's, 0 for a whole file."""
    try:
        return interview(content)
    except _BadObjectError as error:
        return ReadingError(name, str(error), number)


def interview(content: object) -> Interview:
    """Return the interview an object holds."""
    if not isinstance(content, dict):
        raise _BadObjectError("not an object")
    given = content.get("turns")
    if not isinstance(given, list) or not given:
        raise _BadObjectError("turns is not a list of at least one turn")
    return Interview(
        turns=_numbered(tuple(_turn(place, one) for place, one in enumerate(given, start=1)), given),
        id=_id(content),
        title=_text(content, "title"),
        date=_date(content),
        outlet=_text(content, "outlet"),
        authors=_texts(content, "authors"),
        guests=tuple(_guest(one) for one in content.get("guests") or ()),
        url=_text(content, "url"),
        language=_text(content, "language"),
        attributed=any("role" in one for one in given),
    )


def _turn(place: int, given: object) -> Turn:
    """Return the turn at `place`, from 1."""
    if not isinstance(given, dict):
        raise _BadObjectError(f"turn {place} is not an object")
    try:
        if not (text := _text(given, "text").strip()):
            raise _BadObjectError("text is missing or blank")
        speaker = _text(given, "speaker")
        return Turn(
            turn=place,
            speaker=speaker,
            role=_role(given),
            text=text,
            label=_text(given, "label") if "label" in given else speaker,
            affiliation=_text(given, "affiliation"),
            exchange=_number(given, "exchange") or 0,
            reply_to=_number(given, "reply_to"),
            topics=_texts(given, "topics"),
            keywords=_texts(given, "keywords"),
            start=_number(given, "start"),
            end=_number(given, "end"),
        )
    except _BadObjectError as error:
        raise _BadObjectError(f"turn {place}: {error}") from error


def _numbered(turns: tuple[Turn, ...], given: list[Object]) -> tuple[Turn, ...]:
    """Return the turns under the numbers they were given, where they were."""
    if all(one.get("turn") is None for one in given):
        return turns
    numbers = [_number(one, "turn") or 0 for one in given]
    if any(after <= before for before, after in pairwise([0, *numbers])):
        raise _BadObjectError("the turn numbers do not increase from 1 on, or some are missing")
    return tuple(replace(turn, turn=number) for turn, number in zip(turns, numbers, strict=True))


def _role(given: Object) -> Role:
    """Return the role of a turn; "other" where it has none."""
    value = given.get("role") or Role.OTHER.value
    if value not in _ROLES:
        raise _BadObjectError(f"role {value!r} is none of {', '.join(_ROLES)}")
    return _ROLES[value]


def _id(given: Object) -> str:
    """Return the interview's own id, "" where it has none: no `#`, which parts id and turn in an address."""
    value = str(given["id"]) if isinstance(given.get("id"), int) else _text(given, "id")
    if "#" in value or value != value.strip() or not value.isprintable():
        raise _BadObjectError(f"id {value!r} holds #, a space at an end or a control character")
    return value


def _date(given: Object) -> date | None:
    """Return the date, None where there is none."""
    value = _text(given, "date")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _BadObjectError(f"date {value!r} is not YYYY-MM-DD") from error


def _guest(given: object) -> Guest:
    """Return a guest, given as a name or as an object."""
    if isinstance(given, str):
        return Guest(given)
    if not isinstance(given, dict) or not _text(given, "name"):
        raise _BadObjectError("a guest has no name")
    return Guest(_text(given, "name"), _text(given, "affiliation"))


def _text(given: Object, key: str) -> str:
    """Return a text, "" where the key is missing or null."""
    value = given.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadObjectError(f"{key} is not a text")
    return value


def _texts(given: Object, key: str) -> tuple[str, ...]:
    """Return a list of texts; one text stands for a list of one."""
    value = given.get(key) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise _BadObjectError(f"{key} is not a list of texts")
    return tuple(value)


def _number(given: Object, key: str) -> int | None:
    """Return a whole number from 0, None where the key is missing or null."""
    value = given.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise _BadObjectError(f"{key} is not a whole number from 0")
    return value
