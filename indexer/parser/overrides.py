"""Metadata from the format and from the user; the user's takes precedence."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import Guest, Interview, Metadata, Role
from indexer.parser import dates
from indexer.readers.script import Script


@dataclass(frozen=True, slots=True)
class TranscriptMetadata:
    """The metadata and the overrides of a script, by key."""

    format_metadata: Metadata
    overrides: Metadata

    @classmethod
    def of_script(cls, script: Script) -> "TranscriptMetadata":
        """Return the metadata of a script."""
        return cls(script.metadata, script.overrides)

    def override_value(self, key: str) -> str:
        """Return the override of a key, "" if there is none; the first of several."""
        return next(iter(_values(self.overrides, key)), "")

    def format_value(self, key: str) -> str:
        """Return the value of a key in the format, "" if there is none; the first of several."""
        return next(iter(_values(self.format_metadata, key)), "")

    def values(self, key: str) -> tuple[str, ...]:
        """Return all values of a key: the overrides, or else the values in the format."""
        return _values(self.overrides, key) or _values(self.format_metadata, key)

    def date(self) -> datetime.date | None:
        """Return the date of the overrides or of the format."""
        return dates.find(self.override_value("date")) or dates.find(self.format_value("date"))

    def roles(self) -> dict[str, Role]:
        """Return the roles that the format gives to labels."""
        return dict.fromkeys(_values(self.format_metadata, "interviewer"), Role.INTERVIEWER)

    def guests(self) -> tuple[Guest, ...]:
        """Return the guests of the overrides or of the format: name, tab, affiliation."""
        return tuple(self._guests())

    def _guests(self) -> Iterator[Guest]:
        for value in self.values("guest"):
            name, _, affiliation = value.partition("\t")
            yield Guest(name, affiliation)


def _values(pairs: Metadata, key: str) -> tuple[str, ...]:
    return tuple(value for name, value in pairs if name == key)


def apply_overrides(interview: Interview, overrides: Metadata) -> Interview:
    """Apply the overrides to an interview that was not parsed."""
    metadata = TranscriptMetadata((), overrides)
    return replace(
        interview,
        title=metadata.override_value("title") or interview.title,
        date=metadata.date() or interview.date,
        outlet=metadata.override_value("outlet") or interview.outlet,
        authors=metadata.values("author") or interview.authors,
        guests=metadata.guests() or interview.guests,
        url=metadata.override_value("url") or interview.url,
        media=metadata.override_value("media") or interview.media,
        language=metadata.override_value("language") or interview.language,
    )
