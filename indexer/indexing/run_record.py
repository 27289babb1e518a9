"""Record at the end of a run that the archive is as it should be, so that the next one need not ask for all of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.indexing.file_list import CountedFile, FileList
from indexer.store.archive_state import archive_state
from indexer.store.manifest import IndexManifest
from indexer.store.mapping import Names

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_VERSION = 1
"""Increment when a run would do more to an archive that it left as it is: compare other interviews, for example."""


@dataclass
class RunRecord:
    """The record of a run in the list `files`; `options` is a text of those on which depends what is to be done.

    An archive is recorded only if no document changed between the moment before it was read as a whole and the end of
    the run, whoever might have changed it.
    """

    client: "Elasticsearch"
    files: FileList
    options: str
    _observed: str = ""

    def is_settled(self, names: Names, made_from: str) -> bool:
        """Tell whether indices are as they were recorded, with the same options and documents made from the same."""
        self.observe(names)
        return self.files.settle(self._text(made_from))

    def observe(self, names: Names) -> None:
        """Keep the state of indices that are about to be read."""
        self._observed = archive_state(self.client, names)

    def keep(self, names: Names, manifest: IndexManifest, made_from: str) -> None:
        """Record indices, unless they changed since they were observed, or an interview is not complete."""
        if self._observed and manifest.is_settled and archive_state(self.client, names) == self._observed:
            self.files.record(self._text(made_from), _counted(manifest, made_from))

    def _text(self, made_from: str) -> str:
        return f"{_VERSION} {made_from} {self.options} {self._observed}" if self._observed else ""


def _counted(manifest: IndexManifest, made_from: str) -> Iterator[CountedFile]:
    """Yield the files of an archive; those whose interviews have different overrides are to be read."""
    for path in manifest.paths:
        interviews = manifest.of_file(path)
        hash_ = interviews[0].origin.hash
        same = len({one.origin.overrides for one in interviews}) == 1
        unchanged = manifest.unchanged(path, hash_, made_from) if same else ()
        yield CountedFile(path, hash_, len(unchanged))
