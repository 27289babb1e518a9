"""Learn topics from conversations: like stretches of all of them, described by their most characteristic words.

Each stretch (see `enrich.stretches`) is a vector of TF-IDF of its nouns; Ward's method brings like vectors together.
Of each cluster the strongest `TERMS` words remain, as weights: they alone decide which stretch has the topic, in those
that are learned from and in later ones. Deterministic: the same conversations give the same topics.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt
from typing import TYPE_CHECKING

from indexer.enrich.stretches import stretches
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

MOST = 6000
"""Stretches that are compared; of more, evenly spread ones: their distances take 8 MB for each thousand squared, with
those that Ward's method works on."""

TERMS, NAME_WORDS = 20, 3
"""Of a topic. On 24 meetings, names of one word, two and three share a word with a person's headline in .40, .51 and
.59 of the turns."""

EVIDENCE = 5
"""Stretches of a topic from which it counts how many of them have a word: a name is not one interview's own word. From
3 to 8 names agree as much with a person's headlines; without, a large topic is named by what one interview repeats."""

SEPARATOR = "、"

COMMON = 0.2
"""Share of the stretches that a word of a topic may occur in, at most."""

_ROWS = 256
"""Stretches whose distances to all others are computed together."""

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
    said = Counter[str]()
    found = _spread(list(_documents(conversations, Usable(user_nouns, excluded), said)))
    described = _described(found, said, user_nouns)
    inverse = _inverse([one.counts for one in described])
    documents = [one for one in described if not inverse.keys().isdisjoint(one.counts)]
    if len(documents) < FEWEST:
        return ()
    corpus = _Corpus.of([one.counts for one in documents], inverse)
    labels = corpus.clusters(min(number, int(len(documents) / PER_TOPIC)))
    for _ in range(_ROUNDS):
        labels = corpus.nearest(corpus.described(labels))
    return tuple(_named(corpus, labels, [one.turns for one in documents]))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The counts of the usable words of a stretch, and its number of turns."""

    counts: Mapping[str, int]
    turns: int


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
    def of(documents: Sequence[Mapping[str, int]], inverse_of: Mapping[str, float]) -> "_Corpus":
        """Return the vectors of documents that each have some of the words with an inverse document frequency."""
        import numpy as np
        from scipy.sparse import csr_array, diags_array

        vocabulary, inverse = list(inverse_of), np.array(list(inverse_of.values()))
        column = {word: number for number, word in enumerate(vocabulary)}
        rows = [[column[word] for word in document if word in column] for document in documents]
        values = [1 + log(count) for document in documents for word, count in document.items() if word in column]
        ends = np.cumsum([0, *map(len, rows)])
        places = np.fromiter(chain.from_iterable(rows), dtype=np.int32, count=int(ends[-1]))
        counts = csr_array((np.array(values), places, ends), shape=(len(documents), len(vocabulary)))
        weighted = counts @ diags_array(inverse)
        lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1))
        return _Corpus(documents, vocabulary, inverse, diags_array(1 / lengths) @ weighted)

    def clusters(self, number: int) -> "Vector":
        """Return the cluster of each document, by Ward's method."""
        from scipy.cluster.hierarchy import fcluster, linkage

        return fcluster(linkage(self._distances(), "ward"), number, "maxclust")

    def _distances(self) -> "Vector":
        """Return the Euclidean distances of all pairs, as scipy wants them: the rows of the upper triangle."""
        import numpy as np

        size = len(self.documents)
        distances, columns, done = np.empty(size * (size - 1) // 2), self.vectors.T.tocsr(), 0
        for start in range(0, size, _ROWS):
            block = (self.vectors[start : start + _ROWS] @ columns).toarray()
            for row, cosines in enumerate(block, start):
                rest = size - 1 - row
                distances[done : done + rest] = np.sqrt(np.maximum(2 - 2 * cosines[row + 1 :], 0))
                done += rest
        return distances

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
    counts = [_counts([corpus.documents[int(row)] for row in np.flatnonzero(labels == number)]) for number in numbers]
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


def _documents(conversations: Iterable[Conversation], usable: Usable, said: Counter[str]) -> Iterator[_Stretch]:
    """Yield each stretch with its usable words; add the counts of all words to those `said`."""
    for conversation in conversations:
        said.update(chain.from_iterable(conversation.words))
        for stretch in stretches(conversation.words, conversation.beginnings):
            words = chain.from_iterable(conversation.words[stretch.start : stretch.stop])
            yield _Stretch(Counter(filter(usable.__getitem__, words)), len(stretch))


def _described(documents: Sequence[_Stretch], said: Counter[str], user_nouns: Collection[str]) -> list[_Stretch]:
    """Return stretches without the words that all of them show to be pieces of sentences, or common foreign ones."""
    counts = [one.counts for one in documents]
    excluded = common_foreign(counts) | pieces(set(chain.from_iterable(counts)).difference(user_nouns), said)
    return [
        _Stretch({word: count for word, count in one.counts.items() if word not in excluded}, one.turns)
        for one in documents
    ]


def _inverse(documents: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return the inverse document frequencies of the words that occur in several documents, but not in many."""
    frequencies = Counter(chain.from_iterable(documents))
    limit = COMMON * len(documents)
    return {word: log(len(documents) / count) for word, count in sorted(frequencies.items()) if 2 <= count <= limit}


def _spread(documents: list[_Stretch]) -> list[_Stretch]:
    """Return at most `MOST` stretches, evenly spread."""
    step = max(len(documents) / MOST, 1)
    return [documents[int(place * step)] for place in range(int(len(documents) / step))]


def _counts(documents: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return how often the stretches of a topic have each word; less for a word that few of them have."""
    total, stretches_with = Counter[str](), Counter(chain.from_iterable(documents))
    for document in documents:
        total.update(document)
    return {
        word: count * sqrt((stretches_with[word] + EVIDENCE) / (len(documents) + EVIDENCE))
        for word, count in total.items()
    }


def _characteristic(counts: Mapping[str, float], topics_with: Mapping[str, int], number: int) -> list[str]:
    """Return the words of a topic by class TF-IDF, the most characteristic first; `number` is that of the topics."""
    return sorted(counts, key=lambda word: (-counts[word] * log(number / topics_with[word]), -counts[word], word))


def _unused_name(words: Sequence[str], names: Collection[str]) -> str:
    """Return the first words of a topic as its name; as many as make it different from the others."""
    longer = (SEPARATOR.join(words[:count]) for count in range(min(NAME_WORDS, len(words)), len(words) + 1))
    return next((name for name in longer if name not in names), f"{SEPARATOR.join(words[:NAME_WORDS])} {len(names)}")
