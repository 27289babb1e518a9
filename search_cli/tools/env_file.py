"""Make `.env` out of `.env.example`, with passwords of its own. `make env` runs this as a file, nothing installed."""

import os
import re
import secrets
import string
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

SECRETS = {"ELASTIC_PASSWORD": 24, "KIBANA_SYSTEM_PASSWORD": 24, "KIBANA_ENCRYPTION_KEY": 40}
"""What is generated, and how many characters. Kibana wants 32 at least for its key."""

NEEDED = {*SECRETS, "ELASTIC_VERSION"}
"""What docker-compose.yml has no default for."""

_SETTING = re.compile(r"\s*(?:export\s+)?(?P<key>[A-Za-z_][A-Za-z0-9_]*)\s*=\s*(?P<value>.*?)\s*")
_ALPHANUMERIC = string.ascii_letters + string.digits


def generate(length: int) -> str:
    """Return `length` random letters and digits: what shells, URLs and Kibana's settings all take as it is."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(length))


def complete(existing: str, example: str, make: Callable[[int], str] = generate) -> tuple[str, tuple[str, ...]]:
    """Return `existing` with every secret set, and the keys that were set. What has a value keeps it.

    An `existing` of "" starts from `example`; another one only gains what docker-compose.yml has no default for.
    """
    lines = (existing or example).splitlines()
    present = {_setting(line)[0] for line in lines}
    lines += [line for line in example.splitlines() if _setting(line)[0] in NEEDED - present]
    made = []
    for number, line in enumerate(lines):
        key, value = _setting(line)
        if key in SECRETS and _is_empty(value):
            lines[number] = f"{key}={make(SECRETS[key])}"
            made.append(key)
        elif key in NEEDED - present:
            made.append(key)
    return "\n".join(lines) + "\n", tuple(made)


def _setting(line: str) -> tuple[str, str]:
    """Return a line's key and value, ("", "") for a comment or an empty line."""
    found = _SETTING.fullmatch(line)
    return (found["key"], found["value"]) if found else ("", "")


def _is_empty(value: str) -> bool:
    """Tell whether a value says nothing: `KEY=`, `KEY=""` or `KEY= # a remark`."""
    return value in {"", '""', "''"} or value.startswith("#")


def write(path: Path, text: str) -> None:
    """Write `text` at once and readable by its owner only: a reader sees the old file or the new one, never half."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")  # made with mode 600
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(temporary).replace(path)


def ensure(folder: Path) -> str:
    """Bring `folder`'s `.env` up to date and return a line that says what was done; passwords never appear in it."""
    path, example = (folder / ".env").resolve(), (folder / ".env.example").read_text(encoding="utf-8")
    existing = path.read_text(encoding="utf-8") if path.exists() else ""
    text, made = complete(existing, example)
    if text != existing:
        write(path, text)
    path.chmod(0o600)
    return _said(bool(existing), made)


def _said(existed: bool, made: Iterable[str]) -> str:
    """Return the line that tells a person what happened to the file."""
    keys = ", ".join(made)
    if not existed:
        return f".env made, with passwords of its own: {keys}."
    return f".env kept as it was, and added: {keys}." if keys else ".env is complete; nothing changed."


if __name__ == "__main__":
    sys.stdout.write(f"{ensure(Path(__file__).resolve().parents[2])}\nNext: docker compose up -d\n")
