"""`make env`: write `.env` for docker compose from `.env.example`, with generated passwords."""

import secrets
import string
import sys
from pathlib import Path

from dotenv import dotenv_values, set_key

from indexer.language import messages
from indexer.language.messages import gettext as _
from search_cli.commands.language_choice import chosen_language

SECRETS = {"ELASTIC_PASSWORD": 24, "KIBANA_SYSTEM_PASSWORD": 24, "KIBANA_ENCRYPTION_KEY": 40}
"""The generated values and their length in characters; Kibana requires at least 32 for its key."""

REQUIRED = {*SECRETS, "ELASTIC_VERSION"}
"""The variables for which docker-compose.yml has no default."""

_ROOT = Path(__file__).resolve().parents[2]
_ALPHANUMERIC = string.ascii_letters + string.digits


def generate(length: int) -> str:
    """Return `length` random letters and digits, which need no quoting in shells, URLs and docker compose."""
    return "".join(secrets.choice(_ALPHANUMERIC) for _ in range(length))


def ensure(folder: Path) -> str:
    """Create or complete the `.env` of `folder`, readable by its owner only, and return one line about it.

    Only missing or empty variables are written; the line names them and never shows their values.
    """
    path, example = (folder / ".env").resolve(), folder / ".env.example"
    existed = path.exists() and path.stat().st_size > 0
    path.touch(mode=0o600)
    path.chmod(0o600)  # an older file too, and before a password is written to it
    if not existed:
        path.write_text(example.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
    return _summary(existed, _complete(path, example))


def _complete(path: Path, example: Path) -> list[str]:
    """Set the required variables that have no value and return their names."""
    values, defaults = dotenv_values(path, interpolate=False), dotenv_values(example, interpolate=False)
    missing = [key for key in defaults if key in REQUIRED and not values.get(key)]
    for key in missing:
        value = generate(SECRETS[key]) if key in SECRETS else str(defaults[key])
        set_key(path, key, value, quote_mode="never")
    return missing


def _summary(existed: bool, added: list[str]) -> str:
    """Return the line that says what happened to the file."""
    keys = _(", ").join(added)
    if not existed:
        return _("Created .env with generated passwords: {names}.").format(names=keys)
    return _("Kept .env and added: {names}.").format(names=keys) if keys else _(".env is complete; nothing changed.")


if __name__ == "__main__":
    messages.use(chosen_language())
    next_step = _("Next: {command}").format(command="docker compose up -d")
    sys.stdout.write(f"{ensure(_ROOT)}\n{next_step}\n")
