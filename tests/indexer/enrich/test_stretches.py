"""Stretches: a conversation is cut where its words change, and nowhere else."""

import random
from math import hypot, log

import pytest

from indexer.enrich import stretches as cutting
from indexer.enrich.numbered_words import NumberedWords
from indexer.enrich.stretches import SHORTEST, WINDOW, cohesion, stretches
from indexer.text.keywords import inverse_frequency

SUBJECTS = {
    "疫苗": "疫苗 接种 医院 病毒 流感 患者 医生 防疫",
    "电影": "电影 导演 剧本 镜头 演员 观众 票房 剪辑",
    "水稻": "水稻 农民 合作社 收割 稻田 灌溉 化肥 粮食",
}


def talk(subject: str, turns: int, seed: int = 0) -> list[list[str]]:
    """Turns of four words of a subject and some that every conversation has."""
    chance = random.Random(f"{subject}{seed}")
    return [[*chance.choices(SUBJECTS[subject].split(), k=4), "我们", "就是", "的"] for _ in range(turns)]


def test_it_is_cut_where_the_subject_changes() -> None:
    words = talk("疫苗", 20) + talk("电影", 15) + talk("水稻", 25)
    assert stretches(NumberedWords.of(words)) == [range(20), range(20, 35), range(35, 60)]


@pytest.mark.parametrize("turns", [0, 1, 2, 2 * SHORTEST - 1])
def test_a_short_conversation_is_one_stretch(turns: int) -> None:
    found = stretches(NumberedWords.of(talk("疫苗", turns // 2) + talk("电影", turns - turns // 2)))
    assert [turn for stretch in found for turn in stretch] == list(range(turns))
    assert len(found) <= 1


def test_a_question_is_not_separated_from_its_answer() -> None:
    words = talk("疫苗", 20) + talk("电影", 20)
    assert stretches(NumberedWords.of(words), {0, 10, 19, 30}) == [range(19), range(19, 40)]
    assert stretches(NumberedWords.of(words), {0, 10, 30}) == [range(20), range(20, 40)]


def test_stretches_have_their_least_length_and_leave_nothing_out() -> None:
    chance = random.Random(1)
    for seed in range(20):
        words = [turn for _ in range(8) for turn in talk(chance.choice(list(SUBJECTS)), chance.randint(1, 30), seed)]
        found = stretches(NumberedWords.of(words))
        assert [turn for stretch in found for turn in stretch] == list(range(len(words)))
        assert len(found) == 1 or min(map(len, found)) >= SHORTEST


def test_a_cohesion_depends_on_its_windows_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    words = [*talk("疫苗", 12), [], [], *talk("电影", 12)]
    together = cohesion(NumberedWords.of(words))
    for place in (3, WINDOW, 12, 20):
        around = words[max(place - WINDOW, 0) : place], words[place : place + WINDOW]
        alone = cohesion(NumberedWords.of([*around[0], *around[1]]))[len(around[0]) - 1]
        assert together[place - 1] == pytest.approx(alone)
    monkeypatch.setattr(cutting, "_BLOCK", 5)
    assert cohesion(NumberedWords.of(words)) == together
    assert cohesion(NumberedWords.of([["的"], ["了"], []])) == [0.0, 0.0]


def test_the_cohesion_is_the_cosine_of_two_windows() -> None:
    one, other = inverse_frequency("疫苗"), inverse_frequency("电影")
    doubled = (1 + log(2)) * one
    assert cohesion(NumberedWords.of([["疫苗", "疫苗"], ["疫苗", "电影"]])) == [
        pytest.approx(doubled * one / (doubled * hypot(one, other)))
    ]


def test_of_places_that_are_as_low_the_lower_valley_is_cut_first(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [0.9] * 60
    values[25:35] = [0.2, 0.2, 0.2, 0.2, 0.1, 0.1, 0.2, 0.2, 0.2, 0.2]
    values[12], values[29], values[30] = 0.1, 0.1, 0.3
    assert list(cutting._cuts(values))[:2] == [30, 13]
