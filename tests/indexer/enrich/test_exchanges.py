"""Exchanges: questions and their answers."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.enrich import exchanges
from indexer.model import Role, Turn

ROLES = {"q": Role.INTERVIEWER, "h": Role.HOST, "a": Role.INTERVIEWEE, "o": Role.OTHER, "n": Role.NARRATION}


def turns(roles: str) -> tuple[Turn, ...]:
    return tuple(Turn(n, role, ROLES[role], "话") for n, role in enumerate(roles, start=1))


def numbered(roles: str) -> list[tuple[int, int | None]]:
    return exchanges.assign(turns(roles), [ROLES[role] for role in roles])


def test_a_question_and_the_answers_until_the_next_question() -> None:
    assert numbered("nqaqaa") == [(0, None), (1, None), (1, 2), (2, None), (2, 4), (2, 4)]


def test_questions_one_after_another_are_one_exchange_answered_at_its_last() -> None:
    assert numbered("hqaa") == [(1, None), (1, None), (1, 2), (1, 2)]


def test_a_turn_before_the_first_question_replies_to_none() -> None:
    assert numbered("aoq") == [(0, None), (0, None), (1, None)]


def test_a_meeting_without_questions_has_no_exchanges() -> None:
    assert numbered("ooo") == [(0, None)] * 3


def test_narration_belongs_to_its_exchange_and_answers_nothing() -> None:
    assert numbered("qanq") == [(1, None), (1, 1), (1, None), (2, None)]


def test_an_exchange_ends_after_ten_turns() -> None:
    assert numbered("q" + "ao" * 8 + "n" + "qa") == [
        (1, None),
        *[(1, 1)] * 10,
        *[(0, None)] * 7,
        *[(2, None), (2, 19)],
    ]


def test_nothing_replies_after_the_question_of_another_who_answers() -> None:
    def answered(*texts: str) -> list[int | None]:
        said = [Turn(n, text[0], ROLES[text[0]], text) for n, text in enumerate(texts, start=1)]
        return [reply_to for _, reply_to in exchanges.assign(said, [turn.role for turn in said])]

    assert answered("q吗？", "a是。", "o为什么呢？", "a因为。", "o好。", "h谁？", "o我。") == [
        *(None, 1, None, None, None),
        *(None, 6),
    ]
    assert answered("q吗？", "a是。要补充吗？", "o不用。", "a好。") == [None, 1, 1, 1], "who answers first may ask back"


def test_exchanges_that_came_with_the_turns_stay() -> None:
    given_turns = (Turn(1, "甲", Role.INTERVIEWER, "话", exchange=4), Turn(2, "乙", Role.INTERVIEWEE, "话"))
    assert exchanges.assign(given_turns, [turn.role for turn in given_turns]) == [(4, None), (0, None)]


@given(st.text(alphabet="qhaon", max_size=30))
def test_every_answer_replies_to_an_earlier_question_of_its_exchange(roles: str) -> None:
    found = numbered(roles)
    numbers = [exchange for exchange, _ in found if exchange]
    assert numbers == sorted(numbers)
    for number, (exchange, reply_to) in enumerate(found, start=1):
        role = roles[number - 1]
        assert (reply_to is None) == (role in "qhn" or exchange == 0)
        if reply_to is not None:
            assert 0 < number - reply_to <= exchanges.MOST_TURNS
            assert found[reply_to - 1][0] == exchange
            assert roles[reply_to - 1] in "qh"
