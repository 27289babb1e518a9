"""Learning topics: like stretches of all interviews become one topic, named by its words."""

from itertools import chain, cycle

import pytest

from indexer.topics import learn as learning
from indexer.topics.learn import Conversation, learn
from tests.indexer.enrich.test_stretches import SUBJECTS, talk


def conversations(count: int = 9) -> list[Conversation]:
    """Interviews on two of three subjects each, one after the other."""
    subjects = cycle(SUBJECTS)
    return [Conversation(talk(next(subjects), 12, seed) + talk(next(subjects), 12, seed)) for seed in range(count)]


@pytest.fixture(autouse=True)
def common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a topic's words be in a third of the stretches, as there are three subjects only."""
    monkeypatch.setattr(learning, "COMMON", 0.4)


def test_each_subject_is_a_topic_with_its_words() -> None:
    topics = learn(conversations(), 3)
    assert len(topics) == 3
    for topic in topics:
        of = [subject for subject, words in SUBJECTS.items() if set(topic.weights) <= set(words.split())]
        assert len(of) == 1
        assert set(topic.name.split("、")) <= set(SUBJECTS[of[0]].split())
        assert topic.turns == 6 * 12
    assert [topic.turns for topic in topics] == sorted((topic.turns for topic in topics), reverse=True)


def test_the_same_conversations_give_the_same_topics() -> None:
    assert learn(conversations(), 5) == learn(conversations(), 5)


def test_speakers_are_no_topics() -> None:
    excluded = {"导演", "剧本"}
    topics = learn(conversations(), 3, excluded=excluded)
    assert not excluded & set(chain.from_iterable(topic.weights for topic in topics))
    assert not any(word in topic.name for word in excluded for topic in topics)


def test_too_little_gives_none() -> None:
    assert learn(conversations(3)) == ()
    assert learn([]) == ()
    assert learn([Conversation([["的", "了"]] * 12)] * 20) == ()


def test_no_more_are_compared_than_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learning, "MOST", 15)
    assert sum(topic.turns for topic in learn(conversations(20), 3)) == 15 * 12
