"""Report the status of an archive: its server, its holdings, and what changed since it was indexed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from indexer.elastic.server_info import ServerInfo
from indexer.language.messages import gettext_noop
from indexer.settings import Settings
from indexer.store import mapping

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

NO_FILE = gettext_noop("environment, no .env")
"""`ArchiveStatus.source` where no `.env` was read."""

_TEXTS = (mapping.TOPICS_SOURCE, mapping.TOPICS_BEFORE, mapping.SPEAKERS_SOURCE)


@dataclass(frozen=True, slots=True)
class ArchiveStats:
    """The contents of an archive; `size` in bytes.

    `made_by` is the `_meta` of its indices, `changed` lists what differs from it today. `behind` is the number of
    interviews that an interrupted `fangtan dict` did not update, `given` that of interviews with metadata of
    `fangtan index --meta`. `speakers_changed`: speakers.toml has changed since it was applied. `vectors` counts the
    turns that have one, of the model that `made_by` names.
    """

    interviews: int
    turns: int
    passages: int
    size: int
    indices: tuple[str, ...]
    made_by: Mapping[str, Any]
    changed: tuple[str, ...] = ()
    behind: int = 0
    given: int = 0
    speakers_changed: bool = False
    vectors: int = 0


@dataclass(frozen=True, slots=True)
class KnowledgeStats:
    """What people told fangtan about an archive: the folder of the files, and how much is in them.

    `synonyms` counts the words that have some. `problem`: why the files cannot be read, and what to do.
    """

    folder: str
    topics: int = 0
    speakers: int = 0
    words: int = 0
    synonyms: int = 0
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveStatus:
    """The output of `fangtan status`; `server` is None if none runs, `holdings` if nothing is indexed.

    `source` names the `.env` that was read; `sources` has the source of each variable that has not its default, and
    `unused` those of the `.env` that belong to its address, where another is used.
    """

    index: str
    source: str
    cluster_set: bool
    server: ServerInfo | None = None
    holdings: ArchiveStats | None = None
    knowledge: KnowledgeStats | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()


def archive_stats(client: "Elasticsearch", settings: Settings, now: Mapping[str, Any]) -> ArchiveStats | None:
    """Query the contents of the archive, None if nothing is indexed.

    `now` is the `_meta` a new index would have, empty if that is not known.
    """
    names = mapping.names(settings)
    indices = client.indices.get(index=names.each, ignore_unavailable=True, allow_no_indices=True).body
    if not indices:
        return None
    counts = {
        kind: int(client.count(index=alias)["count"]) for kind, alias in zip(mapping.KINDS, names.each, strict=True)
    }
    stats = client.indices.stats(index=names.each, metric=["store"])["_all"]["primaries"]["store"]
    made_by = next(index["mappings"].get("_meta", {}) for name, index in indices.items() if "turns" in name)
    return ArchiveStats(
        **counts,
        size=int(stats["size_in_bytes"]),
        indices=tuple(sorted(indices)),
        made_by={key: value for key, value in made_by.items() if key not in _TEXTS},
        changed=mapping.stale(made_by, now) if now else (),
        behind=_behind(client, names.interviews, made_by),
        given=int(client.count(index=names.interviews, query={"exists": {"field": "given"}})["count"]),
        speakers_changed=bool(now) and made_by.get("speakers") != now.get("speakers"),
        vectors=_vectors(client, names.turns, made_by),
    )


def _vectors(client: "Elasticsearch", turns: str, made_by: Mapping[str, Any]) -> int:
    """Count the turns that have a vector."""
    info = mapping.vector_info(made_by)
    return int(client.count(index=turns, query={"exists": {"field": info.field}})["count"]) if info else 0


def _behind(client: "Elasticsearch", interviews: str, made_by: Mapping[str, Any]) -> int:
    """Count the interviews whose fingerprint differs from that of the indices."""
    current = {"term": {"fingerprint": made_by.get("fingerprint", "")}}
    return int(client.count(index=interviews, query={"bool": {"must_not": [current]}})["count"])
