"""Build Elasticsearch clauses for words, expanded words and fields. Words are in normal form. Pure.

A turn contains a word if it has its characters in this order, whatever their segmentation. Latin letters and digits
must be a run by themselves (QQ in QQ空间, iphone in iPhone6, but not IT in with). An amount or a year is also found in
another form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from indexer.text.normalize import normalize
from indexer.text.tokens import bigrams
from search_cli.json_types import Clause
from search_cli.query.characters import edges, is_han, is_run, parts
from search_cli.query.name_patterns import containing, whole
from search_cli.query.parser import Field
from search_cli.query.terms import ExpandedTerm, QueryTerm, amount
from search_cli.query.values import InterviewId, Range, Stranger, TaggedTurns, Unprompted, Value

CUT = "…"
"""Stands for any characters in the id of an interview, as where a screen has no room for all of it."""

_IDS = 10_000
"""Addresses in one query of Elasticsearch (`index.max_result_window`)."""

_COUNTER = re.compile(r"[0-9]+|[a-z]")
_KEYWORDS = {
    "to": "reply_to_speaker",
    "role": "role",
    "topic": "topics",
    "keyword": "keywords",
    "outlet": "outlet",
    "author": "authors",
    "language": "language",
}
_RANGES = {"date": "date", "year": "date", "number": "numbers", "added": "added_at"}
_PATTERNS = {"title": containing, "affiliation": containing, "label": whole}
_OF_EXCHANGES = frozenset({"asked", "answered", "volunteered"})
_NOT_IN_PASSAGES = frozenset({"to", "keyword", "number", "title", "label", "mentions", "tag", *_OF_EXCHANGES})
_ANSWERS: Clause = {"exists": {"field": "reply_to"}}


def one_of(clauses: Iterable[Clause]) -> Clause:
    """Return a clause for any of `clauses`; their scores add up. None of them matches nothing."""
    found = list(clauses)
    if not found:
        return {"match_none": {}}
    return found[0] if len(found) == 1 else {"bool": {"should": found, "minimum_should_match": 1}}


def all_of(clauses: Iterable[Clause]) -> Clause:
    """Return a clause for all of `clauses`, without scores."""
    found = list(clauses)
    return found[0] if len(found) == 1 else {"bool": {"filter": found}}


def none_of(clause: Clause) -> Clause:
    """Return a clause for what does not match `clause`."""
    return {"bool": {"must_not": [clause]}}


def exactly(text: str) -> Clause:
    """Return the clause for exactly these characters, ignoring spaces."""
    return {"match_phrase": {"chars": " ".join(text)}} if len(text) > 1 else {"term": {"chars": text}}


def near(ones: Iterable[QueryTerm], others: Iterable[QueryTerm], distance: int) -> Clause:
    """Return the clause for turns with one of each side at most `distance` characters apart, in any order.

    `chars` has no spaces, so they do not count; two texts that overlap are not near each other. Runs of letters or
    digits must also stand by themselves somewhere in the turn.
    """
    return one_of(_near(one, other, distance) for one, other in product(tuple(ones), tuple(others)))


def _near(one: QueryTerm, other: QueryTerm, distance: int) -> Clause:
    spans = _span(one.text), _span(other.text)
    orders = [spans, spans[::-1]] if one.text != other.text else [spans]
    close = one_of({"span_near": {"clauses": list(each), "slop": distance, "in_order": True}} for each in orders)
    whole_runs = [{"term": {"bigrams": edge}} for edge in dict.fromkeys((*edges(one.normal), *edges(other.normal)))]
    return all_of([close, *whole_runs])


def _span(text: str) -> Clause:
    """Return the span query for exactly these characters."""
    terms = [{"span_term": {"chars": character}} for character in text]
    return terms[0] if len(terms) == 1 else {"span_near": {"clauses": terms, "slop": 0, "in_order": True}}


def in_note(text: str, normal: str = "") -> Clause:
    """Return the clause for turns with a word or phrase in a note; `normal` is it with its spaces."""
    if is_run(text) or (len(text) == 2 and is_han(text)):
        return {"term": {"note_bigrams": text}}
    whole_runs = ({"term": {"note_bigrams": edge}} for edge in edges(normal or text))
    return all_of([{"match_phrase": {"note_chars": " ".join(text)}}, *whole_runs])


def quoted(phrase: QueryTerm) -> Clause:
    """Return the clause for turns with a phrase; letters and digits at its ends are whole runs: no AI in Lai."""
    whole_runs = ({"term": {"bigrams": edge}} for edge in edges(phrase.normal))
    return all_of([exactly(phrase.text), *whole_runs])


def contains(word: str) -> Clause:
    """Return the clause for turns that contain a word, or its amount in another form."""
    value = amount(word)
    return as_typed(word) if value is None else one_of([as_typed(word), {"term": {"numbers": value}}])


def as_typed(word: str) -> Clause:
    """Return the clause for turns that contain a word in this form."""
    if is_run(word) or (len(word) == 2 and is_han(word)):
        return {"term": {"bigrams": word}}
    whole_runs = ({"term": {"bigrams": edge}} for edge in edges(word))  # no 6.11亿 in 16.11亿
    return all_of([exactly(word), *whole_runs])


def in_question(word: str) -> Clause:
    """Return the clause for turns whose question contains a word, by its bigrams: those of Han adjacent, or all."""
    pairs = " ".join(bigrams(word)) or word
    if " " in pairs and is_han(word):
        return {"match_phrase": {"asked": pairs}}
    return {"match": {"asked": {"query": pairs, "operator": "and"}}}


def shares_bigrams(words: Iterable[str]) -> list[Clause]:
    """Return the clauses for turns that contain one of these words, or share a bigram with one.

    So 互联网 matches 互联, and vice versa. Amounts and a letter or number with its character (6.11亿, b站) are not
    split, and a digit or letter of iphone6s is not enough.
    """
    pairs: dict[str, None] = {}
    unsplit: list[Clause] = []
    for word in words:
        found = [pair for pair in bigrams(word) if pair == word or (len(pair) > 1 and not pair[0].isdecimal())]
        if len(word) == 1 or _is_counted(word) or amount(word) is not None or not found:
            unsplit.append(contains(word))
        else:
            pairs.update(dict.fromkeys(found))
    return [{"match": {"bigrams": " ".join(pairs)}}, *unsplit] if pairs else unsplit


def _is_counted(word: str) -> bool:
    """Return whether a word is a number or letter with a character that belongs to it: 30多, b站."""
    counter = _COUNTER.match(word)
    return counter is not None and is_han(word[counter.end() : counter.end() + 1])


def starts_with(prefix: str) -> Clause:
    """Return the clause for words that start with a prefix: jieba's words, or Han characters anywhere in the text."""
    word: Clause = {"prefix": {"words": prefix}}
    return one_of([word, exactly(prefix)]) if len(prefix) > 1 and is_han(prefix) else word


def contains_any(expanded: Iterable[ExpandedTerm]) -> list[Clause]:
    """Return the clauses for turns that contain one of these words, as a whole.

    Of 企鹅公司, which is searched together with 腾讯, 公司 alone does not count.
    """
    return [contains(term.normal) for term in expanded]


def contains_any_or_in_question(expanded: Iterable[ExpandedTerm]) -> list[Clause]:
    """Return the clauses for turns that contain one of these words, or whose question does."""
    return [clause for term in expanded for clause in (contains(term.normal), in_question(term.normal))]


def term_scores(pieces: Sequence[QueryTerm]) -> Iterator[Clause]:
    """Yield the clauses that score a text by the typed terms: words and bigrams."""
    for name in ("words", "bigrams"):
        if joined := " ".join(filter(None, (getattr(piece, name) for piece in pieces))):
            yield {"match": {name: joined}}


def expansion_scores(expanded: Iterable[ExpandedTerm]) -> Iterator[Clause]:
    """Yield the clauses that score a text by these words: by words and bigrams, like typed ones, but all of each."""
    for term in expanded:
        for name, terms in (("words", term.words), ("bigrams", term.bigrams)):
            if terms:
                yield {"match": {name: {"query": terms, "operator": "and", "boost": term.weight}}}


def title_clause(text: str) -> Clause:
    """Return the clause for a title that contains a text, in either script, case and width, with spaces or without."""
    return {"regexp": {"title": {"value": containing(text)}}}


def field_clause(field: Field) -> Clause:
    """Return the clause for turns whose field has one of the values."""
    match field.name:
        case "speaker":
            return one_of([{"terms": {"speaker": list(field.values)}}, {"terms": {"label": list(field.values)}}])
        case "interview":
            return one_of(
                {"term": {"interview_id": value.id}} if isinstance(value, InterviewId) else id_clause(str(value))
                for value in field.values
            )
        case "mentions":
            people: list[Clause] = [{"terms": {"mentions": [one for one in field.values if isinstance(one, str)]}}]
            strangers = (name for one in field.values if isinstance(one, Stranger) for name in one.names)
            texts = dict.fromkeys(map(normal_text, strangers))
            return one_of([*(people if people[0]["terms"]["mentions"] else ()), *map(contains, texts)])
        case "tag":
            return tagged(value for value in field.values if isinstance(value, TaggedTurns))
        case name if name in _OF_EXCHANGES:
            return one_of(_exchange_clause(name, value) for value in field.values)
        case name if name in _PATTERNS:
            return one_of({"regexp": {name: {"value": _PATTERNS[name](str(value))}}} for value in field.values)
        case name if name in _RANGES:
            return one_of(_within(_RANGES[name], value) for value in field.values if isinstance(value, Range))
        case name:
            return {"terms": {_KEYWORDS[name]: list(field.values)}}


def tagged(tags: Iterable[TaggedTurns]) -> Clause:
    """Return the clause for turns that have one of the tags."""
    return at_addresses(address for tag in tags for address in tag.addresses)


def at_addresses(addresses: Iterable[str]) -> Clause:
    """Return the clause for the turns at these addresses, of which Elasticsearch takes so many at a time."""
    every = list(dict.fromkeys(addresses))
    return one_of({"ids": {"values": every[first : first + _IDS]}} for first in range(0, len(every), _IDS))


def _exchange_clause(name: str, value: Value) -> Clause:
    """Return the clause for answers to a question with a text, with it themselves, or with it unasked."""
    text = normal_text(value.text if isinstance(value, Unprompted) else str(value))
    if name == "asked":
        return all_of(map(_asked, parts(text)))
    answered = all_of([_ANSWERS, as_typed(text)])
    if name == "answered":
        return answered
    if not isinstance(value, Unprompted):  # nobody asked the archive who said it before
        return {"bool": {"filter": [answered], "must_not": [all_of(map(_asked, parts(text)))]}}
    return {"bool": {"filter": [answered], "must_not": [at_addresses(one for one, _ in value.prompted)]}}


def _asked(part: str) -> Clause:
    """Return the clause for turns whose question has a part of a text; one Han character is in some pair or word."""
    if len(part) == 1 and is_han(part):
        return {"wildcard": {"asked": f"*{part}*"}}
    return in_question(part)


def normal_text(typed: str) -> str:
    """Return a typed text in normal form, with single spaces."""
    return " ".join(normalize(typed).text.split())


def id_clause(typed: str) -> Clause:
    """Return the clause for ids that begin as typed, with their folders or without them; … is any characters."""
    pattern = _wildcard(typed)
    return one_of({"wildcard": {"interview_id": form}} for form in (f"{pattern}*", f"*/{pattern}*"))


def exact_id_clauses(typed: str) -> list[Clause]:
    """Return the clauses that score ids exactly as typed, and lower, those that are so without their folders."""
    exact: list[Clause] = [
        {"term": {"interview_id": typed}},
        {"wildcard": {"interview_id": f"*/{_wildcard(typed)}"}},
    ]
    return [{"constant_score": {"filter": clause, "boost": 2 - rank}} for rank, clause in enumerate(exact)]


def _wildcard(typed: str) -> str:
    """Return an id as a pattern of a wildcard query."""
    return re.sub(r"([*?\\])", r"\\\1", typed).replace(CUT, "*")


def passage_clause(field: Field) -> Clause | None:
    """Return the clause for passages that may have a turn with one of the values; None if passages lack the field."""
    if field.name == "speaker":
        return {"terms": {"speaker": list(field.values)}}
    return None if field.name in _NOT_IN_PASSAGES else field_clause(field)


def passage_scores(pieces: Sequence[QueryTerm]) -> Iterator[Clause]:
    """Yield the clause that scores a passage, by its bigrams: those inside of the words of a query count twice.

    So words count without being indexed in passages, which took Elasticsearch a fifth of its time and 17 % of the disk
    space. nDCG@10 of headlines / sentences / whole summaries / 150 questions about passages: .519 / .845 / .898 / .972
    with words indexed, .522 / .843 / .896 / .979 so; every bigram once, with 1.6 times the weight, .515 / .844 / .898 /
    .964.
    """
    pairs = " ".join(filter(None, (piece.bigrams for piece in pieces)))
    words = (word for piece in pieces for word in piece.words.split() if len(word) > 1)
    if pairs:
        yield {"match": {"bigrams": " ".join([pairs, *(pair for word in words for pair in bigrams(word))])}}


def _within(name: str, span: Range[str] | Range[float]) -> Clause:
    """Return the clause for a value in a range."""
    bounds: dict[str, str | float] = {}
    if span.low is not None:
        bounds["gt" if span.low_open else "gte"] = span.low
    if span.high is not None:
        bounds["lt" if span.high_open else "lte"] = span.high
    return {"range": {name: bounds}}
