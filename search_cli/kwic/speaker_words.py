"""A speaker's page with the words that are the speaker's own: by keyness against what all others say."""

from dataclasses import dataclass, fields

from search_cli.client import ArchiveClient
from search_cli.kwic.keyness import CERTAIN, KeyWord
from search_cli.kwic.words import LEAST, WordOrder, WordsRequest, word_list
from search_cli.query.request import SearchRequest
from search_cli.search.speaker_profile import SpeakerProfile


@dataclass(frozen=True, slots=True)
class SpeakerPage(SpeakerProfile):
    """A profile with `words`: those that the speaker says more often than others, the most certain first."""

    words: tuple[KeyWord, ...] = ()


def speaker_page(client: ArchiveClient, profile: SpeakerProfile, mine: SearchRequest, limit: int) -> SpeakerPage:
    """Return a profile with at most `limit` own words of the turns of `mine`."""
    listed = own_words(client, mine, limit) if limit and profile.turns else ()
    return SpeakerPage(**{one.name: getattr(profile, one.name) for one in fields(SpeakerProfile)}, words=listed)


def own_words(client: ArchiveClient, mine: SearchRequest, limit: int) -> tuple[KeyWord, ...]:
    """Return the words that turns have more often than all others, hardly by chance."""
    found = word_list(client, WordsRequest(mine, WordOrder.SCORE, limit, LEAST, function_words=False))
    return tuple(one for one in found.words if one.score >= CERTAIN and one.log_ratio > 0)
