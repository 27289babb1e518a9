"""Exchanges: a question and the answers to it, until the next question."""

from collections.abc import Iterator
from dataclasses import replace

from indexer.model import Role, Turn

_ASKS = frozenset({Role.INTERVIEWER, Role.HOST})


def number(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Return the turns with `exchange` and `reply_to` filled; turns that came with them are left as they are."""
    if any(turn.exchange or turn.reply_to for turn in turns):
        return turns
    return tuple(_numbered(turns))


def _numbered(turns: tuple[Turn, ...]) -> Iterator[Turn]:
    """Yield the turns: a question after an answer opens an exchange, one after a question continues its exchange."""
    exchange, question, answered = 0, None, True
    for turn in turns:
        if turn.role in _ASKS:
            exchange, question, answered = exchange + answered, turn.turn, False
            yield replace(turn, exchange=exchange)
        elif turn.role is Role.NARRATION:
            yield replace(turn, exchange=exchange)
        else:
            answered = True
            yield replace(turn, exchange=exchange, reply_to=question)
