"""Tell what differs between two topics.toml, topic by topic. Pure."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from indexer.text.toml_statements import Entry
from indexer.topics.topics_file import weights_of


class Kind(StrEnum):
    """How a topic differs."""

    NEW = "new"
    RENAMED = "renamed"
    CHANGED = "changed"
    DROPPED = "dropped"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class TopicDifference:
    """A topic that differs: `name` is the new one, `before` the former one of a renamed topic.

    `added` are terms that are new or weigh more or less, `removed` those that are gone. `own`: it was found by
    `fangtan topics learn`, and is the user's own now.
    """

    kind: Kind
    name: str
    before: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    own: bool = False


def differences(before: str, after: str) -> list[TopicDifference]:
    """Return what differs between two valid files, in the order of the second; what is gone last."""
    then, now = tomllib.loads(before), tomllib.loads(after)
    renamed = dict(_renamed(then, now))
    found = [
        _difference(name, renamed.get(name, name), then.get(renamed.get(name, name)), entry)
        for name, entry in now.items()
    ]
    gone = then.keys() - now.keys() - set(renamed.values())
    removed = [
        TopicDifference(Kind.REMOVED, name, removed=tuple(weights_of(entry)))
        for name, entry in then.items()
        if name in gone
    ]
    return [one for one in found if one is not None] + removed


def _renamed(then: Mapping[str, Entry], now: Mapping[str, Entry]) -> Iterator[tuple[str, str]]:
    """Yield the new and the former name of each topic that has another one and all the terms that it had."""
    gone = [name for name in then if name not in now]
    for name, entry in now.items():
        if name in then:
            continue
        weights = weights_of(entry)
        same = (one for one in gone if weights_of(then[one]).items() <= weights.items() and weights_of(then[one]))
        if (former := next(same, None)) is not None:
            gone.remove(former)
            yield name, former


def _difference(name: str, former: str, before: Entry | None, after: Entry) -> TopicDifference | None:
    """Return how one topic differs; None if it does not."""
    old, new = weights_of(before or {}), weights_of(after)
    added = tuple(term for term, weight in new.items() if old.get(term) != weight)
    if before is None:
        return TopicDifference(Kind.NEW, name, added=added)
    if after.get("dropped") and not before.get("dropped"):
        return TopicDifference(Kind.DROPPED, name)
    removed = tuple(term for term in old if term not in new)
    own = bool(before.get("learned")) and not after.get("learned")
    if former == name and not added and not removed and before == after:
        return None
    kind = Kind.CHANGED if former == name else Kind.RENAMED
    return TopicDifference(kind, name, former if former != name else "", added, removed, own)
