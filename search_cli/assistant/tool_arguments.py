"""The arguments of tools: their JSON schema, and checks whose messages name the next step. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from indexer.errors import UsageError


class Kind(StrEnum):
    """What an argument is; `TEXTS` is a list of texts, for which one text may be given."""

    TEXT = "a text"
    TEXTS = "a list of texts"
    NUMBER = "a whole number"


@dataclass(frozen=True, slots=True)
class Parameter:
    """An argument of a tool; without a `default` it is required. `least` and `most` bound numbers and lengths."""

    name: str
    description: str
    kind: Kind = Kind.TEXT
    default: object = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    required: bool = False


_MAX_TEXT = 1000
"""Characters of a text for which no other length is said: a query, a name."""
_MAX_TEXTS = 20
_MAX_SHOWN = 60


def schema(parameters: Sequence[Parameter]) -> dict[str, Any]:
    """Return the JSON schema of the arguments of a tool."""
    return {
        "type": "object",
        "properties": {one.name: _schema(one) for one in parameters},
        "required": [one.name for one in parameters if one.required],
        "additionalProperties": False,
    }


def _schema(parameter: Parameter) -> dict[str, Any]:
    described: dict[str, Any] = {"description": parameter.description}
    if parameter.default not in (None, "", ()):
        described["default"] = parameter.default
    if parameter.kind is Kind.NUMBER:
        return {"type": "integer", "minimum": parameter.least, "maximum": parameter.most, **described}
    text: dict[str, Any] = {"type": "string"}
    text |= {"enum": list(parameter.choices)} if parameter.choices else {"maxLength": parameter.most or _MAX_TEXT}
    if parameter.kind is Kind.TEXTS:
        return {"type": "array", "items": text, "maxItems": _MAX_TEXTS, **described}
    return {**text, **described}


def checked(tool: str, parameters: Sequence[Parameter], given: Mapping[str, object]) -> dict[str, Any]:
    """Return the arguments with defaults; raise `UsageError` for one that is unknown, missing or not valid.

    Arguments that are null or empty count as not given.
    """
    names = [one.name for one in parameters]
    for name in given:
        if name not in names:
            near = get_close_matches(name, names, n=1)
            meant = f" Did you mean {near[0]}?" if near else ""
            raise UsageError(f"{tool} has no argument {name[:_MAX_SHOWN]}.{meant}", f"Arguments: {', '.join(names)}.")
    return {one.name: _checked(one, given.get(one.name)) for one in parameters}


def _checked(parameter: Parameter, value: object) -> object:
    if value in (None, "", []):
        if parameter.required:
            raise UsageError(f"The argument {parameter.name} is missing.", parameter.description)
        return parameter.default
    if parameter.kind is Kind.NUMBER:
        return _number(parameter, value)
    several = value if parameter.kind is Kind.TEXTS and isinstance(value, list | tuple) else (value,)
    if len(several) > _MAX_TEXTS:
        raise UsageError(f"{parameter.name} has {len(several)} values.", f"Give {_MAX_TEXTS} at most.")
    texts = tuple(_text(parameter, one) for one in several)
    return texts if parameter.kind is Kind.TEXTS else texts[0]


def _number(parameter: Parameter, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UsageError(f"{parameter.name} is not {parameter.kind}.", f"Give {parameter.kind}, for example 10.")
    if not parameter.least <= value <= parameter.most:
        bounds = f"from {parameter.least} to {parameter.most}"
        raise UsageError(f"{parameter.name} = {value} is not allowed.", f"Give {parameter.kind} {bounds}.")
    return value


def _text(parameter: Parameter, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"{parameter.name} is not {parameter.kind}.", f"Give {parameter.kind}.")
    if len(value) > (longest := parameter.most or _MAX_TEXT):
        raise UsageError(f"{parameter.name} has {len(value):,} characters.", f"Give {longest:,} characters at most.")
    if parameter.choices and value not in parameter.choices:
        values = ", ".join(parameter.choices)
        raise UsageError(f"{parameter.name} has no value {value[:_MAX_SHOWN]}.", f"Values: {values}.")
    return value
