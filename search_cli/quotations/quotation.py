"""The records of a check: a quotation, and the result of checking it against the archive."""

from dataclasses import dataclass, field
from enum import StrEnum

from search_cli.models import Span, SpokenTurn


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation without its marks. `line` is its line (paragraph) in the article, 0 if it was typed.

    `before` and `after` are the text around it, up to the next quotation: they attribute it to a speaker.
    """

    text: str
    line: int = 0
    before: str = ""
    after: str = ""


class Verdict(StrEnum):
    """The result of checking a quotation; the values are those of `--json`."""

    VERBATIM = "verbatim"
    """A turn has these words, apart from punctuation and script; omissions only where …… marks them."""
    ACROSS = "across"
    """It runs from one turn into another."""
    SPLICED = "spliced"
    """Its parts are in the archive, but not in this order in one turn."""
    NEAR = "near"
    """A turn has it with few changes."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QuotationMatch:
    """A turn with a quotation, and the spans of its text."""

    turn: SpokenTurn
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Return the printed text, with …… between its parts."""
        return "……".join(self.turn.text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class TextChange:
    """A change from the quotation to the turn: `kept`, `dropped` (only quoted) or `added` (only said)."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotationCheck:
    """A quotation checked against the archive.

    `places` are the first few turns with it (one for NEAR, the nearest or none for ABSENT); `turns` counts all of them,
    at least those if there are too many to read (`more`). `likeness` is 0 to 1. `punctuation`: the turn has other
    punctuation. `insertions` are the editor's brackets. `attributed_to` are the people whom the article names, as
    printed, `said_by` their names in the archive, `unknown_speakers` those whom it does not know; `misattributed`: it
    was none of them. `search` are words to search for.
    """

    quotation: Quotation
    kind: Verdict
    places: tuple[QuotationMatch, ...] = ()
    turns: int = 0
    more: bool = False
    likeness: float = 0.0
    punctuation: bool = False
    insertions: tuple[str, ...] = ()
    changes: tuple[TextChange, ...] = ()
    attributed_to: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    unknown_speakers: tuple[str, ...] = ()
    misattributed: bool = False
    search: tuple[str, ...] = field(default=())

    @property
    def good(self) -> bool:
        """Tell whether it may be printed as it is."""
        return self.kind is Verdict.VERBATIM and not self.misattributed
