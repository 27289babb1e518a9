"""Canonical names of speakers: the aliases of speakers.toml."""

import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError

_NEXT_STEP = (
    'Write it as ["canonical name"], aliases = ["other name"], affiliation = "office"; see the head of the file.'
)


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who a printed name belongs to: folded name -> canonical name, canonical name -> office."""

    names: dict[str, str] = field(default_factory=dict)
    affiliations: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    def canonical(self, name: str) -> str:
        """Return the canonical name of `name`: itself where speakers.toml says nothing of it."""
        return self.names.get(fold(name), name)


def fold(name: str) -> str:
    """Return a name as it is compared: without spaces, letters small."""
    return "".join(name.split()).casefold()


@cache
def load(path: Path) -> Speakers:
    """Return the speakers a file tells; raise `SettingsError` with path and line where it cannot be used."""
    import tomllib

    if not path.exists():
        return Speakers()
    data = path.read_bytes()
    try:
        content = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        place = re.search(r"line (\d+)", str(error))
        raise _bad(path, int(place[1]) if place else 1, f"not TOML: {error}") from error
    speakers = Speakers(fingerprint=blake2b(data, digest_size=8).hexdigest())
    for name, entry in content.items():
        _add(speakers, path, data.decode(), name, entry)
    return speakers


def _add(speakers: Speakers, path: Path, text: str, name: str, entry: object) -> None:
    """Enter one person; raise `SettingsError` naming the line where the entry cannot be used."""
    given: dict[str, Any] = entry if isinstance(entry, dict) else {"": entry}
    aliases, office = given.get("aliases", []), given.get("affiliation", "")
    texts = isinstance(aliases, list) and isinstance(office, str) and all(isinstance(one, str) for one in aliases)
    if not texts or set(given) - {"aliases", "affiliation"}:
        raise _bad(path, _line_of(text, name), f"the entry of {name} cannot be understood")
    for one in (name, *aliases):
        if speakers.names.setdefault(fold(one), name) != name:
            raise _bad(path, _line_of(text, name), f"{one} belongs to {speakers.names[fold(one)]} and to {name}")
    if office:
        speakers.affiliations[name] = office


def _line_of(text: str, name: str) -> int:
    """Return the line a person's table begins on, from 1."""
    found = re.search(rf"^\s*\[\s*[\"']?{re.escape(name)}[\"']?\s*\]", text, re.MULTILINE)
    return text.count("\n", 0, found.end() if found else max(text.find(name), 0)) + 1


def _bad(path: Path, line: int, reason: str) -> SettingsError:
    """Return the error that names the place."""
    return SettingsError(f"{path}:{line}: {reason}", _NEXT_STEP)
