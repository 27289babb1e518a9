"""Patterns of names: what each finds, read as the regular expressions they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.language.normal import normalise
from search_cli.name_patterns import LONGEST, as_many_as_fit, naming, whole


def fits(pattern: str, name: str) -> bool:
    """Whether the pattern is the whole of a name: `include` is anchored at both ends."""
    return re.fullmatch(pattern, name) is not None


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("唐凤", "唐鳳"),
        ("唐凤", "唐 鳳"),
        ("发后", "發後"),
        ("audreytang", "Audrey Tang"),
        ("搜狐it", "搜狐IT"),
        ("o'neill", "O'Neill"),
        ("a.b*(c)", "A.B*(C)"),
    ],
)
def test_a_name_however_it_is_written(typed: str, name: str) -> None:
    (pattern,) = whole([typed])
    assert fits(pattern, name)
    assert fits(pattern, typed)
    assert not fits(pattern, f"{name}甲")


@pytest.mark.parametrize(
    ("word", "names", "others"),
    [
        ("乔丹", ["乔丹", "喬丹", "迈克尔·乔丹", "迈克尔·喬丹·二世"], ["乔丹尼", "小乔丹"]),
        ("tang", ["Audrey Tang", "TANG", "Tang-Wei"], ["Tanger", "Montang"]),
    ],
)
def test_a_word_that_names_somebody(word: str, names: list[str], others: list[str]) -> None:
    (pattern,) = naming([word])
    assert all(fits(pattern, name) for name in names)
    assert not any(fits(pattern, name) for name in others)


def test_what_cannot_be_a_name_is_not_asked_for() -> None:
    assert naming(["米", "6.11", "?", "陆特和汉斯雷顿开创了哪一地区对梵语的学术研究"]) == []


def test_only_as_many_as_elasticsearch_takes() -> None:
    assert as_many_as_fit([]) == ""
    assert as_many_as_fit(["a", "b"]) == "a|b"
    many = as_many_as_fit(naming([f"名字{chr(0x4E00 + n)}" for n in range(200)]))
    assert LONGEST - 200 < len(many) <= LONGEST
    assert fits(many, "名字一")


@given(st.text(st.characters(codec="utf-8", categories=["Lo", "Ll", "Lu", "Nd", "Po"]), min_size=1, max_size=8))
def test_a_name_in_normal_form_is_found_by_its_own_pattern(name: str) -> None:
    normal = "".join(normalise(name).text.split())
    assert all(fits(pattern, normal) for pattern in whole([normal]))
