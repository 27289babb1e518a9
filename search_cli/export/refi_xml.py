"""Elements of the REFI-QDA schema Project 1.0, and identifiers that are the same in each export."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from search_cli.export.clean_text import clean

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "urn:QDA-XML:project:1.0"
NAMESPACES: dict[Any, str] = {None: NAMESPACE}  # lxml-stubs do not know the default namespace
_OWN = uuid5(NAMESPACE_URL, "urn:fangtan:refi-qda")


def guid(*parts: str) -> str:
    """Return the identifier of what has this kind and name: the same today and tomorrow, on any machine."""
    return str(uuid5(_OWN, "\0".join(parts)))


def tag(name: str) -> str:
    """Return the qualified name of an element."""
    return f"{{{NAMESPACE}}}{name}"


def element(name: str, attributes: Mapping[str, str] | None = None) -> "_Element":
    """Return an element; its attributes are cleaned of what XML has not."""
    from lxml import etree

    return etree.Element(tag(name), _cleaned(attributes), nsmap=NAMESPACES)


def child(parent: "_Element", name: str, attributes: Mapping[str, str] | None = None, text: str = "") -> "_Element":
    """Append an element and return it."""
    from lxml import etree

    made = etree.SubElement(parent, tag(name), _cleaned(attributes))
    made.text = clean(text) or None
    return made


def _cleaned(attributes: Mapping[str, str] | None) -> dict[str, str]:
    return {name: clean(value) for name, value in (attributes or {}).items()}
