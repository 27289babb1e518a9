"""Hold back the interviews of a run until topics are learned from them, so that each is written once, with its topics.

An archive without topics gets them from its first run. To write them afterwards, every turn would have to be indexed
twice: 46,000 turns took Elasticsearch as long again as the first time. So the plans of the run are kept in a temporary
file, with the analyses and the stretches of their turns, and carried out once the topics are known. Nothing is written
until then: a run that is stopped or killed before is begun anew by the next one.

The names of speakers are settled at the same time: of the forms that transcripts print of one name, that of most turns
(`enrich.name_forms`). So new indices are always filled this way, without analyses where topics are known, or enough was
read to learn them. Written under other names first, of 118 interviews a fifth of the turns and nearly half of the
passages were indexed twice, which took Elasticsearch two fifths of its time. Those of which a better transcript came
later are duplicates from the beginning: of 472 interviews 48 were written in vain, and counted where names were
settled.
"""

import pickle
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import cast

from indexer.enrich.conversation import Conversation
from indexer.enrich.enrich import Knowledge, attribute, with_own_labels
from indexer.enrich.name_forms import NameForms
from indexer.enrich.topics import beginnings
from indexer.errors import LoadingError
from indexer.indexing.fingerprint import fingerprint
from indexer.indexing.packed_load import PackedLoad
from indexer.indexing.plan import Load, LoadDuplicate, Plan
from indexer.indexing.prepare import LONG, Analyses, length
from indexer.indexing.tally import Tally
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason
from indexer.model import Interview
from indexer.report import Event
from indexer.store.duplicates import Ranking, find_duplicates
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.lock import Heartbeat
from indexer.store.mapping import Names
from indexer.store.rebuild import Target

MOST_ANALYZED = 256 * 2**20
"""Bytes that are held with analyses, some 140,000 turns; of a larger archive, topics are learned from these."""

MOST = 4 * 2**30
"""Bytes that are held in all, some five million turns; the names of speakers are settled by these, those of the rest at
the end of the run."""


@dataclass(frozen=True, slots=True)
class SpokenInterview:
    """What topics are learned from: an interview that is read when it is needed, and who speaks in it."""

    interview_id: str
    speakers: frozenset[str]
    read: Callable[[], Conversation]


@dataclass(frozen=True, slots=True)
class FoundTopics:
    """The knowledge with topics that were learned, and how many turns each was learned from, the largest first."""

    knowledge: Knowledge
    sizes: tuple[tuple[str, int], ...]


FindTopics = Callable[[Names, Iterable[SpokenInterview], Heartbeat], FoundTopics | None]
"""Learns the topics of what is in the indices and of further interviews, and updates those indices; None for too few.

Called with a heartbeat; the interviews are in the order of their ids.
"""


class Spool:
    """Plans in a temporary file, in their order; `records` are of the interviews to load."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._printed: dict[str, Counter[str]] = {}
        self._file = tempfile.TemporaryFile(prefix="fangtan-")  # noqa: SIM115 - closed by `__exit__`
        self._plans: list[int] = []
        self._spoken: dict[str, SpokenInterview] = {}
        self.records: dict[str, IndexedInterview] = {}

    @property
    def size(self) -> int:
        """Return the bytes that are held."""
        return self._file.tell()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, plan: Plan, *, analyzing: bool) -> None:
        """Add a plan, one to load with the analyses of its turns if `analyzing`."""
        if not isinstance(plan, Load):
            self._plans.append(self._put(plan))
            return
        interview = plan.interview
        self.records[interview.id] = IndexedInterview.of(interview, plan.origin, passages=0)
        self._printed[interview.id] = Counter(turn.speaker for turn in interview.turns if turn.speaker)
        self._plans.append(self._put(PackedLoad.of(self._analyzed(plan) if analyzing else plan)))

    def plans(self) -> Iterator[Plan]:
        """Yield the plans."""
        for place in self._plans:
            plan = self._get(place)
            yield plan.load() if isinstance(plan, PackedLoad) else cast(Plan, plan)

    def spoken(self, primary_of: Mapping[str, str]) -> Iterator[SpokenInterview]:
        """Yield what topics are learned from, in the order of ids: the interviews to load that are not duplicates."""
        return (one for id_, one in sorted(self._spoken.items()) if id_ not in primary_of)

    def printed(self, primary_of: Mapping[str, str]) -> Counter[str]:
        """Return the number of turns of each name, in the interviews to load that are not duplicates."""
        total = Counter[str]()
        for id_, counts in self._printed.items():
            if id_ not in primary_of:
                total.update(counts)
        return total

    def _analyzed(self, load: Load) -> Load:
        """Return a plan with stretches and analyses, these unless they are large; add what topics are learned from."""
        known = self._knowledge.speakers
        interview = with_own_labels(attribute(load.interview, known), known)
        texts = tuple(turn.text for turn in interview.turns)
        analyses = load.analyses or Analyses(texts, self._knowledge.analyzer)
        kept = tuple(analyses) if length(load) <= LONG else ()
        words = [one.words for one in kept or analyses]
        conversation = Conversation.of(words, beginnings(turn.exchange for turn in interview.turns))
        speakers = frozenset(turn.speaker for turn in interview.turns)
        self._spoken[interview.id] = SpokenInterview(interview.id, speakers, self._reader(conversation))
        return replace(load, stretches=conversation.stretches, analyses=kept)

    def _reader(self, conversation: Conversation) -> Callable[[], Conversation]:
        """Put a conversation into the file, and return the function that reads it."""
        place = self._put(conversation)
        return lambda: cast(Conversation, self._get(place))

    def _put(self, value: object) -> int:
        place = self._file.tell()
        try:
            pickle.dump(value, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise LoadingError(
                _("The interviews cannot be kept in {folder}: {reason}.").format(
                    folder=tempfile.gettempdir(), reason=system_reason(error)
                ),
                _("Make room there, or set TMPDIR to a folder that has room."),
            ) from error
        return place

    def _get(self, place: int) -> object:
        self._file.seek(place)
        return pickle.load(self._file)  # noqa: S301 - our own file, which has no name


Analyze = Callable[[Iterator[Plan | Event]], Iterator[Plan | Event]]
"""Adds the analyses of their turns to the plans of interviews to load."""


def hold(
    events: Iterator[Plan | Event],
    knowledge: Knowledge,
    tally: Tally,
    on_progress: Callable[[], None],
    analyze: Analyze | None = None,
) -> Spool:
    """Take events until they end or the spool is full: plans are kept, the rest is counted.

    The first plans are kept with analyses, if there is `analyze`.
    """
    spool = Spool(knowledge)

    def take(some: Iterator[Plan | Event], *, analyzing: bool) -> None:
        for event in some:
            if isinstance(event, Event):
                tally.add(event)
                on_progress()
            else:
                spool.add(event, analyzing=analyzing)

    if analyze is not None:
        take(analyze(_until(events, lambda: spool.size > MOST_ANALYZED)), analyzing=True)
    take(_until(events, lambda: spool.size > MOST), analyzing=False)
    return spool


def _until(events: Iterator[Plan | Event], is_enough: Callable[[], bool]) -> Iterator[Plan | Event]:
    """Yield events until they end or are enough; the others are left."""
    while not is_enough():
        try:
            yield next(events)
        except StopIteration:
            return


def held_duplicates(spool: Spool, target: Target, preferred: Sequence[str], keep_duplicates: bool) -> Mapping[str, str]:
    """Return the primary of each interview to load of which a better transcript is held, or indexed, too."""
    if keep_duplicates or not spool.records:
        return {}
    known = {**target.manifest.interviews, **spool.records}
    found = find_duplicates(known.values(), Ranking(target.before.primaries, preferred))
    return {id_: primary for id_, primary in found.items() if id_ in spool.records}


def released(
    spool: Spool,
    events: Iterable[Plan | Event],
    knowledge: Knowledge,
    primary_of: Mapping[str, str],
    has_to_stop: Callable[[], bool],
) -> Iterator[Plan | Event]:
    """Yield the plans that were held, then the further events, all for documents of another knowledge.

    Of the interviews that were to be loaded, those in `primary_of` are duplicates.
    """
    made_from, forms = fingerprint(knowledge), NameForms(spool.printed(primary_of), knowledge.speakers)
    for event in chain(spool.plans(), events):
        if has_to_stop():
            return
        match event:
            case Load(interview, origin) if primary := primary_of.get(interview.id):
                yield LoadDuplicate(interview, replace(origin, fingerprint=made_from), primary)
            case Load(interview, origin):
                names = forms.of(_names(interview))
                yield replace(event, origin=replace(origin, fingerprint=made_from), names=names)
            case LoadDuplicate(_, origin):
                yield replace(event, origin=replace(origin, fingerprint=made_from))
            case _:
                yield event


def _names(interview: Interview) -> set[str]:
    """Return the names that speakers of an interview may get from its transcript."""
    people = (*(guest.name for guest in interview.guests), *interview.authors, interview.outlet)
    return {*people, *(turn.speaker for turn in interview.turns)}
