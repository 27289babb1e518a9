"""What an update of an archive's speakers and mentions changes, counted. Pure."""

from collections import Counter
from dataclasses import dataclass

from indexer.store.speaker_turns import Attribution, IndexedTurn, SpeakerChanges


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """A speaker's turns that change: their speaker before and after; only affiliation or role if these are the same."""

    before: str
    after: str
    turns: int
    interviews: int


@dataclass(frozen=True, slots=True)
class MentionChange:
    """A person whom other turns mention than before: in so many more turns, and no more in so many."""

    name: str
    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class SpeakerDiff:
    """The turns that change speaker, affiliation or role, out of `of_turns` with a speaker.

    `renamed` of them change their speaker; `mentions` is the number of turns that change whom they mention. All are in
    `interviews` interviews. `changes` and `mentioned` list them, most turns first. `missing` are the interviews and
    turns that speakers.toml names and the archive does not have.
    """

    turns: int
    of_turns: int
    interviews: int
    changes: tuple[SpeakerChange, ...]
    renamed: int = 0
    mentions: int = 0
    mentioned: tuple[MentionChange, ...] = ()
    missing: tuple[str, ...] = ()


class SpeakerCounts:
    """Counts changes as they come; none is kept, as there may be one for every turn."""

    def __init__(self) -> None:
        self.changed = 0
        """The interviews with changes."""
        self._turns = Counter[tuple[str, str]]()
        self._interviews = Counter[tuple[str, str]]()
        self._mentions = 0
        self._added = Counter[str]()
        self._removed = Counter[str]()

    def add(self, change: SpeakerChanges) -> None:
        """Count the changes of an interview."""
        pairs = [(one.attribution.speaker, after.speaker) for one, after in change.turns if _is_other(one, after)]
        self.changed += 1
        self._turns.update(pairs)
        self._interviews.update(set(pairs))
        for one, after in change.turns:
            self._mentions += after.mentions != one.attribution.mentions
            self._added.update(set(after.mentions) - set(one.attribution.mentions))
            self._removed.update(set(one.attribution.mentions) - set(after.mentions))

    def diff(self, of_turns: int, missing: tuple[str, ...]) -> SpeakerDiff:
        """Return what was counted; `of_turns` is the number of turns with a speaker."""
        changes = self._turns.most_common()
        return SpeakerDiff(
            turns=self._turns.total(),
            of_turns=of_turns,
            interviews=self.changed,
            changes=tuple(SpeakerChange(*pair, count, self._interviews[pair]) for pair, count in changes),
            renamed=sum(count for (before, after), count in changes if before != after),
            mentions=self._mentions,
            mentioned=self._mentioned(),
            missing=missing,
        )

    def _mentioned(self) -> tuple[MentionChange, ...]:
        """Return who is mentioned in other turns than before, most turns first."""
        added, removed = self._added, self._removed
        names = sorted(added.keys() | removed.keys(), key=lambda name: (-added[name] - removed[name], name))
        return tuple(MentionChange(name, added[name], removed[name]) for name in names)


def _is_other(one: IndexedTurn, after: Attribution) -> bool:
    """Tell whether a turn changes its speaker, affiliation or role."""
    before = one.attribution
    return (before.speaker, before.affiliation, before.role) != (after.speaker, after.affiliation, after.role)
