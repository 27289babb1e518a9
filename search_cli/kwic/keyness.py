"""Count the words of turns, and score how much more often they occur than in other turns.

The words are those of the index, in normal form: jieba's, without punctuation. They are read from the turns a page at a
time: memory depends on the number of different words, not on that of turns.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from math import log2

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.kwic.collocates import log_likelihood
from search_cli.query.stopwords import ENGLISH_FUNCTION_WORDS, FUNCTION_WORDS

LEFT_OUT = FUNCTION_WORDS | ENGLISH_FUNCTION_WORDS
"""Words that are not listed, unless function words are asked for."""

PER = 10_000
"""Words that a frequency is given per."""

CERTAIN = 15.13
"""Log-likelihood reached by chance once in 10,000 words: chi-square of one degree of freedom at p = .0001."""

_IN_ORDER = [{"interview_id": "asc"}, {"turn": "asc"}]
_FASTEST = [{"_shard_doc": "asc"}]


@dataclass(slots=True)
class WordCounts:
    """How often each word occurs in turns, and in how many interviews."""

    counts: Counter[str] = field(default_factory=Counter)
    ranges: Counter[str] = field(default_factory=Counter)
    total: int = 0
    turns: int = 0
    interviews: int = 0


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A word: its count, in how many interviews, and its count in the other turns; both per 10,000 words too.

    `score` is the log-likelihood (G²), how certain the difference is: negative if the word is rarer here. `log_ratio`
    is how large it is (Hardie 2014): 1 is twice as frequent here, 2 four times, -1 half as frequent; a count of 0
    counts as .5.
    """

    word: str
    count: int
    per_10k: float
    interviews: int
    others: int
    others_per_10k: float
    score: float
    log_ratio: float


def count_words(client: ArchiveClient, query: Clause) -> WordCounts:
    """Count the words of the turns that match, with the interviews of each."""
    found = WordCounts()
    for _, sources in groupby(_sources(client, query, _IN_ORDER), lambda source: source["interview_id"]):
        seen: set[str] = set()
        for source in sources:
            words = source.get("words", "").split()
            found.counts.update(words)
            seen.update(words)
            found.turns += 1
        found.ranges.update(seen)
        found.interviews += 1
    found.total = found.counts.total()
    return found


def count_others(client: ArchiveClient, query: Clause, own: WordCounts) -> tuple[Mapping[str, int], int]:
    """Count the words of the turns that do not match; return the counts, and the number of all their words.

    Elasticsearch has the counts of the whole archive, but with those of deleted and replaced turns. While there are
    any, the turns are read.
    """
    if client.has_deleted_turns():
        others: Counter[str] = Counter()
        for source in _sources(client, {"bool": {"must_not": [query]}}, _FASTEST):
            others.update(source.get("words", "").split())
        return others, others.total()
    counts, total = client.frequencies(list(own.counts))
    return {word: count - own.counts[word] for word, count in counts.items()}, total - own.total


def _sources(client: ArchiveClient, query: Clause, sort: list[Body]) -> Iterator[Mapping[str, str]]:
    """Yield the words of the turns that match."""
    body = {"query": query, "sort": sort, "_source": ["interview_id", "words"], "track_total_hits": False}
    for page in client.pages(client.names.turns, body):
        for hit in page["hits"]["hits"]:
            yield hit["_source"]


def listed_words(own: WordCounts, least: int, *, function_words: bool) -> list[str]:
    """Return the words that occur at least `least` times, the most frequent first."""
    several = (word for word, count in own.counts.items() if count >= least)
    listed = (word for word in several if function_words or word not in LEFT_OUT)
    return sorted(listed, key=lambda word: (-own.counts[word], word))


def score_words(
    words: Iterable[str], own: WordCounts, others: Mapping[str, int], others_total: int
) -> Iterator[KeyWord]:
    """Yield words with their keyness against other turns; it is 0 if there are no others."""
    for word in words:
        count, other = own.counts[word], others.get(word, 0)
        score = log_likelihood(count, own.total, count + other, own.total + others_total) if others_total else 0.0
        yield KeyWord(
            word,
            count,
            PER * count / own.total if own.total else 0.0,
            own.ranges[word],
            other,
            PER * other / others_total if others_total else 0.0,
            score,
            log_ratio(count, own.total, other, others_total),
        )


def log_ratio(count: int, total: int, other: int, other_total: int) -> float:
    """Return the binary logarithm of the ratio of two relative frequencies; a count of 0 counts as .5.

    Hardie, Log Ratio: an informal introduction (2014). 0.0 if either side has no words.
    """
    if not total or not other_total:
        return 0.0
    return log2((count or 0.5) / total) - log2((other or 0.5) / other_total)
