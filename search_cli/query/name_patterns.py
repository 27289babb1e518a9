"""Write names in any script, case and spacing as regular expressions, for a query or the `include` of an aggregation.

唐凤 must find 唐鳳, audreytang Audrey Tang, and 乔丹 迈克尔·乔丹, without reading all names of the archive.
"""

from collections.abc import Iterable
from functools import cache

from indexer.model import OF_INTERVIEW
from indexer.text.normalize import fold, normalize

LONGEST = 950
"""Characters of a pattern: Elasticsearch accepts 1,000 (`index.max_regex_length`)."""

_LONGEST_NAME = 16
_LONGEST_PART = 9  # characters of a part that is not the first, but for foreign letters
_POINTS = r"[ ·•・.\-]"  # separates the parts of a name
# One frame for all words: with one for each, Lucene refuses to determinize the automaton
_BEGINNING = f"({{}})({_POINTS}.*)?"
_WITHIN = f".*{_POINTS}{_BEGINNING}"
_OF_INTERVIEW = rf"({{}})(\{OF_INTERVIEW}.*)?"
_HAN = range(0x4E00, 0xA000)
_TO_WIDE = 0xFEE0  # from ASCII to its full-width form


def patterns(names: Iterable[str], words: Iterable[str] = ()) -> list[str]:
    """Return the patterns of the names that equal one of `names`, or begin with one of `words` or are it.

    However many `names` there are: those that Elasticsearch would not accept in one pattern are in several.
    """
    found: list[str] = []
    group: list[str] = []
    for name in names:
        if group and len(pattern([*group, name])) == len(pattern(group)):
            found.append(pattern(group))
            group = []
        group.append(name)
    last = pattern(group, words) if not found else pattern(group)
    first = pattern((), words) if found else ""
    return [one for one in (last, *found, first) if one]


def pattern(names: Iterable[str], words: Iterable[str] = ()) -> str:
    """Return the pattern of the names that equal one of `names`, or that are one of `words` or begin with it.

    A label equals the speakers of all interviews who are known only by it: 记者@qzone-xiaomi for 记者. All are in
    normal form without spaces. What follows a word is separated by a space or a point. Only as many are used as
    Elasticsearch accepts; "" if none can be a name.
    """
    whole = _as_many_as_fit(map(_whole, names), LONGEST - len(_OF_INTERVIEW))
    whole = _OF_INTERVIEW.format(whole) if whole else ""
    part = _words(words, len(whole) + 1)
    return "|".join(filter(None, (whole, part and _BEGINNING.format(part))))


def within(words: Iterable[str]) -> str:
    """Return the pattern of the names with one of `words` as a part that is not the first: tang in Audrey Tang.

    These are patterns of their own, as what may begin with anything is compared with each name of the archive: with
    12,000 names 100 times as long as `pattern`, which the sorted names are looked up for. Whole questions are left out:
    half of the time is that of the longest words.
    """
    part = _words((word for word in words if len(word) <= _LONGEST_PART or word.isascii()), 0)
    return part and _WITHIN.format(part)


def _words(words: Iterable[str], taken: int) -> str:
    """Return one pattern for the words that may be a part of a name, beside so many characters."""
    plausible = (word for word in words if 1 < len(word) <= _LONGEST_NAME and any(map(str.isalpha, word)))
    return _as_many_as_fit(("".join(map(_any_of, word)) for word in plausible), LONGEST - taken - len(_WITHIN))


def whole(name: str) -> str:
    """Return the pattern of the texts that are `name`, in any script, width and case, with or without spaces."""
    return " *".join(map(_any_form_of, fold(name)))


def containing(text: str) -> str:
    """Return the pattern of the texts that contain `text`, in any script, width and case, with or without spaces."""
    return f".*{whole(text)}.*"


def _any_form_of(character: str) -> str:
    """Return the pattern for all characters with this normal form, full-width ones too."""
    forms = character + character.upper() + _traditional().get(character, "")
    wide = "".join(chr(ord(form) + _TO_WIDE) for form in forms if "!" <= form <= "~")
    return "|".join(one if one.isalnum() else f"\\{one}" for one in dict.fromkeys(forms + wide)).join(("(", ")"))


def _whole(name: str) -> str:
    """Return the pattern of a name with or without spaces between its characters."""
    return " *".join(map(_any_of, name))


def _as_many_as_fit(patterns: Iterable[str], room: int) -> str:
    """Return one pattern for the first of `patterns`, of at most `room` characters."""
    joined = ""
    for one in patterns:
        longer = f"{joined}|{one}" if joined else one
        if len(longer) > room:
            break
        joined = longer
    return joined


def _any_of(character: str) -> str:
    """Return the pattern for all characters with this normal form."""
    forms = "".join(dict.fromkeys(character + character.upper() + _traditional().get(character, "")))
    if len(forms) > 1 and forms.isalpha():
        return f"[{forms}]"
    return character if character.isalnum() else f"\\{character}"


@cache
def _traditional() -> dict[str, str]:
    """Return the Traditional forms of each Simplified character, taken from the conversion (10 ms)."""
    han = "".join(map(chr, _HAN))
    forms: dict[str, str] = {}
    for before, after in zip(han, normalize(han).text, strict=True):
        if before != after:
            forms[after] = forms.get(after, "") + before
    return forms
