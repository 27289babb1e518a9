"""The tool that reads turns by their address: a turn in its exchange, several turns, or an interview."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from indexer.errors import UsageError
from search_cli.assistant import tool_answers
from search_cli.assistant.tool_answers import Cuts
from search_cli.assistant.tool_arguments import Kind, Parameter
from search_cli.rendering.terminal.humanize import count
from search_cli.search.addresses import split_address

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.models import SpokenTurn

MAX_TURNS = 40
"""Turns of one answer, of 600 characters each where all are long."""

PARAMETERS = (
    Parameter(
        "address", "An address as hits have it: interview#turn, interview#3-7, or an interview alone.", required=True
    ),
    Parameter("context", "Turns before and after, in place of the exchange.", Kind.NUMBER, 0, least=0, most=10),
    Parameter("offset", "Character of the one turn to begin at, to read on in a long one.", Kind.NUMBER, 0, most=10**9),
)


def show(archive: "Archive", given: Mapping[str, Any]) -> dict[str, Any]:
    """Return turns by their address; raise `NotFoundError` with the nearest interviews, or the last turn."""
    address, context, offset = given["address"].replace("＃", "#").strip(), given["context"], given["offset"]
    if "#" not in address:
        return _range(archive, address, 1, None, context)
    prefix, first, last = split_address(address)
    if offset:
        return _part(archive, f"{prefix}#{first}", offset)
    if last is not None or context:
        return _range(archive, prefix, first, first if last is None else last, context)
    turn, exchange = archive.turn_with_exchange(address)
    cuts = Cuts()
    if len(exchange) > MAX_TURNS:
        span = f"{turn.interview_id}#{exchange[0].turn}-{exchange[-1].turn}"
        cuts.add(f"The exchange has {len(exchange):,} turns, {span}: show with parts of this address reads the others.")
    return _shown(_around(exchange, turn.turn), cuts, chosen=turn.address)


def _range(archive: "Archive", prefix: str, first: int, last: int | None, context: int) -> dict[str, Any]:
    """Return the turns of a range, `MAX_TURNS` at most; up to the end of the interview if `last` is None."""
    end = first + MAX_TURNS - 1 if last is None else min(last, first + MAX_TURNS - 1)
    found = archive.turns(f"{prefix}#{first}-{max(end, first) if last is None else end}", context)
    cuts = Cuts()
    wanted = found.interview_turns if last is None else min(last, found.interview_turns)
    if wanted > found.last:
        following = f"{found.interview_id}#{found.last + 1}-{wanted}"
        cuts.add(f"{count(wanted - found.last, 'more turn')}: show with address {following} reads on.")
    return _shown(found.turns, cuts, turns_of_interview=found.interview_turns)


def _part(archive: "Archive", address: str, offset: int) -> dict[str, Any]:
    """Return a turn from a character on."""
    turn = archive.turn(address)
    if offset >= len(turn.text):
        raise UsageError(f"{turn.address} has {len(turn.text):,} characters.", "Give a smaller offset.")
    return _shown((turn,), Cuts(), offset=offset)


def _around(turns: "Sequence[SpokenTurn]", chosen: int) -> "Sequence[SpokenTurn]":
    """Return at most `MAX_TURNS` turns of an exchange, those around the chosen one."""
    index = next(number for number, one in enumerate(turns) if one.turn == chosen)
    first = max(0, min(index - MAX_TURNS // 2, len(turns) - MAX_TURNS))
    return turns[first : first + MAX_TURNS]


def _shown(turns: "Sequence[SpokenTurn]", cuts: Cuts, offset: int = 0, **more: object) -> dict[str, Any]:
    room = tool_answers.share_of_room(len(turns))
    return tool_answers.answer(
        cuts, turns=[tool_answers.turn_object(one, room, cuts, offset=offset) for one in turns], **more
    )
