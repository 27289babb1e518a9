"""Kinds of characters, held to what is indexed: a run is one term of `bigrams`, Han makes pairs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalize import normalize
from indexer.text.tokens import bigrams
from search_cli.query.characters import edges, is_han, is_run


@pytest.mark.parametrize("text", ["小米", "米", "二〇二〇", "人々", "かな", "한글"])
def test_han(text: str) -> None:
    assert is_han(text)
    assert not is_run(text)


@pytest.mark.parametrize("text", ["qq", "a", "6.11", "2020", "1.2.3", "é", "привет"])
def test_runs(text: str) -> None:
    assert is_run(text)
    assert not is_han(text)


@pytest.mark.parametrize("text", ["", "qq空间", "iphone6", "c++", "6.", "a_b", "?", "小米,"])
def test_neither(text: str) -> None:
    assert not is_run(text)
    assert not is_han(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("6.11亿", ["6.11"]),
        ("qq空间", ["qq"]),
        ("c++", ["c"]),
        ("iphone6s", ["iphone", "s"]),
        ("t恤t", ["t"]),
        ("小米", []),
        ("小a米", []),
        ("18-35岁", ["18"]),
    ],
)
def test_edges(text: str, found: list[str]) -> None:
    assert edges(text) == found


@given(st.text(st.sampled_from("小米かaéQ１６.+- 々"), max_size=8))
def test_a_run_and_an_edge_are_terms_wherever_they_stand_by_themselves(text: str) -> None:
    normal = normalize(text).text
    if is_run(normal):
        assert bigrams(f"，{normal}，") == [normal]
    assert set(edges(normal)) <= set(bigrams(normal))
    if is_han(normal) and len(normal) > 1:
        assert len(bigrams(normal)) == len(normal) - 1
