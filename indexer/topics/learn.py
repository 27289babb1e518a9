"""Learn topics from conversations: like stretches of all of them, described by their most characteristic words.

Each stretch (see `enrich.stretches`) is a vector of TF-IDF of its nouns; Ward's method brings like vectors together.
Of each cluster the strongest `TERMS` words remain, as weights: they alone decide which stretch has the topic, in those
that are learned from and in later ones. Deterministic: the same conversations give the same topics.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from indexer.enrich.conversation import Conversation
from indexer.topics.stretch_vectors import StretchVectors
from indexer.topics.stretch_words import StretchWords, count, with_columns
from indexer.topics.vocabulary import Usable, common_foreign, pieces

if TYPE_CHECKING:
    from typing import Any

    from scipy.sparse import csr_array

    Vector = Any

NUMBER = 80
"""Topics, at most: as many as a person can read."""

PER_TOPIC = 1.2
"""Stretches that an archive has for each topic, at least: a small one has fewer topics."""

FEWEST = 12
"""Stretches from which topics are learned."""

MOST = 3000
"""Stretches that are compared with each other; of more, evenly spread ones, and the others join the nearest topic: the
distances take 8 MB for each thousand squared, with those that Ward's method works on. Of 2,748 stretches of 472
interviews, the mean cosine with their topic is .218 where all are compared, .210 with a half, .212 with a quarter."""

NAME_WORDS = 3
"""Of a topic. On 24 meetings, names of one word, two and three share a word with a person's headline in .40, .51 and
.59 of the turns."""

EVIDENCE = 5
"""Stretches of a topic from which it counts how many of them have a word: a name is not one interview's own word. From
3 to 8 names agree as much with a person's headlines; without, a large topic is named by what one interview repeats."""

SEPARATOR = "、"

COMMON = 0.2
"""Share of the stretches that a word of a topic may occur in, at most."""

_ROUNDS = 2
"""How often topics are described anew by the stretches that their terms select."""

_TOP_WEIGHT = 2.0
"""Weight of the strongest term of a median topic: with another word it makes the least score of a topic."""


@dataclass(frozen=True, slots=True)
class LearnedTopic:
    """A topic: its name, the weights of its terms, strongest first, and how many turns it was learned from."""

    name: str
    weights: Mapping[str, float]
    turns: int = 0


def learn(
    conversations: Iterable[Conversation],
    number: int = NUMBER,
    user_nouns: frozenset[str] = frozenset(),
    excluded: Collection[str] = frozenset(),
) -> tuple[LearnedTopic, ...]:
    """Return at most `number` topics of conversations, the largest first; none for too few stretches.

    `user_nouns` are the nouns of the user dictionary, `excluded` words that name no topic: speakers.
    """
    found = count(conversations, Usable(user_nouns, excluded))
    found = found.without(common_foreign(found) + _pieces(found, user_nouns))
    inverse = _inverse(found)
    found = found.of_stretches(_rows_with(found.counts, inverse > 0))
    if len(found.turns) < FEWEST:
        return ()
    vectors = StretchVectors.of(found, inverse)
    compared = vectors.of_stretches(_spread(len(found.turns)))
    described = compared.described(compared.clusters(min(number, int(len(found.turns) / PER_TOPIC))))
    for _ in range(_ROUNDS):
        labels = vectors.nearest(described)
        described = vectors.described(labels)
    return tuple(_topics(found, vectors, labels, described))


def _spread(number: int) -> list[int]:
    """Return the places of at most `MOST` of a number of stretches, evenly spread."""
    step = max(number / MOST, 1)
    return [int(place * step) for place in range(int(number / step))]


def _pieces(found: StretchWords, user_nouns: Collection[str]) -> list[int]:
    """Return the columns of the words that all conversations show to be pieces of sentences."""
    words = {found.words[column]: column for column in found.used}
    return [words[word] for word in pieces(words.keys() - user_nouns, found.said)]


def _inverse(found: StretchWords) -> "Vector":
    """Return the inverse document frequencies of words: 0 for those of one stretch, or of many."""
    import numpy as np

    frequencies, number = found.frequencies, len(found.turns)
    logarithms = np.array([0.0, 0.0, *(log(number / count) for count in range(2, int(COMMON * number) + 1))])
    return logarithms[np.where(frequencies < len(logarithms), frequencies, 0)]


def _rows_with(counts: "csr_array", is_wanted: "Vector") -> "Vector":
    """Return the rows that have one of some columns."""
    import numpy as np

    return np.flatnonzero(np.diff(with_columns(counts, is_wanted).indptr))


def _topics(
    found: StretchWords, vectors: StretchVectors, labels: "Vector", described: "csr_array"
) -> Iterator[LearnedTopic]:
    """Yield the topics of the clusters, the largest first, each with a name of its own."""
    import numpy as np

    clusters = [found.of_stretches(np.flatnonzero(labels == label)) for label in np.unique(labels)]
    sizes = np.array([int(cluster.turns.sum()) for cluster in clusters])
    topics_with = sum((cluster.frequencies > 0).astype(np.int32) for cluster in clusters)
    weights = described.multiply(vectors.inverse).tocsr()
    factor = _TOP_WEIGHT / float(np.median(weights.max(axis=1).toarray()))
    names: set[str] = set()
    for topic in np.argsort(-sizes, kind="stable"):
        name = _unused_name(_characteristic(clusters[topic], topics_with, len(clusters)), names)
        names.add(name)
        of_topic = weights[[topic]]
        words = [vectors.words[column] for column in of_topic.indices]
        strongest = sorted(zip((-of_topic.data).tolist(), words, strict=True))
        terms = {word: round(-factor * weight, 2) or 0.01 for weight, word in strongest}
        yield LearnedTopic(name, terms, int(sizes[topic]))


def _characteristic(cluster: StretchWords, topics_with: "Vector", number: int) -> list[str]:
    """Return the words of a topic by class TF-IDF, the most characteristic first; `number` is that of the topics.

    A word that few of its stretches have counts less. Of equal ones, the more frequent is first, then the alphabet.
    """
    import numpy as np

    columns, stretches_with = cluster.used, cluster.frequencies
    sums = np.bincount(cluster.counts.indices, cluster.counts.data, len(cluster.words))[columns]
    counts = sums * np.sqrt((stretches_with[columns] + EVIDENCE) / (len(cluster.turns) + EVIDENCE))
    logarithms = np.array([0.0, *(log(number / topics) for topics in range(1, number + 1))])
    scores = counts * logarithms[topics_with[columns]]
    words = [cluster.words[column] for column in columns]
    return [word for *_, word in sorted(zip(-scores, -counts, words, strict=True))]


def _unused_name(words: Sequence[str], names: Collection[str]) -> str:
    """Return the first words of a topic as its name; as many as make it different from the others."""
    longer = (SEPARATOR.join(words[:count]) for count in range(min(NAME_WORDS, len(words)), len(words) + 1))
    return next((name for name in longer if name not in names), f"{SEPARATOR.join(words[:NAME_WORDS])} {len(names)}")
