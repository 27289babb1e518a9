"""A speaker's page with the words that are the speaker's own: by keyness against what all others say."""

from dataclasses import dataclass, fields

from search_cli.client import ArchiveClient
from search_cli.kwic.keyness import CERTAIN, KeyWord
from search_cli.kwic.words import LEAST, WordOrder, WordsRequest, word_list
from search_cli.query.request import SearchRequest
from search_cli.search.speaker_profile import SpeakerProfile


@dataclass(frozen=True, slots=True)
class SpeakerPage(SpeakerProfile):
    """A profile with `words`: those that the speaker says more often than others, the most certain first.

    They are counted in `word_turns` of the turns; `is_estimate`: those of other turns are estimates, as in `WordList`.
    """

    words: tuple[KeyWord, ...] = ()
    word_turns: int = 0
    is_estimate: bool = False


def speaker_page(client: ArchiveClient, profile: SpeakerProfile, mine: SearchRequest, limit: int) -> SpeakerPage:
    """Return a profile with at most `limit` own words of the turns of `mine`: not by chance more often than others."""
    known = {one.name: getattr(profile, one.name) for one in fields(SpeakerProfile)}
    if not (limit and profile.turns):
        return SpeakerPage(**known)
    found = word_list(client, WordsRequest(mine, WordOrder.SCORE, limit, LEAST, function_words=False))
    own = tuple(one for one in found.words if one.score >= CERTAIN and one.log_ratio > 0)
    return SpeakerPage(**known, words=own, word_turns=found.turns, is_estimate=found.is_estimate)
