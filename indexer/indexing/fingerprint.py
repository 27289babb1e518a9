"""Fingerprint everything an index depends on: versions, dictionary, topics, speakers. A mismatch means rebuild."""

from hashlib import blake2b

from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.settings import Settings
from indexer.store import mapping

READING = 4
"""Increment when the same file is read or parsed to other turns: older archives must then be rebuilt."""


def fingerprint(knowledge: Knowledge) -> str:
    """Return a hash that changes whenever the same file could give other documents."""
    return blake2b(f"{mapping.VERSION}/{READING}/{knowledge.fingerprint}".encode(), digest_size=8).hexdigest()


def meta(knowledge: Knowledge) -> dict[str, str | int]:
    """Return the `_meta` of indices built with some knowledge; `mapping.stale` compares it.

    The texts of topics.toml and speakers.toml are in it, so that an archive can be updated to others.
    """
    parts = (knowledge.analyzer.fingerprint, knowledge.topics.fingerprint, knowledge.speakers.fingerprint)
    sources = {
        mapping.TOPICS_SOURCE: knowledge.topics.source,
        mapping.SPEAKERS_SOURCE: knowledge.speakers.source,
    }
    return mapping.meta(READING, *parts, fingerprint(knowledge)) | sources


def current_meta(settings: Settings) -> dict[str, str | int]:
    """Return the `_meta` of indices that would be built now."""
    return meta(load_knowledge(settings))
