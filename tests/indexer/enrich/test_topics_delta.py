"""What a text must have to be labelled otherwise by another topics.toml."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.enrich.topics import Topics
from indexer.enrich.topics_delta import TopicsDelta, delta
from indexer.model import Interview, Role, Turn
from indexer.settings import sample_data
from indexer.text import analysis
from indexer.text.normalize import normalize
from indexer.text.toml_statements import EntryChange, with_changes

ANALYZER = analysis.load(sample_data() / "words.txt")
WORDS = ["水稻", "收割", "渡船", "船票", "灯笼", "猜谜"]
FILES = st.dictionaries(
    st.sampled_from(["甲", "乙", "丙"]),
    st.dictionaries(st.sampled_from(WORDS), st.sampled_from([0.7, 1.0, 2.0]), min_size=1),
    max_size=3,
)


def made(topics: dict[str, dict[str, float]], *, learned: bool = True) -> Topics:
    """A file of these topics, all of them learned or none."""
    flag = {"learned": True} if learned else {}
    entries = [EntryChange("", name, {**flag, "weights": words}) for name, words in topics.items()]
    unused = [EntryChange("", "空", {"learned": True, "terms": ["空空如也"]})] if learned else []
    return Topics.parse(Path("topics.toml"), with_changes("", [*unused, *entries]).encode())


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"农业": {"水稻": 2.0}}, {"乡村": {"水稻": 2.0}}, TopicsDelta(frozenset({"农业"}))),
        ({"农业": {"水稻": 2.0}}, {}, TopicsDelta(frozenset({"农业"}))),
        (
            {"农业": {"水稻": 2.0}},
            {"农业": {"水稻": 2.0, "收割": 1.0}},
            TopicsDelta(frozenset({"农业"}), frozenset({"收割"})),
        ),
        ({}, {"农业": {"水稻": 2.0}}, TopicsDelta(frozenset(), frozenset({"水稻"}))),
    ],
)
def test_only_what_gains_a_term_is_looked_for(
    before: dict[str, dict[str, float]], after: dict[str, dict[str, float]], expected: TopicsDelta
) -> None:
    assert delta(made(before), made(after)) == expected
    assert delta(made(before), made(after, learned=False)) is None


@given(FILES, FILES, st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=6), st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_other_interview_changes(
    before: dict[str, dict[str, float]], after: dict[str, dict[str, float]], said: list[list[str]], learned: bool
) -> None:
    old, new = made(before, learned=learned), made(after, learned=learned)
    turns = tuple(
        Turn(number, "", Role.OTHER, "，".join(words), exchange=number) for number, words in enumerate(said, 1)
    )
    analyses = [ANALYZER.analyze(turn.text) for turn in turns]
    then, now = (topics.annotate(Interview(turns), analyses, frozenset()) for topics in (old, new))
    found = delta(old, new)
    assert found is not None
    has_topic = any(found.topics.intersection(turn.topics) for turn in then.turns)
    has_term = any(term in normalize(turn.text).text for turn in turns for term in found.terms)
    assert has_topic or has_term or then == now
