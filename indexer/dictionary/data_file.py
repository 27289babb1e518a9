"""Read and replace the files of an archive's knowledge: words.txt, topics.toml, speakers.toml."""

import os
from contextlib import suppress
from pathlib import Path

from indexer.errors import SettingsError, UsageError
from indexer.settings import Settings


def editable_path(settings: Settings, name: str) -> Path:
    """Return the path of a file; raise `SettingsError` if it is the one installed with fangtan."""
    path = (settings.data / name).resolve()
    if path.is_relative_to(Path(__file__).resolve().parents[1]):
        raise SettingsError(
            f"{path} comes with fangtan: an update would overwrite your changes.",
            f"Copy {path.parent} to a folder of your own, and set FANGTAN_DATA to it.",
        )
    return path


def read_text(path: Path) -> str:
    """Return the text of a file, "" if there is none yet; raise `SettingsError` if it cannot be read."""
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except OSError as error:
        raise SettingsError(
            f"{path} cannot be read: {error.strerror}.", "Make it readable, or set FANGTAN_DATA to another folder."
        ) from error


def replace_text(path: Path, before: str, after: str) -> None:
    """Replace a file, completely or not at all; raise `UsageError` if its text is not `before` any more."""
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if read_text(path) != before:
            raise UsageError(f"{path} has been changed meanwhile.", "Run the same command again.")
        new.write_bytes(after.encode())
        if path.exists():
            new.chmod(path.stat().st_mode)
        new.replace(path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}.",
            "Make the folder writable, or set FANGTAN_DATA to another one.",
        ) from error
