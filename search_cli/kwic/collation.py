"""The order in which a Chinese reader looks texts up: signs, digits, letters, then Han characters by pinyin. Pure.

As in 现代汉语词典: by the syllable, then by its tone (妈 麻 马 骂), then by the character itself, so that the same
character always stands together. A character of several readings stands at its commonest (行 at xíng); names begin with
a surname, and a few surnames are read in their own way (曾 is Zēng, 单 is Shàn).
"""

import unicodedata
from functools import lru_cache

from search_cli.query.characters import is_han

_SIGN, _DIGIT, _LETTER, _HAN = "1234"
_LAST = "9"  # after all that has an order: a name that is not there

# 现代汉语词典 marks these readings 姓, "a surname"
_SURNAMES = {
    "曾": "zeng1",
    "单": "shan4",
    "解": "xie4",
    "仇": "qiu2",
    "区": "ou1",
    "查": "zha1",
    "任": "ren2",
    "华": "hua4",
    "朴": "piao2",
    "盖": "ge3",
    "缪": "miao4",
    "翟": "zhai2",
}


def order_key(text: str) -> str:
    """Return what texts in normal form are sorted by; a text comes right before those that go on from it."""
    return "".join(map(_place, text))


def name_key(name: str) -> str:
    """Return what names in normal form are sorted by; no name comes last."""
    if not name:
        return _LAST
    surname = _SURNAMES.get(name[0]) if len(name) > 1 else None
    return (f"{_HAN}{surname}{name[0]}" if surname else _place(name[0])) + order_key(name[1:])


@lru_cache(maxsize=32768)
def _place(character: str) -> str:
    """Return the place of one character: its kind, for Han its syllable and tone, and itself.

    No place is the beginning of another, so that places can be joined and compared as one text.
    """
    if is_han(character):
        return f"{_HAN}{_syllable(character)}{character}"
    if character.isdecimal():
        return f"{_DIGIT}{character}"
    return f"{_LETTER if unicodedata.category(character)[0] == 'L' else _SIGN}{character}"


def _syllable(character: str) -> str:
    """Return a character's reading with its tone as a digit: ma3; what has none (kana) comes after all syllables."""
    from pypinyin import Style, lazy_pinyin  # 0.1 s, and only where something is sorted by it

    read = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)
    return read[0] if read and read[0] != character else "~0"
