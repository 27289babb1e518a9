"""JSON lines: an interview a line, its turns taken as they are, not merged or parsed again.

    {"id": "2013/qzone", "title": "…", "date": "2013-08-02",
     "turns": [{"speaker": "郑志昊", "role": "interviewee", "text": "…"}, …]}

    interview  id, title, date (YYYY-MM-DD), outlet, authors, url, language: texts; authors a text or a list;
               guests a list of texts or of {"name", "affiliation"}; turns: at least one
    turn       text; speaker, role, label, affiliation; turn (on all turns or none, from 1, increasing); exchange,
               reply_to; topics, keywords: lists; start, end: milliseconds

Only `turns` and their `text` are needed; keys not named here are passed over. A line that breaks these rules is yielded
as a `ReadingError` with its number and the reason, and the next line is read.

Lines without `turns` are read as others write them: those that each say one thing ({"speaker", "text"}) are together
one transcript; one that holds more (an article under `content`, `segments`) is a transcript to parse.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from indexer.errors import ReadingError
from indexer.model import Guest, Interview, Role, Turn
from indexer.readers.formats import asr, asr_fields
from indexer.readers.formats.asr_fields import Said
from indexer.readers.script import Script
from indexer.readers.source import LARGEST, Item, Source

Object = Mapping[str, Any]
_MOST = 200_000  # lines that each say one thing, some 100 MB in memory; ten hours have 20,000
_ROLES = {role.value: role for role in Role}


class _BadLineError(Exception):
    """What is wrong with a line."""


def read(source: Source) -> Iterator[Item]:
    """Yield an interview a line, a line at a time; what is said a line each comes last, as one transcript."""
    said: list[Said] = []
    for number, line in _lines(source):
        if isinstance(line, ReadingError):
            yield line
            continue
        found = _line(source, number, line)
        if not isinstance(found, Said):
            yield found
        elif len(said) < _MOST:
            said.append(found)
        else:
            yield ReadingError(source.name, f"more than {_MOST:,} lines of speech", number, "Split the file.")
            break
    if said:
        yield Script(tuple(asr.lines(said)))


def _lines(source: Source) -> Iterator[tuple[int, bytes | ReadingError]]:
    """Yield the lines that are not blank with their numbers, and errors in place of those too long to be held."""
    with source.open() as file:
        number = 0
        while line := file.readline(LARGEST):
            number += 1
            if len(line) == LARGEST and not line.endswith(b"\n"):
                while line and not line.endswith(b"\n"):  # pass over the rest of it, not holding it
                    line = file.readline(LARGEST)
                yield number, ReadingError(source.name, f"a line longer than {LARGEST // 2**20} MB", number)
            elif line.strip():
                yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line


def _line(source: Source, number: int, line: bytes) -> Item | Said:
    """Return the interview or the transcript of one line, what it says if that is one thing, or what is wrong."""
    import orjson

    try:
        content = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return ReadingError(source.name, f"not JSON: {error.msg} (character {error.pos + 1})", number)
    if not isinstance(content, dict) or "turns" in content:
        return item(source.name, content, number)
    thing = asr_fields.named(content)
    if asr.says_one_thing(thing):
        return asr_fields.said(thing)
    try:
        found = asr.item(content, source)
    except ReadingError:
        return item(source.name, content, number)  # which says what is missing
    return replace(found, name=_name(content)) if isinstance(found, Script) else found


def _name(content: Object) -> str:
    """Return the name an object gives itself, "" where it gives none."""
    name = content.get("id")
    return str(name) if isinstance(name, str | int) and not isinstance(name, bool) else ""


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
