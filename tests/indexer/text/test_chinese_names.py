"""Words that are names of people, and words that only look like them."""

import pytest

from indexer.text.chinese_names import (
    Certainty,
    certainty,
    certainty_of_two,
    given_name_likelihood,
    has_form_of_name,
    may_end_given_name,
)


@pytest.mark.parametrize("word", ["蔡雅琳", "林晓岚", "陈佳慧", "李登辉", "王云五"])
def test_a_surname_and_a_likely_given_name_are_a_name(word: str) -> None:
    assert certainty(word) is Certainty.CERTAIN


@pytest.mark.parametrize(
    "word",
    [
        "谢谢",
        "麦克风",
        "高中生",
        "马德里",
        "胡萝卜",
        "卫福部",
        "高雄人",
        "李老师",
        "陈部长",
        "方案",
        "我们",
        "唐",
        "何以为生",
    ],
)
def test_other_words_are_not_whatever_jieba_tags_them(word: str) -> None:
    assert certainty(word) is not Certainty.CERTAIN


def test_two_characters_need_a_title_beside_them() -> None:
    assert certainty("陈菊") is Certainty.POSSIBLE


def test_names_that_jieba_splits() -> None:
    assert certainty_of_two("蔡", "英文") is Certainty.CERTAIN
    assert certainty_of_two("柯文", "哲") is Certainty.POSSIBLE
    assert certainty_of_two("谢谢", "陈") is Certainty.NONE
    assert certainty_of_two("郑", "大哥") is Certainty.NONE
    assert certainty_of_two("高", "很多") is Certainty.NONE


def test_likelihood_tells_given_names_from_other_text() -> None:
    assert given_name_likelihood("玉玲") > 4 > -4 > given_name_likelihood("速要")
    assert given_name_likelihood("婷") > given_name_likelihood("有")
    assert may_end_given_name("华")
    assert not may_end_given_name("过")


def test_the_form_of_a_name() -> None:
    assert all(map(has_form_of_name, ("唐凤", "欧阳娜", "欧阳娜娜", "郑志昊")))
    assert not any(map(has_form_of_name, ("文化部", "高峰会议", "方案", "主持人", "a", "")))
