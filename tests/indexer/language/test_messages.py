"""Texts in the language of the reader, chosen for the whole process; English is what the code says."""

from collections.abc import Iterator

import pytest

from indexer.errors import DamagedIndexError, WritingError
from indexer.language import messages
from indexer.language.languages import Language
from indexer.language.messages import gettext, listed, ngettext, sentences


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    messages.use(Language.ENGLISH)


def test_english_is_what_the_code_says() -> None:
    assert messages.language() is Language.ENGLISH
    assert gettext("Filters") == "Filters"
    assert [ngettext("{number} turn", "{number} turns", number) for number in (0, 1, 2)] == [
        "{number} turns",
        "{number} turn",
        "{number} turns",
    ]
    assert sentences("One.", "", "Two.") == "One. Two."
    assert [listed(names) for names in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize(
    ("language", "turns", "error"),
    [
        (Language.SIMPLIFIED, "{number} 轮发言", "无法写入标准输出：磁盘已满。"),
        (Language.TRADITIONAL, "{number} 輪發言", "無法寫入標準輸出：磁盘已满。"),
    ],
)
def test_chinese_has_one_text_for_all_numbers(language: Language, turns: str, error: str) -> None:
    messages.use(language)
    assert messages.language() is language
    assert {ngettext("{number} turn", "{number} turns", number) for number in (0, 1, 2)} == {turns}
    assert str(WritingError("", "磁盘已满")) == error
    assert sentences("一。", "二。") == "一。二。"
    assert listed(("甲", "乙", "丙")) == "甲、乙和丙"


def test_an_error_is_in_the_language_of_when_it_was_raised() -> None:
    english = DamagedIndexError(("a", "b"), "it is gone")
    messages.use(Language.SIMPLIFIED)
    assert english.message == "The indices a, b are damaged: it is gone."
    assert DamagedIndexError(("a",), "文件丢失").message == "索引 a 已损坏：文件丢失。"


def test_what_other_programs_read_stays_english() -> None:
    messages.use(Language.SIMPLIFIED)
    with messages.in_english():
        assert gettext("Filters") == "Filters"
    assert gettext("Filters") == "筛选"
    assert messages.language() is Language.SIMPLIFIED
