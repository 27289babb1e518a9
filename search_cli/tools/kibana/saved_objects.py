"""The envelope every saved object of Kibana has, and the NDJSON file they travel in."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Attributes = Mapping[str, Any]

VERSIONS: Mapping[str, str] = {"index-pattern": "8.0.0", "search": "10.5.0", "lens": "8.9.0", "dashboard": "10.2.0"}
"""The migration version of each type's shape: those of Kibana 8.16, which every later one brings up to date."""

CORE_VERSION = "8.8.0"


@dataclass(frozen=True, slots=True)
class Reference:
    """A saved object another one uses, under the `name` by which it is used."""

    name: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class SavedObject:
    """A saved object: `id` is fixed, so that importing again overwrites and never doubles."""

    type: str
    id: str
    attributes: Attributes
    references: tuple[Reference, ...] = ()

    def as_line(self) -> dict[str, Any]:
        """Return the object as Kibana exports it."""
        return {
            "id": self.id,
            "type": self.type,
            "attributes": dict(self.attributes),
            "references": [{"id": one.id, "name": one.name, "type": one.type} for one in self.references],
            "coreMigrationVersion": CORE_VERSION,
            "typeMigrationVersion": VERSIONS[self.type],
            "managed": False,
        }

    def named(self, name: str) -> Reference:
        """Return a reference to this object."""
        return Reference(name, self.type, self.id)


def nested(value: object) -> str:
    """Return `value` as the JSON text Kibana keeps inside an attribute: searchSourceJSON, panelsJSON, fieldAttrs."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ndjson(objects: Iterable[SavedObject]) -> str:
    """Return the file Kibana imports: an object a line, the same text for the same objects."""
    return "".join(f"{nested(one.as_line())}\n" for one in objects)
