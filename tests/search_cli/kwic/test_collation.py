"""The order of a Chinese dictionary: signs, digits, letters, Han by syllable, tone and character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_cli.kwic.collation import collation_key, name_collation_key


def ordered(*texts: str) -> list[str]:
    return sorted(texts, key=collation_key)


@pytest.mark.parametrize(
    "right",
    [
        ["妈", "麻", "马", "骂"],  # tones of one syllable
        ["阿", "爱", "安", "巴", "白", "中", "作"],
        ["马", "买"],  # ma before mai
        ["努", "女"],  # ü after u
        ["", "，", "3", "a", "b", "啊"],  # the end of a turn, signs, digits, letters, Han
        ["上", "上海", "上课"],  # the shorter first
        ["合同", "合作", "手机"],
        ["事二", "事一", "市二", "市一", "是一"],  # one character together, whatever else is read the same
    ],
)
def test_the_order_of_a_dictionary(right):
    assert ordered(*reversed(right)) == right


def test_what_has_no_reading_comes_after_all_that_has():
    assert ordered("ア", "做", "한")[0] == "做"


def test_names_by_pinyin_surnames_by_their_own_reading():
    names = ["郑志昊", "单霁翔", "曾国藩", "安华", "解缙", "陈望野", "任正非"]
    assert sorted(names, key=name_collation_key) == ["安华", "陈望野", "任正非", "单霁翔", "解缙", "曾国藩", "郑志昊"]


def test_a_word_that_looks_like_a_surname_alone_is_read_as_a_word():
    assert name_collation_key("单") == collation_key("单")
    assert name_collation_key("单霁翔") != collation_key("单霁翔")


def test_no_name_comes_last():
    assert max(["郑志昊", "", "zz", "ア", "、"], key=name_collation_key) == ""


@given(st.text(max_size=5), st.text(max_size=5))
def test_keys_tell_texts_apart_and_keep_beginnings_first(one, other):
    assert (collation_key(one) == collation_key(other)) == (one == other)
    assert collation_key(one) <= collation_key(one + other)


@given(st.lists(st.text(alphabet="妈麻马骂a1，", max_size=4), max_size=6))
def test_the_first_character_that_differs_decides(texts):
    places = {character: place for place, character in enumerate(ordered(*"妈麻马骂a1，"))}
    assert ordered(*texts) == sorted(texts, key=lambda text: [places[character] for character in text])
