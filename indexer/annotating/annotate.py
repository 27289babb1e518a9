"""An interview as it was parsed to one as it is indexed: who its speakers are, what they do, what it is about."""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from indexer.annotating import exchanges, roles, speakers, writing
from indexer.annotating.speakers import Speakers
from indexer.language.normal import normalise
from indexer.model import Interview, Role, Turn
from indexer.settings import Settings

if TYPE_CHECKING:
    from indexer.annotating.topics import Topics
    from indexer.language.analysis import Language


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known beside the transcripts: the words of the language, the topics, the speakers."""

    language: "Language"
    topics: "Topics"
    speakers: Speakers

    @property
    def fingerprint(self) -> str:
        """Return a short text that changes whenever annotating the same interview could give something else."""
        parts = (self.language.fingerprint, self.topics.fingerprint, self.speakers.fingerprint)
        return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


@cache
def load_knowledge(settings: Settings) -> Knowledge:
    """Return the knowledge in the settings' data folder; raise `SettingsError` for a file that cannot be used."""
    # both bring the dictionary with them, which `fangtan parse` can do without
    from indexer.annotating.topics import Topics
    from indexer.language import analysis

    data = settings.data
    return Knowledge(
        analysis.load(data / "words.txt"), Topics.load(data / "topics.toml"), speakers.load(data / "speakers.toml")
    )


def annotate(interview: Interview, knowledge: Knowledge) -> Interview:
    """Return the interview with its speakers, roles, exchanges, topics and keywords."""
    return knowledge.topics.annotate(attribute(interview, knowledge.speakers), knowledge.language)


def attribute(interview: Interview, known: Speakers) -> Interview:
    """Return the interview with canonical speakers, roles and exchanges: all that needs no dictionary."""
    settled = roles.settle(interview)
    turns = (replace(turn, role=role) for turn, role in zip(interview.turns, settled, strict=True))
    named = tuple(_named(turn, interview, known) for turn in turns)
    language = interview.language or writing.tag(turn.text for turn in interview.turns)
    return replace(interview, turns=exchanges.number(named), language=language, attributed=True)


def _named(turn: Turn, interview: Interview, known: Speakers) -> Turn:
    """Return the turn under its speaker's canonical name, with the affiliation that the head or speakers.toml tells."""
    name = known.canonical(_resolved(turn, interview))
    told = next((guest.affiliation for guest in interview.guests if guest.name == name), "")
    return replace(turn, speaker=name, affiliation=turn.affiliation or told or known.affiliations.get(name, ""))


def _resolved(turn: Turn, interview: Interview) -> str:
    """Return who speaks behind a label that names nobody, where the text tells: 问 the journalist or the outlet."""
    label = normalise(turn.label).text
    if label in roles.ASKING and turn.role is Role.INTERVIEWER:
        return interview.authors[0] if len(interview.authors) == 1 else interview.outlet or turn.speaker
    if label in roles.ANSWERING and turn.role is Role.INTERVIEWEE and len(interview.guests) == 1:
        return interview.guests[0].name
    return _whole(turn.speaker, interview) if len(turn.label) == 1 else turn.speaker


def _whole(surname: str, interview: Interview) -> str:
    """Return the one person of the head whose surname is the label: 冯 is 冯桂生, but not where two are called so."""
    people = {*(guest.name for guest in interview.guests), *interview.authors}
    called = [name for name in people if name.startswith(surname)]
    return called[0] if len(called) == 1 else surname
