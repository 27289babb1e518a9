"""What an index run is to do, and who looks on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.model import Metadata
from indexer.report import Progress


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to do: `rebuild` reads everything anew, `prune` takes out the interviews whose files are gone.

    `keep_duplicates` leaves in what is the same interview once more. `given` is what a person says of every transcript
    below the paths, as `Script.given`; it is kept with them.
    """

    paths: Sequence[Path]
    rebuild: bool = False
    prune: bool = False
    given: Metadata = ()
    keep_duplicates: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on: `told` hears how far the run is, `stop` is asked between two interviews whether it is to end."""

    told: Callable[[Progress], None] = lambda progress: None
    stop: Callable[[], bool] = lambda: False
