"""The languages that fangtan speaks, the names of locales that mean them, and which of them is the reader's."""

import re
from collections.abc import Mapping
from enum import StrEnum

VARIABLE = "FANGTAN_LANG"

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""Parts of a locale's name that mean Traditional characters, unless it says hans."""


class Language(StrEnum):
    """A language of help, screens, messages and reports, by its tag."""

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


def reader_language(setting: str, environment: Mapping[str, str]) -> Language:
    """Return the language of `setting`, the value of `FANGTAN_LANG`; of the locale if it names none of fangtan's.

    The locale is found as gettext finds it: LC_ALL before LC_MESSAGES before LANG, and before them the first of
    LANGUAGE that fangtan has, unless the locale is C. A language that fangtan lacks is English.
    """
    return language_of(setting) or _locale_language(environment) or Language.ENGLISH


def _locale_language(environment: Mapping[str, str]) -> Language | None:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := environment.get(name, ""))), "C")
    if locale.partition(".")[0] in {"C", "POSIX"}:
        return Language.ENGLISH
    preferred = filter(None, environment.get("LANGUAGE", "").split(":"))
    return next((found for name in (*preferred, locale) if (found := language_of(name))), None)
