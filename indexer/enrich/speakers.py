"""Resolve names to canonical ones, with the aliases, labels, turns and roles of speakers.toml.

A name of the file also stands for itself in the other script, and with other spaces and case, unless the file gives
that form to somebody else. People who are only spoken of have entries as speakers have. `not_people`, above the first
table, lists words that are no names.
"""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from indexer.enrich.generic_names import is_generic
from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.model import Role
from indexer.safe_file import MAX_KNOWLEDGE_BYTES, parse_toml, read_bytes, told_as_settings
from indexer.text.normalize import fold, normalize

K = TypeVar("K")

_NEXT_STEP = gettext_noop(
    'Write it as ["canonical name"], aliases = ["other name"], affiliation = "position"; see the head of the file.'
)
_KEYS = {"aliases", "affiliation", "affiliations", "role", "roles", "labels", "turns"}
_NOT_PEOPLE = "not_people"
_ROLES = tuple(role.value for role in Role if role is not Role.NARRATION)
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_TURNS = re.compile(r"(?P<interview>.+)#(?P<first>\d{1,6})(-(?P<last>\d{1,6}))?")
_MOST_TURNS = 10_000
_MAX_SHOWN = 300  # characters of a message, which may name what is in the file


@dataclass(frozen=True, slots=True)
class Tenure:
    """An affiliation or a role, and when it was held; `since` and `until` are ISO dates, months or years, or "".

    Both are inclusive. `interview` is the id of the only interview that it is of, or "".
    """

    value: str
    since: str = ""
    until: str = ""
    interview: str = ""

    def includes(self, date: datetime.date | None) -> bool:
        """Tell whether it was held on a date; if that is not known, whether it has no dates either."""
        if date is None:
            return not (self.since or self.until)
        day = date.isoformat()
        return self.since <= day and (not self.until or day[: len(self.until)] <= self.until)


@dataclass(frozen=True, slots=True)
class Speakers:
    """The entries of speakers.toml.

    `names` maps folded names to canonical ones, `forms` the same in normal form, "" where several people share it.
    `affiliations`, `tenures` and `roles` are by canonical name. `labels` maps (interview, folded label) and `turns`
    (interview, turn) to the canonical name of whoever speaks there. `spellings` are the names to find in texts, in
    normal form, `not_people` the words that are none. `source` is the text of the file.
    """

    names: dict[str, str] = field(default_factory=dict)
    affiliations: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""
    forms: dict[str, str] = field(default_factory=dict)
    tenures: dict[str, tuple[Tenure, ...]] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    turns: dict[tuple[str, int], str] = field(default_factory=dict)
    roles: dict[str, tuple[Tenure, ...]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    not_people: frozenset[str] = frozenset()
    source: str = ""

    def canonical(self, name: str) -> str:
        """Return the canonical name of `name`, which is `name` itself unless speakers.toml has it."""
        return self.names.get(_fold(name)) or (self.forms and self.forms.get(fold(name))) or name

    def has(self, name: str) -> bool:
        """Tell whether speakers.toml has a name, as a canonical one or an alias."""
        return _fold(name) in self.names or bool(self.forms and self.forms.get(fold(name)))

    def labelled(self, interview_id: str, *printed: str) -> str:
        """Return whom speakers.toml names for a label or a name in one interview, or ""."""
        if not self.labels:
            return ""
        return next(filter(None, (self.labels.get((interview_id, _fold(one))) for one in printed)), "")

    def affiliation(self, name: str, date: datetime.date | None) -> str:
        """Return the affiliation of somebody on a date: the latest that includes it, else the one without dates."""
        held = [one for one in self.tenures.get(name, ()) if one.includes(date)]
        return max(held, key=lambda one: one.since).value if held else self.affiliations.get(name, "")

    def role(self, name: str, interview_id: str, date: datetime.date | None) -> Role | None:
        """Return the role of somebody in an interview: that of this interview, else the latest that includes its date.

        None if speakers.toml says nothing of it: the transcript tells.
        """
        all_ = self.roles.get(name, ())
        held = [one for one in all_ if one.interview == interview_id or (not one.interview and one.includes(date))]
        return Role(max(held, key=lambda one: (one.interview, one.since)).value) if held else None

    @property
    def with_office(self) -> frozenset[str]:
        """Return the canonical names of those who have an affiliation or a role."""
        return frozenset(self.affiliations) | frozenset(self.tenures) | frozenset(self.roles)

    @property
    def people(self) -> frozenset[str]:
        """Return the canonical names."""
        return frozenset((*self.names.values(), *self.labels.values(), *self.turns.values()))

    @property
    def interviews(self) -> frozenset[str]:
        """Return the ids of the interviews that it names."""
        of_roles = (one.interview for tenures in self.roles.values() for one in tenures if one.interview)
        return frozenset((*(interview for interview, _ in (*self.labels, *self.turns)), *of_roles))


def _fold(name: str) -> str:
    """Return a name without spaces and case; unlike `text.normalize.fold`, Traditional and Simplified names differ."""
    return "".join(name.split()).casefold()


@cache
def load(path: Path) -> Speakers:
    """Read a speakers.toml; raise `SettingsError` with path and line for an invalid one."""
    if not path.exists():
        return Speakers()
    with told_as_settings(path, _(_NEXT_STEP)):
        data = read_bytes(path, MAX_KNOWLEDGE_BYTES)
    return parse(data, path)


def parse(data: bytes, path: Path) -> Speakers:
    """Parse the content of the speakers.toml at `path`; raise `SettingsError` as `load` does."""
    with told_as_settings(path, _(_NEXT_STEP)):
        content = parse_toml(data.decode(), path)
    words = content.pop(_NOT_PEOPLE, [])
    if not _is_texts(words):
        told = _("{key} is not a list of words above all tables").format(key=_NOT_PEOPLE)
        raise _error(path, _line_of(data.decode(), _NOT_PEOPLE), told)
    speakers = Speakers(
        fingerprint=blake2b(data, digest_size=8).hexdigest(),
        spellings=frozenset(_spellings(content)),
        not_people=frozenset(map(_normal, words)),
        source=data.decode(),
    )
    for name, entry in content.items():
        try:
            _add(speakers, name, entry if isinstance(entry, dict) else {"": entry})
        except ValueError as error:
            raise _error(path, _line_of(data.decode(), name), str(error)) from error
    return speakers


def _spellings(content: Mapping[str, Any]) -> Iterator[str]:
    """Yield the names that texts can be searched for, in normal form: not those of a role, like 主持人."""
    for name, entry in content.items():
        aliases = entry.get("aliases", []) if isinstance(entry, dict) else []
        found = (one for one in (name, *(aliases if _is_texts(aliases) else ())) if not is_generic(one))
        yield from (form for one in found if len(form := _normal(one)) > 1)


def _normal(name: str) -> str:
    """Return a name in normal form, with one space between its words."""
    return " ".join(normalize(name).text.split())


def _add(speakers: Speakers, name: str, fields: Mapping[str, Any]) -> None:
    """Add one person; raise `ValueError` for an invalid entry."""
    aliases, affiliation = fields.get("aliases", []), fields.get("affiliation", "")
    if not _is_texts(aliases) or not isinstance(affiliation, str) or set(fields) - _KEYS:
        raise ValueError(_("the entry of {name} is invalid").format(name=name))
    for one in (name, *aliases):
        _claim(speakers.names, _fold(one), name, one)
    for form in {fold(one) for one in (name, *aliases)}:
        speakers.forms[form] = name if speakers.forms.get(form, name) == name else ""
    if affiliation:
        speakers.affiliations[name] = affiliation
    if tenures := tuple(_tenures(name, "affiliation", fields.get("affiliations", []), ("since", "until"))):
        speakers.tenures[name] = tenures
    if roles := tuple(_roles(name, fields)):
        speakers.roles[name] = roles
    for key, printed in _labels(name, fields.get("labels", {})):
        _claim(speakers.labels, key, name, _("{label} of {interview}").format(label=printed, interview=key[0]))
    for place in _turns(name, fields.get("turns", [])):
        _claim(speakers.turns, place, name, f"{place[0]}#{place[1]}")


def _claim(owners: dict[K, str], key: K, name: str, described: str) -> None:
    """Give a key to a person; raise `ValueError` if it is somebody else's."""
    if (owner := owners.setdefault(key, name)) != name:
        told = _("{described} belongs to both {owner} and {name}")
        raise ValueError(told.format(described=described, owner=owner, name=name))


def _tenures(name: str, key: str, values: object, others: tuple[str, ...]) -> Iterator[Tenure]:
    """Yield what an entry says with dates: {affiliation = "…", since = "2018-07", until = "2020"}."""
    for value in values if isinstance(values, list) else [values]:
        fields = {key: str(one) for key, one in value.items()} if isinstance(value, dict) else {}
        days = [fields.get(day, "") for day in ("since", "until")]
        valid = fields.get(key) and not fields.keys() - {key, *others}
        if not valid or not all(not day or _DAY.fullmatch(day) for day in days):
            affiliation = _("an affiliation of {name} is not {form} with dates like 2018-07")
            role = _("a role of {name} is not {form} with dates like 2018-07")
            form = f"{{{', '.join((key, *others))}}}"
            raise ValueError((affiliation if key == "affiliation" else role).format(name=name, form=form))
        yield Tenure(fields[key], days[0], days[1], fields.get("interview", ""))


def _roles(name: str, fields: Mapping[str, Any]) -> Iterator[Tenure]:
    """Yield the roles of an entry: role = "host", roles = [{role = "host", interview = "meeting"}]."""
    everywhere = [{"role": fields["role"]}] if "role" in fields else []
    dated = fields.get("roles", [])
    values = [*everywhere, *(dated if isinstance(dated, list) else [dated])]
    for one in _tenures(name, "role", values, ("since", "until", "interview")):
        if one.value not in _ROLES:
            told = _("{role}, a role of {name}, is not one of {roles}")
            raise ValueError(told.format(role=one.value, name=name, roles=", ".join(_ROLES)))
        yield one


def _labels(name: str, values: object) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield ((interview, folded label), label) of an entry: labels = {meeting = ["发言人2"]}."""
    if not isinstance(values, dict) or not all(map(_is_texts, values.values())):
        raise ValueError(_("the labels of {name} are not lists by interview").format(name=name))
    for interview, printed in values.items():
        yield from (((interview, _fold(one)), one) for one in printed)


def _turns(name: str, values: object) -> Iterator[tuple[str, int]]:
    """Yield the places of the turns of an entry: turns = ["meeting#7", "meeting#9-12"]."""
    for value in values if isinstance(values, list) else [values]:
        found = _TURNS.fullmatch(value) if isinstance(value, str) else None
        first, last = (int(found["first"]), int(found["last"] or found["first"])) if found else (1, 0)
        if found is None or not first <= last < first + _MOST_TURNS:
            told = _("a turn of {name} is not an address like meeting#7 or meeting#9-12")
            raise ValueError(told.format(name=name))
        yield from ((found["interview"], turn) for turn in range(first, last + 1))


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _line_of(text: str, name: str) -> int:
    """Return the number of the line where a person's table begins, from 1."""
    header = re.search(rf"^\s*\[\s*[\"']?{re.escape(name)}[\"']?\s*\]", text, re.MULTILINE)
    return text.count("\n", 0, header.end() if header else max(text.find(name), 0)) + 1


def _error(path: Path, line: int, reason: str) -> SettingsError:
    return SettingsError(f"{path}:{line}: {reason[:_MAX_SHOWN]}", _(_NEXT_STEP))
