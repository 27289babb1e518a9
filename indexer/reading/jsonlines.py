"""The JSON-lines interchange: one interview a line, its turns taken as they are, not merged or parsed again.

    {"id": "2013/qzone", "title": "…", "date": "2013-08-02",
     "turns": [{"speaker": "郑志昊", "role": "interviewee", "text": "…"}, …]}

    interview  id, title, date (YYYY-MM-DD), outlet, authors, url, language: texts; authors a text or a list;
               guests a list of texts or of {"name", "affiliation"}; turns: at least one
    turn       text; speaker, role, label, affiliation; turn (on all turns or none, from 1, increasing); exchange,
               reply_to; topics, keywords: lists; start, end: milliseconds

Only `turns` and their `text` are needed; keys not named here are passed over. A line that breaks these rules is yielded
as a `ReadingError` with its number and the reason, and the next line is read.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from indexer.errors import ReadingError
from indexer.model import Guest, Interview, Role, Turn
from indexer.reading.source import LARGEST, Item, Source

Object = Mapping[str, Any]
_ROLES = {role.value: role for role in Role}


class _BadLineError(Exception):
    """What is wrong with a line."""


def read(source: Source) -> Iterator[Item]:
    """Yield an interview a line, a line at a time."""
    with source.open() as file:
        number = 0
        while line := file.readline(LARGEST):
            number += 1
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):  # pass over the rest of it, not holding it
                    line = file.readline(LARGEST)
                yield ReadingError(source.name, f"a line longer than {LARGEST // 2**20} MB", number)
            elif line.strip():
                yield _line(source.name, number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)


def _line(name: str, number: int, line: bytes) -> Interview | ReadingError:
    """Return the interview of one line, or what is wrong with it."""
    import orjson

    try:
        return item(name, orjson.loads(line), number)
    except orjson.JSONDecodeError as error:
        return ReadingError(name, f"not JSON: {error.msg} (character {error.pos + 1})", number)


def item(name: str, content: object, number: int = 0) -> Interview | ReadingError:
    """Return the interview an object holds, or what is wrong with it; `number` is its line's, 0 for a whole file."""
    try:
        return interview(content)
    except _BadLineError as error:
        return ReadingError(name, str(error), number)


def interview(content: object) -> Interview:
    """Return the interview an object holds."""
    if not isinstance(content, dict):
        raise _BadLineError("not an object")
    given = content.get("turns")
    if not isinstance(given, list) or not given:
        raise _BadLineError("turns is not a list of at least one turn")
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
        raise _BadLineError(f"turn {place} is not an object")
    try:
        if not (text := _text(given, "text").strip()):
            raise _BadLineError("text is missing or blank")
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
    except _BadLineError as error:
        raise _BadLineError(f"turn {place}: {error}") from error


def _numbered(turns: tuple[Turn, ...], given: list[Object]) -> tuple[Turn, ...]:
    """Return the turns under the numbers they were given, where they were."""
    if all(one.get("turn") is None for one in given):
        return turns
    numbers = [_number(one, "turn") or 0 for one in given]
    if any(after <= before for before, after in pairwise([0, *numbers])):
        raise _BadLineError("the turn numbers do not increase from 1 on, or some are missing")
    return tuple(replace(turn, turn=number) for turn, number in zip(turns, numbers, strict=True))


def _role(given: Object) -> Role:
    """Return the role of a turn; "other" where it has none."""
    value = given.get("role") or Role.OTHER.value
    if value not in _ROLES:
        raise _BadLineError(f"role {value!r} is none of {', '.join(_ROLES)}")
    return _ROLES[value]


def _id(given: Object) -> str:
    """Return the interview's own id, "" where it has none: no `#`, which parts id and turn in an address."""
    value = str(given["id"]) if isinstance(given.get("id"), int) else _text(given, "id")
    if "#" in value or value != value.strip() or not value.isprintable():
        raise _BadLineError(f"id {value!r} holds #, a space at an end or a control character")
    return value


def _date(given: Object) -> date | None:
    """Return the date, None where there is none."""
    value = _text(given, "date")
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _BadLineError(f"date {value!r} is not YYYY-MM-DD") from error


def _guest(given: object) -> Guest:
    """Return a guest, given as a name or as an object."""
    if isinstance(given, str):
        return Guest(given)
    if not isinstance(given, dict) or not _text(given, "name"):
        raise _BadLineError("a guest has no name")
    return Guest(_text(given, "name"), _text(given, "affiliation"))


def _text(given: Object, key: str) -> str:
    """Return a text, "" where the key is missing or null."""
    value = given.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _BadLineError(f"{key} is not a text")
    return value


def _texts(given: Object, key: str) -> tuple[str, ...]:
    """Return a list of texts; one text stands for a list of one."""
    value = given.get(key) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise _BadLineError(f"{key} is not a list of texts")
    return tuple(value)


def _number(given: Object, key: str) -> int | None:
    """Return a whole number from 0, None where the key is missing or null."""
    value = given.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise _BadLineError(f"{key} is not a whole number from 0")
    return value
