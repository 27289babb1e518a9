"""Abbreviate the ids of interviews to what `fangtan show` resolves to one of them only, as git does. Pure.

An id is found by its beginning, with its folders or without them (`query.clauses.id_clause`), and … in it stands for
any characters.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from search_cli.query.clauses import CUT

SHORTEST = 4
"""Columns after the folders: qz would be unique for qzone-xiaomi, but means nothing to a reader."""
LONGEST = 14
"""Columns, if the id can be told apart in so few: a date, … and a character."""
_HEAD = 10
"""Characters before …: those of a date."""
_PART = re.compile(r"[^\W_]*")

_Name = tuple[str, str]
"""A beginning that an id is found by, and the id."""


def short_ids(ids: Iterable[str], every: Sequence[str]) -> dict[str, str]:
    """Return a short form of each of `ids` that no other of `every` id has, up to the end of a word if that is short.

    qzone for qzone-xiaomi; qinghe-2018 if there is a qinghe-2024; 2020-07-10…二 for the second visit of that day.
    """
    names = sorted((name, one) for one in every for name in _names(one))
    return {one: _short(one, names) for one in ids}


def is_found_by(id_: str, typed: str) -> bool:
    """Return whether an id begins as typed, with its folders or without them; … is any characters."""
    pattern = re.compile(".*".join(map(re.escape, typed.split(CUT))), re.DOTALL)
    return any(pattern.match(name) for name in _names(id_))


def base_name(id_: str) -> str:
    """Return an id without its folders."""
    return id_.rpartition("/")[2]


def _names(id_: str) -> Iterator[str]:
    """Yield an id with all its folders, then with one less each time."""
    yield id_
    while "/" in id_:
        id_ = id_.partition("/")[2]
        yield id_


def _short(one: str, names: Sequence[_Name]) -> str:
    """Return the first short form that is at most `LONGEST` wide, or else the narrowest."""
    forms = [form for name in dict.fromkeys((base_name(one), one)) for form in _forms(name, one, names)]
    return next((form for form in forms if _columns(form) <= LONGEST), min(forms, key=_columns, default=one))


def _forms(name: str, one: str, names: Sequence[_Name]) -> Iterator[str]:
    """Yield short forms of the id `one`: a beginning of `name` to the end of a word, the shortest one, one with …."""
    at = bisect_left(names, (name, one))
    shared = max(_shared(name, one, names[:at][::-1]), _shared(name, one, names[at:]))
    length = max(shared + 1, _readable(name))
    if length > len(name):
        if name == one or all(base_name(other) != name for _, other in names if other != one):
            yield name
        return
    rest = _PART.match(name, length)
    yield name[: rest.end()] if rest and length < len(name) else name
    yield name[:length]
    for start in range(length - 1, _HEAD, -1):
        if _is_only(name[:_HEAD], name[start:length], one, names):
            yield f"{name[:_HEAD]}{CUT}{name[start:length]}"
            return


def _readable(name: str) -> int:
    """Return the characters of the folders of a name and of `SHORTEST` columns after them."""
    folders = len(name) - len(base_name(name))
    columns = (_columns(name[folders:end]) for end in range(folders, len(name)))
    return folders + sum(1 for width in columns if width < SHORTEST)


def _shared(name: str, one: str, beside: Sequence[_Name]) -> int:
    """Return the length of the common prefix with the nearest name of another id."""
    nearest = next((other for other, id_ in beside if id_ != one), "")
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(name, nearest, strict=False)))


def _is_only(head: str, tail: str, one: str, names: Sequence[_Name]) -> bool:
    """Tell whether no other id has a name with this beginning and, after it, `tail`."""
    alike = takewhile(lambda entry: entry[0].startswith(head), names[bisect_left(names, (head, "")) :])
    return all(id_ == one or tail not in name[len(head) :] for name, id_ in alike)


def _columns(text: str) -> int:
    """Return the width of a text in columns; signs of ambiguous width have one."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
