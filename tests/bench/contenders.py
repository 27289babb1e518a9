"""Who takes part in the measurement of speed: fangtan, the plain script people write, ready-made bulk bodies.

Each is a process of its own, but for the bodies, which threads of this one send. Another checkout of fangtan takes part
with its own Python, in its own folder.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from elasticsearch import Elasticsearch

from indexer.settings import Settings, sample_data
from indexer.store import mapping
from tests.bench import ready
from tests.bench.processes import ROOT, Run, run
from tests.bench.server import forget, variables
from tests.bench.sizing import settled

PLAIN, OURS, FIRST, BEFORE, READY = (
    "plain script",
    "fangtan",
    "fangtan, first run",
    "fangtan before",
    "ready-made bodies",
)
_ACCEPTED = (0, 1)  # 1: a transcript in which nothing is a turn was named, the others are in


@dataclass(frozen=True, slots=True)
class Contenders:
    """What the contenders share: the node, the transcripts, another checkout if there is one, a folder for data."""

    client: Elasticsearch
    settings: Settings
    folder: Path
    before: Path | None
    data: Path

    def each(self) -> dict[str, Callable[[], Run]]:
        """Return what indexes the transcripts once, by the name of each contender; the bodies come last."""
        found = {PLAIN: self._plain, OURS: lambda: self._fangtan(OURS), FIRST: self._first_run}
        if self.before:
            found[BEFORE] = lambda: self._fangtan(BEFORE)
        bodies: list[bytes] = []
        return {**found, READY: lambda: self._ready(bodies)}

    def archive(self, name: str) -> Settings:
        """Return the settings of a contender's archive."""
        return replace(self.settings, index={OURS: "ours", FIRST: "first", BEFORE: "before", READY: "ready"}[name])

    def search(self, query: str) -> dict[str, Run]:
        """Ask all the same, a process each."""
        found = {
            PLAIN: run(["-m", "tests.bench.plain", "search", self.settings.url, "plain", query], {}),
            OURS: run(["-m", "search_cli", "search", query], self._variables(OURS, self.data)),
            "import elasticsearch": run(["-c", "import elasticsearch"], {}),
        }
        if self.before:
            found[BEFORE] = run(
                ["-m", "search_cli", "search", query], self._variables(BEFORE, self.data), checkout=self.before
            )
        return found

    def _plain(self) -> Run:
        return run(["-m", "tests.bench.plain", "index", self.settings.url, "plain", str(self.folder)], {})

    def _fangtan(self, name: str) -> Run:
        """Index with topics given."""
        return self._indexed(name, self.data)

    def _first_run(self) -> Run:
        """Index without any topics: they are learned."""
        with tempfile.TemporaryDirectory() as data:
            return self._indexed(FIRST, Path(data))

    def _indexed(self, name: str, data: Path) -> Run:
        forget(self.client, self.archive(name).index)
        checkout = self.before if name == BEFORE and self.before else ROOT
        return run(
            ["-m", "indexer", str(self.folder)],
            self._variables(name, data),
            accepted=_ACCEPTED,
            checkout=checkout,
        )

    def _ready(self, bodies: list[bytes]) -> Run:
        if not bodies:
            bodies += ready.bodies(self.client, self.archive(OURS), self.archive(READY))
        return Run(ready.send(self.client, self.archive(READY), bodies), 0.0, 0.0)

    def _variables(self, name: str, data: Path) -> dict[str, str]:
        return {**variables(self.archive(name)), "FANGTAN_DATA": str(data)}


@contextmanager
def contenders(client: Elasticsearch, settings: Settings, folder: Path, before: Path | None) -> Iterator[Contenders]:
    """Yield the contenders; the topics of the sample data are those given."""
    with tempfile.TemporaryDirectory() as data:
        shutil.copy(sample_data() / "topics.toml", data)
        yield Contenders(client, settings, folder.resolve(), before and before.resolve(), Path(data))


def megabytes_sent(client: Elasticsearch, archive: Settings) -> float:
    """Return the size of the documents of an archive as JSON, with their heads."""
    return sum(map(len, ready.bodies(client, archive, archive))) / 1e6


def megabytes_stored(client: Elasticsearch, archive: Settings) -> float:
    """Return the size of an archive on disk, each index merged to one segment."""
    names = mapping.names(archive)
    client.options(request_timeout=3600).indices.forcemerge(index=",".join(names.each), max_num_segments=1)
    client.indices.refresh(index=",".join(names.each))
    client.indices.flush(index=",".join(names.each), force=True, wait_if_ongoing=True)
    sizes = settled(client, names).values()
    return sum(float(one["primaries"]["store"]["size_in_bytes"]) for one in sizes) / 1e6
