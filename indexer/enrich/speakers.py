"""Resolve speakers' names to canonical ones, with the aliases of speakers.toml."""

import re
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from indexer.errors import SettingsError

_NEXT_STEP = (
    'Write it as ["canonical name"], aliases = ["other name"], affiliation = "position"; see the head of the file.'
)


@dataclass(frozen=True, slots=True)
class Speakers:
    """The entries of speakers.toml: folded name -> canonical name, canonical name -> affiliation."""

    names: dict[str, str] = field(default_factory=dict)
    affiliations: dict[str, str] = field(default_factory=dict)
    fingerprint: str = ""

    def canonical(self, name: str) -> str:
        """Return the canonical name of `name`, which is `name` itself unless speakers.toml has it."""
        return self.names.get(_fold(name), name)

    def has(self, name: str) -> bool:
        """Tell whether speakers.toml has a name, as a canonical one or an alias."""
        return _fold(name) in self.names


def _fold(name: str) -> str:
    """Return a name without spaces and case; unlike `text.normalize.fold`, Traditional and Simplified names differ."""
    return "".join(name.split()).casefold()


@cache
def load(path: Path) -> Speakers:
    """Read a speakers.toml; raise `SettingsError` with path and line for an invalid one."""
    import tomllib

    if not path.exists():
        return Speakers()
    data = path.read_bytes()
    try:
        content = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = re.search(r"line (\d+)", str(error))
        raise _error(path, int(line[1]) if line else 1, f"not TOML: {error}") from error
    speakers = Speakers(fingerprint=blake2b(data, digest_size=8).hexdigest())
    for name, entry in content.items():
        _add(speakers, path, data.decode(), name, entry)
    return speakers


def _add(speakers: Speakers, path: Path, text: str, name: str, entry: object) -> None:
    """Add one person; raise `SettingsError` with the line of an invalid entry."""
    fields: dict[str, Any] = entry if isinstance(entry, dict) else {"": entry}
    aliases, affiliation = fields.get("aliases", []), fields.get("affiliation", "")
    texts = isinstance(aliases, list) and isinstance(affiliation, str) and all(isinstance(one, str) for one in aliases)
    if not texts or set(fields) - {"aliases", "affiliation"}:
        raise _error(path, _line_of(text, name), f"the entry of {name} is invalid")
    for one in (name, *aliases):
        if (owner := speakers.names.setdefault(_fold(one), name)) != name:
            raise _error(path, _line_of(text, name), f"{one} belongs to both {owner} and {name}")
    if affiliation:
        speakers.affiliations[name] = affiliation


def _line_of(text: str, name: str) -> int:
    """Return the number of the line where a person's table begins, from 1."""
    header = re.search(rf"^\s*\[\s*[\"']?{re.escape(name)}[\"']?\s*\]", text, re.MULTILINE)
    return text.count("\n", 0, header.end() if header else max(text.find(name), 0)) + 1


def _error(path: Path, line: int, reason: str) -> SettingsError:
    return SettingsError(f"{path}:{line}: {reason}", _NEXT_STEP)
