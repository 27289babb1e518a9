"""Compare an archive with the sample interviews of this clone."""

from dataclasses import replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.error_mapping import map_errors
from indexer.errors import ReadingError
from indexer.indexing import data_folder, fingerprint
from indexer.readers.discover import real_path
from indexer.readers.file_hash import digest
from indexer.settings import Settings, sample_data
from indexer.store import indices, mapping
from indexer.store.indices import IndexSet

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_MOST = 1000
"""The number of interviews to compare; an archive with more is not one of samples."""


class Holding(Enum):
    """The contents of an archive: current samples or nothing, samples of another version, other transcripts."""

    SAMPLES = "samples"
    OUTDATED = "outdated"
    OTHERS = "others"


def with_data(settings: Settings, samples: Path) -> Settings:
    """Return the settings with the data folder of the samples, unless FANGTAN_DATA is set."""
    return replace(settings, data=samples.parent) if data_folder.is_by_archive(settings) else settings


def bring_data(settings: Settings) -> None:
    """Make the folder of `with_data` that of the archive, unless it is of FANGTAN_DATA."""
    if settings.data == sample_data():
        data_folder.remember(settings.index, settings.data)


def holding(client: "Elasticsearch", settings: Settings, samples: Path) -> Holding:
    """Return the contents of an archive; `samples` is the folder of the sample interviews of this clone."""
    with map_errors(settings):
        live = indices.live(indices.found(client, settings))
        if live is None:
            return Holding.SAMPLES
        files = _files(client, live)
    sample_of = {path: _sample(path, samples) for path in files}
    if len(files) > _MOST or not all(sample_of.values()):
        return Holding.OTHERS
    stale = mapping.stale(live.meta, fingerprint.current_meta(settings))
    changed = any(_changed(path, hash_, sample_of[path]) for path, hash_ in files.items())
    return Holding.OUTDATED if stale or changed else Holding.SAMPLES


def drop(client: "Elasticsearch", settings: Settings) -> None:
    """Drop an archive."""
    with map_errors(settings):
        for one in indices.found(client, settings):
            indices.drop(client, one.names)


def _files(client: "Elasticsearch", live: IndexSet) -> dict[str, str]:
    """Return path -> hash of the files of an archive, of at most `_MOST` + 1 interviews."""
    wanted = {"includes": ["path", "hash"]}
    found = client.search(index=live.names.interviews, size=_MOST + 1, source=wanted, ignore_unavailable=True)
    return {hit["_source"]["path"]: hit["_source"]["hash"] for hit in found["hits"]["hits"]}


def _sample(path: str, samples: Path) -> Path | None:
    """Return the sample at the same place in this clone, `None` if the file is not a sample of any clone."""
    _, folder, place = Path(path).as_posix().rpartition(f"/{samples.parent.name}/{samples.name}/")
    sample = samples / place
    return sample if folder and sample.is_file() else None


def _changed(path: str, hash_: str, sample: Path | None) -> bool:
    """Return whether a file of another clone differs from ours; an index run sees by itself when ours have changed."""
    try:
        return sample is not None and path != real_path(sample) and digest(sample) != hash_
    except ReadingError:
        return True
