"""Several turns of an interview that stand together."""

from dataclasses import dataclass

from search_cli.models import SpokenTurn


@dataclass(frozen=True, slots=True)
class TurnRange:
    """The turns `first` to `last` of an interview, with those of the context around them, in reading order.

    `last` is the last turn that there is: at most `interview_turns`, the number of turns of the interview, whatever was
    asked for (`asked`).
    """

    interview_id: str
    first: int
    last: int
    asked: int
    interview_turns: int
    turns: tuple[SpokenTurn, ...]

    @property
    def address(self) -> str:
        """Return the address: qzone-xiaomi#3-5, of one turn qzone-xiaomi#3."""
        return f"{self.interview_id}#{self.first}" + (f"-{self.last}" if self.last > self.first else "")
