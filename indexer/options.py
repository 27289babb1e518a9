"""The options of an index run, and the callbacks that observe it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Metadata
from indexer.report import Progress


@dataclass(frozen=True, slots=True)
class IndexOptions:
    """The options of an index run.

    `rebuild` reads all files again into new indices. `prune` removes interviews below `paths` whose files are gone.
    `overrides` are the user's metadata for every transcript below `paths` (keys as in `Script.meta`) and their
    `encoding`; they are stored with the interviews, and an empty value removes one. `keep_duplicates` indexes the turns
    of duplicates too. `follow_links` reads what links lead to that lead out of the folders among `paths`. `can_lose`: a
    rebuild replaces damaged indices even if it cannot be read what was in them. `on` is the address of a Dask scheduler
    whose workers prepare the interviews.
    """

    paths: Sequence[Path]
    rebuild: bool = False
    prune: bool = False
    overrides: Metadata = ()
    keep_duplicates: bool = False
    follow_links: bool = False
    can_lose: bool = False
    on: str = ""


@dataclass(frozen=True, slots=True)
class Callbacks:
    """The callbacks of a run: `on_progress` is called after each file, `should_stop` polled before each interview."""

    on_progress: Callable[[Progress], None] = lambda progress: None
    should_stop: Callable[[], bool] = lambda: False
