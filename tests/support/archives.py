"""Small archives for the tests: transcripts written to a folder, indexed, and what is then in Elasticsearch."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch, helpers

from indexer import pipeline
from indexer.errors import LoadingError
from indexer.indexing import fingerprint
from indexer.pipeline import Callbacks, IndexOptions
from indexer.report import IndexReport
from indexer.settings import Settings
from indexer.store import indices, mapping

Contents = dict[tuple[str, str], dict[str, Any]]


def transcript(exchanges: int, about: str = "合作") -> str:
    """A transcript with a lead and as many questions and answers."""
    said = "".join(
        f"问：第{n}个问题，{about}怎么样？\n\n郑志昊：第{n}个回答，{about}很好。\n\n" for n in range(exchanges)
    )
    return f"近日，搜狐IT专访了腾讯副总裁郑志昊。\n\n{said}"


def line(id_: str | None, *texts: str, **more: Any) -> str:
    """A line of the JSON-lines form."""
    turns = [{"speaker": "甲", "role": "other", "text": text} for text in texts]
    return json.dumps({**({"id": id_} if id_ else {}), "turns": turns, **more}, ensure_ascii=False) + "\n"


class Archive:
    """A folder of transcripts and the indices of one prefix."""

    def __init__(self, folder: Path, settings: Settings, client: Elasticsearch) -> None:
        self.folder, self.settings, self.client = folder, settings, client

    def write(self, **files: str) -> None:
        """Write files; `a__b_txt` is a/b.txt. What `transcript` returns differs from file to file, by one question."""
        for name, text in files.items():
            path = self.path(name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text.replace("第0个问题", f"第0个问题（{path.stem}）"), encoding="utf-8")

    def delete(self, *names: str) -> None:
        for name in names:
            self.path(name).unlink()

    def path(self, name: str) -> Path:
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        return self.folder / f"{stem}.{suffix}"

    def index(
        self,
        *paths: Path,
        rebuild: bool = False,
        prune: bool = False,
        client: Elasticsearch | None = None,
        settings: Settings | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> IndexReport:
        options = IndexOptions(paths or (self.folder,), rebuild, prune)
        return pipeline.index(options, settings or self.settings, client or self.client, Callbacks(should_stop=stop))

    def contents(self) -> Contents:
        """Everything that is in, by kind and id, without the times of indexing and of adding."""
        names = mapping.names(self.settings)
        self.client.indices.refresh(index=",".join(names.each))
        found: Contents = {}
        for kind, name in zip(mapping.KINDS, names.each, strict=True):
            for hit in helpers.scan(self.client, index=name):
                for time in ("indexed_at", "added_at"):
                    hit["_source"].pop(time, None)
                found[kind, hit["_id"]] = hit["_source"]
        return found

    def ids(self, kind: str = "interviews") -> list[str]:
        return sorted(id_ for of, id_ in self.contents() if of == kind)

    def texts(self, interview: str) -> list[str]:
        """The turns of one interview, in order."""
        turns = [one for (kind, _), one in self.contents().items() if kind == "turns"]
        mine = [one for one in turns if one["interview_id"] == interview]
        return [one["text"] for one in sorted(mine, key=lambda one: one["turn"])]

    def is_locked(self) -> bool:
        """Whether a run holds the lock; while its index is made there is no answer yet (503)."""
        client = self.client.options(ignore_status=(404, 503))
        return bool(client.get(index=f"{self.settings.index}-lock", id="run").body.get("found"))

    def count_loaded(self) -> int:
        """Return how many interviews are in so far; 0 while there is no index, or it is being made."""
        client, alias = self.client.options(ignore_status=(404, 503)), mapping.names(self.settings).interviews
        client.indices.refresh(index=alias)
        return int(client.count(index=alias).body.get("count", 0))

    def clear(self) -> None:
        """Empty the archive; indices that are large, or not as a run of today leaves them, are deleted."""
        try:
            sets = indices.found(self.client, self.settings)
        except LoadingError:
            self.drop()
            return
        today = fingerprint.current_meta(self.settings)
        if len(sets) != 1 or not sets[0].live or mapping.stale(sets[0].meta, today):
            self.drop()
            return
        self.client.indices.refresh(index=",".join(sets[0].names.each))
        if self.client.count(index=sets[0].names.turns)["count"] > 2000:
            self.drop()
            return
        actions = (
            {"_op_type": "delete", "_index": hit["_index"], "_id": hit["_id"]}
            for hit in helpers.scan(self.client, index=",".join(sets[0].names.each), _source=False)
        )
        helpers.bulk(self.client, actions, refresh=True)

    def drop(self) -> None:
        """Delete every index of the prefix."""
        if names := self.indices():
            self.client.indices.delete(index=",".join(names))

    def indices(self) -> list[str]:
        """The names of all indices of this prefix, hidden ones too."""
        return sorted(self.client.indices.get(index=f"{self.settings.index}-*", expand_wildcards="all").body)
