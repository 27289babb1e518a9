"""Plans: what a run is to do with one interview. `interviews`, `files` and `deduplication` make them, `run` acts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.model import Interview
from indexer.store.indexed_interview import SourceInfo
from indexer.text.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Load:
    """Index an interview with all its turns; `duplicates` are the ids of those that duplicate it.

    `analyses` are of its turns, and `stretches` are where it is cut (`enrich.stretches`), if they are known already;
    `names` are the names of its speakers that are printed otherwise in more turns of the archive, each with that form.
    """

    interview: Interview
    origin: SourceInfo
    duplicates: tuple[str, ...] = ()
    analyses: tuple[Analysis, ...] = ()
    stretches: tuple[range, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoadDuplicate:
    """Index an interview without its turns, as it duplicates `primary`."""

    interview: Interview
    origin: SourceInfo
    primary: str


@dataclass(frozen=True, slots=True)
class Move:
    """Update the location of an interview whose turns are indexed."""

    interview_id: str
    origin: SourceInfo


@dataclass(frozen=True, slots=True)
class Remove:
    """Remove an interview."""

    interview_id: str


@dataclass(frozen=True, slots=True)
class Demote:
    """Make an indexed interview a duplicate of `primary`: remove its turns."""

    interview_id: str
    primary: str


@dataclass(frozen=True, slots=True)
class Relink:
    """Name another primary of a duplicate, or other duplicates of a primary."""

    interview_id: str
    primary: str = ""
    duplicates: tuple[str, ...] = ()


Plan = Load | LoadDuplicate | Move | Remove | Demote | Relink
