"""What an update of an archive's speakers and mentions changes, counted. Pure."""

from collections import Counter
from collections.abc import Sequence
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


def diff_of(changes: Sequence[SpeakerChanges], of_turns: int, missing: tuple[str, ...]) -> SpeakerDiff:
    """Count changes; `of_turns` is the number of turns with a speaker."""
    turns: Counter[tuple[str, str]] = Counter()
    interviews: Counter[tuple[str, str]] = Counter()
    mentions = 0
    for change in changes:
        pairs = [(one.attribution.speaker, after.speaker) for one, after in change.turns if _is_other(one, after)]
        turns.update(pairs)
        interviews.update(set(pairs))
        mentions += sum(after.mentions != one.attribution.mentions for one, after in change.turns)
    return SpeakerDiff(
        turns=turns.total(),
        of_turns=of_turns,
        interviews=len(changes),
        changes=tuple(SpeakerChange(*pair, count, interviews[pair]) for pair, count in turns.most_common()),
        renamed=sum(count for (before, after), count in turns.items() if before != after),
        mentions=mentions,
        mentioned=_mentioned(changes),
        missing=missing,
    )


def _is_other(one: IndexedTurn, after: Attribution) -> bool:
    """Tell whether a turn changes its speaker, affiliation or role."""
    before = one.attribution
    return (before.speaker, before.affiliation, before.role) != (after.speaker, after.affiliation, after.role)


def _mentioned(changes: Sequence[SpeakerChanges]) -> tuple[MentionChange, ...]:
    """Return who is mentioned in other turns than before, most turns first."""
    added: Counter[str] = Counter()
    removed: Counter[str] = Counter()
    for change in changes:
        for one, after in change.turns:
            added.update(set(after.mentions) - set(one.attribution.mentions))
            removed.update(set(one.attribution.mentions) - set(after.mentions))
    names = sorted(added.keys() | removed.keys(), key=lambda name: (-added[name] - removed[name], name))
    return tuple(MentionChange(name, added[name], removed[name]) for name in names)
