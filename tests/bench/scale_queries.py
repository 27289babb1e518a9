"""Queries for an archive, drawn from its own turns: the same for the same archive."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from random import Random
from typing import Any

from elasticsearch import Elasticsearch

from search_cli import Archive

_SEED = 16
_SAMPLE = 1000
_DRAWN_FROM = ["text", "keywords", "speaker", "date"]
_HAN = r"[\u4e00-\u9fff]"

Turn = Mapping[str, Any]
Call = Callable[[], object]


def sampled(client: Elasticsearch, index: str) -> list[Turn]:
    """Return turns from all over the archive."""
    at_random = {"random_score": {"seed": _SEED, "field": "_seq_no"}}
    query = {"function_score": {"query": {"range": {"length": {"gte": 60}}}, **at_random}}
    answer = client.search(index=index, query=query, size=_SAMPLE, source_includes=_DRAWN_FROM)
    return [hit["_source"] for hit in answer["hits"]["hits"]]


def calls(archive: Archive, turns: Sequence[Turn], each: int) -> dict[str, list[Call]]:
    """Return `each` calls of the six kinds of search, and some of concordances and collocates."""
    drawn = Random(_SEED)
    words = _words(turns, drawn)
    facets = {"facets speaker × topic": [_cross(archive, word) for word in islice(words, each)]}
    return {
        "one word": [_search(archive, word) for word in islice(words, each)],
        "several words": [_search(archive, one) for one in islice(_several(turns, drawn), each)],
        "phrase": [_search(archive, f'"{one}"') for one in islice(_runs(turns, drawn, 4, 7), each)],
        "question": [_search(archive, one) for one in islice(_runs(turns, drawn, 12, 20), each)],
        "filters": [_search(archive, *one) for one in islice(_filtered(turns, words), each)],
        **facets,
        "kwic": [_kwic(archive, word) for word in islice(words, each // 2)],
        "collocates": [_collocates(archive, word) for word in islice(words, each // 4)],
    }


def _search(archive: Archive, query: str, speaker: str = "", since: str = "") -> Call:
    if speaker:
        return lambda: archive.search(query, speaker=(speaker,))
    return (lambda: archive.search(query, since=since)) if since else (lambda: archive.search(query))


def _cross(archive: Archive, query: str) -> Call:
    return lambda: archive.cross("speaker", "topic", query=query)


def _kwic(archive: Archive, query: str) -> Call:
    return lambda: archive.kwic(query)


def _collocates(archive: Archive, query: str) -> Call:
    return lambda: archive.collocates(query)


def _words(turns: Sequence[Turn], drawn: Random) -> Iterator[str]:
    """Yield words that turns are about."""
    for turn in cycle(turns):
        if keywords := [word for word in turn.get("keywords", ()) if re.fullmatch(f"{_HAN}{{2,4}}", word)]:
            yield drawn.choice(keywords)


def _several(turns: Sequence[Turn], drawn: Random) -> Iterator[str]:
    """Yield two or three words of one turn."""
    for turn in cycle(turns):
        if len(keywords := turn.get("keywords", ())) > 2:
            yield " ".join(drawn.sample(keywords, drawn.choice((2, 3))))


def _runs(turns: Sequence[Turn], drawn: Random, shortest: int, longest: int) -> Iterator[str]:
    """Yield runs of characters as they were said."""
    for turn in cycle(turns):
        if runs := re.findall(f"{_HAN}{{{shortest},{longest}}}", turn["text"]):
            yield drawn.choice(runs)


def _filtered(turns: Sequence[Turn], words: Iterator[str]) -> Iterator[tuple[str, str, str]]:
    """Yield a word with a speaker, and with a year, in turn."""
    for number, turn in enumerate(cycle(turns)):
        if number % 2 and turn.get("date"):
            yield next(words), "", turn["date"][:4]
        elif turn.get("speaker"):
            yield next(words), turn["speaker"], ""
