"""Group turns into exchanges: a question and its answers, up to the next question or as far as it reaches."""

import re
from collections.abc import Iterator, Sequence

from indexer.model import Role, Turn

MOST_TURNS = 10
"""Turns after a question that belong to its exchange. Of 3,199 answers in 420 real interviews and meetings 343 were
farther, up to 81 turns, in eleven discussions that nobody leads."""

_QUESTIONERS = frozenset({Role.INTERVIEWER, Role.HOST})
_ASKS = re.compile(r"[？?][”’」』\"')）】\s]*$")

ExchangePosition = tuple[int, int | None]
"""The exchange of a turn, and the turn with the question that it answers."""


def assign(turns: Sequence[Turn], roles: Sequence[Role]) -> list[ExchangePosition]:
    """Return the exchange of each turn, and the turn it replies to; if the transcript gives them, keep them.

    A question after an answer begins an exchange, a question after a question continues the exchange; after
    `MOST_TURNS` a turn belongs to none (0). Where another than the first to answer asks (他们同意吗？), the talk has
    moved on: nothing from there on replies to the question. Who answers may ask back.
    """
    if any(turn.exchange or turn.reply_to for turn in turns):
        return [(turn.exchange, turn.reply_to) for turn in turns]
    return list(_detected(turns, roles))


def _detected(turns: Sequence[Turn], roles: Sequence[Role]) -> Iterator[ExchangePosition]:
    exchange, question, first, replies = 0, None, None, False
    for turn, role in zip(turns, roles, strict=True):
        if role in _QUESTIONERS:
            exchange += question is None or first is not None
            question, first, replies = turn.turn, None, True
            yield exchange, None
        elif question is None or turn.turn - question > MOST_TURNS:
            question = None
            yield 0, None
        elif role is Role.NARRATION:
            yield exchange, None
        else:
            replies = replies and (first in (None, turn.speaker) or _ASKS.search(turn.text) is None)
            first = turn.speaker if first is None else first
            yield exchange, question if replies else None
