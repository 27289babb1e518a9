"""What to try where nothing was found: the nearest names for a filter, words and speakers like those searched for."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search_cli import browsing, results
from search_cli.asking import Asking, Response
from search_cli.field_clauses import has
from search_cli.query_language import Field, Phrase
from search_cli.records import NearWord, Suggestions
from search_cli.request import SearchRequest
from search_cli.resolving import known, names_body, nearest, not_found, sounds_alike, unknown
from search_cli.searching import Prepared, prepare
from search_cli.word_clauses import Clause, said
from search_cli.wording import Analyse, Leaf, sought

Body = dict[str, Any]

_ALIKE = 0.6  # of the characters of a name
_EACH = 3  # suggestions for one word
_MANY = 50  # of them those that sound the same come first
_LONG = 5  # characters from which two may differ


def check_filters(ask: Asking, prepared: Prepared) -> None:
    """Raise `NotFoundError` with the nearest for a filter whose value nothing in the archive has."""
    for kind, value in unknown(prepared.request, prepared.names):
        if kind != "speaker" or not _any(ask, has(Field(kind, (value,)))):  # it may be a printed label
            raise not_found(kind, value, prepared.names.names[kind])
    for one in prepared.request.filters:
        for prefix in one.values if one.name == "interview" else ():
            if isinstance(prefix, str) and not _any(ask, has(Field(one.name, (prefix,)))):
                raise not_found(one.name, prefix, browsing.ids(ask))


def _any(ask: Asking, clause: Clause) -> bool:
    """Say whether some turn satisfies a clause."""
    body = {"query": clause, "size": 0, "track_total_hits": 1, "terminate_after": 1}
    return results.total(ask.search(ask.names.turns, body)) > 0


def near(ask: Asking, analyse: Analyse, request: SearchRequest) -> Suggestions:
    """Return what to try instead: words that occur and are written alike, speakers of a like name, fewer words."""
    prepared = prepare(ask, analyse, request)
    words = [(leaf, prepared.wording.units(leaf)) for leaf in sought(request.node)]
    units = tuple(dict.fromkeys(unit for _, found in words for unit in found))
    names = [(ask.names.interviews, body) for body in (names_body((), ["speaker"]),) if body and units]
    counts = [(ask.names.turns, _count(unit)) for unit in units]
    alike = [(ask.names.turns, _alike(unit)) for unit in units]
    answers = ask.searches([*counts, *alike, *names]).responses
    present = {unit for unit, answer in zip(units, answers, strict=False) if results.total(answer)}
    missing = {unit: _options(unit, answer) for unit, answer in zip(units, answers[len(units) :], strict=False)}
    options = _occurring(ask, [one for unit in units if unit not in present for one in missing[unit]])
    speakers = _named(ask, units, known(answers[-1]).names["speaker"]) if names else ()
    better = {unit: next((one for one in missing[unit] if one in options), "") for unit in units if unit not in present}
    return Suggestions(
        searched=units,
        words=tuple(NearWord(word, turns) for word, turns in options.items()),
        speakers=speakers,
        query=_instead(request, words, better) or (f'speaker:"{speakers[0].word}"' if speakers else ""),
    )


def _count(unit: str) -> Body:
    return _counted(said(unit))


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


def _occurring(ask: Asking, words: Sequence[str]) -> dict[str, int]:
    """Return those words that some turn holds, each with the turns that do."""
    once = list(dict.fromkeys(words))
    answers = ask.searches([(ask.names.turns, _count(word)) for word in once]).responses
    return {word: turns for word, answer in zip(once, answers, strict=True) if (turns := results.total(answer))}


def _named(ask: Asking, units: Iterable[str], names: Sequence[str]) -> tuple[NearWord, ...]:
    """Return the speakers whose names are like one of the words, with the turns they speak."""
    like = list(dict.fromkeys(name for unit in units for name in nearest(unit, names, _EACH, _ALIKE)))
    bodies = [(ask.names.turns, _counted({"term": {"speaker": name}})) for name in like]
    answers = ask.searches(bodies).responses
    return tuple(NearWord(name, results.total(answer)) for name, answer in zip(like, answers, strict=True))


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
