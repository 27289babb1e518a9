"""Count the words of conversations and of their stretches, as numbers: as strings they take ten times the memory."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, repeat
from itertools import count as number
from typing import TYPE_CHECKING

from indexer.enrich.conversation import Conversation

if TYPE_CHECKING:
    from typing import Any

    from scipy.sparse import csr_array

    Vector = Any

_INTEGERS = "i"  # of four bytes
_NONE = -1  # the column of a word that is not counted
_NONE = -1  # the column of a word that is not counted


@dataclass(frozen=True, slots=True)
class StretchWords:
    """How often each stretch has each of `words`, and how often all conversations say each of theirs (`said`).

    `counts` has a row for each stretch, its words in the order in which it says them first, and a column for each of
    `words`. `turns` are those of the stretches.
    """

    words: Sequence[str]
    said: Counter[str]
    counts: "csr_array"
    turns: "Vector"

    @property
    def frequencies(self) -> "Vector":
        """Return how many stretches have each word."""
        import numpy as np

        return np.bincount(self.counts.indices, minlength=len(self.words))

    @property
    def used(self) -> list[int]:
        """Return the columns of the words that a stretch has."""
        return list(map(int, self.frequencies.nonzero()[0]))

    def of_stretches(self, rows: "Vector") -> "StretchWords":
        """Return the same of some stretches."""
        return replace(self, counts=self.counts[rows], turns=self.turns[rows])

    def without(self, columns: Sequence[int]) -> "StretchWords":
        """Return the same without some words, whose columns stay."""
        import numpy as np

        is_kept = np.ones(len(self.words), dtype=bool)
        is_kept[columns] = False
        return replace(self, counts=with_columns(self.counts, is_kept))


def with_columns(counts: "csr_array", is_kept: "Vector") -> "csr_array":
    """Return a table with the values of some columns; all columns stay, and the order within its rows."""
    import numpy as np
    from scipy.sparse import csr_array

    kept = is_kept[counts.indices]
    ends = np.concatenate([[0], np.cumsum(kept)])[counts.indptr]
    return csr_array((counts.data[kept], counts.indices[kept], ends), shape=counts.shape)


def count(conversations: Iterable[Conversation], usable: Mapping[str, bool]) -> StretchWords:
    """Count the words of conversations, of which one is held at a time; those of stretches if they are `usable`."""
    import numpy as np
    from scipy.sparse import csr_array

    said, column = Counter[str](), defaultdict[str, int](number().__next__)
    columns, counts, sizes, turns = array(_INTEGERS), array(_INTEGERS), [0], list[int]()
    for one in conversations:
        words = one.words.words
        said.update(dict(zip(words, np.bincount(one.words.places).tolist(), strict=True)))
        column_of = np.array([column[word] if usable[word] else _NONE for word in words], np.int32)
        stretch, place, found = _counts(one, column_of != _NONE)
        columns.frombytes(column_of[place].tobytes())
        counts.frombytes(found.astype(np.int32).tobytes())
        sizes.extend(np.bincount(stretch, minlength=len(one.stretches)).tolist())
        turns.extend(map(len, one.stretches))
    table = (np.frombuffer(counts, np.int32), np.frombuffer(columns, np.int32), np.cumsum(sizes))
    return StretchWords(list(column), said, csr_array(table, shape=(len(turns), len(column))), np.array(turns))


def _counts(conversation: Conversation, is_counted: "Vector") -> "tuple[Vector, Vector, Vector]":
    """Return what each stretch says: the number of the stretch, the place of a word that is counted, and how often.

    The words of a stretch are in the order in which it says them first.
    """
    import numpy as np

    words, size = conversation.words, len(conversation.words.words)
    numbers = chain.from_iterable(repeat(place, len(stretch)) for place, stretch in enumerate(conversation.stretches))
    pairs = (words.numbers(numbers) * size + words.places)[is_counted[words.places]]
    _, first, counts = np.unique(pairs, return_index=True, return_counts=True)
    order = np.argsort(first)
    stretch, place = np.divmod(pairs[first[order]], size)
    return stretch, place, counts[order]
