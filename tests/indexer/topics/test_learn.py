"""Learning topics: like stretches of all interviews become one topic, named by its words."""

import json
import os
import random
import subprocess
import sys
from itertools import chain, cycle

import pytest

from indexer.enrich.conversation import Conversation
from indexer.topics import learn as learning
from indexer.topics.learn import learn
from tests.indexer.enrich.test_stretches import SUBJECTS, talk


def conversations(count: int = 9) -> list[Conversation]:
    """Interviews on two of three subjects each, one after the other."""
    subjects = cycle(SUBJECTS)
    return [Conversation.of(talk(next(subjects), 12, seed) + talk(next(subjects), 12, seed)) for seed in range(count)]


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
    assert learn([Conversation.of([["的", "了"]] * 12)] * 20) == ()


def test_of_more_than_are_compared_the_others_join_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    together = {topic.name: topic for topic in learn(conversations(20), 3)}
    assert sum(topic.turns for topic in together.values()) == 20 * 24
    monkeypatch.setattr(learning, "MOST", 15)
    assert {topic.name: topic for topic in learn(conversations(20), 3)} == together


COMMON_ENGLISH = ["because", "people", "think", "very", "like", "also", "really", "about", "something", "going"]


def english(seed: int) -> Conversation:
    """An interview in English: a subject of its own among words that all of them have."""
    chance = random.Random(seed)
    subject = [f"{stem}{seed % 3}" for stem in ("harvest", "field", "seed", "mill")]
    return Conversation.of([[*chance.choices(COMMON_ENGLISH, k=6), *chance.choices(subject, k=2)] for _ in range(24)])


def test_common_words_of_another_language_are_no_topics(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.topics.vocabulary.COMMON_FOREIGN", 0.4)  # there are three subjects only
    topics = learn([*conversations(12), *map(english, range(12))], 6)
    words = set(chain.from_iterable(topic.weights for topic in topics))
    assert not words & set(COMMON_ENGLISH)
    assert "harvest1" in words
    assert not any(word in topic.name.split("、") for topic in topics for word in COMMON_ENGLISH)


def test_a_name_is_what_many_stretches_say() -> None:
    """One interview that repeats a word does not name the topic of ten."""
    often = [["奶茶"] * 8 for _ in range(12)]
    topics = learn([*conversations(30), Conversation.of([*talk("电影", 12, 99), *often])], 3)
    assert not any("奶茶" in topic.name.split("、") for topic in topics[:2])


def test_nothing_but_the_conversations_decides() -> None:
    """Neither the process, nor the order of its sets, nor the number of threads."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PRINT],
            env={**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            stdout=subprocess.PIPE,
        )
        for seed, threads in (("1", "1"), ("2", "4"))
    ]
    one, other = (process.communicate()[0] for process in started)
    assert one == other
    assert len(json.loads(one)) == 3


PRINT = """
import json
from indexer.topics import learn as learning
from tests.indexer.topics.test_learn import conversations, english
learning.COMMON = 0.4
topics = learning.learn([*conversations(20), *map(english, range(9))], 3)
print(json.dumps([[topic.name, topic.weights, topic.turns] for topic in topics]))
"""
