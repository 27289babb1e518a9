"""What an archive was made by: versions, dictionary, topics, speakers. Older ones are told from it, and rebuilt."""

from hashlib import blake2b

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.settings import Settings
from indexer.store import mapping

READING = 2
"""Raise it when the same file is read or parsed to other turns than before: older archives are then to be rebuilt."""


def fingerprint(knowledge: Knowledge) -> str:
    """Return a short text that changes whenever the same file could give other documents."""
    return blake2b(f"{mapping.VERSION}/{READING}/{knowledge.fingerprint}".encode(), digest_size=8).hexdigest()


def meta(knowledge: Knowledge) -> dict[str, str | int]:
    """Return what is written into indices of how they were made; `schema.stale` tells what differs."""
    made_by = (knowledge.analyzer.fingerprint, knowledge.topics.fingerprint, knowledge.speakers.fingerprint)
    return mapping.meta(READING, *made_by, fingerprint(knowledge))


def made_by(settings: Settings) -> dict[str, str | int]:
    """Return the same of indices that would be made now."""
    return meta(load_knowledge(settings))
