"""Count the words of turns, and score how much more often they occur than in other turns.

The words are those of the index, in normal form: jieba's, without punctuation. They are read from the turns a page at a
time: memory depends on the number of different words, not on that of turns.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from math import log2

from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.kwic.collocates import log_likelihood
from search_cli.kwic.word_sample import sampled
from search_cli.query.stopwords import ENGLISH_FUNCTION_WORDS, FUNCTION_WORDS
from search_cli.word_statistics import WordStatistics

LEFT_OUT = FUNCTION_WORDS | ENGLISH_FUNCTION_WORDS
"""Words that are not listed, unless function words are asked for."""

PER = 10_000
"""Words that a frequency is given per."""

CERTAIN = 15.13
"""Log-likelihood reached by chance once in 10,000 words: chi-square of one degree of freedom at p = .0001."""

READ = 20_000
"""Other turns that are read while Elasticsearch's counts have deleted ones: a second. More are estimated."""

_COUNTED = 400  # words whose turns are counted at once
_IN_ORDER = [{"interview_id": "asc"}, {"turn": "asc"}]
_FASTEST = [{"_shard_doc": "asc"}]


@dataclass(slots=True)
class WordCounts:
    """How often each word occurs in turns, and in how many interviews: in `turns` of the `of_turns` that match."""

    counts: Counter[str] = field(default_factory=Counter)
    ranges: Counter[str] = field(default_factory=Counter)
    total: int = 0
    turns: int = 0
    interviews: int = 0
    of_turns: int = 0

    @property
    def part(self) -> float:
        """Return the part of the turns that match whose words were counted, 0 to 1."""
        return self.turns / self.of_turns if self.of_turns else 1.0

    def of_all(self, count: int) -> int:
        """Return a count of these turns as it is in all that match: estimated where only some were counted."""
        return count if self.turns == self.of_turns else round(count / self.part)


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


@dataclass(frozen=True, slots=True)
class OtherWords:
    """How often words occur in other turns, and the number of all words of these; `is_estimate` tells of both."""

    counts: Mapping[str, int] = field(default_factory=dict)
    total: int = 0
    is_estimate: bool = False


def count_words(client: ArchiveClient, query: Clause, *, whole: bool = True) -> WordCounts:
    """Count the words of the turns that match, with the interviews of each; of many, unless `whole`, of some."""
    sample = sampled(client, query, whole=whole)
    found = WordCounts(of_turns=sample.of_turns)
    for _, sources in groupby(_sources(client, sample.query, _IN_ORDER), lambda source: source["interview_id"]):
        seen: set[str] = set()
        for source in sources:
            words = source.get("words", "").split()
            found.counts.update(words)
            seen.update(words)
            found.turns += 1
        found.ranges.update(seen)
        found.interviews += 1
    found.total = found.counts.total()
    found.of_turns = found.turns if sample.query is query else sample.of_turns
    return found


def count_others(client: ArchiveClient, query: Clause, own: WordCounts, words: Sequence[str]) -> OtherWords:
    """Count `words` in the turns that do not match, and all their words.

    Elasticsearch has the counts of the whole archive, but with those of deleted and replaced turns. While there are
    any, few turns are read; of many, the counts are estimated.
    """
    if client.has_deleted_turns():
        others: Clause = {"bool": {"must_not": [query]}}
        counted = client.search(client.names.turns, {"query": others, "size": 0, "track_total_hits": READ + 1})
        if counted["hits"]["total"]["value"] > READ:
            return _estimated(client, own, words)
        read: Counter[str] = Counter()
        for source in _sources(client, others, _FASTEST):
            read.update(source.get("words", "").split())
        return OtherWords(read, read.total(), own.turns < own.of_turns)
    known = client.word_statistics(words)
    counts = {word: max(known.counts[word] - own.of_all(own.counts[word]), 0) for word in words}
    return OtherWords(counts, known.total - own.of_all(own.total), own.turns < own.of_turns)


def _estimated(client: ArchiveClient, own: WordCounts, words: Sequence[str]) -> OtherWords:
    """Estimate the counts of words in other turns: those of all turns, by the part of them that is not deleted.

    That part is counted for each word, in turns: only how often a word occurs in a turn is taken to be the same in
    those that were deleted. They are turns as they were before somebody got another name, or copies of other turns. Of
    many words, it is counted for the most frequent, and for the most telling by what these have in all.
    """
    known = client.word_statistics(words)
    parts = _present_parts(client, words[:_COUNTED], known)
    part = sum(parts[word] * known.counts[word] for word in parts) / (sum(known.counts[word] for word in parts) or 1)

    def others() -> dict[str, int]:
        return {
            word: max(round(known.counts[word] * parts.get(word, part)) - own.of_all(own.counts[word]), 0)
            for word in words
        }

    total = max(round(known.total * (part or 1.0)) - own.of_all(own.total), 1)
    scored = score_words(words, own, others(), total)
    telling = (one.word for one in sorted(scored, key=lambda one: -abs(one.score)) if one.word not in parts)
    parts |= _present_parts(client, list(islice(telling, _COUNTED)), known)
    return OtherWords(others(), total, is_estimate=True)


def _present_parts(client: ArchiveClient, words: Sequence[str], known: WordStatistics) -> dict[str, float]:
    """Return for each word which part of its turns, as Elasticsearch counts them, is not deleted."""
    return {word: turns / (known.turns[word] or 1) for word, turns in _turns_with(client, words).items()}


def _turns_with(client: ArchiveClient, words: Sequence[str]) -> dict[str, int]:
    """Return how many turns have each word."""
    if not words:
        return {}
    each = {"words": {"filters": {"filters": [{"term": {"words": word}} for word in words]}}}
    body = {"size": 0, "track_total_hits": False, "aggs": each}
    buckets = client.search(client.names.turns, body)["aggregations"]["words"]["buckets"]
    return {word: one["doc_count"] for word, one in zip(words, buckets, strict=True)}


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
