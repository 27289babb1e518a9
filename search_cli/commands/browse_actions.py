"""What this command line can do with the hits of `fangtan browse`, beside what the screen can by itself.

An action that is in `actions` has its key, its place in the footer and in the help; there is nothing else to do.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import UsageError
from search_cli.browse.actions import Action, Outcome
from search_cli.commands import search_output

if TYPE_CHECKING:
    from search_cli.archive import Archive
    from search_cli.browse.reading_views import Subject


def actions() -> tuple[Action, ...]:
    """Return the actions, in the order of the footer."""
    return (
        Action(
            "x",
            "export",
            "write all hits to a file (.csv, .jsonl)",
            _export,
            "Write all hits to the file (.csv or .jsonl):",
            lambda subject: "hits.csv",
        ),
    )


def _export(archive: "Archive", subject: "Subject", answer: str) -> Outcome:
    """Write all hits to a file that is not there yet."""
    path = Path(os.path.expanduser(answer))  # noqa: PTH111  Path's raises for a user that does not exist
    if os.path.lexists(path):  # Path's raises for a folder that may not be looked into
        raise UsageError(f"{path} is there already.", "Give another name.")
    count = search_output.write_hits(archive.export(subject.query, **subject.options), path)
    return Outcome(f"{count:,} hits are in {path}.")
