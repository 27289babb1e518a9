"""The query language: text -> frozen nodes, or a `QueryError` that points at the character.

    小米 合作                      words: found by any, best with all
    "红米手机"                     exactly these characters
    -广告  -"红米手机"  NOT 广告    without
    小米 OR 华为                   one of them; binds tighter than a space
    (小米 OR 华为) 合作            grouping
    小*                            words that begin so
    speaker:郑志昊 date:2013-07..2013-08 number:>1亿 topic:(社交 OR 商业化)

Every operator may be typed full-width (：（）－＊ ＯＲ) and quotes as “ ” „ ＂ 「」 『』, as Chinese input methods do.
What only looks like an operator is text: 12:30, http://…, t-shirt, 18-35岁, “轻资产”模式 (the sentence's own quotes).
"""

from dataclasses import dataclass
from typing import TypeAlias

from indexer.errors import QueryError
from search_cli.query.lexer import LONGEST, Token, TokenKind, tokens
from search_cli.query.values import Value, read_value

DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Word:
    """What was typed between spaces: a word, several without spaces between, or a whole question."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exactly these characters."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins so; `text` is without the star."""

    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Field:
    """A field that has one of the values."""

    name: str
    values: tuple[Value, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    node: "Node"
    at: int = 0


@dataclass(frozen=True, slots=True)
class All:
    """A sequence: all of it, as far as the match asked for demands. Without nodes: every turn."""

    nodes: tuple["Node", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Alternatives: one of them."""

    nodes: tuple["Node", ...]


Node: TypeAlias = Word | Phrase | Prefix | Field | Not | All | AnyOf


def parse(query: str) -> All:
    """Return the query's nodes as one sequence; raise `QueryError` where its grammar breaks."""
    if len(query) > LONGEST:
        raise QueryError(
            query[:40] + "…", 40, f"The query is longer than {LONGEST:,} characters.", "Ask with less text."
        )
    parser = _Parser(query, tokens(query))
    node = parser.sequence(depth=0)
    if (token := parser.next) is not None:  # only `)` ends a sequence early
        raise QueryError(query, token.at, "This bracket closes nothing.", "Remove it, or open it with ( before.")
    return node


class _Parser:
    """A recursive descent over the tokens, a method a rule; `next` is the token not yet taken."""

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
        """Take alternatives side by side, AND between them if one likes."""
        nodes: list[Node] = []
        while self.next is not None and not self._at("close"):
            if self._at("and"):
                self._operator(self._take(), before=bool(nodes))
            node = self._alternatives(depth)
            nodes.extend(node.nodes if isinstance(node, All) else (node,))
        return All(tuple(nodes))

    def _alternatives(self, depth: int) -> Node:
        """Take one unit, or several with OR between."""
        if self._at("or"):
            self._operator(self._take(), before=False)
        nodes = [self._unit(depth)]
        while self._at("or"):
            self._operator(self._take(), before=True)
            nodes.append(self._unit(depth))
        return AnyOf(tuple(nodes)) if len(nodes) > 1 else nodes[0]

    def _operator(self, token: Token, *, before: bool) -> None:
        """Check that an operator stands between two things."""
        if not before or self.next is None or self._at("or", "and", "close"):
            side = "after" if before else "before"
            raise QueryError(
                self._query,
                token.at,
                f"Nothing stands {side} {token.text}.",
                f'Search for the word itself as "{token.text}".',
            )

    def _unit(self, depth: int) -> Node:
        """Take a word, phrase, prefix, field or group, with or without a minus."""
        token = self._take()
        match token.kind:
            case "not":
                return self._without(token, depth)
            case "open":
                return self._group(token, depth)
            case "field":
                return self._field(token)
            case "phrase":
                return Phrase(token.text, token.at)
            case "prefix":
                return Prefix(token.text, token.at)
            case _:
                return Word(token.text, token.at)

    def _without(self, token: Token, depth: int) -> Node:
        if self.next is None or self._at("not", "or", "and", "close"):
            raise QueryError(
                self._query, token.at, f"Nothing stands after {token.text}.", "Write what to leave out right after it."
            )
        return Not(self._unit(depth), token.at)

    def _group(self, token: Token, depth: int) -> Node:
        if depth >= DEEPEST:
            raise QueryError(self._query, token.at, f"More than {DEEPEST} brackets inside each other.", "Ask simpler.")
        inside = self.sequence(depth + 1)
        self._close(token)
        if not inside.nodes:
            raise QueryError(self._query, token.at, "Nothing stands between the brackets.", "Remove them.")
        return inside.nodes[0] if len(inside.nodes) == 1 else inside

    def _close(self, opening: Token) -> None:
        if not self._at("close"):
            raise QueryError(self._query, opening.at, "This bracket is not closed.", "Close it with ) or remove it.")
        self._take()

    def _field(self, token: Token) -> Field:
        """Take one value, or several in brackets."""
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
            raise QueryError(
                self._query, token.at, f"{token.text}: has no value.", f"Write the value after it, as in {token.text}:…"
            )
        return Field(token.text, tuple(values), token.at)
