"""What a run may not lose: interviews whose files are gone or broken, and what a person said of them. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence

from indexer.errors import ReadingError, UsageError
from indexer.model import Metadata
from indexer.store.manifest import Inside, Record


def gone(before: Inside, looked_at: Collection[str], exists: Callable[[str], bool]) -> tuple[Record, ...]:
    """Return the interviews whose files are not among those `looked_at` (real paths), and are not there."""
    paths = [path for path in before.paths if path not in looked_at and not exists(path)]
    return tuple(record for path in paths for record in before.of(path))


def check_gone(records: Collection[Record]) -> None:
    """Raise `UsageError` if a rebuild, which reads files anew, would lose interviews whose files are gone."""
    if records:
        raise UsageError(
            f"{_files({record.path for record in records})} gone: a rebuild reads files anew and would lose"
            f" {len(records)} of the archive's interviews.",
            "Put the files back, or let the interviews go: fangtan index --rebuild --prune",
        )


def check_broken(before: Inside, broken: Collection[str], arrived: Mapping[str, int]) -> None:
    """Raise `ReadingError` if a rebuild would lose what the archive has of files that now cannot be read.

    `broken` are the files (real paths) with a failure, `arrived` how many interviews of each are in the new indices.
    """
    for path in sorted(broken):
        if arrived.get(path, 0) < len(before.of(path)):
            raise ReadingError(
                path,
                "it cannot be read any more, and a rebuild would lose what the archive has of it: nothing was changed",
                next_step="Mend the file, or delete it and run: fangtan index --rebuild --prune",
            )


def said_of(before: Inside, path: str, hash_: str, exists: Callable[[str], bool]) -> tuple[Record, ...]:
    """Return the interviews of a file, or, of one that was moved here (the same bytes, gone from there), of that."""
    had = before.of(path)
    moved = (one for one in before.with_hash(hash_) if not exists(one.path)) if not had else ()
    return had or tuple(moved)


def given(records: Sequence[Record], typed: Sequence[tuple[str, str]]) -> Metadata:
    """Return what a person says of a file: what was said when it was indexed before, and what is `typed` now.

    A key that is typed takes the place of all that was said under it; typed without a value it is forgotten.
    """
    before = [one.partition("=") for one in (records[0].given if records else ())]
    now = {key for key, _ in typed}
    kept = tuple((key, value) for key, _, value in before if key not in now)
    return (*kept, *((key, value) for key, value in typed if value))


def _files(paths: Collection[str]) -> str:
    """Return "The file a is", "The files a, b, c and 4 more are"."""
    names = sorted(paths)
    if len(names) == 1:
        return f"The file {names[0]} is"
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"The files {', '.join(names[:3])}{more} are"
