"""Other words as Elasticsearch's clauses: where they stand, and what they count. Pure.

Another word counts only where it stands whole: of 企鹅公司, which is searched with 腾讯, 公司 alone says nothing.
"""

from collections.abc import Iterable, Iterator

from search_cli.query.clauses import Clause, asked, said
from search_cli.query.expanded_term import ExpandedTerm


def stand(others: Iterable[ExpandedTerm]) -> list[Clause]:
    """Return the clauses for turns that hold one of these words."""
    return [said(other.text) for other in others]


def stand_or_asked(others: Iterable[ExpandedTerm]) -> list[Clause]:
    """Return the clauses for turns that hold one of these words, or whose question does."""
    return [clause for other in others for clause in (said(other.text), asked(other.text))]


def scored(others: Iterable[ExpandedTerm]) -> Iterator[Clause]:
    """Yield the clauses that score a text by other words: as the typed ones, by words and pairs, but all of each."""
    for other in others:
        for name, terms in (("words", other.words), ("bigrams", other.bigrams)):
            if terms:
                yield {"match": {name: {"query": terms, "operator": "and", "boost": other.weight}}}
