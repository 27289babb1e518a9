"""When a word occurs in a turn, as Elasticsearch's clauses. Words are in normal form. Pure.

A word occurs in a turn when its characters stand there in this order, whatever jieba makes of them; in Latin letters or
digits, when it stands there by itself (QQ in QQ空间, iphone in iPhone6, but no IT in with). An amount or a year also
occurs where it is written otherwise.
"""

import re
from collections.abc import Iterable
from typing import Any

from indexer.text.tokens import bigrams
from search_cli.query.characters import edges, is_han, is_run
from search_cli.query.terms import amount

Clause = dict[str, Any]

_COUNTER = re.compile(r"[0-9]+|[a-z]")


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


def exactly(text: str) -> Clause:
    """Return the clause for exactly these characters, spaces apart."""
    return {"match_phrase": {"chars": " ".join(text)}} if len(text) > 1 else {"term": {"chars": text}}


def said(unit: str) -> Clause:
    """Return the clause for a word that the turn itself holds; an amount also where it is written otherwise."""
    if is_run(unit) or (len(unit) == 2 and is_han(unit)):
        written: Clause = {"term": {"bigrams": unit}}
    else:
        alone = ({"term": {"bigrams": edge}} for edge in edges(unit))  # no 6.11亿 in 16.11亿
        written = all_of([exactly(unit), *alone])
    value = amount(unit)
    return written if value is None else one_of([written, {"term": {"numbers": value}}])


def asked(unit: str) -> Clause:
    """Return the clause for a word that the question holds: its pairs, there are no characters in order."""
    return {"match": {"asked": {"query": " ".join(bigrams(unit)) or unit, "operator": "and"}}}


def touched(units: Iterable[str]) -> list[Clause]:
    """Return the clauses for turns that hold some of these words, or some pair of characters of them.

    So 互联网 touches 互联, and the other way round. Amounts and a letter or number with its character (6.11亿, b站) are
    not taken apart, and a digit or letter of iphone6s alone tells nothing.
    """
    pairs: dict[str, None] = {}
    whole: list[Clause] = []
    for unit in units:
        if len(unit) == 1 or _is_counted(unit) or amount(unit) is not None or not bigrams(unit):
            whole.append(said(unit))
        else:
            telling = (pair for pair in bigrams(unit) if pair == unit or (len(pair) > 1 and not pair[0].isdecimal()))
            pairs.update(dict.fromkeys(telling))
    return [{"match": {"bigrams": " ".join(pairs)}}, *whole] if pairs else whole


def _is_counted(unit: str) -> bool:
    """Say whether a word is a number or letter with a character that belongs to it: 30多, b站."""
    counter = _COUNTER.match(unit)
    return counter is not None and is_han(unit[counter.end() : counter.end() + 1])


def begins(stem: str) -> Clause:
    """Return the clause for a word that begins so: one of jieba's, or a run of characters it cuts otherwise."""
    word: Clause = {"prefix": {"words": stem}}
    return one_of([word, exactly(stem)]) if len(stem) > 1 and is_han(stem) else word
