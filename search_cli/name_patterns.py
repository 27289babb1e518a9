"""Names in any script, case and spacing, as the regular expressions that Elasticsearch's `include` takes.

唐凤 must find 唐鳳, audreytang Audrey Tang, and 乔丹 迈克尔·乔丹, without all names of the archive being sent.
"""

from collections.abc import Iterable
from functools import cache

LONGEST = 950
"""Characters of a pattern: Elasticsearch takes 1,000 (`index.max_regex_length`)."""

_LONGEST_NAME = 16
_POINTS = r"[ ·•・.\-]"  # what sets off a part of a name
_HAN = range(0x4E00, 0xA000)


def whole(names: Iterable[str]) -> list[str]:
    """Return a pattern for each name, in normal form without spaces: the name itself, however it is written."""
    return [" *".join(map(_any_of, name)) for name in names]


def naming(words: Iterable[str]) -> list[str]:
    """Return a pattern for each word that may be a name, or a part of one that is set off by a space or point."""
    plausible = [word for word in words if 1 < len(word) <= _LONGEST_NAME and any(map(str.isalpha, word))]
    return [f"(.*{_POINTS})?{pattern}({_POINTS}.*)?" for pattern in whole(plausible)]


def as_many_as_fit(patterns: Iterable[str]) -> str:
    """Return one pattern for the first of `patterns`, as many as Elasticsearch takes."""
    together = ""
    for pattern in patterns:
        longer = f"{together}|{pattern}" if together else pattern
        if len(longer) > LONGEST:
            break
        together = longer
    return together


def _any_of(character: str) -> str:
    """Return the pattern for a normal character and all that have it as their normal form."""
    forms = "".join(dict.fromkeys(character + character.upper() + _traditional().get(character, "")))
    if len(forms) > 1 and forms.isalpha():
        return f"[{forms}]"
    return character if character.isalnum() else f"\\{character}"


@cache
def _traditional() -> dict[str, str]:
    """Return the Traditional forms of each Simplified character, from the conversion itself (10 ms)."""
    from indexer.language.normal import normalise

    han = "".join(map(chr, _HAN))
    forms: dict[str, str] = {}
    for before, after in zip(han, normalise(han).text, strict=True):
        if before != after:
            forms[after] = forms.get(after, "") + before
    return forms
