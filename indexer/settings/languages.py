"""The languages that fangtan speaks, and the names of locales that mean them."""

import re
from enum import StrEnum

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""Parts of a locale's name that mean Traditional characters, unless it says hans."""


class Language(StrEnum):
    """A language of help, by its tag."""

    ENGLISH = "en"
    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"


def language_of(locale: str) -> Language | None:
    """Return the language of a locale's name (zh_CN.UTF-8, zh-Hant-HK, C, en); None for one that fangtan lacks."""
    name, *parts = re.split("[-_]", re.split("[.@]", locale.strip(), maxsplit=1)[0].lower())
    if name == "zh":
        is_traditional = "hans" not in parts and not _TRADITIONAL.isdisjoint(parts)
        return Language.TRADITIONAL if is_traditional else Language.SIMPLIFIED
    return Language.ENGLISH if name in {"en", "c", "posix"} else None
