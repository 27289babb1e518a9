"""Stretches as vectors of TF-IDF, brought together by Ward's method, and described by their strongest terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from typing import TYPE_CHECKING

from indexer.topics.stretch_words import StretchWords, with_columns

if TYPE_CHECKING:
    from typing import Any

    from scipy.sparse import csr_array

    Vector = Any

TERMS = 20
"""Of a topic."""

_ROWS = 256
"""Stretches that are compared with all others, or with all topics, together."""


@dataclass(frozen=True, slots=True)
class StretchVectors:
    """A row of unit length for each stretch, with a column for each of `words`, which are sorted.

    `inverse` are the inverse document frequencies of the words.
    """

    words: Sequence[str]
    inverse: "Vector"
    vectors: "csr_array"

    @staticmethod
    def of(found: StretchWords, inverse: "Vector") -> "StretchVectors":
        """Return the vectors of stretches that each have one of the words whose `inverse` document frequency is not 0.

        The logarithms are Python's: those of numpy differ between processors.
        """
        import numpy as np
        from scipy.sparse import csr_array

        counts = with_columns(found.counts, inverse > 0)
        columns = sorted(np.flatnonzero(inverse).tolist(), key=found.words.__getitem__)
        place = np.zeros(len(inverse), dtype=np.int32)
        place[columns] = np.arange(len(columns))
        damped = np.array([0.0, *(1 + log(count) for count in range(1, int(counts.data.max()) + 1))])
        values = damped[counts.data] * inverse[counts.indices]
        shape = counts.shape[0], len(columns)
        vectors = csr_array((values, place[counts.indices], counts.indptr), shape=shape)
        squares = csr_array((values**2, vectors.indices, vectors.indptr), shape=shape)
        vectors.data *= np.repeat(1 / np.sqrt(squares.sum(axis=1)), np.diff(vectors.indptr))
        return StretchVectors([found.words[column] for column in columns], inverse[columns], vectors)

    def of_stretches(self, rows: Sequence[int]) -> "StretchVectors":
        """Return the vectors of some stretches."""
        return replace(self, vectors=self.vectors[rows])

    def clusters(self, number: int) -> "Vector":
        """Return the cluster of each stretch, by Ward's method."""
        from scipy.cluster.hierarchy import fcluster, linkage

        return fcluster(linkage(self._distances(), "ward"), number, "maxclust")

    def described(self, labels: "Vector") -> "csr_array":
        """Return a row of unit length for each cluster: of the mean of its vectors, the strongest terms."""
        import numpy as np
        from scipy.sparse import vstack

        return vstack([self._described(labels == label) for label in np.unique(labels)], "csr")

    def nearest(self, described: "csr_array") -> "Vector":
        """Return the nearest of the described topics for each stretch."""
        import numpy as np

        columns, size = described.T.tocsr(), self.vectors.shape[0]
        blocks = (self.vectors[start : start + _ROWS] for start in range(0, size, _ROWS))
        return np.concatenate([(block @ columns).toarray().argmax(axis=1) for block in blocks])

    def _distances(self) -> "Vector":
        """Return the Euclidean distances of all pairs, as scipy wants them: the rows of the upper triangle."""
        import numpy as np

        size = self.vectors.shape[0]
        distances, columns, done = np.empty(size * (size - 1) // 2), self.vectors.T.tocsr(), 0
        for start in range(0, size, _ROWS):
            block = (self.vectors[start : start + _ROWS] @ columns).toarray()
            for row, cosines in enumerate(block, start):
                rest = size - 1 - row
                distances[done : done + rest] = np.sqrt(np.maximum(2 - 2 * cosines[row + 1 :], 0))
                done += rest
        return distances

    def _described(self, rows: "Vector") -> "csr_array":
        """Return a row with the strongest terms of the mean of some vectors."""
        import numpy as np
        from scipy.sparse import csr_array

        mean = self.vectors[rows].mean(axis=0)
        used = np.flatnonzero(mean)
        kept = np.zeros_like(mean)
        strongest = used[np.argsort(-mean[used], kind="stable")[:TERMS]]
        kept[strongest] = mean[strongest]
        return csr_array(kept[np.newaxis] / np.linalg.norm(kept[np.newaxis], axis=1, keepdims=True))
