"""Collation keys for Chinese: punctuation, digits, letters, then Han characters by pinyin. Pure.

The order is that of 现代汉语词典: by syllable, by tone (妈 麻 马 骂), then by character, which keeps equal characters
together. A character with several readings is sorted by its commonest (行 by xíng). A name begins with a surname, and
some surnames have their own reading (曾 is Zēng, 单 is Shàn).
"""

import unicodedata
from functools import lru_cache

from search_cli.query.characters import is_han

_PUNCTUATION, _DIGIT, _LETTER, _HAN = "1234"
_LAST = "9"  # a missing name

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


def collation_key(text: str) -> str:
    """Return the sort key of a text in normal form; a text sorts before its continuations."""
    return "".join(map(_character_key, text))


def name_collation_key(name: str) -> str:
    """Return the sort key of a name in normal form; a missing name is last."""
    if not name:
        return _LAST
    surname = _SURNAMES.get(name[0]) if len(name) > 1 else None
    return (f"{_HAN}{surname}{name[0]}" if surname else _character_key(name[0])) + collation_key(name[1:])


@lru_cache(maxsize=32768)
def _character_key(character: str) -> str:
    """Return the sort key of a character: its class, for Han its syllable and tone, and itself.

    No key is a prefix of another, so that joined keys compare like lists of keys.
    """
    if is_han(character):
        return f"{_HAN}{_syllable(character)}{character}"
    if character.isdecimal():
        return f"{_DIGIT}{character}"
    return f"{_LETTER if unicodedata.category(character)[0] == 'L' else _PUNCTUATION}{character}"


def _syllable(character: str) -> str:
    """Return the reading of a character with its tone: ma3; characters without one (kana) sort after all syllables."""
    from pypinyin import Style, lazy_pinyin  # takes 0.1 s, and few commands sort

    readings = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)
    return readings[0] if readings and readings[0] != character else "~0"
