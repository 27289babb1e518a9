"""Find the topic that is meant: by its name in either script, by a part of it, or by one of its words."""

from collections.abc import Callable, Sequence

from indexer.errors import NotFoundError
from indexer.language.messages import gettext as _
from indexer.text.normalize import fold
from indexer.text.shell import argument
from indexer.text.topic_path import leaf, parents
from search_cli.client import ArchiveClient
from search_cli.search.known_names import all_names_body, known_names, nearest
from search_cli.search.topic_words import TopicWords

_SEPARATOR = "、"
"""Between the words in the name of a learned topic."""

_SHOWN = 5


def topic_names(client: ArchiveClient) -> tuple[str, ...]:
    """Return the topics that turns have, those of most interviews first, at most ten thousand."""
    return known_names(client.search(client.names.interviews, all_names_body("topic"))).names["topic"]


def find_topic(typed: str, names: Sequence[str], words: TopicWords) -> str:
    """Return the topic that is meant; raise `NotFoundError` with those that may be, or the nearest ones.

    First the name itself counts, then its last part or one of the words it is made of, then what it contains, then one
    of its words, then what one of them contains. Of a parent and its children, the parent is meant.
    """
    wanted = fold(typed)
    tests: list[Callable[[str], bool]] = [
        lambda name: wanted == fold(name),
        lambda name: wanted in map(fold, (leaf(name), *leaf(name).split(_SEPARATOR))),
        lambda name: wanted in fold(name),
        lambda name: name in topics_with_word(typed, (name,), words),
        lambda name: any(wanted in fold(word) for word in words.get(name, ())),
    ]
    for test in tests if wanted else ():
        found = _without_children([name for name in names if test(name)])
        if len(found) == 1:
            return found[0]
        if found:
            several = _("{number} topics have {text}.").format(number=f"{len(found):,}", text=typed)
            raise NotFoundError(several, tuple(found[:_SHOWN]), _step(found[0]))
    near = nearest(typed, names)
    step = _step(near[0]) if near else _("fangtan topics lists them.")
    raise NotFoundError(_("There is no topic {value}.").format(value=typed), near, step)


def topics_with_word(typed: str, names: Sequence[str], words: TopicWords) -> tuple[str, ...]:
    """Return the topics that have a word, in either script."""
    wanted = fold(typed)
    return tuple(name for name in names if wanted in map(fold, words.get(name, ())))


def _without_children(found: Sequence[str]) -> list[str]:
    """Return names without those whose parent is among them."""
    return [name for name in found if not any(parent in found for parent in parents(name))]


def _step(name: str) -> str:
    return f"fangtan topic {argument(name)}"
