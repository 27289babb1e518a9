"""Kibana's saved objects, and the NDJSON file that Kibana imports."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Attributes = Mapping[str, Any]

VERSIONS: Mapping[str, str] = {"index-pattern": "8.0.0", "search": "10.5.0", "lens": "8.9.0", "dashboard": "10.2.0"}
"""The migration version of each type in Kibana 8.16; every later Kibana migrates from it."""

CORE_VERSION = "8.8.0"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to another saved object, under a `name` of the referring one."""

    name: str
    type: str
    id: str


@dataclass(frozen=True, slots=True)
class SavedObject:
    """A saved object; its `id` is fixed, so that a second import overwrites it."""

    type: str
    id: str
    attributes: Attributes
    references: tuple[Reference, ...] = ()

    def as_line(self) -> dict[str, Any]:
        """Return the object in the form in which Kibana exports it."""
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
    """Return `value` as JSON text, for the attributes that Kibana stores as such: panelsJSON, fieldAttrs."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ndjson(objects: Iterable[SavedObject]) -> str:
    """Return the file that Kibana imports: one object a line, the same text for the same objects."""
    return "".join(f"{nested(one.as_line())}\n" for one in objects)
