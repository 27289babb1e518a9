"""Hits as lines of text: addresses (`--ids`) and TREC runs (`--queries`)."""

import unicodedata
from collections.abc import Iterable, Iterator

from indexer.text.printable import UNSAFE, plain
from search_cli.models import Ranked, SpokenTurn


def address_line(turn: SpokenTurn) -> str:
    """Return the line of a turn in `--ids`."""
    return f"{plain(turn.address)}\n"


def trec_lines(query_id: str, ranked: Iterable[Ranked]) -> Iterator[str]:
    """Yield the lines of a TREC run: `qid Q0 interview_id#turn rank score fangtan`.

    White space in an id would shift the columns: a space is written as %20.
    """
    for hit in ranked:
        yield f"{_quoted(query_id)} Q0 {_quoted(hit.address)} {hit.rank} {hit.score:.6f} fangtan\n"


def _quoted(text: str) -> str:
    """Percent-encode white space and control characters."""
    return "".join(
        f"%{ord(character):02X}" if character.isspace() or unicodedata.category(character) in UNSAFE else character
        for character in text
    )
