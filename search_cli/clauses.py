"""What a query asks -> Elasticsearch's clauses: when a word occurs, when a turn matches, what a field demands. Pure.

A word occurs in a turn when its characters stand there in this order, whatever jieba makes of them; in Latin letters or
digits, when it stands there by itself (QQ in QQ空间, iphone in iPhone6, but no IT in with). The question a turn answers
helps it, and so does its speaker's name: the question names the thing, the answer does not.
"""

import re
from collections.abc import Iterable
from typing import Any

from indexer.language.terms import HAN, bigrams
from search_cli.query_language import All, AnyOf, Field, Node, Not, Phrase, Prefix, Word
from search_cli.query_values import Range
from search_cli.request import Match
from search_cli.wording import Wording, amount

Clause = dict[str, Any]

MOST = "2<75%"
"""Up to two words all, then three quarters: demanding every word of many loses most answers (nDCG@10 .704 and less)."""

LONGEST_NAME = 2
"""Parts that a speaker's name typed as one word may have for jieba: 欧阳 志远."""

_HAN = re.compile(f"[{HAN}]+")
_RUN = re.compile(rf"[^\W0-9_{HAN}]+|[0-9]+(?:\.[0-9]+)*")  # letters or digits alone: a term of their own in `bigrams`
_EDGES = re.compile(rf"^(?:{_RUN.pattern})|(?:{_RUN.pattern})$")


def one_of(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that one of `clauses` satisfies; scores add up."""
    found = list(clauses)
    return found[0] if len(found) == 1 else {"bool": {"should": found, "minimum_should_match": 1}}


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Return a clause that all of `clauses` satisfy, without scores."""
    found = list(clauses)
    return found[0] if len(found) == 1 else {"bool": {"filter": found}}


def none_of(clause: Clause) -> Clause:
    """Return a clause that `clause` does not satisfy."""
    return {"bool": {"must_not": [clause]}}


# a word in normal form


def exactly(text: str) -> Clause:
    """Return the clause for exactly these characters, spaces apart."""
    return {"match_phrase": {"chars": " ".join(text)}} if len(text) > 1 else {"term": {"chars": text}}


def said(unit: str) -> Clause:
    """Return the clause for a word that the turn itself holds; an amount also where it is written otherwise."""
    if _RUN.fullmatch(unit) or (len(unit) == 2 and _HAN.fullmatch(unit)):
        written: Clause = {"term": {"bigrams": unit}}
    else:
        edges = [] if _HAN.fullmatch(unit) else dict.fromkeys(_EDGES.findall(unit))  # no 6.11亿 in 16.11亿
        written = all_of([exactly(unit), *({"term": {"bigrams": edge}} for edge in edges)])
    value = amount(unit)
    return written if value is None else one_of([written, {"term": {"numbers": value}}])


def asked(unit: str) -> Clause:
    """Return the clause for a word that the question holds: its pairs, there are no characters in order."""
    return {"match": {"asked": {"query": " ".join(bigrams(unit)) or unit, "operator": "and"}}}


def touched(units: Iterable[str]) -> list[Clause]:
    """Return the clauses for turns that hold some of these words, or some pair of characters of them.

    So 互联网 touches 互联, and the other way round. A number with its unit (6.11亿, b站) is not taken apart.
    """
    pairs: dict[str, None] = {}
    whole: list[Clause] = []
    for unit in units:
        if (_HAN.fullmatch(unit) and len(unit) > 1) or _RUN.fullmatch(unit):
            pairs.update(dict.fromkeys(bigrams(unit)))
        else:
            whole.append(said(unit))
    return [{"match": {"bigrams": " ".join(pairs)}}, *whole] if pairs else whole


def named(names: Iterable[str]) -> Clause:
    """Return the clause for turns of a speaker with one of these names, canonical or as printed."""
    found = list(dict.fromkeys(names))
    return one_of([{"terms": {"speaker": found}}, {"terms": {"label": found}}])


# a query


def names(word: Word, wording: Wording) -> list[str]:
    """Return the names a typed word may be or hold, as speakers are called: 郑志昊 in 郑志昊怎么看小米; 唐鳳, 唐凤."""
    units = wording.units(word)
    typed = [word.text, wording.normal(word)] if len(units) <= LONGEST_NAME else []
    return list(dict.fromkeys([*typed, *units]))


def demands(word: Word, wording: Wording) -> list[Clause]:
    """Return a clause for each word a typed word demands: said in the turn, asked before it, or its speaker's name."""
    units = wording.units(word)
    if len(units) <= LONGEST_NAME:
        spoken_by = [named(names(word, wording))] * len(units)
    else:
        spoken_by = [named([unit]) for unit in units]
    return [one_of([said(unit), asked(unit), name]) for unit, name in zip(units, spoken_by, strict=True)]


def occurs(node: Node, wording: Wording) -> Clause:
    """Return the clause for all that a node asks."""
    match node:
        case Word():
            return all_of(demands(node, wording))
        case Phrase():
            return exactly(wording.normal(node))
        case Prefix():
            return begins(wording.normal(node))
        case Field():
            return has(node)
        case Not(inside):
            return none_of(stands(inside, wording))
        case AnyOf(nodes):
            return one_of(occurs(one, wording) for one in nodes)
        case All(nodes):
            return all_of(occurs(one, wording) for one in nodes)


def stands(node: Node, wording: Wording) -> Clause:
    """Return the clause for what an exclusion leaves out: the words as typed, in the turn itself."""
    match node:
        case Word():
            return all_of(said(wanted.whole) for wanted in wording.pieces[node])
        case AnyOf(nodes):
            return one_of(stands(one, wording) for one in nodes)
        case All(nodes):
            return all_of(stands(one, wording) for one in nodes)
        case _:
            return occurs(node, wording)


def begins(stem: str) -> Clause:
    """Return the clause for a word that begins so: one of jieba's, or a run of characters it cuts otherwise."""
    word: Clause = {"prefix": {"words": stem}}
    return one_of([word, exactly(stem)]) if len(stem) > 1 and _HAN.fullmatch(stem) else word


def touches(node: Node, wording: Wording) -> list[Clause]:
    """Return the clauses, one of which makes a turn a match for some of what `node` asks."""
    match node:
        case Word():
            return [*touched(wording.parts(node)), named(names(node, wording))]
        case AnyOf(nodes):
            return [clause for one in nodes for clause in touches(one, wording)]
        case All(nodes):
            return [matching(nodes, wording, Match.ANY)]
        case _:
            return [occurs(node, wording)]


def matching(nodes: Iterable[Node], wording: Wording, match: Match, touch: Clause | None = None) -> Clause:
    """Return the clause for the turns a sequence matches: what binds, some word of their own, as many as asked for.

    `touch` replaces what counts as some word.
    """
    nodes = [node for node in nodes if not isinstance(node, Word) or wording.pieces[node]]
    wanted = [node for node in nodes if not binds(node)]
    filters = [occurs(node, wording) for node in nodes if binds(node) and not isinstance(node, Not)]
    without = [stands(node.node, wording) for node in nodes if isinstance(node, Not)]
    if wanted:
        filters.append(touch or one_of(clause for node in wanted for clause in touches(node, wording)))
        filters += _enough(wanted, wording, match)
    if without:
        return {"bool": {"filter": filters, "must_not": without} if filters else {"must_not": without}}
    return all_of(filters) if filters else {"match_all": {}}


def _enough(nodes: Iterable[Node], wording: Wording, match: Match) -> list[Clause]:
    """Return what turns of `match` must hold besides some word."""
    required: list[Clause] = []
    for node in nodes:
        required += demands(node, wording) if isinstance(node, Word) else [occurs(node, wording)]
    if match is Match.ANY:
        return []
    if match is Match.ALL or len(required) < 3:
        return required
    return [{"bool": {"should": required, "minimum_should_match": MOST}}]


def binds(node: Node) -> bool:
    """Say whether a node must hold whatever the match: quotes, exclusions, fields, and alternatives of only these."""
    match node:
        case Word() | Prefix():
            return False
        case AnyOf(nodes) | All(nodes):
            return all(binds(one) for one in nodes)
        case _:
            return True


# a field

_KEYWORDS = {"role": "role", "topic": "topics", "keyword": "keywords", "outlet": "outlet"}
_RANGES = {"date": "date", "number": "numbers"}


def has(field: Field) -> Clause:
    """Return the clause for a turn whose field has one of the values."""
    match field.name:
        case "speaker":
            return one_of([{"terms": {"speaker": list(field.values)}}, {"terms": {"label": list(field.values)}}])
        case "interview":
            return one_of({"prefix": {"interview_id": value}} for value in field.values)
        case name if name in _RANGES:
            return one_of(_within(_RANGES[name], value) for value in field.values if isinstance(value, Range))
        case name:
            return {"terms": {_KEYWORDS[name]: list(field.values)}}


def passage_has(field: Field) -> Clause | None:
    """Return the clause for a passage some turn of which may have one of the values; None where passages cannot say."""
    match field.name:
        case "speaker":
            return {"terms": {"speaker": list(field.values)}}
        case "keyword" | "number":
            return None
        case _:
            return has(field)


def _within(name: str, span: Range[str] | Range[float]) -> Clause:
    """Return the clause for a value inside `span`; a point is one value."""
    bounds: dict[str, str | float] = {}
    if span.low is not None:
        bounds["gt" if span.low_open else "gte"] = span.low
    if span.high is not None:
        bounds["lt" if span.high_open else "lte"] = span.high
    return {"range": {name: bounds}}
