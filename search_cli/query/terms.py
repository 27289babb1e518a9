"""What was typed, as it is searched for: each piece in normal form, whole and in its words.

People type words with spaces between (小米 合作), one word jieba does not know (红米手机), or a whole question
(陸特和漢斯雷頓開創了哪一地區對梵語的學術研究？). The archive decides which: a piece that occurs in it as typed is one
word, whatever jieba makes of it; one that does not occur is read as its words, without those that only hold a
sentence together. So 红米手机 counts and marks 红米手机, and a question counts and marks what it asks about.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from indexer.text.numbers import numbers
from search_cli.query.characters import is_han
from search_cli.query.expanded_term import ExpandedTerm
from search_cli.query.parser import All, AnyOf, Node, Not, Phrase, Prefix, Word
from search_cli.query.stopwords import FUNCTION_WORDS

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

Leaf: TypeAlias = Word | Phrase | Prefix
Analyze: TypeAlias = "Callable[[str], Analysis]"
# Pieces end at signs (推出“QQ空间”的原因), not inside 6.11 t-shirt 12:30 a@b.cn 迈克尔·乔丹, nor before 70% c++ c#
_SPOKEN = r"[^\W_]+(?:(?<=[a-z0-9])[%+#]+)?"
_PIECE = re.compile(rf"{_SPOKEN}(?:(?:[·•・]|(?<=[a-z0-9])[-.:/@&'_~](?=[a-z0-9])){_SPOKEN})*")
_COUNTED = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]")  # takes the Han character after it along: 6.11亿, 2020年, b站
SHORT = 4
"""Characters up to which a piece that jieba cuts a lone character from is one word: names and terms have no more."""

_MAGNITUDES = "百千万亿兆"
_AMOUNT = re.compile(r".*[万亿].*|[0-9]{4}年?|[〇零一二三四五六七八九]{4}年")


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A piece, in normal form without spaces: `whole` as typed, and its `parts` (itself, for a single word).

    `words` and `bigrams` are the terms that rank it, space-joined, as they are indexed.
    """

    whole: str
    parts: tuple[str, ...]
    words: str
    bigrams: str

    @property
    def content(self) -> "QueryTerm":
        """Return the piece without the terms that only hold a sentence together; all of it where it has no other."""
        words, bigrams = (
            " ".join(term for term in terms.split() if term not in FUNCTION_WORDS)
            for terms in (self.words, self.bigrams)
        )
        return replace(self, words=words, bigrams=bigrams) if words else self


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The pieces of each word, phrase and prefix of a query, and what the archive says of them.

    `known` are the wholes of several words that some turn holds as typed: each counts as one word. `speakers` are the
    names of the archive's speakers by each word that names them, in normal form: 唐凤 for 唐鳳, 乔丹 for 迈克尔·乔丹.
    `also` are the other words that are searched with a word: 鹅厂 with 腾讯.
    """

    pieces: Mapping[Leaf, tuple[QueryTerm, ...]]
    known: frozenset[str] = frozenset()
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    also: Mapping[str, tuple[ExpandedTerm, ...]] = field(default_factory=dict)

    def units(self, leaf: Leaf) -> tuple[str, ...]:
        """Return the words that a leaf demands, in normal form, each once; a phrase or prefix is one word."""
        if not isinstance(leaf, Word):
            return (self.normal(leaf),)
        found = ((wanted.whole,) if wanted.whole in self.known else wanted.parts for wanted in self.pieces[leaf])
        return _each_once(found)

    def parts(self, word: Word) -> tuple[str, ...]:
        """Return the parts of one typed word, known or not: what makes a turn a partial match."""
        return _each_once(wanted.parts for wanted in self.pieces[word])

    def named(self, word: Word) -> tuple[str, ...]:
        """Return what of a typed word may be a speaker's name: its pieces whole, and their parts."""
        return _each_once((wanted.whole, *wanted.parts) for wanted in self.pieces[word])

    def others(self, leaf: Leaf) -> tuple[ExpandedTerm, ...]:
        """Return the words searched with a typed word, each once; a phrase or prefix is meant to the letter."""
        if not isinstance(leaf, Word):
            return ()
        return tuple(dict.fromkeys(one for unit in self.named(leaf) for one in self.also.get(unit, ())))

    def normal(self, leaf: Leaf) -> str:
        """Return all the characters of a leaf in normal form, without spaces: of a phrase or prefix, signs too."""
        return "".join(wanted.whole for wanted in self.pieces[leaf])

    def undecided(self) -> tuple[str, ...]:
        """Return the wholes of several words, each once: the archive must say whether some turn holds them."""
        wanted = (one for leaf, pieces in self.pieces.items() if isinstance(leaf, Word) for one in pieces)
        return tuple(dict.fromkeys(one.whole for one in wanted if one.parts != (one.whole,)))


def query_terms(query: Node, analyze: Analyze) -> QueryTerms:
    """Return what the words, phrases and prefixes of a query are searched as; nothing is known yet."""
    leaves = tuple(_leaves(query))
    pieces = {leaf: _pieces(leaf, analyze) for leaf in leaves}
    if not any(pieces.values()):  # signs alone are words where nothing else is asked for
        pieces = {leaf: (_wanted(leaf.text, analyze),) for leaf in leaves}
    return QueryTerms(pieces)


def leaf_nodes(query: Node) -> Iterator[Leaf]:
    """Yield the words, phrases and prefixes that are asked for, those left out with a minus not among them."""
    match query:
        case Word() | Phrase() | Prefix():
            yield query
        case All(nodes) | AnyOf(nodes):
            for one in nodes:
                yield from leaf_nodes(one)
        case _:
            pass


def _leaves(query: Node) -> Iterator[Leaf]:
    """Yield all words, phrases and prefixes, also those left out."""
    match query:
        case Not(inside):
            yield from _leaves(inside)
        case All(nodes) | AnyOf(nodes):
            for one in nodes:
                yield from _leaves(one)
        case _:
            yield from leaf_nodes(query)


def _pieces(leaf: Leaf, analyze: Analyze) -> tuple[QueryTerm, ...]:
    """Return a word's pieces, none where it is all signs; phrases and prefixes are one piece with their signs."""
    if not isinstance(leaf, Word):
        return (_wanted(leaf.text, analyze),)
    return tuple(_wanted(piece, analyze) for piece in _PIECE.findall("".join(analyze(leaf.text).normal.text.split())))


def _wanted(text: str, analyze: Analyze) -> QueryTerm:
    analysis = analyze(text)
    whole = "".join(analysis.normal.text.split())
    return QueryTerm(
        whole, tuple(parts(analysis.words, whole)) or (whole,), analysis.joined_words, analysis.joined_bigrams
    )


def parts(words: Iterable[str], whole: str) -> list[str]:
    """Return the words of one piece that a person would call its words, each once.

    Single Han characters side by side are a word jieba does not know (红 米 手机: 红米 手机), and one after a number
    is its unit (6.11 亿: 6.11亿). Words that only hold the sentence together are left out, then lone characters,
    unless nothing else is there (我们; 米) or the piece is short: then it is one word (刘 三发: 刘三发).
    """
    joined = list(dict.fromkeys(_joined(words, whole)))
    content = [word for word in joined if word not in FUNCTION_WORDS]
    longer = [word for word in content if len(word) > 1 or not is_han(word)]
    if longer != content and len(whole) <= SHORT:
        return [whole]
    return longer or content or joined


def stands(words: Iterable[str], whole: str) -> Iterator[tuple[int, int]]:
    """Yield where each of jieba's words stands in the text they were cut from."""
    end = 0
    for word in words:
        start = whole.find(word, end)
        if start >= 0:
            end = start + len(word)
            yield start, end


def _joined(words: Iterable[str], whole: str) -> Iterator[str]:
    """Yield the words, lone Han characters joined with each other and units with the number before them."""
    first = last = 0  # a number or letter, then Han characters that stood alone
    for start, end in stands(words, whole):
        word, run = whole[start:end], whole[first:last]
        lone = len(word) == 1 and is_han(word) and word not in FUNCTION_WORDS
        if start == last and (lone or (run[-1:].isdigit() and word[0] in _MAGNITUDES)):
            last = end
            continue
        if run:
            yield run
        first, last = (start, end) if lone or _COUNTED.fullmatch(word) else (end, end)
        if first == last:
            yield word
    if first < last:
        yield whole[first:last]


def _each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit for group in groups for unit in group))


def amount(unit: str) -> float | None:
    """Return the number a word says in whatever form: 6.11亿元, 30万, 2020年, 二〇二〇年; None for other words.

    Small numbers are not taken by value: 18岁 is no 18人.
    """
    found = numbers(unit) if _AMOUNT.fullmatch(unit) else []
    return found[0] if len(found) == 1 else None
