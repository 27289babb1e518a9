"""Topics with parents: 商业/广告 is a part of 商业. A turn has the topics of its text, and all their parents. Pure."""

from collections.abc import Iterable

SEPARATOR = "/"


def parents(topic: str) -> tuple[str, ...]:
    """Return the parents of a topic, the topmost first: 商业 of 商业/广告; none if a part of its name is empty."""
    parts = topic.split(SEPARATOR)
    if not all(part.strip() for part in parts):
        return ()
    return tuple(SEPARATOR.join(parts[:count]) for count in range(1, len(parts)))


def leaf(topic: str) -> str:
    """Return the last part of a name: 广告 of 商业/广告."""
    return topic[len(parents(topic)[-1]) + 1 :] if parents(topic) else topic


def with_parents(topics: Iterable[str]) -> tuple[str, ...]:
    """Return topics with the parents of each behind it, every one once."""
    return tuple(dict.fromkeys(name for topic in topics for name in (topic, *reversed(parents(topic)))))


def narrowest(topics: Iterable[str]) -> tuple[str, ...]:
    """Return topics without those that are the parent of another."""
    several = tuple(topics)
    above = {parent for topic in several for parent in parents(topic)}
    return tuple(topic for topic in several if topic not in above)


def is_below(topic: str, parent: str) -> bool:
    """Tell whether a topic is a part of another."""
    return parent in parents(topic)


def in_tree_order(topics: Iterable[str]) -> tuple[str, ...]:
    """Return topics in their order, but each directly below its parent if that is among them."""
    several = tuple(dict.fromkeys(topics))
    place = {topic: number for number, topic in enumerate(several)}

    def key(topic: str) -> list[int]:
        return [place[name] for name in (*parents(topic), topic) if name in place]

    return tuple(sorted(several, key=key))
