"""Words that may describe a topic: nouns and new words; no names, pieces of sentences, or common foreign words."""

from collections import Counter

import pytest

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


def test_what_all_talk_in_english_says_describes_nothing() -> None:
    chinese = [{"水稻": 4, "灌溉": 3, "drone": 2, "people": 1}, *[{"电影": 5, "drone": 1}] * 9]
    english = [{"because": 3, "people": 2, f"subject{number}": 4} for number in range(20)]
    assert common_foreign(chinese + english) == {"because", "people"}
    assert common_foreign(chinese) == frozenset()


def test_a_term_that_chinese_talk_uses_stays() -> None:
    assert "drone" not in common_foreign([*[{"drone": 9, "because": 3}] * 5, *[{"水稻": 9, "drone": 2}] * 6])
