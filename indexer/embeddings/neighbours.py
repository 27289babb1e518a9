"""The vector of a turn in its conversation: a weighted mean of its own and of those of the turns around it.

In meetings a turn alone says little (对，我同意), and what it is about is said around it. nDCG@10 on headlines of
meetings: .38 for the vectors of turns, .46 for those of eleven turns.
"""

from typing import TYPE_CHECKING

from indexer.embeddings.encoder import normalized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.embeddings.encoder import Vectors

REACH = 5
"""Turns before and after that count."""


def combine(vectors: "Vectors", lengths: "NDArray[np.int64]") -> "Vectors":
    """Return the vectors of consecutive turns in their conversation, each of length 1.

    `vectors` (n, dimensions) are of the turns alone, `lengths` (n,) in characters: 0 for one that does not count. The
    weight of a turn is its length over 1 + its distance.
    """
    import numpy as np

    weighted = vectors * lengths[:, None].astype(np.float32)
    found = weighted.copy()
    for distance in range(1, min(REACH, len(vectors) - 1) + 1):
        found[distance:] += weighted[:-distance] / (1 + distance)
        found[:-distance] += weighted[distance:] / (1 + distance)
    return normalized(found)
