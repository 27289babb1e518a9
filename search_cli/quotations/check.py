"""Check quotations against the archive: one round trip for candidates, one for their neighbors, one for suggestions.

A quotation that all of its candidates have is searched for in every turn that may have it: who said it may be another.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.enrich import speakers
from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.model import from_source
from indexer.text.normalize import normalize
from indexer.text.tokens import HAN, bigrams
from search_cli.client import ArchiveClient
from search_cli.json_types import Body, Clause
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN, count
from search_cli.query.clauses import all_of, contains, exactly, one_of
from search_cli.query.terms import Analyze, content_words
from search_cli.quotations.attribution import Attribution, attribution, named_speakers, speakers_by_name
from search_cli.quotations.ellipsis import Interpretation, interpretations
from search_cli.quotations.quotation import Quotation, QuotationCheck, Verdict
from search_cli.quotations.verify import neighbor_addresses, verify, with_attribution, with_first_places
from search_cli.search import responses
from search_cli.search.known_names import KnownNames, all_names_body, known_names, not_found

CANDIDATES = 10
"""Turns that are compared with a quotation letter by letter."""

MOST = 10_000
"""Turns that are read at most for one that all of its candidates have."""

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
            nothing = _("“{quotation}” has no words to check.").format(quotation=quotation.text)
            raise UsageError(nothing, _("Quote some words."))
    archived = known_names(client.search(client.names.interviews, all_names_body("speaker")))
    aliases = speakers.load(client.settings.data_file("speakers.toml")).names
    expected = _expected(archived, aliases, speaker)
    named = speakers_by_name(archived, aliases)
    pairs = [(quotation, expected or attribution(quotation, named)) for quotation in batch]
    checks: list[QuotationCheck] = []
    for first in range(0, len(batch), _BATCH):
        checks += _verified(client, pairs[first : first + _BATCH])
    attributed = [_attributed(client, check, people) for check, (_, people) in zip(checks, pairs, strict=True)]
    return tuple(map(with_first_places, _with_suggestions(client, attributed)))


def _attributed(client: ArchiveClient, check: QuotationCheck, named: Attribution) -> QuotationCheck:
    """Return a check with whom the article names, of all turns with the quotation if it may be in more than were read.

    The turns of those named are read first: of a phrase that is everywhere, the others are only counted.
    """
    if check.kind is not Verdict.VERBATIM or check.turns < CANDIDATES:
        return with_attribution(check, named)
    reading = interpretations(check.quotation.text)[-1]
    found: list[SpokenTurn] = []
    for page in client.pages(client.names.turns, all_turns_body(reading, named.speakers)):
        found += responses.turns(page)
        if len(found) >= MOST:
            break
    whole = with_attribution(verify(check.quotation, found, {}), named)
    if len(found) < MOST:
        return whole
    phrases = (exactly("".join(normalize(part).text.split())) for part in reading.parts)
    counted = responses.total(client.search(client.names.turns, count(all_of(phrases))))
    return replace(whole, turns=max(whole.turns, counted), more=True)


def _expected(archived: KnownNames, aliases: Mapping[str, str], speaker: str) -> Attribution | None:
    """Return the attribution to a speaker of the archive, by name or alias; None if none is expected."""
    if not speaker:
        return None
    name = aliases.get("".join(speaker.split()).casefold(), "")
    names = archived.like("speaker", speaker) or archived.like("speaker", name)
    if not names:
        raise not_found("speaker", speaker, archived.names["speaker"])
    return named_speakers(names)


def _verified(client: ArchiveClient, pairs: Sequence[tuple[Quotation, Attribution]]) -> list[QuotationCheck]:
    """Verify quotations against their candidates; near and absent ones again with the neighbors of these.

    Of candidates that are equally like a quotation, those of the people named for it come first.
    """
    quotations = [quotation for quotation, _ in pairs]
    bodies = [(client.names.turns, candidates_body(interpretations(each.text)[-1])) for each in quotations]
    found = map(responses.turns, client.searches(bodies).responses)
    candidates = [_theirs_first(turns, people) for turns, (_, people) in zip(found, pairs, strict=True)]
    checks = [verify(each, turns, {}) for each, turns in zip(quotations, candidates, strict=True)]
    unsure = [index for index, check in enumerate(checks) if check.kind in {Verdict.NEAR, Verdict.ABSENT}]
    addresses = (each for index in unsure for each in neighbor_addresses(quotations[index], candidates[index]))
    neighbors = _turns(client, addresses)
    for index in unsure if neighbors else ():
        checks[index] = verify(quotations[index], candidates[index], neighbors)
    return checks


def _theirs_first(turns: Iterable[SpokenTurn], people: Attribution) -> list[SpokenTurn]:
    """Return turns with those of some people first, otherwise in the same order."""
    return sorted(turns, key=lambda turn: not people.is_by(turn))


def _turns(client: ArchiveClient, addresses: Iterable[str]) -> Mapping[str, SpokenTurn]:
    """Fetch the turns that exist of these addresses."""
    sources = client.sources(list(dict.fromkeys(addresses)), HIDDEN)
    return {address: from_source(SpokenTurn, source) for address, source in sources.items()}


def candidates_body(reading: Interpretation) -> Body:
    """Build the search for the turns with most bigrams of a quotation; exact clauses rank first, and halves of them."""
    text = "\n".join(normalize(part).text for part in reading.parts)
    pairs = list(dict.fromkeys(bigrams(text)))
    if len(pairs) > _MAX_BIGRAMS:
        third, middle = _MAX_BIGRAMS // 3, len(pairs) // 2
        pairs = pairs[:third] + pairs[middle - third // 2 : middle + third // 2] + pairs[-third:]
    clauses = sorted(dict.fromkeys(_RUN.findall(text)), key=len, reverse=True)[:_MAX_CLAUSES]
    halved = [run for run in clauses if len(run) > 7] if len(clauses) < 3 else []  # of one, one changed letter is all
    halves = [run[start : start + len(run) // 2] for run in halved for start in (0, len(run) // 2)]
    exact: list[Clause] = [
        {"constant_score": {"filter": exactly(run), "boost": boost}}
        for runs, boost in ((clauses, _CLAUSE_BOOST), (halves, _CLAUSE_BOOST / 2))
        for run in runs
    ]
    shared: Clause = {"match": {"bigrams": " ".join(pairs)}} if pairs else exactly("".join(text.split()))
    return {
        "query": {"bool": {"should": [shared, *exact], "minimum_should_match": 1}},
        "size": CANDIDATES,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }


def all_turns_body(reading: Interpretation, speakers: Sequence[str]) -> Body:
    """Build the search for all turns with the characters of a quotation, in any order; those of `speakers` are first.

    Punctuation may be between the characters, so that a phrase query would not find all.
    """
    characters: list[Clause] = [{"term": {"chars": one}} for one in sorted(set("".join(reading.letters)))]
    theirs: list[Clause] = [{"terms": {field: list(speakers)}} for field in ("speaker", "label")]
    return {
        "query": {"bool": {"filter": characters, "should": [{"constant_score": {"filter": one_of(theirs)}}]}},
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
