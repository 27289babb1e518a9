"""The text of an interview as one plain text, and where in it each turn stands."""

from collections.abc import Iterable
from dataclasses import dataclass

from search_cli.export.clean_text import clean, clean_lines
from search_cli.models import SpokenTurn


@dataclass(frozen=True, slots=True)
class TurnPlace:
    """A turn, and its first and past the last character in the text, without its label."""

    turn: SpokenTurn
    start: int
    end: int


def transcript_text(turns: Iterable[SpokenTurn]) -> tuple[str, list[TurnPlace]]:
    r"""Return the text of turns, in paragraphs as 郑志昊：…, with the place of each; lines end with \n."""
    pieces: list[str] = []
    places: list[TurnPlace] = []
    position = 0
    for turn in turns:
        label = f"{clean(turn.name)}：" if turn.name else ""
        said = "\n".join(clean_lines(turn.text))
        notes = "".join(f"\n{clean(note)}" for note in turn.notes)
        start = position + len(label)
        places.append(TurnPlace(turn, start, start + len(said)))
        pieces.append(f"{label}{said}{notes}\n\n")
        position += len(pieces[-1])
    return "".join(pieces), places
