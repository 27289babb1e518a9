"""An interview as it was parsed to one as it is indexed: who its speakers are, what they do, what it is about."""

from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from indexer.enrich import exchanges, roles, speakers, writing_system
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Role, Turn
from indexer.settings import Settings
from indexer.text.normalize import normalize

if TYPE_CHECKING:
    from indexer.enrich.topics import Topics
    from indexer.text.analysis import Language


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
    from indexer.enrich.topics import Topics
    from indexer.text import analysis

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
    placed = exchanges.places(interview.turns, settled)
    names: dict[tuple[str, str, Role], tuple[str, str]] = {}
    turns = []
    for turn, role, place in zip(interview.turns, settled, placed, strict=True):
        key = (turn.label, turn.speaker, role)
        if key not in names:
            names[key] = _name(turn, role, interview, known)
        turns.append(_attributed(turn, role, names[key], place))
    language = interview.language or writing_system.tag(turn.text for turn in interview.turns)
    return replace(interview, turns=tuple(turns), language=language, attributed=True)


def _attributed(turn: Turn, role: Role, name: tuple[str, str], place: exchanges.Place) -> Turn:
    """Return the turn with what was found of it; written out, as `replace` takes five times as long."""
    (speaker, office), (exchange, reply_to) = name, place
    return Turn(
        turn=turn.turn,
        speaker=speaker,
        role=role,
        text=turn.text,
        label=turn.label,
        affiliation=turn.affiliation or office,
        exchange=exchange,
        reply_to=reply_to,
        topics=turn.topics,
        keywords=turn.keywords,
        start=turn.start,
        end=turn.end,
    )


def _name(turn: Turn, role: Role, interview: Interview, known: Speakers) -> tuple[str, str]:
    """Return the canonical name of a turn's speaker, and the office that the head or speakers.toml tells."""
    name = known.canonical(_resolved(turn, role, interview))
    told = next((guest.affiliation for guest in interview.guests if guest.name == name), "")
    return name, told or known.affiliations.get(name, "")


def _resolved(turn: Turn, role: Role, interview: Interview) -> str:
    """Return who speaks behind a label that names nobody, where the text tells: 问 the journalist or the outlet."""
    label = normalize(turn.label).text
    if label in roles.ASKING and role is Role.INTERVIEWER:
        return interview.authors[0] if len(interview.authors) == 1 else interview.outlet or turn.speaker
    if label in roles.ANSWERING and role is Role.INTERVIEWEE and len(interview.guests) == 1:
        return interview.guests[0].name
    return _whole(turn.speaker, interview) if len(turn.label) == 1 else turn.speaker


def _whole(surname: str, interview: Interview) -> str:
    """Return the one person of the head whose surname is the label: 冯 is 冯桂生, but not where two are called so."""
    people = {*(guest.name for guest in interview.guests), *interview.authors}
    called = [name for name in people if name.startswith(surname)]
    return called[0] if len(called) == 1 else surname
