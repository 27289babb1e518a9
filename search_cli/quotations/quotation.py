"""The records of a check: what is quoted, and what the archive says of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from search_cli.models import Span, SpokenTurn


@dataclass(frozen=True, slots=True)
class Quotation:
    """What is quoted, without its marks. `line` counts the lines (paragraphs) it was read from; 0: it was typed.

    `before` and `after` are what is written around it, up to the next quotation: who is said to have said it stands
    there.
    """

    text: str
    line: int = 0
    before: str = ""
    after: str = ""


class Verdict(StrEnum):
    """What the archive says of a quotation; the values are those of `--json`."""

    VERBATIM = "verbatim"
    """Some turn says exactly this, punctuation and script apart, with nothing left out but where …… says so."""
    ACROSS = "across"
    """It is said, and runs from one turn into another."""
    SPLICED = "spliced"
    """Its parts are said, and not in this order in one turn."""
    NEAR = "near"
    """Some turn says it in other words, few of them."""
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class QuotationMatch:
    """Where it stands: the turn, and the stretches of its text."""

    turn: SpokenTurn
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TextChange:
    """A step from the quotation to what was said: `kept`, `dropped` (only quoted) or `added` (only said)."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What the archive says of a quotation.

    `places` are the turns that say it, the first few (one of NEAR, the nearest or none of ABSENT); `turns` counts them
    all, up to what is looked through, and `more` says that there may be others. `likeness` is 0 to 1. `punctuation`:
    it is set otherwise in print. `insertions` are the editor's brackets that nobody said. `said_by` are the speakers
    the article names; `misattributed` says that it was none of them. `search` are the words to look for it by.
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
    said_by: tuple[str, ...] = ()
    misattributed: bool = False
    search: tuple[str, ...] = field(default=())

    @property
    def good(self) -> bool:
        """Say whether it may be printed as it is."""
        return self.kind is Verdict.VERBATIM and not self.misattributed
