"""What the heads of concordances, collocates, counts and dispersions tell of occurrences."""

from collections.abc import Sequence

from indexer.language.messages import gettext as _
from indexer.text.printable import plain
from search_cli.rendering.terminal import humanize


def occurrences_of(number: int, query: str) -> str:
    """Return how often a query occurs: 14 occurrences of 小米."""
    told = _("{occurrences} of {query}")
    return told.format(occurrences=humanize.count(number, "occurrence"), query=plain(query))


def also_searched(words: Sequence[str]) -> list[str]:
    """Return which words are searched, too: also 鹅厂; nothing if there are none."""
    return [humanize.also(words)] if words else []


def part_of_turns(number: int, turns: int) -> str:
    """Return how many turns were read, and of how many if that is not all: 3,000 of 5,600 turns."""
    if number >= turns:
        return humanize.count(number, "turn")
    return humanize.part_of(number, turns, "turn")


def more_rows(rows: str, limit: int) -> str:
    """Return the note that there are more rows: +1 more interview: --limit 3."""
    return _("+{rows}: --limit {number}").format(rows=rows, number=limit)
