"""Check quotations against the archive: one round trip for candidates, one for their neighbors, one for suggestions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.errors import UsageError
from indexer.model import from_source
from indexer.text.normalize import normalize
from indexer.text.tokens import HAN, bigrams
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN, count
from search_cli.query.clauses import contains, exactly
from search_cli.query.terms import Analyze, content_words
from search_cli.quotations.attribution import (
    SpeakersByName,
    attributed_person,
    attributed_speakers,
    speakers_by_name,
)
from search_cli.quotations.ellipsis import Interpretation, interpretations
from search_cli.quotations.quotation import Quotation, QuotationCheck, Verdict
from search_cli.quotations.verify import neighbor_addresses, verify, with_attribution, with_first_places
from search_cli.search import responses
from search_cli.search.known_names import KnownNames, all_names_body, known_names, not_found

CANDIDATES = 10
"""Turns that are compared with a quotation letter by letter."""

_BATCH = 50
"""Quotations in one request."""

_SUGGESTED_WORDS = 3
"""Words of the search suggested for an absent quotation."""

_MAX_BIGRAMS = 240  # of a long quotation: from its beginning, its middle and its end
_MAX_CLAUSES = 4
_CLAUSE = 24
_RUN = re.compile(f"[{HAN}]{{4,{_CLAUSE}}}")
_CLAUSE_BOOST = 24.0  # an exact clause counts more than three rare bigrams


def check(client: ArchiveClient, quotations: Iterable[Quotation], speaker: str = "") -> tuple[QuotationCheck, ...]:
    """Check each quotation; `speaker` is the expected speaker of all of them, by default those the article names.

    Raises `UsageError` for a quotation without a letter, `NotFoundError` for a speaker who is not in the archive.
    """
    batch = tuple(quotations)
    for quotation in batch:
        if not interpretations(quotation.text):
            raise UsageError(f"“{quotation.text}” has no words to check.", "Quote some words.")
    archived = known_names(client.search(client.names.interviews, all_names_body("speaker")))
    speakers = _speakers(archived, speaker)
    named = speakers_by_name(archived)
    checks: list[QuotationCheck] = []
    for first in range(0, len(batch), _BATCH):
        checks += _verified(client, batch[first : first + _BATCH])
    attributed = [with_attribution(check, speakers or _attributed(check.quotation, named)) for check in checks]
    return tuple(map(with_first_places, _with_suggestions(client, attributed)))


def _attributed(quotation: Quotation, named: SpeakersByName) -> tuple[str, ...]:
    """Return whom the article names: speakers of the archive, else a person unknown to it."""
    return attributed_speakers(quotation, named) or attributed_person(quotation)


def _speakers(archived: KnownNames, speaker: str) -> tuple[str, ...]:
    """Return the names of a speaker in the archive."""
    if not speaker:
        return ()
    names = archived.like("speaker", speaker)
    if not names:
        raise not_found("speaker", speaker, archived.names["speaker"])
    return names


def _verified(client: ArchiveClient, quotations: Sequence[Quotation]) -> list[QuotationCheck]:
    """Verify quotations against their candidates; near and absent ones again with the neighbors of these."""
    bodies = [(client.names.turns, candidates_body(interpretations(each.text)[-1])) for each in quotations]
    candidates = [responses.turns(response) for response in client.searches(bodies).responses]
    checks = [verify(each, turns, {}) for each, turns in zip(quotations, candidates, strict=True)]
    unsure = [index for index, check in enumerate(checks) if check.kind in {Verdict.NEAR, Verdict.ABSENT}]
    addresses = (each for index in unsure for each in neighbor_addresses(quotations[index], candidates[index]))
    neighbors = _turns(client, addresses)
    for index in unsure if neighbors else ():
        checks[index] = verify(quotations[index], candidates[index], neighbors)
    return [_with_more(check, turns) for check, turns in zip(checks, candidates, strict=True)]


def _with_more(check: QuotationCheck, candidates: Sequence[SpokenTurn]) -> QuotationCheck:
    """Note whether there may be more turns than the candidates."""
    return replace(check, more=check.kind is Verdict.VERBATIM and check.turns == len(candidates) == CANDIDATES)


def _turns(client: ArchiveClient, addresses: Iterable[str]) -> Mapping[str, SpokenTurn]:
    """Fetch the turns that exist of these addresses."""
    sources = client.sources(list(dict.fromkeys(addresses)), HIDDEN)
    return {address: from_source(SpokenTurn, source) for address, source in sources.items()}


def candidates_body(reading: Interpretation) -> Body:
    """Build the search for the turns with most bigrams of a quotation; exact clauses rank first."""
    text = "\n".join(normalize(part).text for part in reading.parts)
    pairs = list(dict.fromkeys(bigrams(text)))
    if len(pairs) > _MAX_BIGRAMS:
        third, middle = _MAX_BIGRAMS // 3, len(pairs) // 2
        pairs = pairs[:third] + pairs[middle - third // 2 : middle + third // 2] + pairs[-third:]
    clauses = sorted(dict.fromkeys(_RUN.findall(text)), key=len, reverse=True)[:_MAX_CLAUSES]
    exact: list[Clause] = [{"constant_score": {"filter": exactly(run), "boost": _CLAUSE_BOOST}} for run in clauses]
    shared: Clause = {"match": {"bigrams": " ".join(pairs)}} if pairs else exactly("".join(text.split()))
    return {
        "query": {"bool": {"should": [shared, *exact], "minimum_should_match": 1}},
        "size": CANDIDATES,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def _with_suggestions(client: ArchiveClient, checks: Sequence[QuotationCheck]) -> list[QuotationCheck]:
    """Add words to search for to the absent quotations: the rarest that occur in the archive."""
    words = {
        index: _words(client.analyze, check.quotation.text)
        for index, check in enumerate(checks)
        if check.kind is Verdict.ABSENT
    }
    turns = _turn_counts(client, list(dict.fromkeys(word for found in words.values() for word in found)))
    return [replace(check, search=_rarest(words.get(index, ()), turns)) for index, check in enumerate(checks)]


def _turn_counts(client: ArchiveClient, words: Sequence[str]) -> dict[str, int]:
    """Count the turns with each word."""
    counts: dict[str, int] = {}
    for first in range(0, len(words), 4 * _BATCH):
        some = words[first : first + 4 * _BATCH]
        bodies = [count(contains(word)) for word in some]
        counted = client.searches([(client.names.turns, body) for body in bodies]).responses
        counts |= {word: responses.total(response) for word, response in zip(some, counted, strict=True)}
    return counts


def _words(analyze: Analyze, text: str) -> tuple[str, ...]:
    """Return the distinct words of a quotation."""
    analysis = analyze(text)
    words = content_words(analysis.words, "".join(analysis.normal.text.split()))
    return tuple(word for word in words if len(word) > 1)[:40]


def _rarest(words: Sequence[str], turns: Mapping[str, int]) -> tuple[str, ...]:
    """Return the rarest words that occur in the archive, in the order of the quotation."""
    rare = sorted((word for word in words if turns[word]), key=lambda word: turns[word])[:_SUGGESTED_WORDS]
    return tuple(word for word in words if word in rare)
