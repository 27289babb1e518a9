"""Who said a text before: the question, or another speaker earlier in the exchange, but no narration."""

from indexer.model import Role
from search_cli.query.parser import Field
from search_cli.query.request import SearchRequest
from search_cli.query.values import Unprompted
from search_cli.search.volunteered import Holder, prompted, prompters


def holder(turn: int, speaker: str, question: int | None = 1, exchange: int = 1, role: Role = Role.OTHER) -> Holder:
    return Holder("a", turn, exchange, "" if question is None else f"a#{question}", speaker, role)


def test_the_question_prompts_every_answer() -> None:
    holders = [holder(1, "问", None, role=Role.INTERVIEWER), holder(2, "甲"), holder(4, "乙")]
    assert list(prompted(holders)) == [("a#2", "a#1"), ("a#4", "a#1")]


def test_another_speaker_of_the_exchange_prompts_who_speaks_later() -> None:
    holders = [holder(2, "甲"), holder(3, "甲"), holder(4, "乙"), holder(5, "甲")]
    assert list(prompted(holders)) == [("a#4", "a#2"), ("a#5", "a#4")]


def test_narration_other_exchanges_and_turns_outside_any_prompt_nobody() -> None:
    narrated = holder(2, "", None, role=Role.NARRATION)
    assert not list(prompted([narrated, holder(3, "甲")]))
    assert not list(prompted([holder(2, "甲"), holder(4, "乙", 3, exchange=2)]))
    assert not list(prompted([holder(2, "甲", None, exchange=0), holder(4, "乙", 3, exchange=0)]))


def test_who_answers_nothing_is_left_alone() -> None:
    assert not list(prompted([holder(2, "甲"), holder(3, "乙", None)]))


def test_a_question_outside_the_exchange_prompts_too() -> None:
    assert list(prompted([holder(1, "问", None, exchange=0), holder(2, "甲", exchange=0)])) == [("a#2", "a#1")]


def test_the_turns_that_said_it_before_are_found_by_address() -> None:
    value = Unprompted("小米", (("a#2", "a#1"), ("a#4", "a#3")))
    request = SearchRequest(filters=(Field("volunteered", (value, "x")),))
    assert prompters(request, "a#4") == ["a#3"]
    assert not prompters(request, "a#3")
