"""Labels of sections from their own words: none for a third of a conversation."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.enrich.distinct_labels import Section, distinct_labels

WORDS = st.lists(st.sampled_from(["茶", "船", "桥", "井", "灯", "伞", "钟", "米"]), max_size=12)
SECTIONS = st.lists(st.tuples(WORDS, st.integers(1, 9)), max_size=12)


def section(words: list[str], turns: int = 1) -> Section:
    ranked = [word for word, _ in Counter(words).most_common()]
    return Section(([word for word in ranked if words.count(word) > 1], ranked), words, turns)


def test_the_subject_of_the_whole_labels_the_sections_that_say_it_most() -> None:
    said = [["公园"] * count + [f"话{count}", f"题{count}"] for count in range(2, 10)]
    labels = distinct_labels([section(words) for words in said], len(said))
    assert [number for number, one in enumerate(labels) if "公园" in one] == [6, 7]
    assert labels[0] == ("话2", "题2")


def test_two_sections_on_one_subject_have_different_labels() -> None:
    assert distinct_labels([section(["公园", "公园"]), section(["公园", "草"])], 2) == [("公园",), ("草",)]


@given(SECTIONS)
@settings(max_examples=60)
def test_no_label_has_a_third_of_the_turns_or_only_one_section(made: list[tuple[list[str], int]]) -> None:
    turns = sum(count for _, count in made)
    labels = distinct_labels([section(*one) for one in made], turns)
    for word in {word for one in labels for word in one}:
        having = [count for one, (_, count) in zip(labels, made, strict=True) if word in one]
        assert len(having) == 1 or 3 * sum(having) < turns
    assert all(set(one) <= set(words) for one, (words, _) in zip(labels, made, strict=True))
