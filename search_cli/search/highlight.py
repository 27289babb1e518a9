"""Highlight what a query matched, to the character, in the original text. Pure.

A typed word is marked wherever it occurs, whatever its segmentation. For several words typed without spaces, or a whole
question, each span is marked that the text has in common with it and that contains one of its words: 区块链的有关概念
marks 区块链 in 区块链的应用. Texts are compared in normal form: 资讯 marks 資訊, qq marks ＱＱ.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, islice, product

from indexer.text.normalize import NormalText, normalize
from indexer.text.numbers import amounts
from search_cli.models import Span
from search_cli.query.characters import is_han
from search_cli.query.parser import Near, Phrase, Prefix, TextNode
from search_cli.query.stopwords import FUNCTION_WORDS
from search_cli.query.terms import Analyze, QueryTerm, QueryTerms, amount, word_spans

_NOT_SPACE = re.compile(r"\S+")
_MAX_PLACES = 5  # of a word in a query of which more is compared with a text: 哈哈哈… is not compared with 哈哈哈…
_SHORTEST = 2  # characters in common that are marked if the text has no full match


def marks(text: str, terms: QueryTerms, analyze: Analyze) -> tuple[Span, ...]:
    """Return the spans of `text` that the query matches: in order, not overlapping."""
    plain = Plain(normalize(text))
    spans = occurrences(plain, terms, lambda: analyze(text).words)
    if not spans:  # a phrase is matched exactly: a part of it is not a match
        nodes = (node for node in terms.nodes if not isinstance(node, Phrase | Near))
        tokens = (token for node in nodes for piece in terms.pieces[node] for token in piece.tokens)
        spans = merged(span for token in tokens for span in _shared(token, plain.text))
    return merged(map(plain.printed, spans))


def note_marks(notes: Iterable[str], terms: QueryTerms, analyze: Analyze) -> tuple[tuple[Span, ...], ...]:
    """Return the spans of full matches in each note."""
    whole = terms.with_single_words(terms.attested)
    return tuple(full_marks(note, whole, analyze) for note in notes)


def full_marks(text: str, terms: QueryTerms, analyze: Analyze) -> tuple[Span, ...]:
    """Return the spans of full matches in a text."""
    plain = Plain(normalize(text))
    return merged(map(plain.printed, occurrences(plain, terms, lambda: analyze(text).words)))


def occurrences(plain: "Plain", terms: QueryTerms, words: Callable[[], tuple[str, ...]]) -> tuple[Span, ...]:
    """Return the full matches of a query's words, phrases and prefixes in `plain.text`, `words` being jieba's of it.

    In order, not overlapping.
    """
    return merged(span for node in terms.nodes for span in _node_spans(node, terms, plain, words))


def merged(spans: Iterable[Span], *, touching: bool = False) -> tuple[Span, ...]:
    """Return the spans in order, with those that overlap (or touch, if `touching`) merged."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start < found[-1][1] or (touching and start == found[-1][1])):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)


class Plain:
    """A normal text without spaces, as `chars` is indexed, and its positions in the original."""

    def __init__(self, normal: NormalText) -> None:
        self._normal = normal
        self.spaced = normal.text
        self.text = "".join(normal.text.split())

    @cached_property
    def _places(self) -> list[int]:
        """Return the place of each character in the normal text."""
        return list(chain.from_iterable(range(*run.span()) for run in _NOT_SPACE.finditer(self.spaced)))

    def normal(self, span: Span) -> Span:
        """Return a span's place in the normal text."""
        if len(self.text) == len(self.spaced):
            return span
        return self._places[span[0]], self._places[span[1] - 1] + 1

    def printed(self, span: Span) -> Span:
        """Return a span's place in the original text."""
        return self._normal.original_span(*self.normal(span))


def _node_spans(
    node: TextNode, terms: QueryTerms, plain: Plain, words: Callable[[], tuple[str, ...]]
) -> Iterator[Span]:
    """Yield the full matches of a word, phrase or prefix."""
    if isinstance(node, Phrase):
        yield from _phrases([node], terms, plain)
    elif isinstance(node, Near):
        yield from _near_spans(node, terms, plain)
    elif isinstance(node, Prefix):
        yield from _prefixed(terms.text(node), plain.text, words())
    else:
        for piece in terms.pieces[node]:
            yield from _common(piece, plain)
            yield from _amounts(piece, plain)
        for term in terms.expanded_terms(node):
            yield from _common(QueryTerm(term.text, (term.text,), term.words, term.bigrams), plain)


def _found(part: str, text: str) -> Iterator[Span]:
    """Yield every span of `part` in `text`, overlapping ones too."""
    start = text.find(part)
    while part and start >= 0:
        yield start, start + len(part)
        start = text.find(part, start + 1)


def _phrases(phrases: Iterable[Phrase], terms: QueryTerms, plain: Plain) -> Iterator[Span]:
    """Yield the spans of phrases; letters and digits at their ends are whole runs."""
    for phrase in phrases:
        for span in _found(terms.text(phrase), plain.text):
            if _stands_alone(plain.spaced, *plain.normal(span)):
                yield span


def _near_spans(node: Near, terms: QueryTerms, plain: Plain) -> Iterator[Span]:
    """Yield the texts of both sides that are near one of the other side, and do not overlap it."""
    for one, other in product(_phrases(node.one, terms, plain), tuple(_phrases(node.other, terms, plain))):
        if 0 <= max(other[0] - one[1], one[0] - other[1]) <= node.distance:
            yield one
            yield other


def _prefixed(prefix: str, text: str, words: Iterable[str]) -> Iterator[Span]:
    """Yield the words that start with a prefix, and a prefix of several Han characters anywhere."""
    for start, end in word_spans(words, text):
        if text.startswith(prefix, start):
            yield start, end
    if len(prefix) > 1 and is_han(prefix):
        yield from _found(prefix, text)


def _common(piece: QueryTerm, plain: Plain) -> Iterator[Span]:
    """Yield the spans of a text that it has in common with a piece and that contain one of the piece's tokens."""
    for token in piece.tokens:
        if token not in plain.text:
            continue
        content, places = _content(piece), [at for at, _ in islice(_found(token, piece.text), _MAX_PLACES)]
        for start, end in _found(token, plain.text):
            for at in places:
                before, after = _widths(piece.text, at, plain.text, start, len(token), content)
                if _stands_alone(plain.spaced, *plain.normal((start - before, end + after))):
                    yield start - before, end + after


@lru_cache(maxsize=1024)
def _content(piece: QueryTerm) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return where jieba's words in a piece start and where they end, without function words."""
    spans = [
        (start, end)
        for start, end in word_spans(piece.words.split(), piece.text)
        if piece.text[start:end] not in FUNCTION_WORDS
    ]
    return tuple(start for start, _ in spans), tuple(end for _, end in spans)


def _widths(
    piece: str, at: int, text: str, start: int, length: int, content: tuple[Sequence[int], Sequence[int]]
) -> tuple[int, int]:
    """Return how many characters before and after a token piece and text have in common, in whole words."""
    low, high = at, at + length
    while low and start - (at - low) and piece[low - 1] == text[start - (at - low) - 1]:
        low -= 1
    while high < len(piece) and start + high - at < len(text) and piece[high] == text[start + high - at]:
        high += 1
    starts, ends = content
    first, last = bisect_left(starts, low), bisect_right(ends, high) - 1  # the words in between
    if first > last:
        return 0, 0
    return max(at - starts[first], 0), max(ends[last] - at - length, 0)


def _amounts(piece: QueryTerm, plain: Plain) -> Iterator[Span]:
    """Yield the amounts of a piece in another form: 二〇二〇年 for 2020年, 6.11亿 for 6.11亿元."""
    values = _values(piece)
    is_year = any(token.endswith("年") for token in piece.tokens)
    for start, end, value in amounts(plain.text) if values else ():
        if value in values:
            yield start, end + (is_year and plain.text[end : end + 1] == "年")


@lru_cache(maxsize=1024)
def _values(piece: QueryTerm) -> frozenset[float]:
    """Return the values of the amounts of a piece."""
    return frozenset(value for token in piece.tokens if (value := amount(token)) is not None)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Return whether no letter or digit before or after is part of the same run: with has no IT, 16.11 no 6.11."""
    return not (_continues(text, start - 1, start, -1) or _continues(text, end - 1, end, 1))


def _continues(text: str, left: int, right: int, away: int) -> bool:
    """Return whether two neighbours are of one run of letters or digits; a point between digits joins them."""
    if left < 0 or right >= len(text):
        return False
    inside, outside = (left, right) if away > 0 else (right, left)
    kind, beyond = text[inside].isdecimal(), outside + away
    if kind and text[outside] == "." and 0 <= beyond < len(text):
        return text[beyond].isdecimal()
    return _is_run(text[inside]) and _is_run(text[outside]) and kind == text[outside].isdecimal()


def _is_run(character: str) -> bool:
    return character.isalnum() and not is_han(character)


def _shared(word: str, text: str) -> Iterator[Span]:
    """Yield the longest parts of a word, of at least two characters, that the text contains: 互联 for 互联网."""
    for length in range(len(word) - 1, _SHORTEST - 1, -1):
        found = [
            span
            for first in range(len(word) - length + 1)
            if is_han(word[first : first + length])
            for span in _found(word[first : first + length], text)
        ]
        if found:
            yield from found
            return
