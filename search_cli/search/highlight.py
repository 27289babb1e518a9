"""Which characters of the printed text a query matched: exactly those. Pure.

A typed word is marked where it stands, whatever jieba makes of it. Of several words typed without spaces, or a whole
question, each stretch is marked that the text has in common with it and that holds a word of it: 区块链的有关概念 marks
区块链 in 区块链的应用. All is compared in normal form and marked in print: 资讯 marks 資訊, qq marks ＱＱ.
"""

from collections.abc import Callable, Iterable, Iterator

from indexer.text.normalize import NormalText, normalize
from indexer.text.numbers import amounts
from search_cli.models import Span
from search_cli.query.characters import is_han
from search_cli.query.parser import Node, Phrase, Prefix
from search_cli.query.stopwords import FUNCTION_WORDS
from search_cli.query.terms import Analyze, Leaf, QueryTerm, QueryTerms, amount, leaf_nodes, stands

_SHORTEST = 2  # characters a word and a text must share to be marked where the text holds no whole word


def marks(text: str, query: Node, wording: QueryTerms, analyze: Analyze) -> tuple[Span, ...]:
    """Return the stretches of `text` that the query's words, phrases and prefixes match: in order, not overlapping."""
    plain = Plain(normalize(text))
    spans = occurrences(plain, query, wording, lambda: analyze(text).words)
    if not spans:
        # what is quoted is meant to the letter: part of it is no match
        said = (leaf for leaf in leaf_nodes(query) if not isinstance(leaf, Phrase))
        units = (part for leaf in said for wanted in wording.pieces[leaf] for part in wanted.parts)
        spans = merged(span for unit in units for span in _shared(unit, plain.text))
    return merged(map(plain.printed, spans))


def occurrences(
    plain: "Plain", query: Node, wording: QueryTerms, words: Callable[[], tuple[str, ...]]
) -> tuple[Span, ...]:
    """Return where the query's words, phrases and prefixes stand whole in a text, `words` being jieba's of that text.

    In order, not overlapping, counted in `plain.text`.
    """
    return merged(span for leaf in leaf_nodes(query) for span in _leaf_spans(leaf, wording, plain, words))


def merged(spans: Iterable[Span], *, touching: bool = False) -> tuple[Span, ...]:
    """Return the stretches in order, those that overlap (or touch, where asked) as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and (start < found[-1][1] or (touching and start == found[-1][1])):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)


class Plain:
    """A normal text without its spaces, as `chars` is indexed, with the way back."""

    def __init__(self, normal: NormalText) -> None:
        self._normal = normal
        self.spaced = normal.text
        self.places = [place for place, character in enumerate(normal.text) if not character.isspace()]
        self.text = "".join(normal.text[place] for place in self.places)

    def normal(self, span: Span) -> Span:
        """Return where a stretch stands in the normal text."""
        return self.places[span[0]], self.places[span[1] - 1] + 1

    def printed(self, span: Span) -> Span:
        """Return where a stretch stands in the printed text."""
        return self._normal.original_span(*self.normal(span))


def _leaf_spans(leaf: Leaf, wording: QueryTerms, plain: Plain, words: Callable[[], tuple[str, ...]]) -> Iterator[Span]:
    """Yield where a word, phrase or prefix stands in the text."""
    if isinstance(leaf, Phrase):
        yield from _found(wording.normal(leaf), plain.text)
    elif isinstance(leaf, Prefix):
        yield from _beginnings(wording.normal(leaf), plain.text, words())
    else:
        for wanted in wording.pieces[leaf]:
            yield from _common(wanted, plain)
            yield from _amounts(wanted, plain)
        for other in wording.others(leaf):
            yield from _common(QueryTerm(other.whole, (other.whole,), other.words, other.bigrams), plain)


def _found(sought: str, text: str) -> Iterator[Span]:
    """Yield every place where `sought` stands in `text`."""
    start = text.find(sought)
    while sought and start >= 0:
        yield start, start + len(sought)
        start = text.find(sought, start + 1)


def _beginnings(stem: str, text: str, words: Iterable[str]) -> Iterator[Span]:
    """Yield the words that begin with `stem`, and a stem of several Han characters wherever it stands."""
    for start, end in stands(words, text):
        if text.startswith(stem, start):
            yield start, end
    if len(stem) > 1 and is_han(stem):
        yield from _found(stem, text)


def _common(wanted: QueryTerm, plain: Plain) -> Iterator[Span]:
    """Yield the stretches that a text has in common with a piece and that hold one of its parts."""
    tokens = tuple(_content(wanted))
    for part in wanted.parts:
        for at, _ in _found(part, wanted.whole):
            for start, end in _found(part, plain.text):
                before, after = _widths(wanted.whole, at, plain.text, start, len(part), tokens)
                if _stands_alone(plain.spaced, *plain.normal((start - before, end + after))):
                    yield start - before, end + after


def _content(wanted: QueryTerm) -> Iterator[Span]:
    """Yield where jieba's words stand in a piece, those that only hold a sentence together left out."""
    for start, end in stands(wanted.words.split(), wanted.whole):
        if wanted.whole[start:end] not in FUNCTION_WORDS:
            yield start, end


def _widths(whole: str, at: int, text: str, start: int, length: int, tokens: Iterable[Span]) -> tuple[int, int]:
    """Return how many characters before and after a part piece and text share, as far as whole words go."""
    low, high = at, at + length
    while low and start - (at - low) and whole[low - 1] == text[start - (at - low) - 1]:
        low -= 1
    while high < len(whole) and start + high - at < len(text) and whole[high] == text[start + high - at]:
        high += 1
    first = min((begin for begin, end in tokens if low <= begin and end <= high), default=at)
    last = max((end for begin, end in tokens if low <= begin and end <= high), default=at + length)
    return max(at - first, 0), max(last - at - length, 0)


def _amounts(wanted: QueryTerm, plain: Plain) -> Iterator[Span]:
    """Yield where the text says the amounts of a piece in another form: 二〇二〇年 for 2020年, 6.11亿 for 6.11亿元."""
    values = {value for part in wanted.parts if (value := amount(part)) is not None}
    for start, end, value in amounts(plain.text) if values else ():
        if value in values:
            year = (
                end < len(plain.text) and plain.text[end] == "年" and any(part.endswith("年") for part in wanted.parts)
            )
            yield start, end + year


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Say whether no letter or digit before or after belongs to the same run: IT is not in with, 6.11 not in 16.11."""
    return not (_continues(text, start - 1, start, -1) or _continues(text, end - 1, end, 1))


def _continues(text: str, left: int, right: int, away: int) -> bool:
    """Say whether two neighbours are of one run of letters or digits; a point between digits joins them."""
    if left < 0 or right >= len(text):
        return False
    inside, outside = (left, right) if away > 0 else (right, left)
    kind, beyond = text[inside].isdecimal(), outside + away
    if kind and text[outside] == "." and 0 <= beyond < len(text):
        return text[beyond].isdecimal()
    return _is_run(text[inside]) and _is_run(text[outside]) and kind == text[outside].isdecimal()


def _is_run(character: str) -> bool:
    return character.isalnum() and not is_han(character)


def _shared(unit: str, text: str) -> Iterator[Span]:
    """Yield the longest stretches of at least two characters that a word and the text share: 互联 for 互联网."""
    for length in range(len(unit) - 1, _SHORTEST - 1, -1):
        found = [
            span
            for first in range(len(unit) - length + 1)
            if is_han(unit[first : first + length])
            for span in _found(unit[first : first + length], text)
        ]
        if found:
            yield from found
            return
