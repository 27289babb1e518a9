"""Choose the language of all that a command shows: the reader's, if the terminal can print it."""

import os
import sys
from contextlib import suppress

from indexer.errors import SettingsError
from indexer.language import messages
from indexer.language.languages import VARIABLE, Language, reader_language

_NAMES = {Language.ENGLISH: "English", Language.SIMPLIFIED: "简体中文", Language.TRADITIONAL: "繁體中文"}
"""The languages in themselves."""


def chosen_language() -> Language:
    """Return the language of the reader, English where standard output cannot print it.

    A value of `FANGTAN_LANG` that is none of fangtan's counts as none: the settings complain about it.
    """
    language = reader_language(setting(), os.environ)
    return language if _is_printable(_NAMES[language]) else Language.ENGLISH


def speak_english() -> None:
    """Show the texts of this command in English: programs read them, as JSON holds some."""
    messages.use(Language.ENGLISH)


def setting() -> str:
    """Return `FANGTAN_LANG`, of the environment or else of a `.env`; "" for a `.env` that is not read."""
    from indexer.settings import env_path, env_reader

    if VARIABLE in os.environ:
        return os.environ[VARIABLE].strip()
    file = env_path()
    with suppress(SettingsError):
        if file is not None and env_reader.mentions(file, VARIABLE):
            return env_reader.read(file).get(VARIABLE, "").strip()
    return ""


def _is_printable(text: str) -> bool:
    """Check whether standard output has all characters of a text."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return False
    return True
