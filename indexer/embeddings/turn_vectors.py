"""Bring the vectors of an archive up to date: `fangtan embed`, and the end of every run that writes turns.

    embed(client, settings, model, callbacks)      begin, or go on: vectors of a model
    keep_up(client, settings, names, heartbeat)    the same for an archive that has them, within another run
    drop(client, settings)                         remove them

A vector is made of each text once (`vector_cache`) and combined with those around it (`neighbours`). It is written by a
partial update, which leaves the rest of a turn as it is, and every other partial update leaves it. The order makes it
safe to stop anywhere:

    1  a field for the model, and `_meta` says it is not complete      search goes on by words
    2  the turns that have no vector in it, interview by interview     the next run does the others
    3  `_meta` says it is complete                                     from now on search uses them
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from indexer.elastic.connection import locked, map_errors
from indexer.embeddings import vector_cache
from indexer.embeddings.cluster_encoder import choose_encoder
from indexer.embeddings.embedding_model import Model
from indexer.embeddings.embedding_run import (
    EmbeddingCallbacks,
    EmbeddingProgress,
    EmbeddingReport,
    EmbeddingRun,
    put_meta,
    vector_fields,
    write,
)
from indexer.embeddings.model_files import find_model
from indexer.embeddings.turn_windows import lacking
from indexer.embeddings.vector_cache import VectorCache
from indexer.errors import IndexMissingError, ModelError, SettingsError, StaleIndexError, WritingError
from indexer.executors.executor import Executor, NoWorkers
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.settings import Settings
from indexer.store import bulk, indices, lock, mapping
from indexer.store.bulk import InterviewActions
from indexer.store.mapping import Names, VectorInfo

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

__all__ = ["EmbeddingCallbacks", "EmbeddingProgress", "EmbeddingReport", "drop", "embed", "find_model", "keep_up"]

_NO_CALLBACKS = EmbeddingCallbacks()
_NO_WORKERS = NoWorkers()


@dataclass(frozen=True, slots=True)
class KeptUp:
    """What `keep_up` did, None if nothing was to do; or the `problem` because of which turns have no vector."""

    report: EmbeddingReport | None = None
    problem: str = ""


def embed(
    client: "Elasticsearch",
    settings: Settings,
    model: Model,
    callbacks: EmbeddingCallbacks = _NO_CALLBACKS,
    executor: Executor = _NO_WORKERS,
) -> EmbeddingReport:
    """Give every turn of the archive its vector of a model, and return a report; a cluster's workers make them.

    Raises `ModelError`, `SettingsError` for a model that does not fit its `model.toml`, `IndexMissingError`,
    `StaleIndexError`, `ElasticError`.
    """
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        live = _live(client, settings)
        return _update(locked(client, heartbeat), settings, live.names, model, callbacks, heartbeat, executor)


def keep_up(
    client: "Elasticsearch",
    settings: Settings,
    names: Names,
    heartbeat: Callable[[], None],
    callbacks: EmbeddingCallbacks = _NO_CALLBACKS,
    executor: Executor = _NO_WORKERS,
) -> KeptUp:
    """Give the turns in the indices `names` their vectors, if those of the archive have them; under its lock.

    The indices may be those of a rebuild, which replace the archive's own. Vectors that were begun and not completed
    are left to `embed`.
    """
    info = mapping.vector_info(indices.meta(client, mapping.names(settings).turns))
    if info is None or not info.complete or not _lacks(client, names, info):
        return KeptUp()
    try:
        model = find_model(settings, callbacks.on_wait)
    except (ModelError, SettingsError) as error:
        return KeptUp(problem=sentences(error.message, error.next_step))
    if model.fingerprint != info.fingerprint:
        told = _("The vectors are of {model}, not of {other}: fangtan embed makes them anew.")
        return KeptUp(problem=told.format(model=info.model, other=model.name))
    try:
        return KeptUp(_update(client, settings, names, model, callbacks, heartbeat, executor))
    except (ModelError, WritingError) as error:  # the packages are not installed, the disk is full
        return KeptUp(problem=sentences(error.message, error.next_step))


def drop(client: "Elasticsearch", settings: Settings) -> int:
    """Remove the vectors of the archive and those kept on this machine; return how many turns had one."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        live, client = _live(client, settings), locked(client, heartbeat)
        put_meta(client, live.names, {key: value for key, value in live.meta.items() if key != mapping.VECTORS})
        client.indices.refresh(index=live.names.turns)
        fields = vector_fields(client, live.names)
        query = {"bool": {"should": [{"exists": {"field": name}} for name in fields]}}
        dropped = 0
        if fields:
            dropped = int(client.count(index=live.names.turns, query=query)["count"])
            for _ in write(client, _removals(client, live.names, query, dict.fromkeys(fields)), heartbeat):
                pass
            client.indices.refresh(index=live.names.turns)
        vector_cache.delete_caches(settings.index)
        return dropped


def _live(client: "Elasticsearch", settings: Settings) -> indices.IndexSet:
    live = indices.live(indices.found(client, settings))
    if live is None:
        raise IndexMissingError(_("Nothing is indexed yet."), "fangtan index FOLDER")
    if live.meta.get("schema") != mapping.VERSION:
        raise StaleIndexError(_("This archive is of another version of fangtan."), "fangtan index --rebuild")
    return live


def _lacks(client: "Elasticsearch", names: Names, info: VectorInfo) -> bool:
    """Tell whether a turn has no vector."""
    if info.field not in vector_fields(client, names):
        return True
    client.indices.refresh(index=names.turns)
    return bool(client.count(index=names.turns, query=lacking(info.field))["count"])


def _update(
    client: "Elasticsearch",
    settings: Settings,
    names: Names,
    model: Model,
    callbacks: EmbeddingCallbacks,
    heartbeat: Callable[[], None],
    executor: Executor,
) -> EmbeddingReport:
    began = time.monotonic()
    before = mapping.vector_info(indices.meta(client, names.turns))
    encoder = choose_encoder(model, executor, heartbeat)
    with VectorCache(vector_cache.cache_path(settings.index, model.fingerprint), model.dimensions) as cache:
        run = EmbeddingRun(client, names, encoder, cache, callbacks, heartbeat)
        info = run.begin(before)
        run.carry_out()
        if not run.is_stopped:
            run.end(info)
            vector_cache.delete_caches(settings.index, keep=model.fingerprint)
    is_other = before is not None and before.fingerprint != model.fingerprint
    return replace(
        run.report,
        model=model.name,
        seconds=time.monotonic() - began,
        replaced=before.model if is_other and before else "",
        interrupted=run.is_stopped,
    )


def _removals(
    client: "Elasticsearch", names: Names, query: Mapping[str, Any], nothing: Mapping[str, None]
) -> Iterator[InterviewActions]:
    """Yield the updates that empty the fields `nothing` of the turns that a query finds."""
    from elasticsearch import helpers

    for hit in helpers.scan(client, index=names.turns, query={"query": query, "_source": False}, size=1000):
        yield InterviewActions(hit["_id"], (bulk.update(names.turns, hit["_id"], dict(nothing)),), None)
