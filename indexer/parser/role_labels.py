"""Labels that print a word for a part and a name in brackets: 主持人（孟晓）, 嘉宾（郑明月）.

Where the word never stands without a name the name speaks, as 嘉宾 may be several; where it does, as in
主持人（孟晓）： once and 主持人： from then on, the word is what the speaker is called.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.parser import lexicon, names
from indexer.parser.labels import Form, Label

_NAMED = re.compile(r"(?P<part>[^（()）]{1,6}?)\s*[（(]\s*(?P<name>[^（()）]{2,12}?)\s*[)）]")


def named(labels: Sequence[Label]) -> list[Label]:
    """Return the labels, those of a part that always has a name beside it under that name."""
    persons = {place: person for place, label in enumerate(labels) if (person := _person(label))}
    if not persons:
        return list(labels)
    bare = {label.key for place, label in enumerate(labels) if place not in persons}
    return [
        _under(label, persons[place]) if place in persons and label.key not in bare else label
        for place, label in enumerate(labels)
    ]


def _person(label: Label) -> str:
    """Return the person in brackets behind a word for a part, "" where there is none."""
    if label.form is Form.FORMAT or label.printed[-1:] not in ("）", ")"):
        return ""
    found = _NAMED.fullmatch(label.printed)
    if not found or names.fold(found["part"]).rstrip("0123456789abcdefgh甲乙丙丁") not in lexicon.ROLES:
        return ""
    person = names.closed_up(found["name"])
    return person if names.is_person(names.fold(person)) else ""


def _under(label: Label, person: str) -> Label:
    """Return the label under a person's name, the word for the part beside it."""
    return replace(label, name=person, key=(names.fold(person), label.key[1]), office=label.name)
