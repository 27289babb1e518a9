"""Read fangtan's variables from `.env`.

`${NAME}` stands for another line of the file, wherever it is, and for nothing of the environment: a file could send
any secret of the shell to the address it names.
"""

import io
import os
import re
from collections.abc import Mapping
from pathlib import Path

from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.settings.env_location import opened

MOST_BYTES = 1 << 20
"""The largest `.env` that is read: python-dotenv takes up to 4 s of CPU for it."""

_LONGEST, _DEEPEST = 1 << 16, 16
_OURS = re.compile(r"\s*(?:export\s+)?'?(?:ELASTICSEARCH|FANGTAN|KIBANA)_[A-Z_]+")
_PATHS = frozenset(
    {"ELASTICSEARCH_CA_CERTS", "FANGTAN_DATA", "FANGTAN_MODEL", "FANGTAN_NODE_DATA", "FANGTAN_PRIMARIES"}
)
"""The variables in which `${HOME}` is known: they stay on this machine."""


def read(file: Path | None) -> dict[str, str]:
    """Return fangtan's variables in what `env_path` found.

    Raises `SettingsError` if it cannot be read, or if others may write to it.
    """
    if file is None:
        return {}
    try:
        with opened(file) as stream:
            content = stream.read(MOST_BYTES + 1)
        # utf-8-sig: editors on Windows write a byte order mark, which would become part of the first name
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        unreadable = _("{file} cannot be read: {reason}").format(file=file, reason=error)
        raise SettingsError(unreadable, _("Make it readable, as UTF-8 text.")) from error
    if len(content) > MOST_BYTES:
        large = _("{file} is larger than {megabytes} MB.").format(file=file, megabytes=MOST_BYTES >> 20)
        raise SettingsError(large, _("FANGTAN_ENV_FILE names another file."))
    lines, values = _lines(file, text), dict[str, str]()
    return {name: _value(file, name, lines, values) for name in lines if _OURS.fullmatch(name)}


def mentions(file: Path, name: str) -> bool:
    """Check whether the name of a variable is somewhere in what `env_path` found; False if it cannot be read."""
    try:
        with opened(file) as stream:
            return name.encode() in stream.read(MOST_BYTES)
    except OSError:
        return False


def _lines(file: Path, text: str) -> dict[str, str]:
    """Return what the lines say, as written; raise `SettingsError` for one of fangtan's that says nothing."""
    from dotenv.parser import parse_stream  # 25 ms, only if there is a file

    lines: dict[str, str] = {}
    for binding in parse_stream(io.StringIO(text)):
        written = binding.original.string
        if binding.error and _OURS.match(written):
            number = binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")
            raise SettingsError(
                _("{file}:{line}: this line is not NAME=value.").format(file=file, line=number),
                _("Check its quotes; those of others are left alone."),
            )
        if binding.key is not None and binding.value is not None:
            lines[binding.key] = binding.value
    return lines


def _value(file: Path, name: str, lines: Mapping[str, str], values: dict[str, str], depth: int = 0) -> str:
    """Return the value of a variable, with those it refers to; `values` has those that are known."""
    from dotenv.variables import Variable, parse_variables

    if name in values:
        return values[name]
    if depth > _DEEPEST:
        raise _too_long(file, name)
    values[name] = value = ""  # what it is in itself
    for part in parse_variables(lines[name]):
        if not isinstance(part, Variable):
            value += part.resolve({})
        elif part.name in lines and part.name != name:
            value += _value(file, part.name, lines, values, depth + 1)
        else:
            value += _outside(file, name, part.name) or part.resolve({})
        if len(value) > _LONGEST:
            raise _too_long(file, name)
    values[name] = value
    return value


def _outside(file: Path, name: str, other: str) -> str:
    """Return the value of a variable that the file does not set; raise `SettingsError` if the environment does."""
    if other == "HOME" and name in _PATHS:
        return os.environ.get("HOME", "")
    if other != name and os.environ.get(other):
        foreign = _("{file}: {name} refers to {variable} of the environment; a file may use its own lines only.")
        raise SettingsError(
            foreign.format(file=file, name=name, variable=f"${{{other}}}"),
            _("Write {name}=… into the file. FANGTAN_ENV_FILE= reads none.").format(name=other),
        )
    return ""


def _too_long(file: Path, name: str) -> SettingsError:
    long = _("{file}: {name} is too long.").format(file=file, name=name)
    return SettingsError(long, _("Write it out, without {of} of {of}.").format(of="${…}"))
