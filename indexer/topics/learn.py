"""Learn topics from conversations: like stretches of all of them, described by their most characteristic words.

Each stretch (see `enrich.stretches`) is a vector of TF-IDF of its nouns; Ward's method brings like vectors together.
Of each cluster the strongest `TERMS` words remain, as weights: they alone decide which stretch has the topic, in those
that are learned from and in later ones. Deterministic: the same conversations give the same topics.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import TYPE_CHECKING

from indexer.enrich.stretches import stretches
from indexer.text.keywords import inverse_frequency, is_noun, is_unlisted

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

MOST = 6000
"""Stretches that are compared; of more, evenly spread ones: their distances take 16 MB for each thousand squared."""

TERMS, NAME_WORDS = 20, 3
"""Of a topic. On 24 meetings, names of one word, two and three share a word with a person's headline in .40, .51 and
.59 of the turns."""

SEPARATOR = "、"

COMMON = 0.2
"""Share of the stretches that a word of a topic may occur in, at most."""

_ROUNDS = 2
"""How often topics are described anew by the stretches that their terms select."""

_TOP_WEIGHT = 2.0
"""Weight of the strongest term of a median topic: with another word it makes the least score of a topic."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The words of each turn of an interview, and the positions of the turns that begin an exchange."""

    words: Sequence[Sequence[str]]
    beginnings: frozenset[int] = frozenset()


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

    def is_usable(word: str) -> bool:
        return bool(word not in excluded and inverse_frequency(word)) and (
            is_noun(word) or word in user_nouns or is_unlisted(word)
        )

    documents = _spread(list(_documents(conversations, is_usable)))
    if sum(map(bool, documents)) < FEWEST:
        return ()
    corpus = _Corpus.of([one.counts for one in documents])
    labels = corpus.clusters(min(number, int(len(documents) / PER_TOPIC)))
    for _ in range(_ROUNDS):
        labels = corpus.nearest(corpus.described(labels))
    return tuple(_named(corpus, labels, [one.turns for one in documents]))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The counts of the usable words of a stretch, and its number of turns."""

    counts: Mapping[str, int]
    turns: int

    def __bool__(self) -> bool:
        return bool(self.counts)


@dataclass(frozen=True, slots=True)
class _Corpus:
    """Documents as counts of words and as `vectors`: rows of unit length, a column for each word of `vocabulary`.

    `inverse` are the inverse document frequencies of the columns.
    """

    documents: Sequence[Mapping[str, int]]
    vocabulary: Sequence[str]
    inverse: "Vector"
    vectors: "csr_array"

    @staticmethod
    def of(documents: Sequence[Mapping[str, int]]) -> "_Corpus":
        """Return the vectors of documents; words that occur in one of them only, or in many, have no column."""
        import numpy as np
        from scipy.sparse import csr_array, diags_array

        frequencies = Counter(chain.from_iterable(documents))
        vocabulary = sorted(word for word, count in frequencies.items() if 2 <= count <= COMMON * len(documents))
        inverse = np.array([log(len(documents) / frequencies[word]) for word in vocabulary])
        column = {word: number for number, word in enumerate(vocabulary)}
        entries = [
            (row, column[word], 1 + log(count))
            for row, document in enumerate(documents)
            for word, count in document.items()
            if word in column
        ]
        rows, columns, values = (np.array(part) for part in zip(*entries, strict=True))
        counts = csr_array((values, (rows, columns)), shape=(len(documents), len(vocabulary)))
        weighted = counts @ diags_array(inverse)
        lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1))
        return _Corpus(documents, vocabulary, inverse, diags_array(1 / np.where(lengths > 0, lengths, 1)) @ weighted)

    def clusters(self, number: int) -> "Vector":
        """Return the cluster of each document, by Ward's method."""
        import numpy as np
        from scipy.cluster.hierarchy import fcluster, linkage
        from scipy.spatial.distance import squareform

        distances = np.sqrt(np.maximum(2 - 2 * (self.vectors @ self.vectors.T).toarray(), 0))
        np.fill_diagonal(distances, 0)
        return fcluster(linkage(squareform(distances, checks=False), "ward"), number, "maxclust")

    def described(self, labels: "Vector") -> "Vector":
        """Return a row of unit length for each cluster: of the mean of its vectors, the strongest terms."""
        import numpy as np

        means = np.vstack([self.vectors[labels == label].mean(axis=0) for label in np.unique(labels)])
        strongest = np.argsort(-means, axis=1, kind="stable")[:, :TERMS]
        kept = np.zeros_like(means)
        np.put_along_axis(kept, strongest, np.take_along_axis(means, strongest, axis=1), axis=1)
        lengths = np.linalg.norm(kept, axis=1, keepdims=True)
        return kept / np.where(lengths > 0, lengths, 1)

    def nearest(self, described: "Vector") -> "Vector":
        """Return the nearest of the described topics for each document."""
        return (self.vectors @ described.T).argmax(axis=1)


def _named(corpus: _Corpus, labels: "Vector", turns: Sequence[int]) -> Iterator[LearnedTopic]:
    """Yield the topics of the clusters, the largest first, each with a name of its own."""
    import numpy as np

    numbers = np.unique(labels)
    sizes = np.array([int(np.array(turns)[labels == number].sum()) for number in numbers])
    counts = [_total(corpus.documents[int(row)] for row in np.flatnonzero(labels == number)) for number in numbers]
    topics_with = Counter(chain.from_iterable(counts))
    weights = corpus.described(labels) * corpus.inverse
    factor = _TOP_WEIGHT / float(np.median(weights.max(axis=1)))
    names: set[str] = set()
    for topic in np.argsort(-sizes, kind="stable"):
        best = [column for column in np.argsort(-weights[topic], kind="stable")[:TERMS] if weights[topic, column] > 0]
        terms = {corpus.vocabulary[column]: round(factor * float(weights[topic, column]), 2) or 0.01 for column in best}
        words = _characteristic(counts[topic], topics_with, len(numbers))
        name = _unused_name(words, names)
        names.add(name)
        yield LearnedTopic(name, terms, int(sizes[topic]))


def _documents(conversations: Iterable[Conversation], is_usable: Callable[[str], bool]) -> Iterator[_Stretch]:
    """Yield each stretch with its usable words."""
    usable: dict[str, bool] = {}
    for conversation in conversations:
        for word in set(chain.from_iterable(conversation.words)):
            if word not in usable:
                usable[word] = is_usable(word)
        for stretch in stretches(conversation.words, conversation.beginnings):
            words = (word for turn in stretch for word in conversation.words[turn] if usable[word])
            yield _Stretch(Counter(words), len(stretch))


def _spread(documents: list[_Stretch]) -> list[_Stretch]:
    """Return at most `MOST` stretches, evenly spread."""
    step = max(len(documents) / MOST, 1)
    return [documents[int(place * step)] for place in range(int(len(documents) / step))]


def _total(documents: Iterable[Mapping[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for document in documents:
        total.update(document)
    return total


def _characteristic(counts: Mapping[str, int], topics_with: Mapping[str, int], number: int) -> list[str]:
    """Return the words of a topic by class TF-IDF, the most characteristic first; `number` is that of the topics."""
    return sorted(counts, key=lambda word: (-counts[word] * log(number / topics_with[word]), -counts[word], word))


def _unused_name(words: Sequence[str], names: Collection[str]) -> str:
    """Return the first words of a topic as its name; as many as make it different from the others."""
    longer = (SEPARATOR.join(words[:count]) for count in range(min(NAME_WORDS, len(words)), len(words) + 1))
    return next((name for name in longer if name not in names), f"{SEPARATOR.join(words[:NAME_WORDS])} {len(names)}")
