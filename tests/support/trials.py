"""What the trials share: their bounds, a node of their own, and an archive of files that change back and forth.

A trial is bounded by numbers in the environment (`make trials KILLS=200 SEED=7`); it prints its seed, by which the
same moments come again.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from elasticsearch import Elasticsearch

from indexer.elastic.connection import connect
from indexer.elastic.node import manager
from indexer.settings import Settings
from tests.support.archives import Archive, Contents, transcript
from tests.support.forked import Forked

_FILES = 40
_WORDS = ("社交", "营销", "合作", "电梯", "口袋公园", "白渡香")


def bound(name: str, default: int) -> int:
    """Return a number of the environment."""
    return int(os.environ.get(name) or default)


def chance(trial: str) -> random.Random:
    """Return the chance of a trial, and print its seed."""
    seed = bound("SEED", time.time_ns() % 100_000)
    sys.stdout.write(f"\n{trial}: SEED={seed}\n")
    return random.Random(seed)


@contextmanager
def own_node(folder: Path) -> Iterator[Settings]:
    """Run an embedded node with its data in a folder; yield settings of an archive in it."""
    ours = Settings(node_data=folder / "node", index="trial", data=folder / "data", node_port=bound("TRIALS_PORT", 0))
    manager.start(ours)
    try:
        yield ours
    finally:
        manager.stop(ours)


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which `fangtan` works on the archive of these settings."""
    there = {"FANGTAN_INDEX": settings.index, "FANGTAN_DATA": str(settings.data), "ELASTICSEARCH_URL": settings.url}
    shards = {"FANGTAN_SHARDS": str(settings.shards), "FANGTAN_REPLICAS": settings.replicas}
    node = {"FANGTAN_NODE_DATA": str(settings.node_data), "FANGTAN_NODE_PORT": str(settings.node_port or "")}
    return {**os.environ, **there, **(shards if settings.url else node)}


@dataclass
class Changing:
    """A folder of transcripts and what the archive knows of them: each is in one of two states, and turned about."""

    settings: Settings
    folder: Path
    states: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.settings.data.mkdir(parents=True, exist_ok=True)
        (self.settings.data / "words.txt").write_text("口袋公园 300 nz\n", encoding="utf-8")
        for change in (self.files, self.topics, self.speakers):
            change(False)

    def files(self, later: bool) -> None:
        """Write the transcripts, of which every third changes and every tenth is gone in the later state."""
        for number in range(_FILES):
            path = self.folder / f"访谈{number:02}.txt"
            if later and not number % 10:
                path.unlink(missing_ok=True)
                continue
            about = _WORDS[(number + later * (not number % 3)) % len(_WORDS)]
            exchanges = 12 + number % 7 * (3 if later and not number % 3 else 1)
            text = transcript(exchanges, about).replace("第0个问题", f"第0个问题（{path.stem}）")
            path.write_text(text.replace("很好", "很好，王总也这么说"), encoding="utf-8")

    def topics(self, later: bool) -> None:
        """Write topics.toml."""
        more = '["公园"]\nterms = ["口袋公园", "白渡香"]\n' if later else '["升降"]\nterms = ["电梯"]\n'
        text = f'["社交"]\nterms = ["社交", "营销"]\n{more}'
        (self.settings.data / "topics.toml").write_text(text, encoding="utf-8")

    def speakers(self, later: bool) -> None:
        """Write speakers.toml."""
        text = '["王启明"]\naliases = ["王总"]\n' + ('["郑昊"]\naliases = ["郑志昊"]\n' if later else "")
        (self.settings.data / "speakers.toml").write_text(text, encoding="utf-8")

    def knowledge(self) -> dict[str, bytes]:
        """Return what the files of knowledge and the sidecars hold."""
        files = (*self.settings.data.iterdir(), *self.folder.glob("*.toml"))
        return {path.name: path.read_bytes() for path in files if path.is_file()}

    def contents(self) -> Contents:
        """Return everything that is in the archive."""
        with connect(self.settings) as client:
            return Archive(self.folder, self.settings, client).contents()

    def indices(self) -> list[str]:
        """Return the kinds of the indices of the archive: stray ones come twice."""
        with connect(self.settings) as client:
            names = Archive(self.folder, self.settings, client).indices()
        return sorted(name.split("-")[1] for name in names)

    def drop(self) -> None:
        """Delete the archive."""
        with connect(self.settings) as client:
            Archive(self.folder, self.settings, client).drop()

    def start(self, *typed: str) -> Forked:
        """Start `fangtan`."""
        return Forked(typed, environment(self.settings))

    def run(self, *typed: str) -> Forked:
        """Run `fangtan` to its end."""
        process = self.start(*typed)
        process.wait()
        return process


def is_locked(client: Elasticsearch, settings: Settings) -> bool:
    """Tell whether a run holds the lock of the archive."""
    return Archive(Path(), settings, client).is_locked()


def until(reached: Callable[[], bool], process: Forked) -> bool:
    """Wait until something is so; false if the process ends first."""
    while process.poll() is None:
        if reached():
            return True
        time.sleep(0.01)
    return False


def differences(found: Contents, wanted: Contents) -> tuple[int, int, int]:
    """Return how many documents are lost, how many too many, and how many others."""
    others = sum(found[key] != wanted[key] for key in found.keys() & wanted.keys())
    return len(wanted.keys() - found.keys()), len(found.keys() - wanted.keys()), others
