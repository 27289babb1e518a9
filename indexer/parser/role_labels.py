"""Labels with a role word and a name in parentheses: 主持人（孟晓）, 嘉宾（郑明月）.

If the role never occurs without a name, the name is the speaker, as there may be several 嘉宾. If it does, as in
主持人（孟晓）： once and 主持人： from then on, the role is the speaker.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.parser import lexicon, names
from indexer.parser.labels import Label, LabelForm

_ROLE_AND_NAME = re.compile(r"(?P<role>[^（()）]{1,6}?)\s*[（(]\s*(?P<name>[^（()）]{2,12}?)\s*[)）]")


def replace_roles_by_names(labels: Sequence[Label]) -> list[Label]:
    """Rename the labels whose role always occurs with a name in parentheses."""
    persons = [_name_in_parentheses(label) for label in labels]
    if not any(persons):
        return list(labels)
    bare_keys = {label.key for label, person in zip(labels, persons, strict=True) if not person}
    return [
        _renamed(label, person) if person and label.key not in bare_keys else label
        for label, person in zip(labels, persons, strict=True)
    ]


def _name_in_parentheses(label: Label) -> str:
    """Return the name in parentheses after a role word, "" if there is none."""
    if label.form is LabelForm.FORMAT or label.printed[-1:] not in ("）", ")"):
        return ""
    match = _ROLE_AND_NAME.fullmatch(label.printed)
    if not match or names.fold(match["role"]).rstrip("0123456789abcdefgh甲乙丙丁") not in lexicon.ROLE_WORDS:
        return ""
    person = names.without_padding(match["name"])
    return person if names.is_person(names.fold(person)) else ""


def _renamed(label: Label, person: str) -> Label:
    """Return the label under a person's name, with the role as affiliation."""
    return replace(label, name=person, key=(names.fold(person), label.key[1]), affiliation=label.name)
