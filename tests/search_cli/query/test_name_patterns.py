"""Patterns of names: what each finds, read as the regular expressions they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalize import normalize
from search_cli.query.name_patterns import LONGEST, pattern, within


def fits(expression: str, name: str) -> bool:
    """Whether the pattern is the whole of a name: `include` is anchored at both ends."""
    return re.fullmatch(expression, name) is not None


def is_named(words: list[str], name: str) -> bool:
    """Whether one of the words is a part of a name, the first or another one."""
    return fits(pattern([], words), name) or fits(within(words), name)


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
    expression = pattern([typed])
    assert fits(expression, name)
    assert fits(expression, typed)
    assert not fits(expression, f"{name}甲")


@pytest.mark.parametrize(
    ("word", "names", "others"),
    [
        ("乔丹", ["乔丹", "喬丹", "迈克尔·乔丹", "迈克尔·喬丹·二世"], ["乔丹尼", "小乔丹"]),
        ("tang", ["Audrey Tang", "TANG", "Tang-Wei"], ["Tanger", "Montang"]),
    ],
)
def test_a_word_that_names_somebody(word: str, names: list[str], others: list[str]) -> None:
    assert all(is_named(["郑志昊", word], name) for name in [*names, "郑志昊"])
    assert not any(is_named(["郑志昊", word], name) for name in others)


def test_what_cannot_be_a_name_is_not_asked_for() -> None:
    assert pattern([], ["米", "6.11", "?", "陆特和汉斯雷顿开创了哪一地区对梵语的学术研究"]) == ""
    assert pattern([]) == within([]) == within(["米"]) == ""


def test_names_and_words_together() -> None:
    expression = pattern(["唐凤", "米"], ["乔丹"])
    assert all(fits(expression, name) for name in ("唐鳳", "米", "乔丹·迈克尔"))
    assert not fits(expression, "小·米")
    assert fits(within(["乔丹"]), "迈克尔·乔丹")
    assert not fits(within(["乔丹"]), "乔丹·迈克尔")


def test_only_as_many_as_elasticsearch_takes() -> None:
    many = [f"名字{chr(0x5000 + n)}" for n in range(300)]
    for expression in (pattern(many), pattern([], many), pattern(many[:100], many), within(many)):
        assert LONGEST - 100 < len(expression) <= LONGEST
        before = "甲·" if expression == within(many) else ""
        assert fits(expression, f"{before}{many[0]}")
        assert not fits(expression, f"{before}{many[-1]}")


@given(st.text(st.characters(codec="utf-8", categories=["Lo", "Ll", "Lu", "Nd", "Po"]), min_size=1, max_size=8))
def test_a_name_in_normal_form_is_found_by_its_own_pattern(name: str) -> None:
    normal = "".join(normalize(name).text.split())
    assert fits(pattern([normal]), normal) or not normal
