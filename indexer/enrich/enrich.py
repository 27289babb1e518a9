"""Enrich a parsed interview: canonical speakers, roles, exchanges, script, topics, keywords and mentions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from indexer.enrich import exchanges, role_words, roles, speakers
from indexer.enrich.generic_names import is_generic
from indexer.enrich.speakers import Speakers
from indexer.model import Interview, Role, Turn, qualified_name
from indexer.settings import Settings
from indexer.text.normalize import normalize
from indexer.text.simplify import detect_script

if TYPE_CHECKING:
    from indexer.enrich.topics import Topics
    from indexer.text.analysis import Analysis, Analyzer

MIN_SPOKEN_SHARE = 0.5
"""Share of the characters in turns with a speaker. Measured: of 260 real interviews and meetings four are below it, all
of them minutes without any speech (0.00); the others have 0.85 and more, a short talk under a long lead 0.80, a web
page about transcripts 0.28."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The data files that enrichment uses: user dictionary, topics, speakers."""

    analyzer: "Analyzer"
    topics: "Topics"
    speakers: Speakers

    @property
    def fingerprint(self) -> str:
        """Return a hash that changes whenever enriching the same interview could give a different result.

        Speakers do not count: those of indexed turns are updated (`indexing.speakers`).
        """
        parts = (self.analyzer.fingerprint, self.topics.fingerprint)
        return blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()


@cache
def load_knowledge(settings: Settings) -> Knowledge:
    """Read the files of the data folder; raise `SettingsError` for an invalid one."""
    # both import the dictionary, which `fangtan parse` does not need
    from indexer.enrich.topics import Topics
    from indexer.text import analysis

    words, topics, known = (settings.data_file(name) for name in ("words.txt", "topics.toml", "speakers.toml"))
    return Knowledge(analysis.load(words), Topics.load(topics), speakers.load(known))


def enrich(
    interview: Interview, knowledge: Knowledge, analyses: Iterable["Analysis"], stretches: Sequence[range] = ()
) -> Interview:
    """Add speakers, roles, exchanges, topics, keywords and mentions; `analyses` are of the turns, iterated once.

    `stretches` are those of the interview, if they are known.
    """
    from indexer.enrich import mentions  # like topics, not needed by `fangtan parse`

    attributed = with_own_labels(attribute(interview, knowledge.speakers), knowledge.speakers)
    texts: list[mentions.AnalyzedText] = []
    sections = stretches if knowledge.topics.are_learned else ()
    annotated = knowledge.topics.annotate(
        attributed, mentions.kept(analyses, texts), knowledge.analyzer.nouns, sections
    )
    return mentions.annotate(annotated, texts, knowledge.analyzer.not_names, knowledge.speakers)


def attribute(interview: Interview, known: Speakers) -> Interview:
    """Add canonical speakers, roles, exchanges and script: everything that needs no dictionary."""
    turn_roles = roles.assign(interview)
    positions = exchanges.assign(interview.turns, turn_roles)
    names: dict[tuple[str, str, Role], SpeakerName] = {}
    turns = []
    for turn, role, position in zip(interview.turns, turn_roles, positions, strict=True):
        key = (turn.label, turn.speaker, role)
        if key not in names:
            names[key] = _name(turn, role, interview, known)
        attributed = _attributed(turn, role, names[key], position)
        if given := known.turns.get((interview.id, turn.turn)):
            attributed = replace(attributed, speaker=given, affiliation=known.affiliation(given, interview.date))
        turns.append(_with_given_role(attributed, interview, known))
    language = interview.language or detect_script(turn.text for turn in interview.turns)
    return replace(interview, turns=tuple(turns), language=language, attributed=True)


def _with_given_role(turn: Turn, interview: Interview, known: Speakers) -> Turn:
    """Return the turn with the role that speakers.toml gives its speaker; exchanges stay as the transcript has them."""
    role = known.role(turn.speaker, interview.id, interview.date) if known.roles else None
    return turn if role is None or role is turn.role else replace(turn, role=role, printed_role=turn.role.value)


def with_own_labels(interview: Interview, known: Speakers) -> Interview:
    """Make speakers whose label is no name (记者), nor in speakers.toml, those of the interview: 记者@qzone-xiaomi."""
    names = {turn.speaker for turn in interview.turns}
    own = {name: qualified_name(name, interview.id) for name in names if is_generic(name) and not known.has(name)}
    turns = (replace(turn, speaker=own[turn.speaker]) if turn.speaker in own else turn for turn in interview.turns)
    return replace(interview, turns=tuple(turns)) if own else interview


def with_names(interview: Interview, names: Mapping[str, str]) -> Interview:
    """Give speakers the forms of their names in `names`; those whom speakers.toml names keep its own."""
    turns = (
        replace(turn, speaker=names[turn.speaker])
        if turn.speaker in names and turn.speaker == turn.printed_speaker
        else turn
        for turn in interview.turns
    )
    return replace(interview, turns=tuple(turns)) if names else interview


def is_mostly_narration(interview: Interview) -> bool:
    """Check whether less than `MIN_SPOKEN_SHARE` is spoken: a sign that the labels were not recognised."""
    spoken = sum(len(turn.text) for turn in interview.turns if turn.speaker)
    return spoken < MIN_SPOKEN_SHARE * sum(len(turn.text) for turn in interview.turns)


class SpeakerName(NamedTuple):
    """Who speaks: the canonical name and affiliation, and those that the transcript alone gives."""

    speaker: str
    affiliation: str
    printed_speaker: str = ""
    printed_affiliation: str = ""


def _attributed(turn: Turn, role: Role, name: SpeakerName, position: exchanges.ExchangePosition) -> Turn:
    """Return the turn with its attributes; written out, as `replace` takes five times as long."""
    exchange, reply_to = position
    return Turn(
        turn=turn.turn,
        speaker=name.speaker,
        role=role,
        text=turn.text,
        label=turn.label,
        affiliation=turn.affiliation or name.affiliation,
        exchange=exchange,
        reply_to=reply_to,
        topics=turn.topics,
        keywords=turn.keywords,
        start=turn.start,
        end=turn.end,
        notes=turn.notes,
        note_offsets=turn.note_offsets,
        printed_speaker=name.printed_speaker,
        printed_affiliation=turn.affiliation or name.printed_affiliation,
    )


def _name(turn: Turn, role: Role, interview: Interview, known: Speakers) -> SpeakerName:
    """Return the name of a turn's speaker, and the affiliation from the header or speakers.toml."""
    printed = _speaker(turn, role, interview)
    name = known.labelled(interview.id, printed, turn.label) or known.canonical(printed)
    introduced = next((guest.affiliation for guest in interview.guests if guest.name in (printed, name)), "")
    return SpeakerName(name, introduced or known.affiliation(name, interview.date), printed, introduced)


def _speaker(turn: Turn, role: Role, interview: Interview) -> str:
    """Return the speaker of a turn; for a label without a name (问) the only author, the outlet or the only guest.

    Not where the transcript itself says who the label is (问：林深).
    """
    if turn.speaker != turn.label:
        return turn.speaker
    label = normalize(turn.label).text
    if label in role_words.ASKING and role is Role.INTERVIEWER:
        return interview.authors[0] if len(interview.authors) == 1 else interview.outlet or turn.speaker
    if label in role_words.ANSWERING and role is Role.INTERVIEWEE and len(interview.guests) == 1:
        return interview.guests[0].name
    return _full_name(turn.speaker, interview) if len(turn.label) == 1 else turn.speaker


def _full_name(surname: str, interview: Interview) -> str:
    """Return the only guest or author with a surname: 冯桂生 for 冯; the surname itself if there are several."""
    people = {*(guest.name for guest in interview.guests), *interview.authors}
    matching = [name for name in people if name.startswith(surname)]
    return matching[0] if len(matching) == 1 else surname
