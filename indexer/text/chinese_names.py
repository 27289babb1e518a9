"""Tell the names of people from other words, by their form and by how jieba has them. Pure.

A name is a surname and a given name of one or two characters. How likely two characters are a given name is told by the
72,000 names in jieba's dictionary, against how frequent they are in any text (jieba's hidden Markov model): 玉玲 of
蔡玉玲 is 5, 速要 of 高速要 -8. jieba's tag alone is no help: of ten words that it tags as people, nine are others
(谢谢, 麦克风, 高中生).
"""

import re
from collections import Counter
from collections.abc import Mapping
from enum import IntEnum
from functools import cache, lru_cache
from math import exp, log

from indexer.text import hmm, jieba_data
from indexer.text.name_lexicon import COMPOUND_SURNAMES, JOB_TITLES, SURNAMES

_FORMS_OF_ADDRESS = """
    大哥 大姐 大叔 大妈 大爷 阿姨 先生 女士 小姐 太太 夫人 老师 同学 师傅 老板
"""
FORMS_OF_ADDRESS = frozenset(_FORMS_OF_ADDRESS.split())
"""What stands in the place of a given name."""

_MORE_TITLES = """
    立委 次长 召集人 主委 国王 皇帝 牧师 神父 夫人 太太
"""
TITLES = JOB_TITLES | frozenset(_MORE_TITLES.split())
"""Words beside which a word that may be a name is one: 林全院长."""

_UNMISTAKABLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡魏薛潘杜汪姜姚谭廖邹熊陆崔邱"
    "秦江侯邵孟赖龚庞樊洪翟颜倪柯罗叶高马范钟丁施余"
)
"""Surnames that are told from the first character of a word by what follows."""

_KINDS = frozenset("部局处署司院所厅办社站馆台店厂系市县区省乡镇路湖溪港岛法案营队群科图棋汁鱼卜素庙宫岗菜族语会")
"""Last characters of names of places and things, not of people; some are given names, rarely."""

_BEGIN_WORDS = frozenset("高马叶")
"""Surnames that begin more words than names in jieba's dictionary: 高中生."""

_TRANSLITERATION = frozenset("克斯德特拉尔尼顿福姆丹里夫利哈巴比塞赛松")
"""Characters that write foreign sounds: 马德里, 罗马尼亚."""

_UNKNOWN = 0.2  # names that a character which none has counts as
_LEAST, _LEAST_OF_RARE = 0.0, 3.0
"""Likelihood from which a given name makes a name with an unmistakable surname, and with another."""

_LEAST_OF_TWO_WORDS = 2.0
"""Likelihood from which a given name that is a word of its own (蔡/英文) makes a name."""


class Certainty(IntEnum):
    """How sure it is that a word is a name: `POSSIBLE` needs a title beside it."""

    NONE = 0
    POSSIBLE = 1
    CERTAIN = 2


@lru_cache(maxsize=65536)
def certainty(word: str) -> Certainty:
    """Return how sure it is that one of jieba's words, in normal form, is a person's name."""
    if not 2 <= len(word) <= 3 or word[0] not in SURNAMES or not _may_be_given(word[1:]):
        return Certainty.NONE
    clear = word[0] in _UNMISTAKABLE and not _TRANSLITERATION & set(word[1:])
    tag, likely = _tags().get(word), given_name_likelihood(word[1:]) > (_LEAST if clear else _LEAST_OF_RARE)
    if tag is None:  # the hidden Markov model made it
        if not likely or not (clear or len(word) == 3) or _is_place(word[:2]):
            return Certainty.NONE
        return Certainty.CERTAIN if len(word) == 3 else Certainty.POSSIBLE
    if tag != "nr" or len(word) == 2 or not clear or _is_place(word[:2]):
        return Certainty.NONE
    return Certainty.CERTAIN if likely and word[0] not in _BEGIN_WORDS else Certainty.POSSIBLE


@lru_cache(maxsize=65536)
def certainty_of_two(first: str, second: str) -> Certainty:
    """Return how sure it is that two words beside each other are a name that jieba splits: 蔡/英文, 柯文/哲."""
    name = first + second
    if len(name) != 3 or name[0] not in _UNMISTAKABLE or name[1] == name[2] or name[0] == name[1]:
        return Certainty.NONE
    if not _may_be_given(name[1:]):
        return Certainty.NONE
    likelihood = given_name_likelihood(name[1:])
    if len(first) == 1 and likelihood > _LEAST_OF_TWO_WORDS and first not in _BEGIN_WORDS:
        return Certainty.CERTAIN
    return Certainty.POSSIBLE if likelihood > _LEAST else Certainty.NONE


def has_form_of_name(name: str) -> bool:
    """Tell whether a text in normal form is a surname and a given name, and no other word of jieba's dictionary."""
    surname = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    if not (name[:1] in SURNAMES or surname == 2) or not 1 <= len(name) - surname <= 2:
        return False
    return _may_be_given(name[surname:]) and _tags().get(name, "nr").startswith("nr")


def may_end_given_name(character: str) -> bool:
    """Tell whether a character is more often the last of a name of three than another: 华, not 过 or 来."""
    return _log_odds(_given_names()[1], character) > 0


def given_name_likelihood(given: str) -> float:
    """Return the logarithm of how much more often one or two characters are a given name than other text."""
    firsts, lasts, only = _given_names()
    if len(given) == 1:
        return _log_odds(only, given)
    return _log_odds(firsts, given[0]) + _log_odds(lasts, given[1])


def _may_be_given(given: str) -> bool:
    return given[-1] not in _KINDS and given not in TITLES and given not in FORMS_OF_ADDRESS and given.isalpha()


def _is_place(text: str) -> bool:
    """Tell whether a city or a county has this name: 高雄, which is no word by itself."""
    return any(_tags().get(text + kind) == "ns" for kind in "市县")


def _log_odds(names: Mapping[str, int], character: str) -> float:
    return log((names[character] + _UNKNOWN) / names[""]) - _log_frequency(character)


def _log_frequency(character: str) -> float:
    """Return the logarithm of the frequency of a character in any text."""
    return log(sum(map(exp, hmm.emissions(character))) / 4 + 1e-6)


@cache
def _given_names() -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
    """Count the first, the last and the only character of given names; "" has the number of names."""
    names = [word for word, tag in _tags().items() if tag == "nr"]
    long, short = [name for name in names if len(name) == 3], [name for name in names if len(name) != 3]
    firsts, lasts = Counter(name[1] for name in long), Counter(name[2] for name in long)
    only = Counter(name[1] for name in short)
    firsts[""], lasts[""], only[""] = len(long), len(long), len(short)
    return firsts, lasts, only


@cache
def _tags() -> Mapping[str, str]:
    """Return jieba's tags of the words that begin with a surname and have two or three characters."""
    line = re.compile(rf"^([{''.join(sorted(SURNAMES))}].{{1,2}}) \d+ (\w+)$", re.MULTILINE)
    return dict(line.findall(jieba_data.path("dict.txt").read_text(encoding="utf-8")))
