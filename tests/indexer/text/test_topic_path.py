"""Parents of topics: what is indexed of 商业/广告, what a hit shows, and the order of a tree."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.text.topic_path import in_tree_order, leaf, narrowest, parents, with_parents

NAMES = st.lists(st.lists(st.sampled_from("甲乙丙"), min_size=1, max_size=3).map("/".join), unique=True)


@pytest.mark.parametrize(
    ("topic", "above", "last"),
    [
        ("商业/广告/投放", ("商业", "商业/广告"), "投放"),
        ("商业", (), "商业"),
        ("/广告", (), "/广告"),
        ("商业//广告", (), "商业//广告"),
        ("https://a", (), "https://a"),
    ],
)
def test_the_parts_of_a_name(topic: str, above: tuple[str, ...], last: str) -> None:
    assert (parents(topic), leaf(topic)) == (above, last)


@given(NAMES)
@settings(max_examples=50)
def test_parents_are_added_once_and_taken_away_again(topics: list[str]) -> None:
    every = with_parents(topics)
    assert len(every) == len(set(every))
    assert set(every) == {part for topic in topics for part in (topic, *parents(topic))}
    assert set(narrowest(every)) == set(narrowest(topics))
    assert with_parents(every) == every


@given(NAMES)
@settings(max_examples=50)
def test_a_child_follows_its_parent(topics: list[str]) -> None:
    ordered = in_tree_order(topics)
    assert sorted(ordered) == sorted(topics)
    for place, topic in enumerate(ordered):
        above = [one for one in parents(topic) if one in topics]
        if above:
            assert above[-1] in ordered[:place]
            between = ordered[ordered.index(above[-1]) + 1 : place]
            assert all(above[-1] in parents(one) for one in between)
