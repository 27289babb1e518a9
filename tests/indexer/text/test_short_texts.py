"""Short texts segmented from dict.txt where it lies, compared with rjieba token by token."""

import random
from pathlib import Path
from typing import NoReturn

import pytest
from rjieba import Jieba

from indexer.text import jieba_data, short_texts
from indexer.text.jieba_data import DUPLICATE
from indexer.text.segment import Segmenter
from indexer.text.short_texts import ShortTexts
from indexer.text.user_words import FILLER

SIGNS = [
    "的",
    "了",
    "是",
    "有",
    "一",
    "a",
    "b",
    "x",
    "c#",
    "c++",
    "4s店",
    "1号店",
    "at&t",
    "γ射线",
    "3",
    "6.11",
    "亿",
    "%",
    "，",
    "。",
    "\r\n",
    "\t",
    "-",
    "_",
    "＃",
    "ん",
    "한",
    "ゅ",
]


def loads() -> NoReturn:
    raise AssertionError("the dictionary was loaded")


@pytest.fixture
def rust() -> Jieba:
    made = Jieba()
    made.add_word(FILLER, DUPLICATE, None)  # as `user_words` does
    return made


def made_texts() -> list[str]:
    """Texts of a few words each: some words of every part of the dictionary, and what is in no dictionary."""
    lines = jieba_data.path("dict.txt").read_text("utf-8").splitlines()
    chance = random.Random(7)
    words = [line.split(" ")[0] for line in (*lines[:80], *chance.sample(lines, 3000))]
    return ["".join(chance.choices([*words, *SIGNS], k=chance.randint(1, 6))) for _ in range(3000)]


def test_the_same_tokens_as_rjieba(rust: Jieba, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_texts, "_ENOUGH", 10**6)
    short = ShortTexts(loads, FILLER)
    for text in made_texts():
        words = short.cut(text, False)
        assert words == rust.cut(text, False), text
        assert [short.has_word(word) for word in words] == [rust.has_word(word) for word in words], text


def test_rjieba_is_loaded_for_long_texts_and_for_words_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="was loaded"):
        ShortTexts(loads, FILLER).cut("好" * 201, False)
    words = tmp_path / "words.txt"
    words.write_text("说说热 9 n\n", "utf-8")
    assert "_loaded" in vars(Segmenter(words)._rust)
    plain = Segmenter()
    assert (plain.words("隐私"), "_loaded" in vars(plain._rust)) == (["隐私"], False)
    assert (plain.words("隐私的" * 100)[:2], "_loaded" in vars(plain._rust)) == (["隐私", "的"], True)


def test_another_dictionary_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_texts, "_BYTES", 1)
    with pytest.raises(AssertionError, match="was loaded"):
        ShortTexts(loads, FILLER).cut("好", False)
