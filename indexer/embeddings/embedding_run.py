"""Give the turns of some indices their vectors; the caller holds the lock of the archive."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from fnmatch import fnmatchcase
from functools import cached_property
from typing import TYPE_CHECKING, Any

from indexer.embeddings.cluster_encoder import ClusterEncoder
from indexer.embeddings.encoder import Encoder
from indexer.embeddings.model_files import OnWait
from indexer.embeddings.neighbours import combine
from indexer.embeddings.turn_windows import HAS_TEXT, Window, cut, find_interviews, lacking, read_texts
from indexer.embeddings.vector_cache import VectorCache, key_of
from indexer.errors import LoadingError
from indexer.language.messages import gettext
from indexer.store import bulk, mapping
from indexer.store.bulk import BulkAction, InterviewActions
from indexer.store.documents import turn_id
from indexer.store.mapping import Names, VectorInfo
from indexer.store.write_aliases import write_alias

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

    from indexer.embeddings.encoder import Vectors

# Characters that are embedded between two moments when the run can be stopped: two to four seconds on two cores
_TOGETHER = 50_000

# Decimals of a number of a vector: the rest is lost in eight bits anyway, and is two thirds of the request
_DECIMALS = 5

# Texts that no turn has any more are forgotten when they are so many, and a quarter of the archive
_FORGOTTEN = 1000


@dataclass(frozen=True, slots=True)
class EmbeddingProgress:
    """Turns that have got their vectors, of those that lacked one."""

    turns: int
    of_turns: int


@dataclass(frozen=True, slots=True)
class EmbeddingCallbacks:
    """The callbacks of a run: `on_wait` while a model is fetched, `should_stop` polled every few seconds."""

    on_progress: Callable[[EmbeddingProgress], None] = lambda progress: None
    should_stop: Callable[[], bool] = lambda: False
    on_wait: OnWait = lambda step, progress: None


@dataclass(frozen=True, slots=True)
class EmbeddingReport:
    """What a run did: `written` of the `turns` got a vector, for which `texts` of so many `characters` were embedded.

    `seconds` are those of the run, `embedding` those of the model on `device`. `replaced` is the model whose vectors
    were there before. `interrupted`: turns are left without a vector.
    """

    model: str = ""
    turns: int = 0
    written: int = 0
    texts: int = 0
    characters: int = 0
    seconds: float = 0.0
    embedding: float = 0.0
    device: str = ""
    replaced: str = ""
    interrupted: bool = False


@dataclass
class EmbeddingRun:
    """One update of the turns in the indices `names`."""

    client: "Elasticsearch"
    names: Names
    encoder: Encoder | ClusterEncoder
    cache: VectorCache
    callbacks: EmbeddingCallbacks
    heartbeat: Callable[[], None]
    report: EmbeddingReport = field(default_factory=EmbeddingReport)
    is_stopped: bool = False

    @property
    def _field(self) -> str:
        return mapping.vector_field(self.encoder.model.fingerprint)

    def begin(self, before: VectorInfo | None) -> VectorInfo:
        """Add the field of the model to the mapping, and say in `_meta` whose vectors there are."""
        model = self.encoder.model
        info = VectorInfo(model.name, model.fingerprint, self._field, model.dimensions)
        is_known = self._field in vector_fields(self.client, self.names)
        if not is_known:
            self.encoder.query("")  # a model that does not fit its settings is told before anything is changed
            properties = {self._field: mapping.vector_mapping(model.dimensions)}
            self.client.indices.put_mapping(index=write_alias(self.client, self.names.turns), properties=properties)
        if before is not None and is_known and replace(before, complete=0) == info:
            return before
        self._put(info)
        return info

    def carry_out(self) -> None:
        """Give the turns that lack one their vectors."""
        self.client.indices.refresh(index=self.names.turns)
        query = lacking(self._field)
        turns, of_turns = (
            int(self.client.count(index=self.names.turns, query=one)["count"]) for one in (HAS_TEXT, query)
        )
        self.report = replace(self.report, turns=turns)
        if not of_turns:
            return
        self.callbacks.on_progress(EmbeddingProgress(0, of_turns))
        windows = (
            window
            for interview_id in find_interviews(self.client, self.names, query)
            for window in cut(interview_id, read_texts(self.client, self.names, interview_id))
        )
        for written in write(
            self.client, self._all_actions(_groups(windows, self.encoder.ahead * _TOGETHER)), self.heartbeat
        ):
            self.report = replace(self.report, written=self.report.written + written)
            self.callbacks.on_progress(EmbeddingProgress(min(self.report.written, of_turns), of_turns))

    def end(self, info: VectorInfo) -> None:
        """Say in `_meta` that all turns have their vectors, and forget texts that no turn has any more."""
        self.client.indices.refresh(index=self.names.turns)
        if not info.complete:
            self._put(replace(info, complete=1))
        kept = len(self.cache)
        if kept > self.report.turns * 1.25 + _FORGOTTEN:
            everywhere = find_interviews(self.client, self.names, HAS_TEXT)
            texts = (text for one in everywhere for _, text in read_texts(self.client, self.names, one))
            self.cache.prune(key_of(text) for text in texts)

    @cached_property
    def _others(self) -> dict[str, None]:
        """Return the fields of other models, each to be emptied."""
        return dict.fromkeys(name for name in vector_fields(self.client, self.names) if name != self._field)

    def _put(self, info: VectorInfo) -> None:
        meta = next(iter(self.client.indices.get_mapping(index=self.names.turns).body.values()))["mappings"]["_meta"]
        put_meta(self.client, self.names, {**meta, mapping.VECTORS: asdict(info)})

    def _all_actions(self, groups: Iterator[list[Window]]) -> Iterator[InterviewActions]:
        while not self.is_stopped and (group := next(groups, None)):
            yield from self._actions(group)

    def _actions(self, group: list[Window]) -> Iterator[InterviewActions]:
        """Yield the actions that write the vectors of some windows; none if the run is stopped meanwhile."""
        import numpy as np

        vectors = self._vectors({key_of(text): text for window in group for text in window.texts if text})
        if self.is_stopped:
            return
        none = np.zeros(self.encoder.model.dimensions, np.float32)
        for window in group:
            own = np.stack([vectors[key_of(text)] if text else none for text in window.texts])
            combined = combine(own, np.array([len(text) for text in window.texts]))
            yield InterviewActions(window.interview_id, list(self._updates(window, combined)), None)

    def _vectors(self, texts: dict[bytes, str]) -> "dict[bytes, Vectors]":
        """Return the vectors of texts by key: those that are kept, and those that the model makes, which are kept."""
        found = self.cache.get(list(texts))
        missing = [(key, text) for key, text in texts.items() if key not in found]
        portions = list(_portions(missing))
        each = self.encoder.each([text for _, text in some] for some in portions)
        for some in portions:
            self.is_stopped = self.is_stopped or self.callbacks.should_stop()
            if self.is_stopped:
                return found
            began = time.monotonic()
            made = next(each)
            found |= self.cache.put(dict(zip((key for key, _ in some), made, strict=True)))
            self._count(some, time.monotonic() - began)
            self.heartbeat()
        return found

    def _count(self, some: list[tuple[bytes, str]], seconds: float) -> None:
        self.report = replace(
            self.report,
            texts=self.report.texts + len(some),
            characters=self.report.characters + sum(len(text) for _, text in some),
            embedding=self.report.embedding + seconds,
            device=self.encoder.device,
        )

    def _updates(self, window: Window, vectors: "Vectors") -> Iterator[BulkAction]:
        """Yield the updates of the turns of a window; vectors of other models are removed."""
        for position in range(window.first, window.end):
            if window.texts[position]:
                vector = [round(float(number), _DECIMALS) for number in vectors[position]]
                address = turn_id(window.interview_id, window.turns[position])
                yield bulk.update(self.names.turns, address, {self._field: vector, **self._others})


def vector_fields(client: "Elasticsearch", names: Names) -> list[str]:
    """Return the fields of turns that have, or had, vectors."""
    (found,) = client.indices.get_mapping(index=names.turns).body.values()
    return [name for name in found["mappings"]["properties"] if fnmatchcase(name, mapping.EVERY_VECTOR)]


def put_meta(client: "Elasticsearch", names: Names, meta: Mapping[str, Any]) -> None:
    """Write the `_meta` of the indices."""
    for name in names.each:
        client.indices.put_mapping(index=write_alias(client, name), meta=meta)


def write(client: "Elasticsearch", actions: Iterable[InterviewActions], heartbeat: Callable[[], None]) -> Iterator[int]:
    """Send updates of turns; yield how many turns are written, each time that an `InterviewActions` is acknowledged.

    Raises `LoadingError` at the end if Elasticsearch refused one.
    """
    sizes: deque[int] = deque()
    refused = ""

    def counted() -> Iterator[InterviewActions]:
        for one in actions:
            updates = tuple(one.actions)
            sizes.append(len(updates))
            yield replace(one, actions=updates)

    for result in bulk.load(client, counted()):
        heartbeat()
        refused = refused or result.refused
        yield sizes.popleft()
    if refused:
        told = gettext("Some turns got no vector: {reason}.").format(reason=refused)
        raise LoadingError(told, gettext("Run the same command again."))


def _groups(windows: Iterable[Window], together: int) -> Iterator[list[Window]]:
    """Yield windows together that have about so many characters."""
    group: list[Window] = []
    size = 0
    for window in windows:
        group.append(window)
        size += sum(map(len, window.texts))
        if size >= together:
            yield group
            group, size = [], 0
    if group:
        yield group


def _portions(texts: Sequence[tuple[bytes, str]]) -> Iterator[list[tuple[bytes, str]]]:
    """Yield texts together that have about `_TOGETHER` characters: a window may have many more."""
    portion: list[tuple[bytes, str]] = []
    size = 0
    for one in texts:
        portion.append(one)
        size += len(one[1])
        if size >= _TOGETHER:
            yield portion
            portion, size = [], 0
    if portion:
        yield portion
