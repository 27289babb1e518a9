"""The knowledge of a run in another process: sent along as the contents of its files, which may not be there."""

import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from indexer.enrich import speakers
from indexer.enrich.enrich import Knowledge
from indexer.enrich.speakers import Speakers
from indexer.errors import LoadingError
from indexer.executors.worker_software import code_hash
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.safe_file import MAX_WORDS_BYTES, read_bytes
from indexer.settings import Settings

_WORDS = "words.txt"


@dataclass(frozen=True, slots=True)
class KnowledgeCopy:
    """The contents of the files of some `Knowledge`, and its fingerprints; `speakers` is None without a file."""

    words: bytes
    topics: bytes
    speakers: bytes | None
    fingerprints: tuple[str, ...]

    @classmethod
    def of(cls, knowledge: Knowledge, settings: Settings) -> "KnowledgeCopy":
        """Copy the knowledge of this process, whose words are those of the settings."""
        words = settings.data_file(_WORDS)
        return cls(
            read_bytes(words, MAX_WORDS_BYTES) if words.exists() else b"",
            knowledge.topics.source.encode(),
            knowledge.speakers.source.encode() if knowledge.speakers.fingerprint else None,
            _fingerprints(knowledge),
        )

    def knowledge(self) -> Knowledge:
        """Return the same knowledge; raise `LoadingError` if it is another in this process."""
        return _read(self)


@lru_cache(maxsize=2)
def _read(copy: KnowledgeCopy) -> Knowledge:
    """Read the files; a worker that serves several runs keeps the last two."""
    from indexer.enrich.topics import Topics
    from indexer.text.analysis import Analyzer

    with tempfile.TemporaryDirectory(prefix="fangtan-") as name:
        words = Path(name) / _WORDS
        words.write_bytes(copy.words)
        analyzer = Analyzer(words)
    known = Speakers() if copy.speakers is None else speakers.parse(copy.speakers, Path("speakers.toml"))
    found = Knowledge(analyzer, Topics.parse(Path("topics.toml"), copy.topics), known)
    if _fingerprints(found) != copy.fingerprints:
        raise LoadingError(
            _("A worker would prepare other documents: its fangtan, words or libraries are others."),
            sentences(
                _("Run the same command again."),
                _("If that does not help: install the same versions of all packages there."),
            ),
        )
    return found


def _fingerprints(knowledge: Knowledge) -> tuple[str, ...]:
    return code_hash(), knowledge.fingerprint, knowledge.speakers.fingerprint
