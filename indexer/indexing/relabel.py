"""Give every turn the speaker and the mentions that speakers.toml and the forms of the archive's names say it has.

An index run ends with it, so that a person has one name however many transcripts spell it otherwise; `fangtan speakers
apply` does it without reading a file. Only documents that change are written. Which interviews may change is told by
the pairs of printed name and speaker that the archive has, so a run that changes nothing reads no turn:

    (唐凤, 唐凤) where the archive mostly prints 唐鳳     its interviews are read, and their turns written
    (唐凤, 唐鳳)                                          as it should be

Mentions are checked in the same way (`store.mention_counts`). Who is named for a label or a turn of one interview,
affiliations and roles do not show in the pairs: the interviews that speakers.toml names are always read, those with
affiliations or roles once the file has changed since it was applied. Names that the file did not have then, or has no
more, are looked for in the texts.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.connection import locked
from indexer.elastic.error_mapping import map_errors
from indexer.enrich import mentions, speakers
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.enrich.name_forms import NameForms
from indexer.enrich.speakers import Speakers
from indexer.errors import StaleIndexError
from indexer.indexing.speaker_diff import SpeakerCounts, SpeakerDiff
from indexer.language.messages import gettext
from indexer.model import Interview, Turn, from_source
from indexer.settings import Settings
from indexer.store import bulk, fetch, indices, lock, mapping, mention_counts, speaker_turns
from indexer.store.bulk import InterviewActions
from indexer.store.mapping import Names
from indexer.store.speaker_turns import Attribution, IndexedTurn, SpeakerChanges
from indexer.store.write_aliases import write_alias
from indexer.text.normalize import normalize

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_TEXTS = ["turn", "speaker", "role", "text", "printed_speaker", "words"]


def find_relabel(client: "Elasticsearch", settings: Settings) -> "Relabel | None":
    """Return the update of the archive of `settings`, None if nothing is indexed.

    Raises `StaleIndexError` if its turns do not say what their transcripts print: it is of an earlier version.
    """
    knowledge = load_knowledge(settings)
    live = indices.live(indices.found(client, settings))
    if live is None:
        return None
    if live.meta.get("schema") != mapping.VERSION:
        raise StaleIndexError(gettext("This archive is of another version of fangtan."), "fangtan index --rebuild")
    return Relabel(client, live.names, knowledge)


def apply(client: "Elasticsearch", settings: Settings) -> SpeakerDiff | None:
    """Give the turns of the archive the speakers of speakers.toml; None if nothing is indexed."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        relabel = find_relabel(locked(client, heartbeat), settings)
        return relabel.carry_out(heartbeat) if relabel is not None else None


@dataclass(frozen=True)
class Relabel:
    """The update of an archive to the speakers of speakers.toml; `diff` and `carry_out` return what it changes."""

    client: "Elasticsearch"
    names: Names
    knowledge: Knowledge

    @property
    def known(self) -> Speakers:
        """Return the entries of speakers.toml."""
        return self.knowledge.speakers

    def diff(self) -> SpeakerDiff:
        """Return what would be written, without writing it."""
        self.client.indices.refresh(index=",".join(self.names.each))
        counts = SpeakerCounts()
        for one in self._changes():
            counts.add(one)
        return self._diff(counts)

    def carry_out(self, heartbeat: Callable[[], None] = lambda: None) -> SpeakerDiff:
        """Write the turns that change, and return what was written."""
        self.client.indices.refresh(index=",".join(self.names.each))
        written = SpeakerCounts()
        for _ in bulk.load(self.client, self._actions(written)):
            heartbeat()
        if self.is_pending:
            applied = {"speakers": self.known.fingerprint, mapping.SPEAKERS_SOURCE: self.known.source}
            for name in self.names.each:
                self.client.indices.put_mapping(index=write_alias(self.client, name), meta={**self._meta, **applied})
        if written.changed:
            self.client.indices.refresh(index=",".join(self.names.each))
        return self._diff(written)

    def missing(self) -> tuple[str, ...]:
        """Return the interviews and turns that speakers.toml names and the archive does not have."""
        return speaker_turns.find_missing(self.client, self.names, self.known.interviews, self.known.turns)

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
    def _said(self) -> dict[str, int]:
        return mention_counts.count_values(self.client, self.names, "printed_mentions")

    @cached_property
    def _forms(self) -> NameForms:
        printed: Counter[str] = Counter()
        for (name, _), turns in self._pairs.items():
            printed[name] += turns
        return NameForms(printed, self.known, self._said)

    @cached_property
    def _found_anew(self) -> dict[str, Mapping[int, tuple[str, ...]]]:
        """Return the names that turns say, by interview and turn, of interviews where they may be others than before.

        Those are the ones that say a name that speakers.toml did not have when it was applied, or has no more.
        """
        if not self.is_pending:
            return {}
        before = speakers.parse(
            str(self._meta.get(mapping.SPEAKERS_SOURCE, "")).encode(), Path(mapping.SPEAKERS_SOURCE)
        )
        words = (before.spellings ^ self.known.spellings) | (before.not_people ^ self.known.not_people)
        ids = fetch.find_interviews(self.client, self.names, words) if words else set()
        return {one: self._names_said(one) for one in sorted(ids)}

    def _names_said(self, interview_id: str) -> Mapping[int, tuple[str, ...]]:
        """Return the names that each turn of an interview says."""
        sources = fetch.fetch_turns(self.client, self.names, interview_id, _TEXTS)
        turns = tuple(from_source(Turn, source) for source in sources)
        texts = [
            mentions.AnalyzedText(normalize(turn.text), source.get("words", ""))
            for turn, source in zip(turns, sources, strict=True)
        ]
        not_names = self.knowledge.analyzer.not_names
        found = mentions.annotate(Interview(turns, interview_id), texts, not_names, self.known)
        return {turn.turn: turn.printed_mentions for turn in found.turns}

    def _changes(self) -> Iterator[SpeakerChanges]:
        yield from speaker_turns.changes(self.client, self.names, self._interviews(), self._attribution_of)

    def _actions(self, written: SpeakerCounts) -> Iterator[InterviewActions]:
        """Yield the actions of all changes, and count these in `written`."""
        for one in self._changes():
            written.add(one)
            yield one.actions

    def _interviews(self) -> set[str]:
        """Return the interviews whose turns may change."""
        wrong = [pair for pair in self._pairs if self._is_wrong(*pair)]
        ids = speaker_turns.find_interviews(self.client, self.names, wrong) if wrong else set()
        ids |= self.known.interviews | self._found_anew.keys()
        printed_of: dict[str, set[str]] = {}
        for said in self._said:
            printed_of.setdefault(self._forms.mention(said), set()).add(said)
        ids |= mention_counts.find_wrong(self.client, self.names, printed_of, self._said)
        if self.is_pending:
            ids |= speaker_turns.find_officers(self.client, self.names, sorted(self.known.with_office))
        return ids

    def _is_wrong(self, printed: str, speaker: str) -> bool:
        """Tell whether a printed name is indexed under a speaker it has in no interview without an entry."""
        interview_id = speaker.removeprefix(f"{printed}@")
        return self._forms.speaker(printed, "", interview_id, 0) != speaker

    def _attribution_of(self, one: IndexedTurn) -> Attribution:
        """Return the attribution that a turn should have."""
        before = one.attribution
        speaker = self._forms.speaker(one.printed_speaker, one.label, one.interview_id, one.turn)
        of_turn = self.known.turns.get((one.interview_id, one.turn))
        affiliation = ("" if of_turn else one.printed_affiliation) or self.known.affiliation(speaker, one.date)
        printed_role = before.printed_role or before.role
        role = self.known.role(speaker, one.interview_id, one.date) or printed_role
        said = self._found_anew.get(one.interview_id, {}).get(one.turn, before.printed_mentions)
        return Attribution(
            speaker=speaker,
            affiliation=affiliation,
            role=role,
            printed_role=printed_role if role != printed_role else "",
            mentions=tuple(dict.fromkeys(self._forms.mention(name, one.interview_id) for name in said)),
            printed_mentions=said,
        )

    def _diff(self, counts: SpeakerCounts) -> SpeakerDiff:
        return counts.diff(sum(self._pairs.values()), self.missing())
