"""Suggest what to try if nothing was found: similar words and speakers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.text.normalize import fold
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause, Response
from search_cli.query import bodies
from search_cli.query.clauses import contains, field_clause
from search_cli.query.parser import Field
from search_cli.query.regional import regional_variants
from search_cli.query.request import SearchRequest
from search_cli.query.terms import QueryTerms
from search_cli.query.unparse import retyped
from search_cli.search import responses
from search_cli.search.known_names import all_names_body, known_names, nearest, sounds_alike
from search_cli.search.prepared_search import prepare

_ALIKE = 0.6  # share of the characters of a name
_EACH = 3  # suggestions for one word
_MANY = 50  # fetched, so that those that sound the same can come first
_LONG = 5  # characters; in longer words two may differ


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word of the archive similar to one that was searched for, with the number of turns that have it."""

    word: str
    turns: int


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to try if nothing was found.

    `searched` are the words that were searched for. `words` are similar and occur, `speakers` are similar names;
    `query` is the next query to try, or "".
    """

    searched: tuple[str, ...]
    words: tuple[Suggestion, ...] = ()
    speakers: tuple[Suggestion, ...] = ()
    query: str = ""


def suggest(client: ArchiveClient, request: SearchRequest) -> Suggestions:
    """Return similar words that occur, speakers of a similar name, and a query with fewer words.

    Regional words (軟體 for 软件) come before words of a similar spelling.
    """
    prepared = prepare(client, request)
    terms = prepared.terms
    if not terms.words:
        return Suggestions(())
    present, similar, names = _looked_up(client, terms.words)
    missing = [word for word in terms.words if word not in present and word not in terms.speakers]
    speakers = {word: nearest(word, names, _EACH, _ALIKE) for word in missing}
    turns = _turns(
        client, {one: contains(one) for word in missing for one in (*regional_variants(word), *similar[word])}
    )
    spoken = _turns(
        client, {name: field_clause(Field("speaker", (name,))) for word in missing for name in speakers[word]}
    )
    replacements = {
        word: next((one for one in regional_variants(word) if one in turns), "")
        or _best(word, [*speakers[word], *(one for one in similar[word] if one in turns)])
        for word in missing
    }
    return Suggestions(
        searched=terms.words,
        words=tuple(Suggestion(word, count) for word, count in turns.items()),
        speakers=tuple(Suggestion(name, count) for name, count in spoken.items()),
        query=_next_query(request, terms, replacements),
    )


def _looked_up(client: ArchiveClient, words: Sequence[str]) -> tuple[set[str], dict[str, list[str]], tuple[str, ...]]:
    """Return which words occur, words of a spelling similar to each, and all speakers."""
    searches = [(client.names.turns, bodies.count(contains(word))) for word in words]
    searches += [(client.names.turns, _similar_spelling(word)) for word in words]
    *answers, last = client.searches([*searches, (client.names.interviews, all_names_body("speaker"))]).responses
    counts, options = answers[: len(words)], answers[len(words) :]
    present = {word for word, answer in zip(words, counts, strict=True) if responses.total(answer)}
    similar = {word: _options(word, answer) for word, answer in zip(words, options, strict=True)}
    return present, similar, known_names(last).names["speaker"]


def _best(word: str, candidates: Iterable[str]) -> str:
    """Return the likeliest replacement: one that sounds the same, then one as long, then the first."""
    return min(
        candidates,
        key=lambda one: (not sounds_alike(fold(one), word), abs(len(fold(one)) - len(word))),
        default="",
    )


def _similar_spelling(word: str) -> Body:
    """Return the search for indexed words that differ from `word` in one character, or two if it is long."""
    close = {
        "field": "words",
        "suggest_mode": "always",
        "max_edits": 1 if len(word) < _LONG else 2,
        "prefix_length": 0,
        "min_word_length": 2,
        "size": _MANY,
    }
    return {"size": 0, "suggest": {"alike": {"text": word, "term": close}}}


def _options(word: str, answer: Response) -> list[str]:
    """Return the words of a similar spelling, those that sound the same first, then the most similar and frequent."""
    found = [option["text"] for entry in answer["suggest"]["alike"] for option in entry["options"]]
    return sorted(found, key=lambda option: not sounds_alike(option, word))[:_EACH]


def _turns(client: ArchiveClient, clauses: Mapping[str, Clause]) -> dict[str, int]:
    """Return how many turns match each clause, without those that none matches."""
    answers = client.searches([(client.names.turns, bodies.count(clause)) for clause in clauses.values()]).responses
    return {name: turns for name, answer in zip(clauses, answers, strict=True) if (turns := responses.total(answer))}


def _next_query(request: SearchRequest, terms: QueryTerms, replacements: Mapping[str, str]) -> str:
    """Return the query with each missing word replaced, or removed if it has no replacement; "" if nothing changes."""
    kept: list[str] = []
    for node in terms.nodes:
        words = terms.required_words(node)
        if not any(word in replacements for word in words):
            kept.append(retyped(node))
        else:
            kept += [found for word in words if (found := replacements.get(word, word))]
    changed = " ".join(dict.fromkeys(kept))
    return "" if changed == request.query.strip() else changed
