"""Hold back the interviews of a run until topics are learned from them, so that each is written once, with its topics.

An archive without topics gets them from its first run. To write them afterwards, every turn would have to be indexed
twice: 46,000 turns took Elasticsearch as long again as the first time. So the plans of the run are kept in a temporary
file, with the analyses of their turns, and carried out once the topics are known. Nothing is written until then: a run
that is stopped or killed before is begun anew by the next one.
"""

import pickle
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from indexer.enrich.enrich import Knowledge, attribute, with_own_labels
from indexer.errors import LoadingError
from indexer.indexing.fingerprint import fingerprint
from indexer.indexing.plan import Load, LoadDuplicate, Plan
from indexer.indexing.prepare import LONG, length
from indexer.indexing.tally import Tally
from indexer.report import Event
from indexer.store.duplicates import Ranking, find_duplicates
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.mapping import Names
from indexer.store.rebuild import Target

LARGEST = 256 * 2**20
"""Bytes that are held at most, some 140,000 turns; of a larger archive, topics are learned from the first ones."""


@dataclass(frozen=True, slots=True)
class SpokenInterview:
    """What topics are learned from: the words of each turn, joined by spaces, its exchange, and who speaks."""

    interview_id: str
    words: tuple[str, ...]
    exchanges: tuple[int, ...]
    speakers: frozenset[str]


@dataclass(frozen=True, slots=True)
class FoundTopics:
    """The knowledge with topics that were learned, and how many turns each was learned from, the largest first."""

    knowledge: Knowledge
    sizes: tuple[tuple[str, int], ...]


FindTopics = Callable[[Names, Iterable[SpokenInterview], Callable[[], None]], FoundTopics | None]
"""Learns the topics of what is in the indices and of further interviews, and updates those indices; None for too few.

Called with a heartbeat; the interviews are in the order of their ids.
"""


class Spool:
    """Plans in a temporary file, in their order, those to load with the analyses of their turns."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._file = tempfile.TemporaryFile(prefix="fangtan-")  # noqa: SIM115 - closed by `__exit__`
        self._plans: list[int] = []
        self._spoken: dict[str, int] = {}
        self.records: dict[str, IndexedInterview] = {}

    @property
    def is_full(self) -> bool:
        """Tell whether `LARGEST` is reached."""
        return self._file.tell() > LARGEST

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, plan: Plan) -> None:
        """Add a plan."""
        if isinstance(plan, Load):
            plan = self._analyzed(plan)
        self._plans.append(self._put(plan))

    def plans(self) -> Iterator[Plan]:
        """Yield the plans."""
        return (cast(Plan, self._get(place)) for place in self._plans)

    def spoken(self, without: Collection[str]) -> Iterator[SpokenInterview]:
        """Yield the interviews to load in the order of their ids, `without` some."""
        places = (place for id_, place in sorted(self._spoken.items()) if id_ not in without)
        return (cast(SpokenInterview, self._get(place)) for place in places)

    def _analyzed(self, load: Load) -> Load:
        """Return a plan with analyses, unless they are large, and add what topics are learned from."""
        known = self._knowledge.speakers
        interview = with_own_labels(attribute(load.interview, known), known)
        texts = (turn.text for turn in interview.turns)
        analyses = load.analyses or tuple(map(self._knowledge.analyzer.analyze, texts))
        spoken = SpokenInterview(
            interview.id,
            tuple(one.joined_words for one in analyses),
            tuple(turn.exchange for turn in interview.turns),
            frozenset(turn.speaker for turn in interview.turns),
        )
        self._spoken[interview.id] = self._put(spoken)
        self.records[interview.id] = IndexedInterview.of(interview, load.origin, passages=0)
        return replace(load, analyses=analyses) if length(load) <= LONG else load

    def _put(self, value: object) -> int:
        place = self._file.tell()
        try:
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise LoadingError(
                f"The interviews cannot be kept in {tempfile.gettempdir()}: {error.strerror}.",
                "Make room there, or leave the topics to later: fangtan index … --no-topics",
            ) from error
        return place

    def _get(self, place: int) -> object:
        self._file.seek(place)
        return pickle.load(self._file)  # noqa: S301 - our own file, which has no name


def hold(events: Iterator[Plan | Event], knowledge: Knowledge, tally: Tally, on_progress: Callable[[], None]) -> Spool:
    """Take events until they end or the spool is full: plans are kept, the rest is counted."""
    spool = Spool(knowledge)
    for event in events:
        if isinstance(event, Event):
            tally.add(event)
            on_progress()
        else:
            spool.add(event)
        if spool.is_full:
            break
    return spool


def spoken_primaries(
    spool: Spool, target: Target, preferred: Collection[str], keep_duplicates: bool
) -> Iterator[SpokenInterview]:
    """Yield what topics are learned from: the interviews that will not turn out to be duplicates."""
    if keep_duplicates:
        return spool.spoken(())
    known = {**target.manifest.interviews, **spool.records}
    return spool.spoken(find_duplicates(known.values(), Ranking(target.before.primaries, tuple(preferred))))


def released(
    spool: Spool, events: Iterable[Plan | Event], knowledge: Knowledge, has_to_stop: Callable[[], bool]
) -> Iterator[Plan | Event]:
    """Yield the plans that were held, then the further events, all for documents of another knowledge."""
    made_from = fingerprint(knowledge)
    for event in chain(spool.plans(), events):
        if has_to_stop():
            return
        if isinstance(event, Load | LoadDuplicate):
            yield replace(event, origin=replace(event.origin, fingerprint=made_from))
        else:
            yield event
