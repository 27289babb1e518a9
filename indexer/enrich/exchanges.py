"""Group turns into exchanges: a question and its answers, up to the next question."""

from collections.abc import Iterator, Sequence

from indexer.model import Role, Turn

_QUESTIONERS = frozenset({Role.INTERVIEWER, Role.HOST})


ExchangePosition = tuple[int, int | None]
"""The exchange of a turn, and the turn with the question that it answers."""


def assign(turns: Sequence[Turn], roles: Sequence[Role]) -> list[ExchangePosition]:
    """Return the exchange of each turn, and the turn it replies to; if the transcript gives them, keep them.

    A question after an answer begins an exchange, a question after a question continues the exchange.
    """
    if any(turn.exchange or turn.reply_to for turn in turns):
        return [(turn.exchange, turn.reply_to) for turn in turns]
    return list(_detected(turns, roles))


def _detected(turns: Sequence[Turn], roles: Sequence[Role]) -> Iterator[ExchangePosition]:
    exchange, question, answered = 0, None, True
    for turn, role in zip(turns, roles, strict=True):
        if role in _QUESTIONERS:
            exchange, question, answered = exchange + answered, turn.turn, False
            yield exchange, None
        elif role is Role.NARRATION:
            yield exchange, None
        else:
            answered = True
            yield exchange, question
