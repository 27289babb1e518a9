"""The texts that fangtan shows, in the language of the reader: `from indexer.language.messages import gettext as _`.

A text is a sentence or a label as a whole, in English, with {names} for what is filled in afterwards:

    _("{path} cannot be written: {reason}.").format(path=path, reason=reason)
    ngettext("{number} turn", "{number} turns", found).format(number=f"{found:,}")

One that is kept in a constant is marked there (`gettext_noop`) and translated where it is shown. What other programs
read is never translated: JSON, CSV, exit codes, fields, and what assistants are told.

The language is English until `use` says otherwise; then no catalogue is read, and none of the modules that do.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

    from indexer.language.languages import Language

_ENGLISH = "en"

_tag = _ENGLISH
_catalogue: "NullTranslations | None" = None


def use(language: "Language") -> None:
    """Show all texts in a language, in this process."""
    global _catalogue, _tag  # noqa: PLW0603  as gettext's own: the language of the whole process
    _tag = str(language)
    if _tag == _ENGLISH:
        _catalogue = None
        return
    from indexer.language.translations import translations

    _catalogue = translations(language)


@contextmanager
def in_english() -> Iterator[None]:
    """Leave texts in English that are part of what other programs read."""
    global _catalogue, _tag
    readers = _catalogue, _tag
    _catalogue, _tag = None, _ENGLISH
    try:
        yield
    finally:
        _catalogue, _tag = readers


def catalogue() -> "NullTranslations":
    """Return the catalogue of the language of the texts, as `use` has read it."""
    if _catalogue is not None:
        return _catalogue
    from gettext import NullTranslations

    return NullTranslations()


def language() -> "Language":
    """Return the language of the texts."""
    from indexer.language.languages import Language

    return Language(_tag)


def gettext(text: str) -> str:
    """Return a text in the language of the reader."""
    return text if _catalogue is None else _catalogue.gettext(text)


def pgettext(context: str, text: str) -> str:
    """Return a text that means something else elsewhere: `context` says what it means here."""
    return text if _catalogue is None else _catalogue.pgettext(context, text)


def ngettext(one: str, several: str, number: int) -> str:
    """Return a text for a number of things; Chinese has one for all numbers."""
    if _catalogue is None:
        return one if number == 1 else several
    return _catalogue.ngettext(one, several, number)


def gettext_noop(text: str) -> str:
    """Mark a text that is translated later: the catalogues have it."""
    return text


def ngettext_noop(one: str, several: str) -> tuple[str, str]:
    """Mark a text for a number of things that is translated later."""
    return one, several


def sentences(*texts: str) -> str:
    """Join sentences, those that are not "": with a blank, which Chinese does not have between them."""
    return ("" if _catalogue else " ").join(filter(None, texts))


def listed(texts: Sequence[str]) -> str:
    """Return "a, b and c", or 甲、乙和丙."""
    if len(texts) < 2:
        return "".join(texts)
    first, last = gettext(", ").join(texts[:-1]), texts[-1]
    return gettext("{first} and {last}").format(first=first, last=last)
