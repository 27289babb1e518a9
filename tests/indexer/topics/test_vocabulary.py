"""Words that may describe a topic: nouns and new words; no names, pieces of sentences, or common foreign words."""

from collections import Counter
from itertools import chain

import pytest

from indexer.enrich.conversation import Conversation
from indexer.topics.stretch_words import count
from indexer.topics.vocabulary import Usable, common_foreign, pieces


@pytest.mark.parametrize(
    ("word", "is_usable"),
    [
        ("水稻", True),  # a noun
        ("觉得", False),
        ("慢慢", False),
        ("稻鸭农法", True),  # in no table
        ("短视频", True),  # the user's
        ("rfid", True),
        ("the", False),
        ("2024", False),
        ("水", False),
        ("孟秋禾", False),  # a speaker
        ("秋禾", False),
        ("glen", False),
        ("weiss", False),
    ],
)
def test_a_word_by_itself(word: str, is_usable: bool) -> None:
    assert Usable({"短视频"}, {"孟秋禾", "glen weiss", "主持人"})[word] is is_usable


def test_a_noun_that_is_also_a_given_name_stays() -> None:
    assert Usable((), {"陈海洋"})["海洋"]
    assert Usable((), {"rfid 协会"})["rfid"]  # no person


def test_two_words_side_by_side_are_no_new_word() -> None:
    said = Counter(
        {"会": 900, "先": 400, "会先": 40, "部会": 60, "来": 800, "部会来": 5, "稻鸭": 30, "稻": 3, "水田": 7000}
    )
    assert pieces(["会先", "部会来", "稻鸭"], said) == {"会先", "部会来"}
    assert pieces(["learning", "水田"], said) == frozenset()


def common(stretches: list[dict[str, int]]) -> set[str]:
    """Return the common foreign words of stretches that have these counts of words."""
    usable = dict.fromkeys(chain.from_iterable(stretches), True)
    turns = ([word for word, times in stretch.items() for _ in range(times)] for stretch in stretches)
    found = count((Conversation.of([words]) for words in turns), usable)
    return {found.words[column] for column in common_foreign(found)}


def test_what_all_talk_in_english_says_describes_nothing() -> None:
    chinese = [{"水稻": 4, "灌溉": 3, "drone": 2, "people": 1}, *[{"电影": 5, "drone": 1}] * 9]
    english = [{"because": 3, "people": 2, f"subject{number}": 4} for number in range(20)]
    assert common(chinese + english) == {"because", "people"}
    assert common(chinese) == set()


def test_a_term_that_chinese_talk_uses_stays() -> None:
    assert "drone" not in common([*[{"drone": 9, "because": 3}] * 5, *[{"水稻": 9, "drone": 2}] * 6])
