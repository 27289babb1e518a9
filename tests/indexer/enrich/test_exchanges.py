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


def test_exchanges_that_came_with_the_turns_stay() -> None:
    given_turns = (Turn(1, "甲", Role.INTERVIEWER, "话", exchange=4), Turn(2, "乙", Role.INTERVIEWEE, "话"))
    assert exchanges.assign(given_turns, [turn.role for turn in given_turns]) == [(4, None), (0, None)]


@given(st.text(alphabet="qhaon", max_size=30))
def test_every_answer_replies_to_an_earlier_question_of_its_exchange(roles: str) -> None:
    found = numbered(roles)
    assert [exchange for exchange, _ in found] == sorted(exchange for exchange, _ in found)
    for number, (exchange, reply_to) in enumerate(found, start=1):
        role = roles[number - 1]
        assert (reply_to is None) == (role in "qhn" or exchange == 0)
        if reply_to is not None:
            assert reply_to < number
            assert found[reply_to - 1][0] == exchange
            assert roles[reply_to - 1] in "qh"
