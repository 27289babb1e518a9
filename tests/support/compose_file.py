"""Reads the compose files as compose does: variables put in, one file laid over another."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
SINGLE = ROOT / "docker-compose.yml"
CLUSTER = ROOT / "docker-compose.cluster.yml"

_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::(?P<kind>[-?])(?P<rest>[^}]*))?\})")


class UnsetError(KeyError):
    """A variable without which compose refuses to start."""


def settings(text: str) -> dict[str, str]:
    """The values of an env file."""
    pairs = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
    return {key: value for key, _, value in pairs}


def interpolate(text: str, variables: Mapping[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[0] == "$$":
            return "$"
        given = variables.get(found["name"], "")
        if found["kind"] is None or given:
            return given
        if found["kind"] == "?":
            raise UnsetError(found["name"])
        return str(found["rest"])

    return _VARIABLE.sub(value, text)


def required(text: str) -> set[str]:
    """The variables without which compose refuses to start."""
    return {found["name"] for found in _VARIABLE.finditer(text) if found["kind"] == "?"}


def mentioned(text: str) -> set[str]:
    return {found["name"] for found in _VARIABLE.finditer(text) if found["name"]}


def load(path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    filled = _each(document, variables)
    assert isinstance(filled, dict)
    return filled


def _each(value: Any, variables: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _each(one, variables) for key, one in value.items()}
    if isinstance(value, list):
        return [_each(one, variables) for one in value]
    return interpolate(value, variables) if isinstance(value, str) else value


def lay_over(base: Any, overlay: Any, key: str = "") -> Any:
    """Merge as compose documents it: mappings key by key, lists joined, volumes by their target, commands replaced."""
    if isinstance(base, dict) and isinstance(overlay, dict):
        both = {name: lay_over(base[name], overlay[name], name) for name in base.keys() & overlay.keys()}
        return {**base, **overlay, **both}
    if key == "volumes" and isinstance(base, list):
        return list({target(one): one for one in [*base, *overlay]}.values())
    if isinstance(base, list) and isinstance(overlay, list) and key not in {"command", "entrypoint", "test"}:
        return [*base, *(one for one in overlay if one not in base)]
    return overlay


def target(volume: str | dict[str, Any]) -> str:
    """The path inside the container."""
    return volume["target"] if isinstance(volume, dict) else volume.split(":")[1]


def source(volume: str | dict[str, Any]) -> str:
    return volume["source"] if isinstance(volume, dict) else volume.split(":")[0]
