"""What is known of a transcript besides its lines: what its format says, and what a person says, who is right."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import Guest, Interview, Metadata
from indexer.parser import dates
from indexer.readers.script import Script


@dataclass(frozen=True, slots=True)
class Known:
    """The `meta` and the `given` of a script, by key."""

    format: Metadata
    person: Metadata

    @classmethod
    def of(cls, script: Script) -> "Known":
        """Return what is known of a script."""
        return cls(script.meta, script.given)

    def said(self, key: str) -> str:
        """Return what a person says, "" where nobody does; of several values the first."""
        return next((value for name, value in self.person if name == key), "")

    def meta(self, key: str) -> str:
        """Return what the format says, "" where it does not."""
        return next((value for name, value in self.format if name == key), "")

    def all(self, key: str) -> tuple[str, ...]:
        """Return all values of a key: a person's, or else the format's."""
        return tuple(v for k, v in self.person if k == key) or tuple(v for k, v in self.format if k == key)

    def date(self) -> datetime.date | None:
        """Return the date a person or the format gives."""
        return dates.find(self.said("date")) or dates.find(self.meta("date"))

    def guests(self) -> tuple[Guest, ...]:
        """Return the guests a person or the format gives: name, tab, affiliation."""
        return tuple(self._guests())

    def _guests(self) -> Iterator[Guest]:
        for value in self.all("guest"):
            name, _, office = value.partition("\t")
            yield Guest(name, office)


def override(interview: Interview, given: Metadata) -> Interview:
    """Return an interview that was not parsed, with what a person says of it."""
    known = Known((), given)
    return replace(
        interview,
        title=known.said("title") or interview.title,
        date=known.date() or interview.date,
        outlet=known.said("outlet") or interview.outlet,
        authors=known.all("author") or interview.authors,
        guests=known.guests() or interview.guests,
        url=known.said("url") or interview.url,
        language=known.said("language") or interview.language,
    )
