"""Give every turn the speaker that speakers.toml and the forms of the archive's names say it has.

An index run ends with it, so that a person has one name however many transcripts spell it otherwise; `fangtan speakers
apply` does it without reading a file. Only documents that change are written. Which interviews may change is told by
the pairs of printed name and speaker that the archive has, so a run that changes nothing reads no turn:

    (唐凤, 唐凤) where the archive mostly prints 唐鳳     its interviews are read, and their turns written
    (唐凤, 唐鳳)                                          as it should be

Who is named for a label or a turn of one interview, and affiliations, do not show in the pairs: the interviews that
speakers.toml names are always read, those with affiliations once the file has changed since it was applied.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from indexer.elastic.error_mapping import map_errors
from indexer.enrich.enrich import load_knowledge
from indexer.enrich.name_forms import NameForms
from indexer.enrich.speakers import Speakers
from indexer.errors import StaleIndexError
from indexer.settings import Settings
from indexer.store import bulk, indices, lock, mapping, speaker_turns
from indexer.store.bulk import InterviewActions
from indexer.store.mapping import Names
from indexer.store.speaker_turns import IndexedSpeaker, SpeakerChanges

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """A speaker's turns that change: their speaker before and after; only the affiliation if these are the same."""

    before: str
    after: str
    turns: int
    interviews: int


@dataclass(frozen=True, slots=True)
class SpeakerDiff:
    """The turns that change, out of `of_turns` with a speaker, in so many interviews; `changes`, most turns first."""

    turns: int
    of_turns: int
    interviews: int
    changes: tuple[SpeakerChange, ...]


def find_relabel(client: "Elasticsearch", settings: Settings) -> "Relabel | None":
    """Return the update of the archive of `settings`, None if nothing is indexed.

    Raises `StaleIndexError` if its turns do not say what their transcripts print: it is of an earlier version.
    """
    known = load_knowledge(settings).speakers
    live = indices.live(indices.found(client, settings))
    if live is None:
        return None
    if live.meta.get("schema") != mapping.VERSION:
        raise StaleIndexError("This archive is of another version of fangtan.", "fangtan index --rebuild")
    return Relabel(client, live.names, known)


def apply(client: "Elasticsearch", settings: Settings) -> SpeakerDiff | None:
    """Give the turns of the archive the speakers of speakers.toml; None if nothing is indexed."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        relabel = find_relabel(client, settings)
        return relabel.carry_out(heartbeat) if relabel is not None else None


@dataclass(frozen=True)
class Relabel:
    """The update of an archive to the speakers of speakers.toml; `diff` and `carry_out` return what it changes."""

    client: "Elasticsearch"
    names: Names
    known: Speakers

    def diff(self) -> SpeakerDiff:
        """Return what would be written, without writing it."""
        self.client.indices.refresh(index=",".join(self.names.each))
        return self._counted(tuple(self._changes()))

    def carry_out(self, heartbeat: Callable[[], None] = lambda: None) -> SpeakerDiff:
        """Write the turns that change, and return what was written."""
        self.client.indices.refresh(index=",".join(self.names.each))
        written: list[SpeakerChanges] = []
        for _ in bulk.load(self.client, self._actions(written)):
            heartbeat()
        if self.is_pending:
            for name in self.names.each:
                self.client.indices.put_mapping(index=name, meta={**self._meta, "speakers": self.known.fingerprint})
        if written:
            self.client.indices.refresh(index=",".join(self.names.each))
        return self._counted(tuple(written))

    @property
    def is_pending(self) -> bool:
        """Tell whether speakers.toml has changed since it was applied."""
        return self._meta.get("speakers") != self.known.fingerprint

    @cached_property
    def _meta(self) -> dict[str, object]:
        indices = self.client.indices.get_mapping(index=self.names.turns).body
        return dict(next(iter(indices.values()))["mappings"].get("_meta", {}))

    @cached_property
    def _pairs(self) -> dict[speaker_turns.NamePair, int]:
        return speaker_turns.count_names(self.client, self.names)

    @cached_property
    def _forms(self) -> NameForms:
        printed: Counter[str] = Counter()
        for (name, _), turns in self._pairs.items():
            printed[name] += turns
        return NameForms(printed, self.known)

    def _changes(self) -> Iterator[SpeakerChanges]:
        yield from speaker_turns.changes(self.client, self.names, self._interviews(), self._speaker_of)

    def _actions(self, written: list[SpeakerChanges]) -> Iterator[InterviewActions]:
        """Yield the actions of all changes, and keep them in `written`."""
        for one in self._changes():
            written.append(SpeakerChanges(InterviewActions(one.actions.interview_id, (), None), one.turns))
            yield one.actions

    def _interviews(self) -> set[str]:
        """Return the interviews whose turns may change."""
        wrong = [pair for pair in self._pairs if self._is_wrong(*pair)]
        ids = speaker_turns.find_interviews(self.client, self.names, wrong) if wrong else set()
        ids |= self.known.interviews
        if self.is_pending:
            ids |= speaker_turns.find_affiliated(self.client, self.names, sorted(self.known.with_affiliation))
        return ids

    def _is_wrong(self, printed: str, speaker: str) -> bool:
        """Tell whether a printed name is indexed under a speaker it has in no interview without an entry."""
        interview_id = speaker.removeprefix(f"{printed}@")
        return self._forms.speaker(printed, "", interview_id, 0) != speaker

    def _speaker_of(self, one: IndexedSpeaker) -> tuple[str, str]:
        """Return the speaker and the affiliation that a turn should have."""
        speaker = self._forms.speaker(one.printed_speaker, one.label, one.interview_id, one.turn)
        of_turn = self.known.turns.get((one.interview_id, one.turn))
        printed = "" if of_turn else one.printed_affiliation
        return speaker, printed or self.known.affiliation(speaker, one.date)

    def _counted(self, changes: tuple[SpeakerChanges, ...]) -> SpeakerDiff:
        turns: Counter[tuple[str, str]] = Counter()
        interviews: Counter[tuple[str, str]] = Counter()
        for change in changes:
            pairs = [(one.speaker, speaker) for one, speaker, _ in change.turns]
            turns.update(pairs)
            interviews.update(set(pairs))
        listed = tuple(SpeakerChange(*pair, count, interviews[pair]) for pair, count in turns.most_common())
        return SpeakerDiff(turns.total(), sum(self._pairs.values()), len(changes), listed)
