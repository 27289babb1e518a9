"""Exchanges: a question and the answers to it, until the next question."""

from collections.abc import Iterator, Sequence

from indexer.model import Role, Turn

_ASKS = frozenset({Role.INTERVIEWER, Role.HOST})


Place = tuple[int, int | None]
"""The exchange of a turn, and the turn of the question it answers."""


def places(turns: Sequence[Turn], roles: Sequence[Role]) -> list[Place]:
    """Return for each turn its exchange and what it replies to; turns that came with them keep theirs.

    A question after an answer opens an exchange, one after a question continues its exchange.
    """
    if any(turn.exchange or turn.reply_to for turn in turns):
        return [(turn.exchange, turn.reply_to) for turn in turns]
    return list(_found(turns, roles))


def _found(turns: Sequence[Turn], roles: Sequence[Role]) -> Iterator[Place]:
    exchange, question, answered = 0, None, True
    for turn, role in zip(turns, roles, strict=True):
        if role in _ASKS:
            exchange, question, answered = exchange + answered, turn.turn, False
            yield exchange, None
        elif role is Role.NARRATION:
            yield exchange, None
        else:
            answered = True
            yield exchange, question
