"""The catalogue of a language: English texts, and what they are in it."""

from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from indexer.language.languages import Language

DOMAIN = "fangtan"
LOCALES = Path(__file__).with_name("locale")
"""The folder of the catalogues, with one folder a language: zh_Hans/LC_MESSAGES/fangtan.mo."""


def catalogue_path(language: Language, suffix: str) -> Path:
    """Return the path of a language's catalogue: .po as it is written, or .mo as it is read."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def translations(language: Language) -> NullTranslations:
    """Return the catalogue of a language; that of English, and one that is not there, returns what it is asked."""
    if language is Language.ENGLISH:
        return NullTranslations()
    try:
        with catalogue_path(language, ".mo").open("rb") as stream:
            return GNUTranslations(stream)
    except OSError:
        return NullTranslations()
