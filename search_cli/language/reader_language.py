"""Which language fangtan speaks: that of `FANGTAN_LANG`, or else of the locale."""

from collections.abc import Mapping

from indexer.settings.languages import Language, language_of

VARIABLE = "FANGTAN_LANG"


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
