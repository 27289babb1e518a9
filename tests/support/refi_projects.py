"""REFI-QDA projects read back, and held to the rules of the standard (1.5, schema Project 1.0, as published)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

NAMESPACE = "{urn:QDA-XML:project:1.0}"
_GUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_DATED = ("creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime")
ELEMENTS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Project": (
        ("name",),
        ("origin", "creatingUserGUID", "creationDateTime", "modifyingUserGUID", "modifiedDateTime", "basePath"),
        (
            *("Users", "CodeBook", "Variables", "Cases", "Sources", "Notes", "Links", "Sets", "Graphs", "Description"),
            "NoteRef",
        ),
    ),
    "Users": ((), (), ("User",)),
    "User": (("guid",), ("name", "id"), ()),
    "CodeBook": ((), (), ("Codes",)),
    "Codes": ((), (), ("Code",)),
    "Code": (("guid", "name", "isCodable"), ("color",), ("Description", "NoteRef", "Code")),
    "Variables": ((), (), ("Variable",)),
    "Variable": (("guid", "name", "typeOfVariable"), (), ("Description",)),
    "Sources": ((), (), ("TextSource",)),
    "TextSource": (
        ("guid",),
        ("name", "richTextPath", "plainTextPath", *_DATED),
        ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef", "VariableValue"),
    ),
    "PlainTextSelection": (
        ("guid", "startPosition", "endPosition"),
        ("name", *_DATED),
        ("Description", "Coding", "NoteRef"),
    ),
    "Coding": (("guid",), ("creatingUser", "creationDateTime"), ("CodeRef", "NoteRef")),
    "CodeRef": (("targetGUID",), (), ()),
    "VariableValue": ((), (), ("VariableRef", "TextValue", "DateValue")),
    "VariableRef": (("targetGUID",), (), ()),
    "TextValue": ((), (), ()),
    "DateValue": ((), (), ()),
    "Description": ((), (), ()),
}
"""Required and other attributes of each element that is written here, and its children in their order."""

_FILLED = {"Users", "Codes", "Variables", "Sources"}
"""Elements that have a child."""


@dataclass(frozen=True)
class Selection:
    """A stretch of a text, the names of its codes, and its note."""

    source: str
    name: str
    text: str
    codes: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class RefiProject:
    """What a program finds in a project: codes as paths, texts and variables of sources by name, selections."""

    codes: tuple[str, ...]
    texts: dict[str, str]
    variables: dict[str, dict[str, str]]
    selections: tuple[Selection, ...]


def read_project(path: Path) -> RefiProject:
    """Read a project; assert all rules."""
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        names = set(archive.namelist())
        root = etree.fromstring(archive.read("project.qde"))
        check_element(root)
        sources = list(root.iter(f"{NAMESPACE}TextSource"))
        paths = {one.get("guid", ""): one.get("plainTextPath", "") for one in sources}
        assert names == {"project.qde", *(one.replace("internal://", "sources/") for one in paths.values())}
        assert all(path == f"internal://{guid}.txt" for guid, path in paths.items())
        texts = {guid: archive.read(f"sources/{guid}.txt").decode("utf-8") for guid in paths}
    assert not [text for text in texts.values() if text.startswith("\ufeff") or "\r" in text]
    check_references(root)
    codes = dict(_codes(root.find(f"{NAMESPACE}CodeBook/{NAMESPACE}Codes")))
    assert len(set(codes.values())) == len(codes)
    return RefiProject(
        tuple(codes.values()),
        {one.get("name", ""): texts[one.get("guid", "")] for one in sources},
        {one.get("name", ""): dict(_variables(root, one)) for one in sources},
        tuple(one for source in sources for one in _selections(source, texts[source.get("guid", "")], codes)),
    )


def check_element(element: Any) -> None:
    """Assert that an element has the attributes and children it may have, in their order."""
    name = element.tag.removeprefix(NAMESPACE)
    required, others, children = ELEMENTS[name]
    assert set(required) <= set(element.attrib) <= {*required, *others}, name
    found = [child.tag.removeprefix(NAMESPACE) for child in element]
    assert found == sorted(found, key=children.index), name
    assert found or name not in _FILLED
    for attribute, value in element.attrib.items():
        check_value(attribute, value)
    for child in element:
        check_element(child)


def check_value(attribute: str, value: str) -> None:
    """Assert that a value is of the type of its attribute."""
    if attribute in {"guid", "targetGUID", "creatingUser", "creatingUserGUID"}:
        assert _GUID.fullmatch(value)
    elif attribute.endswith("DateTime"):
        datetime.datetime.fromisoformat(value)
    elif attribute == "isCodable":
        assert value in {"true", "false"}
    elif attribute == "typeOfVariable":
        assert value in {"Text", "Boolean", "Integer", "Float", "Date", "DateTime"}


def check_references(root: Any) -> None:
    """Assert that no two elements have one identifier, and that each reference leads to what it may."""
    own: dict[str, str] = {}
    for element in root.iter():
        if guid := element.get("guid"):
            assert guid not in own
            own[guid] = element.tag.removeprefix(NAMESPACE)
    codable = {one.get("guid") for one in root.iter(f"{NAMESPACE}Code") if one.get("isCodable") == "true"}
    for element in root.iter():
        target = element.get("targetGUID")
        if element.tag == f"{NAMESPACE}CodeRef":
            assert target in codable
        elif target:
            assert own[target] == "Variable"
        for attribute in ("creatingUser", "creatingUserGUID"):
            assert own.get(element.get(attribute), "User") == "User"


def _codes(codes: Any, above: str = "") -> Iterator[tuple[str, str]]:
    for code in () if codes is None else codes.iterchildren(f"{NAMESPACE}Code"):
        path = f"{above} > {code.get('name')}".removeprefix(" > ")
        yield code.get("guid"), path
        yield from _codes(code, path)


def _variables(root: Any, source: Any) -> Iterator[tuple[str, str]]:
    names = {one.get("guid"): one.get("name") for one in root.iter(f"{NAMESPACE}Variable")}
    for value in source.iterchildren(f"{NAMESPACE}VariableValue"):
        reference, known = value
        if known.tag == f"{NAMESPACE}DateValue":
            datetime.date.fromisoformat(known.text)
        yield names[reference.get("targetGUID")], known.text


def _selections(source: Any, text: str, codes: dict[str, str]) -> Iterator[Selection]:
    for one in source.iterchildren(f"{NAMESPACE}PlainTextSelection"):
        start, end = int(one.get("startPosition")), int(one.get("endPosition"))
        assert 0 <= start < end <= len(text)
        found = [codes[ref.get("targetGUID")] for ref in one.iter(f"{NAMESPACE}CodeRef")]
        note = one.findtext(f"{NAMESPACE}Description", "")
        assert found or note
        assert len(set(found)) == len(found)
        yield Selection(source.get("name"), one.get("name"), text[start:end], tuple(found), note)
