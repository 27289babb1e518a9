"""Parse the query language into frozen nodes, or raise a `QueryError` that points at the character.

    小米 合作                      words: any of them; turns with all come first
    "红米手机"                     exactly these characters
    -广告  -"红米手机"  NOT 广告    excluded
    小米 OR 华为                   alternatives; OR binds tighter than a space
    疫苗 NEAR/5 口罩               both, in any order, at most 5 characters apart; NEAR binds tighter than OR
    (小米 OR 华为) 合作            grouping
    小*                            words with this prefix
    speaker:郑志昊 date:2013-07..2013-08 number:>1亿 topic:(社交 OR 商业化)
    @小米                          the saved search of this name, as if it stood there in brackets

Operators may be full-width (：（）－＊ ＯＲ) and quotation marks “ ” „ ＂ 「」 『』, as in Chinese
input methods. What only resembles an operator is text: 12:30, http://…, t-shirt, 18-35岁, “轻资产”模式 (quotes within a
sentence), name@example.org (an @ within a word).
"""

import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

from indexer.errors import QueryError
from indexer.language.messages import gettext as _
from search_cli.query.lexer import LONGEST, Token, TokenKind, tokens
from search_cli.query.values import Value, read_value

MAX_DEPTH = 50
MAX_DISTANCE = 1000
"""Characters between two texts that are near: more than most turns have."""
_BEFORE_OR = frozenset({"word", "phrase", "prefix", "saved", "value", "close"})
_AFTER_OR = frozenset({"word", "phrase", "prefix", "saved", "field", "open"})


@dataclass(frozen=True, slots=True)
class Word:
    """Text between spaces: a word, several words typed without spaces, or a whole question."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these characters."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words with this prefix; `text` is without the asterisk."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A field with one of the values."""

    name: str
    values: tuple[Value, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """An exclusion."""

    node: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class All:
    """A sequence: any, most or all of its nodes, according to `Match`. Without nodes: every turn."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts at most `distance` characters apart, spaces not counted, in any order; each side has alternatives."""

    one: tuple[Phrase, ...]
    other: tuple[Phrase, ...]
    distance: int
    at: int = 0

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """Return the texts of both sides."""
        return (*self.one, *self.other)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search by its name; `saved.expand` puts what it searches for in its place."""

    name: str
    at: int = 0


TextNode: TypeAlias = Word | Phrase | Prefix | Near
Node: TypeAlias = TextNode | Field | Not | All | AnyOf | Saved


def parse(query: str) -> All:
    """Parse a query into a sequence of nodes; raise `QueryError` for a syntax error."""
    if len(query) > LONGEST:
        long = _("The query is longer than {number} characters.").format(number=f"{LONGEST:,}")
        raise QueryError(query[:40] + "…", 40, long, _("Shorten it."))
    parser = _Parser(query, tokens(query))
    node = parser.sequence(depth=0)
    if (token := parser.next) is not None:  # only `)` ends a sequence before the end
        raise QueryError(query, token.at, _("Unmatched closing bracket."), _("Remove it, or open it with ( before."))
    return node


def with_operators(query: str) -> str:
    """Return a query with OR for each `or` between two words, which is searched for as a word; "" if it has none."""
    found = tokens(query)
    places = [
        token.at
        for before, token, after in zip(found, found[1:], found[2:], strict=False)
        if token.kind == "word" and unicodedata.normalize("NFKC", token.text).lower() == "or"
        if before.kind in _BEFORE_OR and after.kind in _AFTER_OR
    ]
    for place in reversed(places):
        query = f"{query[:place]}OR{query[place + 2 :]}"
    return query if places else ""


class _Parser:
    """A recursive descent parser, one method per rule; `next` is the next token."""

    def __init__(self, query: str, stream: list[Token]) -> None:
        self._query, self._tokens, self._position = query, stream, 0

    @property
    def next(self) -> Token | None:
        return self._tokens[self._position] if self._position < len(self._tokens) else None

    def _take(self) -> Token:
        self._position += 1
        return self._tokens[self._position - 1]

    def _at(self, *kinds: TokenKind) -> bool:
        return self.next is not None and self.next.kind in kinds

    def sequence(self, depth: int) -> All:
        """Parse adjacent alternatives, with or without AND between them."""
        nodes: list[Node] = []
        while self.next is not None and not self._at("close"):
            if self._at("and"):
                self._operator(self._take(), before=bool(nodes))
            node = self._alternatives(depth)
            nodes.extend(node.nodes if isinstance(node, All) else (node,))
        return All(tuple(nodes))

    def _alternatives(self, depth: int) -> Node:
        """Parse one operand, or several with OR between them."""
        if self._at("or"):
            self._operator(self._take(), before=False)
        nodes = [self._nearby(depth)]
        while self._at("or"):
            self._operator(self._take(), before=True)
            nodes.append(self._nearby(depth))
        return AnyOf(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _nearby(self, depth: int) -> Node:
        """Parse one operand, or two with NEAR between them."""
        if self._at("near"):
            self._operator(self._take(), before=False)
        node = self._operand(depth)
        if not self._at("near"):
            return node
        token = self._take()
        distance = self._distance(token)
        self._operator(token, before=True)
        found = Near(self._side(node, token), self._side(self._operand(depth), token), distance, token.at)
        if self.next is not None and self._at("near"):
            raise QueryError(
                self._query,
                self.next.at,
                _("NEAR joins two words, not three."),
                _("Write each pair: 甲 NEAR/5 乙 乙 NEAR/5 丙"),
            )
        return found

    def _distance(self, token: Token) -> int:
        """Return the distance of NEAR/5."""
        number = unicodedata.normalize("NFKC", token.text).partition("/")[2]
        if number.isdecimal() and int(number[:9]) <= MAX_DISTANCE:
            return int(number)
        wrong = _("{operator} has no number of characters from 0 to {most}.")
        step = _('Write NEAR/5 for at most five characters between the words, or quote it: "{operator}"')
        raise QueryError(
            self._query,
            token.at,
            wrong.format(operator=token.text, most=f"{MAX_DISTANCE:,}"),
            step.format(operator=token.text),
        )

    def _side(self, node: Node, near: Token) -> tuple[Phrase, ...]:
        """Return the texts of one side of NEAR: a word, a phrase, or alternatives of them."""
        match node:
            case Word(text, at):
                return (Phrase(text, at),)
            case Phrase():
                return (node,)
            case AnyOf(nodes):
                return tuple(phrase for one in nodes for phrase in self._side(one, near))
            case _:
                joins = _("{operator} joins words, phrases in quotation marks, or (alternatives OR others).")
                step = _("Write what else is wanted before or after: 疫苗 NEAR/5 口罩 -广告 speaker:唐鳳")
                raise QueryError(self._query, near.at, joins.format(operator=near.text), step)

    def _operator(self, token: Token, *, before: bool) -> None:
        """Check that an operator has operands."""
        if not before or self.next is None or self._at("or", "and", "near", "close"):
            nothing = _("There is nothing after {operator}.") if before else _("There is nothing before {operator}.")
            step = _('Search for the word itself as "{operator}".').format(operator=token.text)
            raise QueryError(self._query, token.at, nothing.format(operator=token.text), step)

    def _operand(self, depth: int) -> Node:
        """Parse a word, phrase, prefix, saved search, field or group, with or without a minus."""
        token = self._take()
        match token.kind:
            case "not":
                return self._exclusion(token, depth)
            case "open":
                return self._group(token, depth)
            case "field":
                return self._field(token)
            case "phrase":
                return Phrase(token.text, token.at)
            case "prefix":
                return Prefix(token.text, token.at)
            case "saved":
                return Saved(token.text, token.at)
            case _:
                return Word(token.text, token.at)

    def _exclusion(self, token: Token, depth: int) -> Node:
        if self.next is None or self._at("not", "or", "and", "near", "close"):
            nothing = _("There is nothing after {operator}.").format(operator=token.text)
            raise QueryError(self._query, token.at, nothing, _("Write what to exclude right after it."))
        return Not(self._operand(depth), token.at)

    def _group(self, token: Token, depth: int) -> Node:
        if depth >= MAX_DEPTH:
            many = _("More than {number} nested brackets.").format(number=MAX_DEPTH)
            raise QueryError(self._query, token.at, many, _("Simplify the query."))
        inside = self.sequence(depth + 1)
        self._close(token)
        if not inside.nodes:
            raise QueryError(self._query, token.at, _("Empty brackets."), _("Remove them."))
        return inside.nodes[0] if len(inside.nodes) == 1 else inside

    def _close(self, opening: Token) -> None:
        if not self._at("close"):
            step = _("Close it with ) or remove it.")
            raise QueryError(self._query, opening.at, _("This bracket is not closed."), step)
        self._take()

    def _field(self, token: Token) -> Field:
        """Parse one value, or several in brackets."""
        values: list[Value] = []
        if self._at("open"):
            opening = self._take()
            while self._at("value", "phrase", "or"):
                value = self._take()
                values += [] if value.kind == "or" else [read_value(self._query, token.text, value)]
            self._close(opening)
        elif self._at("value", "phrase"):
            values = [read_value(self._query, token.text, self._take())]
        if not values:
            step = _("Write the value after it, as in {field}:…").format(field=token.text)
            raise QueryError(self._query, token.at, _("{field}: has no value.").format(field=token.text), step)
        return Field(token.text, tuple(values), token.at)
