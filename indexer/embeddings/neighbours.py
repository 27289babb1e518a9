"""The vector of a turn in its conversation: a weighted mean of its own and of those of the turns around it.

In meetings a turn alone says little (对，我同意), and what it is about is said around it. nDCG@10 for the headlines and
sentences of 24 meetings, by vectors alone and then fused with words: the turn alone .370 and .519; eleven turns with
weights length / (1 + distance) .437, .647, fused .530, .849; with the root of the length .456, .657, fused .533, .850;
with the bell below .444, .648, fused .535, .851. Weighted by likeness, turns around it are worse (.404). Questions that
share no word with their answers find them about equally by the turn alone and by the bell (.163, .152).
"""

from typing import TYPE_CHECKING

from indexer.embeddings.encoder import normalized

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from indexer.embeddings.encoder import Vectors

REACH = 5
"""Turns before and after that count."""

SPREAD = 2.0
"""Width of the bell of weights, in turns: those around have .88, .61, .32, .14 and .04 of the turn's own weight. With
1.5 fused headlines are .008 lower."""


def combine(vectors: "Vectors", lengths: "NDArray[np.int64]") -> "Vectors":
    """Return the vectors of consecutive turns in their conversation, each of length 1.

    `vectors` (n, dimensions) are of the turns alone, `lengths` (n,) in characters: 0 for one that does not count. The
    weight of a turn is the root of its length, times that of its distance.
    """
    import numpy as np

    weighted = vectors * np.sqrt(lengths[:, None]).astype(np.float32)
    found = weighted.copy()
    for distance in range(1, min(REACH, len(vectors) - 1) + 1):
        share = np.float32(np.exp(-(distance**2) / (2 * SPREAD**2)))
        found[distance:] += share * weighted[:-distance]
        found[:-distance] += share * weighted[distance:]
    return normalized(found)
