"""Refuse runs that would lose interviews, and keep the user's overrides. Pure."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import ngettext
from indexer.model import Metadata
from indexer.store.indexed_interview import IndexedInterview
from indexer.store.manifest import IndexManifest

_NAMED = 3
"""Files that an error names; the others are counted."""


def gone(before: IndexManifest, read: Collection[str], exists: Callable[[str], bool]) -> tuple[IndexedInterview, ...]:
    """Return the interviews whose files do not exist and are not among those `read` (absolute paths)."""
    paths = (path for path in gone_paths(before, exists) if path not in read)
    return tuple(interview for path in paths for interview in before.of_file(path))


def gone_paths(before: IndexManifest, exists: Callable[[str], bool]) -> Iterator[str]:
    """Yield the absolute paths of the files of an archive that do not exist, sorted."""
    return (path for path in before.paths if not exists(path))


def check_gone(interviews: Collection[IndexedInterview]) -> None:
    """Raise `UsageError` if a rebuild, which reads all files again, would lose interviews whose files are gone."""
    if interviews:
        paths = sorted({one.origin.path for one in interviews})
        lost = _("a rebuild reads all files again and would lose {number} of the archive's interviews")
        gone = ngettext("The file {files} is gone: {lost}.", "The files {files} are gone: {lost}.", len(paths))
        raise UsageError(
            gone.format(files=_files(paths), lost=lost.format(number=len(interviews))),
            _("Restore the files, or remove the interviews: {command}").format(
                command="fangtan index --rebuild --prune"
            ),
        )


def check_broken(before: IndexManifest, broken: Collection[str], arrived: Mapping[str, int]) -> None:
    """Raise `ReadingError` if a rebuild would lose interviews of files that can no longer be read.

    `broken` are the absolute paths of files with a failure, `arrived` counts the interviews of each in the new indices.
    """
    for path in sorted(broken):
        if arrived.get(path, 0) < len(before.of_file(path)):
            raise ReadingError(
                path,
                _("it can no longer be read, and a rebuild would lose its interviews: nothing was changed"),
                next_step=_("Repair the file, or delete it and run: {command}").format(
                    command="fangtan index --rebuild --prune"
                ),
            )


def earlier_interviews(
    before: IndexManifest, path: str, hash_: str, exists: Callable[[str], bool]
) -> tuple[IndexedInterview, ...]:
    """Return the interviews of a file, or, if it is new, of the file that was moved here: same bytes, old path gone."""
    moved = (interview for interview in before.with_hash(hash_) if not exists(interview.origin.path))
    return before.of_file(path) or tuple(moved)


def overrides(earlier: Sequence[IndexedInterview], typed: Metadata, newer: Collection[str] = ()) -> Metadata:
    """Return the overrides of a file: those stored with its earlier interviews, and those typed now.

    A key that is typed replaces all stored values of it; typed without a value, it is removed. The stored values of the
    keys in `newer`, those of a sidecar file that changed since they were given, are removed.
    """
    replaced = {*newer, *(key for key, _value in typed)}
    kept = tuple((key, value) for key, value in _stored(earlier) if key not in replaced)
    return (*kept, *((key, value) for key, value in typed if value))


def superseded(earlier: Sequence[IndexedInterview], typed: Metadata, newer: Collection[str]) -> tuple[str, ...]:
    """Return the keys of stored overrides that a newer sidecar file replaces, and nothing typed does."""
    again = {key for key, _value in typed}
    return tuple(dict.fromkeys(key for key, _value in _stored(earlier) if key in newer and key not in again))


def _stored(earlier: Sequence[IndexedInterview]) -> Metadata:
    """Return the overrides that are stored with the interviews of a file."""
    texts = (text.partition("=") for text in (earlier[0].origin.overrides if earlier else ()))
    return tuple((key, value) for key, _equals, value in texts)


def as_key_values(metadata: Metadata) -> tuple[str, ...]:
    """Return metadata as it is stored: KEY=VALUE."""
    return tuple(f"{key}={value}" for key, value in metadata)


def _files(paths: Sequence[str]) -> str:
    """Return "a, b, c and 4 more"."""
    first = _(", ").join(paths[:_NAMED])
    if len(paths) <= _NAMED:
        return first
    return _("{files} and {number} more").format(files=first, number=len(paths) - _NAMED)
