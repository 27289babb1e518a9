"""What to try where nothing was found: the nearest names for a filter, words and speakers like those searched for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from indexer.text.normalize import fold
from search_cli.client import ArchiveClient, Response
from search_cli.models import Suggestion, Suggestions
from search_cli.query.clauses import Clause, said
from search_cli.query.field_clauses import has
from search_cli.query.parser import Field, Phrase
from search_cli.query.regional import regional_variants
from search_cli.query.request import SearchRequest
from search_cli.query.terms import Leaf, leaf_nodes
from search_cli.search import browse, responses
from search_cli.search.known_names import all_names_body, known_names, nearest, not_found, sounds_alike, unknown
from search_cli.search.searcher import PreparedSearch, prepare

Body = dict[str, Any]

_ALIKE = 0.6  # of the characters of a name
_EACH = 3  # suggestions for one word
_MANY = 50  # of them those that sound the same come first
_LONG = 5  # characters from which two may differ


def check_filters(client: ArchiveClient, prepared: PreparedSearch) -> None:
    """Raise `NotFoundError` with the nearest for a filter whose value nothing in the archive has."""
    for kind, value in unknown(prepared.request, prepared.names):
        if kind != "speaker" or not _any(client, has(Field(kind, (value,)))):  # it may be a printed label
            answer = client.search(client.names.interviews, all_names_body(kind))
            raise not_found(kind, value, known_names(answer).names[kind])
    for one in prepared.request.filters:
        for prefix in one.values if one.name == "interview" else ():
            if isinstance(prefix, str) and not _any(client, has(Field(one.name, (prefix,)))):
                raise not_found(one.name, prefix, browse.ids(client))


def _any(client: ArchiveClient, clause: Clause) -> bool:
    """Say whether some turn satisfies a clause."""
    body = {"query": clause, "size": 0, "track_total_hits": 1, "terminate_after": 1}
    return responses.total(client.search(client.names.turns, body)) > 0


def suggest(client: ArchiveClient, request: SearchRequest) -> Suggestions:
    """Return what to try instead: words that occur and are alike, speakers of a like name, fewer words.

    What the thing is called elsewhere (軟體 for 软件) comes first, then what is written alike.
    """
    prepared = prepare(client, request)
    words = [(leaf, prepared.wording.units(leaf)) for leaf in leaf_nodes(request.node)]
    units = tuple(dict.fromkeys(unit for _, found in words for unit in found))
    if not units:
        return Suggestions(())
    present, alike, names = _looked_up(client, units)
    missing = [unit for unit in units if unit not in present and unit not in prepared.wording.speakers]
    called = {unit: nearest(unit, names, _EACH, _ALIKE) for unit in missing}
    written = _turns(
        client, {word: said(word) for unit in missing for word in (*regional_variants(unit), *alike[unit])}
    )
    spoken = _turns(client, {name: has(Field("speaker", (name,))) for unit in missing for name in called[unit]})
    better = {
        unit: next((word for word in regional_variants(unit) if word in written), "")
        or _best(unit, [*called[unit], *(word for word in alike[unit] if word in written)])
        for unit in missing
    }
    return Suggestions(
        searched=units,
        words=tuple(Suggestion(word, turns) for word, turns in written.items()),
        speakers=tuple(Suggestion(name, turns) for name, turns in spoken.items()),
        query=_instead(request, words, better),
    )


def _looked_up(client: ArchiveClient, units: Sequence[str]) -> tuple[set[str], dict[str, list[str]], tuple[str, ...]]:
    """Return which words some turn holds, words that are written like each, and all speakers."""
    searches = [(client.names.turns, _counted(said(unit))) for unit in units]
    searches += [(client.names.turns, _alike(unit)) for unit in units]
    *answers, last = client.searches([*searches, (client.names.interviews, all_names_body("speaker"))]).responses
    counts, options = answers[: len(units)], answers[len(units) :]
    present = {unit for unit, answer in zip(units, counts, strict=True) if responses.total(answer)}
    alike = {unit: _options(unit, answer) for unit, answer in zip(units, options, strict=True)}
    return present, alike, known_names(last).names["speaker"]


def _best(unit: str, candidates: Iterable[str]) -> str:
    """Return what was probably meant: what sounds the same, then what is as long; the first of equals."""
    return min(
        candidates,
        key=lambda one: (not sounds_alike(fold(one), unit), abs(len(fold(one)) - len(unit))),
        default="",
    )


def _alike(unit: str) -> Body:
    """Return the search for indexed words that differ from `unit` in one character, or two where it is longer."""
    close = {
        "field": "words",
        "suggest_mode": "always",
        "max_edits": 1 if len(unit) < _LONG else 2,
        "prefix_length": 0,
        "min_word_length": 2,
        "size": _MANY,
    }
    return {"size": 0, "suggest": {"alike": {"text": unit, "term": close}}}


def _options(unit: str, answer: Response) -> list[str]:
    """Return the words like `unit`, those that sound the same first, then the most alike and most frequent."""
    found = [option["text"] for entry in answer["suggest"]["alike"] for option in entry["options"]]
    return sorted(found, key=lambda option: not sounds_alike(option, unit))[:_EACH]


def _turns(client: ArchiveClient, clauses: Mapping[str, Clause]) -> dict[str, int]:
    """Return how many turns satisfy each clause, those that none does left out."""
    answers = client.searches([(client.names.turns, _counted(clause)) for clause in clauses.values()]).responses
    return {name: turns for name, answer in zip(clauses, answers, strict=True) if (turns := responses.total(answer))}


def _counted(clause: Clause) -> Body:
    return {"query": clause, "size": 0, "track_total_hits": True}


def _instead(request: SearchRequest, words: Iterable[tuple[Leaf, tuple[str, ...]]], better: Mapping[str, str]) -> str:
    """Return the query with what occurs nowhere replaced by what is like it, or left out; "" if nothing changes."""
    kept: list[str] = []
    for leaf, units in words:
        if not any(unit in better for unit in units):
            kept.append(f'"{leaf.text}"' if isinstance(leaf, Phrase) else leaf.text)
        else:
            kept += [better.get(unit, unit) for unit in units if better.get(unit, unit)]
    changed = " ".join(dict.fromkeys(kept))
    return "" if changed == request.query.strip() else changed
