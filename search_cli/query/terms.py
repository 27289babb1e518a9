"""Analyze what was typed: pieces in normal form, with their tokens and terms.

People type words separated by spaces (小米 合作), one word that jieba does not know (红米手机), or a whole question
(陸特和漢斯雷頓開創了哪一地區對梵語的學術研究？). The archive decides which: a piece that occurs in it as typed is one
word, whatever its segmentation; any other is read as its content words. So 红米手机 counts and marks 红米手机, and a
question counts and marks its content words.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from indexer.text.numbers import numbers
from search_cli.query.characters import is_han
from search_cli.query.parser import All, AnyOf, Near, Node, Not, Phrase, Prefix, TextNode, Word
from search_cli.query.stopwords import FUNCTION_WORDS

if TYPE_CHECKING:
    from indexer.text.analysis import Analysis

Analyze: TypeAlias = "Callable[[str], Analysis]"
# Pieces end at signs (推出“QQ空间”的原因), not inside 6.11 t-shirt 12:30 a@b.cn 迈克尔·乔丹, nor before 70% c++ c#
_SPOKEN = r"[^\W_]+(?:(?<=[a-z0-9])[%+#]+)?"
_PIECE = re.compile(rf"{_SPOKEN}(?:(?:[·•・]|(?<=[a-z0-9])[-.:/@&'_~](?=[a-z0-9])){_SPOKEN})*")
_COUNTED = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]")  # takes the Han character after it along: 6.11亿, 2020年, b站
SHORT = 4
"""Characters up to which a piece that jieba cuts a lone character from is one word: names and terms have no more."""

EXPANSION_WEIGHT = 0.8
"""What another word counts beside the typed one: enough that what was typed comes first where all else is equal, little
enough that a turn that speaks of it a lot still passes one that only mentions the typed word."""

_MAGNITUDES = "百千万亿兆"
_AMOUNT = re.compile(
    r"[0-9〇零一二三四五六七八九十百千万亿廿卅两半].*[万亿兆].*|[0-9]{4}年?|[〇零一二三四五六七八九]{4}年"
)


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A piece of a query: its `text` in normal form without spaces, and the `tokens` in it (itself, for one word).

    `words` and `bigrams` are the terms that rank it, space-joined, as they are indexed; `normal` is the normal form
    with its spaces.
    """

    text: str
    tokens: tuple[str, ...]
    words: str
    bigrams: str
    normal: str = ""

    @property
    def content(self) -> "QueryTerm":
        """Return the piece without the terms of function words; all of it if it has no others."""
        words, bigrams = (
            " ".join(term for term in terms.split() if term not in FUNCTION_WORDS)
            for terms in (self.words, self.bigrams)
        )
        return replace(self, words=words, bigrams=bigrams) if words else self

    @property
    def as_one_word(self) -> "QueryTerm":
        """Return the piece as a single word."""
        return replace(self, tokens=(self.text,))


@dataclass(frozen=True, slots=True)
class ExpandedTerm:
    """A word that is searched together with a typed one.

    `written` is its form in synonyms.txt or OpenCC, `normal` its normal form with single spaces, `text` without them.
    `words` and `bigrams` are its terms, space-joined, as they are indexed; `weight` is the boost of its score.
    """

    written: str
    normal: str
    text: str
    words: str
    bigrams: str
    weight: float = EXPANSION_WEIGHT


def expanded_term(written: str, analyze: Analyze) -> ExpandedTerm:
    """Analyze a word that a query is expanded with."""
    analysis = analyze(written)
    normal = " ".join(analysis.normal.text.split())
    return ExpandedTerm(written, normal, normal.replace(" ", ""), analysis.joined_words, analysis.joined_bigrams)


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The analyzed pieces of each word, phrase and prefix of a query, and what the archive knows of them.

    `nodes` are those searched for; `pieces` also has those excluded with a minus. `attested` are the texts of several
    words that some turn has as typed: each counts as one word. `speakers` are the names of the archive's speakers by
    each word that names them, in normal form: 唐凤 for 唐鳳, 乔丹 for 迈克尔·乔丹. `expansions` are the words that are
    searched together with a word: 鹅厂 with 腾讯.
    """

    nodes: tuple[TextNode, ...]
    pieces: Mapping[TextNode, tuple[QueryTerm, ...]]
    attested: frozenset[str] = frozenset()
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    expansions: Mapping[str, tuple[ExpandedTerm, ...]] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words searched for, in normal form, each once."""
        return _each_once(map(self.required_words, self.nodes))

    @property
    def expanded_words(self) -> tuple[str, ...]:
        """Return the words that are searched together with them, as written, each once."""
        return tuple(dict.fromkeys(term.written for node in self.nodes for term in self.expanded_terms(node)))

    @property
    def typed_words(self) -> tuple[Word, ...]:
        """Return the nodes that are words: neither phrases nor prefixes, which are matched exactly."""
        return tuple(node for node in self.nodes if isinstance(node, Word))

    @property
    def name_candidates(self) -> tuple[str, ...]:
        """Return the words that may be the name of a speaker, or have synonyms; see `names`."""
        return tuple(name for word in self.typed_words for name in self.names(word))

    @property
    def speakers_named(self) -> tuple[str, ...]:
        """Return the speakers that the words name, each once."""
        return _each_once(self.speakers.get(name, ()) for name in self.name_candidates)

    @property
    def compounds(self) -> tuple[str, ...]:
        """Return the pieces of several words, each once: only the archive tells whether a turn has them as typed."""
        pieces = (piece for node, found in self.pieces.items() if isinstance(node, Word) for piece in found)
        return tuple(dict.fromkeys(piece.text for piece in pieces if piece.tokens != (piece.text,)))

    def required_words(self, node: TextNode) -> tuple[str, ...]:
        """Return the words a full match has, in normal form, each once; a phrase or prefix is one word."""
        if isinstance(node, Near):
            return _each_once((self.text(phrase),) for phrase in node.phrases)
        if not isinstance(node, Word):
            return (self.text(node),)
        return _each_once((piece.text,) if piece.text in self.attested else piece.tokens for piece in self.pieces[node])

    def tokens(self, word: Word) -> tuple[str, ...]:
        """Return the tokens of a typed word, attested or not: a turn with one of them is a partial match."""
        return _each_once(piece.tokens for piece in self.pieces[word])

    def names(self, word: Word) -> tuple[str, ...]:
        """Return what may be the name of a speaker in a typed word, or have synonyms: its pieces, and their tokens."""
        return _each_once((piece.text, *piece.tokens) for piece in self.pieces[word])

    def expanded_terms(self, node: TextNode) -> tuple[ExpandedTerm, ...]:
        """Return the words searched together with a typed word, each once; a phrase or prefix has none."""
        if not isinstance(node, Word):
            return ()
        return tuple(dict.fromkeys(term for name in self.names(node) for term in self.expansions.get(name, ())))

    def text(self, node: TextNode) -> str:
        """Return a node's characters in normal form, without spaces; those of a phrase or prefix with punctuation."""
        return "".join(piece.text for piece in self.pieces[node])

    def with_single_words(self, words: Collection[str]) -> "QueryTerms":
        """Return the terms with each piece that is one of `words` as a single word, whatever its segmentation."""
        return replace(
            self,
            pieces={
                node: tuple(piece.as_one_word if piece.text in words else piece for piece in pieces)
                for node, pieces in self.pieces.items()
            },
        )


def analyze_query(query: Node, analyze: Analyze) -> QueryTerms:
    """Analyze the words, phrases and prefixes of a query; the archive has not been asked yet."""
    every = tuple(_text_nodes(query, excluded=True))
    pieces = {node: _pieces(node, analyze) for node in every}
    if not any(pieces.values()):  # punctuation is searched for if there is nothing else
        pieces = {node: (_piece(node.text, analyze),) for node in every if not isinstance(node, Near)}
    pieces |= {phrase: _pieces(phrase, analyze) for node in every if isinstance(node, Near) for phrase in node.phrases}
    return QueryTerms(tuple(text_nodes(query)), pieces)


def text_nodes(query: Node) -> Iterator[TextNode]:
    """Yield the words, phrases and prefixes that are searched for, without those excluded with a minus."""
    return _text_nodes(query, excluded=False)


def _text_nodes(query: Node, *, excluded: bool) -> Iterator[TextNode]:
    match query:
        case Word() | Phrase() | Prefix() | Near():
            yield query
        case All(nodes) | AnyOf(nodes):
            for node in nodes:
                yield from _text_nodes(node, excluded=excluded)
        case Not(node) if excluded:
            yield from _text_nodes(node, excluded=True)
        case _:
            pass


def _pieces(node: TextNode, analyze: Analyze) -> tuple[QueryTerm, ...]:
    """Return the pieces of a word, none if it is punctuation; a phrase or prefix is one piece with its punctuation."""
    if isinstance(node, Near):
        return tuple(piece for phrase in node.phrases for piece in _pieces(phrase, analyze))
    if not isinstance(node, Word):
        return (_piece(node.text, analyze),)
    return tuple(_piece(found, analyze) for found in _PIECE.findall("".join(analyze(node.text).normal.text.split())))


def _piece(typed: str, analyze: Analyze) -> QueryTerm:
    analysis = analyze(typed)
    text = "".join(analysis.normal.text.split())
    tokens = tuple(content_words(analysis.words, text)) or (text,)
    normal = " ".join(analysis.normal.text.split())
    return QueryTerm(text, tokens, analysis.joined_words, analysis.joined_bigrams, normal)


def content_words(words: Iterable[str], text: str) -> list[str]:
    """Return the content words of a piece, each once; `words` are jieba's, `text` is the piece itself.

    Adjacent single Han characters are a word that jieba does not know (红 米 手机: 红米 手机), and one after a number
    is its unit (6.11 亿: 6.11亿). Function words are left out, then single characters, unless nothing else remains
    (我们; 米) or the piece is short: then it is one word (刘 三发: 刘三发).
    """
    joined = list(dict.fromkeys(_joined(words, text)))
    content = [word for word in joined if word not in FUNCTION_WORDS]
    longer = [word for word in content if len(word) > 1 or not is_han(word)]
    if longer != content and len(text) <= SHORT:
        return [text]
    return longer or content or joined


def word_spans(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Return the span of each of jieba's words in the text they are from."""
    found: list[tuple[int, int]] = []
    find, end = text.find, 0
    for word in words:
        if (start := find(word, end)) >= 0:
            end = start + len(word)
            found.append((start, end))
    return found


def _joined(words: Iterable[str], text: str) -> Iterator[str]:
    """Yield the words, with single Han characters joined to each other and units to the number before them."""
    first = last = 0  # a number or letter, then single Han characters
    for start, end in word_spans(words, text):
        word, run = text[start:end], text[first:last]
        single = len(word) == 1 and is_han(word) and word not in FUNCTION_WORDS
        if start == last and (single or (run[-1:].isdigit() and word[0] in _MAGNITUDES)):
            last = end
            continue
        if run:
            yield run
        first, last = (start, end) if single or _COUNTED.fullmatch(word) else (end, end)
        if first == last:
            yield word
    if first < last:
        yield text[first:last]


def _each_once(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))


def amount(word: str) -> float | None:
    """Return the value of a large amount or a year in any form (6.11亿元, 30万, 2020年, 二〇二〇年), else None.

    Small numbers have none: 18岁 is not 18人.
    """
    found = numbers(word) if _AMOUNT.fullmatch(word) else []
    return found[0] if len(found) == 1 else None
