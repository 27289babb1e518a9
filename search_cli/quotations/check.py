"""Quotations checked against the archive: a round trip for all, one for turns beside, one for what to try instead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from indexer.errors import UsageError
from indexer.model import from_source
from search_cli.client import ArchiveClient
from search_cli.json_types import Response
from search_cli.models import SpokenTurn
from search_cli.query.bodies import HIDDEN, count
from search_cli.query.clauses import contains
from search_cli.query.terms import Analyze, content_words
from search_cli.quotations import verify
from search_cli.quotations.attribution import names, said_by, stranger
from search_cli.quotations.candidates import LOOKED_AT, candidates_body
from search_cli.quotations.ellipsis import interpretations
from search_cli.quotations.quotation import Checked, Quotation, Verdict
from search_cli.search import responses
from search_cli.search.known_names import KnownNames, all_names_body, known_names, not_found

_AT_ONCE = 50
"""Quotations sent at once."""

_TELLING = 3
"""Words that a search for an absent quotation is made of."""


def check(client: ArchiveClient, quotations: Iterable[Quotation], speaker: str = "") -> tuple[Checked, ...]:
    """Return what the archive says of each quotation; `speaker` is who is said to have said them all.

    Raises `UsageError` for a quotation without a letter, `NotFoundError` for a speaker who is not in the archive.
    """
    asked = tuple(quotations)
    for one in asked:
        if not interpretations(one.text):
            raise UsageError(f"There is nothing to look for in “{one.text}”.", "Quote some words.")
    archived = known_names(client.search(client.names.interviews, all_names_body("speaker")))
    speakers = _speakers(archived, speaker)
    named = names(archived)
    checked: list[Checked] = []
    for first in range(0, len(asked), _AT_ONCE):
        checked += _compared(client, asked[first : first + _AT_ONCE])
    told = [
        verify.attributed(one, speakers or said_by(one.quotation, named) or stranger(one.quotation)) for one in checked
    ]
    return tuple(verify.shown(one) for one in _with_words(client, told))


def _speakers(archived: KnownNames, speaker: str) -> tuple[str, ...]:
    """Return the archive's names of a speaker."""
    if speaker and not (found := archived.like("speaker", speaker)):
        raise not_found("speaker", speaker, archived.names["speaker"])
    return found if speaker else ()


def _compared(client: ArchiveClient, asked: Sequence[Quotation]) -> list[Checked]:
    """Return what the turns likest to each quotation say of it, those beside them read where one runs over."""
    bodies = [(client.names.turns, candidates_body(interpretations(one.text)[-1])) for one in asked]
    found = [responses.turns(answer) for answer in client.searches(bodies).responses]
    checked = [verify.check(one, turns, {}) for one, turns in zip(asked, found, strict=True)]
    unsure = [at for at, one in enumerate(checked) if one.kind in {Verdict.NEAR, Verdict.ABSENT}]
    beside = _turns(client, (address for at in unsure for address in verify.wanted(asked[at], found[at])))
    for at in unsure if beside else ():
        checked[at] = verify.check(asked[at], found[at], beside)
    return [_counted(one, turns) for one, turns in zip(checked, found, strict=True)]


def _counted(checked: Checked, found: Sequence[SpokenTurn]) -> Checked:
    """Return the check, saying whether there may be more turns than were looked at."""
    return replace(checked, more=checked.kind is Verdict.VERBATIM and checked.turns == len(found) == LOOKED_AT)


def _turns(client: ArchiveClient, addresses: Iterable[str]) -> Mapping[str, SpokenTurn]:
    """Return the turns with these addresses that there are."""
    found = client.sources(list(dict.fromkeys(addresses)), HIDDEN)
    return {address: from_source(SpokenTurn, source) for address, source in found.items()}


def _with_words(client: ArchiveClient, checked: Sequence[Checked]) -> list[Checked]:
    """Return the checks, the absent ones with the words to search for: the rarest that some turn holds."""
    words = {
        at: _words(client.analyze, one.quotation.text) for at, one in enumerate(checked) if one.kind is Verdict.ABSENT
    }
    every = list(dict.fromkeys(word for found in words.values() for word in found))
    answers: tuple[Response, ...] = ()
    for first in range(0, len(every), 4 * _AT_ONCE):
        some = every[first : first + 4 * _AT_ONCE]
        bodies = [count(contains(word)) for word in some]
        answers += client.searches([(client.names.turns, body) for body in bodies]).responses
    turns = {word: responses.total(answer) for word, answer in zip(every, answers, strict=True)}
    return [replace(one, search=_rarest(words.get(at, ()), turns)) for at, one in enumerate(checked)]


def _words(analyze: Analyze, text: str) -> tuple[str, ...]:
    """Return the words a quotation is about, each once."""
    analysis = analyze(text)
    found = content_words(analysis.words, "".join(analysis.normal.text.split()))
    return tuple(word for word in found if len(word) > 1)[:40]


def _rarest(words: Sequence[str], turns: Mapping[str, int]) -> tuple[str, ...]:
    """Return the rarest of some words that occur, in the order of the quotation."""
    rare = sorted((word for word in words if turns[word]), key=lambda word: turns[word])[:_TELLING]
    return tuple(word for word in words if word in rare)
