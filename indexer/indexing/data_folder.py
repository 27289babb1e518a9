"""Choose, at an index run, the folder of what an archive knows: topics.toml, words.txt, tags.txt and the like.

    FANGTAN_DATA      if it is set
    FOLDER/fangtan    of the transcripts in FOLDER, if it has one of these files: a file in the archive's own folder
                      names it (`settings.POINTER`), so that every later command finds it
    else              the archive's own folder, below the platform's folder for the data of applications

An archive that knows something already keeps its folder. The samples of a checkout bring its `data`, and give way to
the first transcripts that are no samples.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.elastic.error_mapping import map_errors
from indexer.errors import DamagedIndexError, SettingsError
from indexer.indexing.fingerprint import current_meta
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext
from indexer.language.system_errors import system_reason
from indexer.options import IndexOptions
from indexer.readers import discover
from indexer.settings import POINTER, Settings, archive_data, archive_folder, sample_data
from indexer.store import indices, lock, mapping

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_BACK = gettext_noop("make demo indexes them again, into an archive beside yours.")

_SAMPLES = "interviews"
"""The folder of the samples, in `data`."""


@dataclass(frozen=True, slots=True)
class Note:
    """What a person should know about the choice, and what to do about it."""

    message: str
    next_step: str


def choose(client: "Elasticsearch", settings: Settings, options: IndexOptions) -> tuple[Settings, tuple[Note, ...]]:
    """Return the settings with the folder of a run, which is remembered; drop samples that give way."""
    if not is_by_archive(settings) or not options.paths:
        return settings, ()
    notes: list[Note] = []
    with suppress(DamagedIndexError):  # it cannot be counted what is in the archive: its folder remains
        notes += [*_give_way(client, settings, options), *_bring(client, settings, options.paths)]
    return replace(settings, data=archive_data(settings.index)), tuple(notes)


def is_by_archive(settings: Settings) -> bool:
    """Tell whether the folder is that of the archive, and not of FANGTAN_DATA."""
    return settings.data in (Path(), archive_data(settings.index))


def remember(index: str, folder: Path) -> None:
    """Make a folder that of an archive; raise `SettingsError` if that cannot be written."""
    pointer = archive_folder(index) / POINTER
    try:
        pointer.parent.mkdir(parents=True, exist_ok=True)
        pointer.write_bytes(os.fsencode(folder) + b"\n")
    except OSError as error:
        told = _("{path} cannot be written: {reason}.").format(path=pointer, reason=system_reason(error))
        step = _("Make {folder} writable, or set FANGTAN_DATA={data}.")
        raise SettingsError(told, step.format(folder=archive_folder(index), data=folder)) from error


def forget(index: str) -> None:
    """Make an archive's own folder its folder again."""
    (archive_folder(index) / POINTER).unlink(missing_ok=True)


def _bring(client: "Elasticsearch", settings: Settings, paths: Sequence[Path]) -> Iterator[Note]:
    """Remember the folder that transcripts bring, unless the archive knows something already: then say so."""
    index = settings.index
    for folder in dict.fromkeys(filter(None, map(_brought, paths))):
        current = archive_data(index)
        is_gone = not current.is_dir() and current != archive_folder(index)
        if is_gone and not _is_made_with(client, replace(settings, data=folder)):
            continue
        if folder == sample_data() and _counts(client, settings, {folder / _SAMPLES})[1]:
            continue  # what samples know is not for other transcripts
        if not discover.has_data_files(current):
            remember(index, folder)
        elif folder != current and not (_is_samples(folder) and _is_samples(current)):
            told = _("{folder} is not used: what the archive {index} knows lies in {current}.")
            yield Note(
                told.format(folder=folder, index=index, current=current),
                _("Move those files there, or index these transcripts into another archive: FANGTAN_INDEX=NAME."),
            )


def _is_made_with(client: "Elasticsearch", settings: Settings) -> bool:
    """Tell whether an archive was made with the files of a folder: those that it knew, moved."""
    with map_errors(settings):
        live = indices.live(indices.found(client, settings))
    return live is None or not mapping.stale(live.meta, current_meta(settings))


def _brought(path: Path) -> Path | None:
    """Return the folder that the transcripts at a path bring, None if they bring none."""
    folder = Path(os.path.realpath(path if path.is_dir() else path.parent))
    if folder.is_relative_to(sample_data() / _SAMPLES):
        return sample_data()
    brought = folder / discover.DATA_FOLDER
    return brought if discover.has_data_files(brought) else None


def _is_samples(folder: Path) -> bool:
    """Tell whether a folder is the `data` of a checkout, this or another."""
    return folder == sample_data() or (folder.name == sample_data().name and (folder / _SAMPLES).is_dir())


def _give_way(client: "Elasticsearch", settings: Settings, options: IndexOptions) -> Iterator[Note]:
    """Drop an archive of samples alone before other transcripts are indexed; say it if it also has others."""
    data = archive_data(settings.index)
    folders = {one / _SAMPLES for one in (data, sample_data()) if one.name == sample_data().name}
    folders -= {folder for folder in folders if folder.parent != data and not folder.is_dir()}
    if not folders or any(discover.is_below(discover.real_path(path), tuple(folders)) for path in options.paths):
        return
    with map_errors(settings):
        samples, others = _counts(client, settings, folders)
        if samples and not others:
            if not discover.find_transcripts(options.paths, options.follow_links).count:  # raises for an empty folder
                return
            with lock.held(client, settings):
                for one in indices.found(client, settings):
                    indices.drop(client, one.names)
            told = ngettext(
                "The sample in the archive {index} gives way to yours.",
                "The {number} samples in the archive {index} give way to yours.",
                samples,
            )
            yield Note(told.format(index=settings.index, number=samples), _(_BACK))
    if samples and others:
        told = _("The archive {index} also has the {number} samples of fangtan.")
        yield Note(
            told.format(index=settings.index, number=samples),
            _("An archive of yours alone: export FANGTAN_INDEX=NAME, then the same command."),
        )
    elif not others and data / _SAMPLES in folders:
        forget(settings.index)


def _counts(client: "Elasticsearch", settings: Settings, folders: set[Path]) -> tuple[int, int]:
    """Return how many interviews of an archive are samples, and how many are not."""
    with map_errors(settings):
        live = indices.live(indices.found(client, settings))
    if live is None or not live.meta:
        return 0, 0
    below = [{"prefix": {"path": f"{discover.real_path(folder)}{os.sep}"}} for folder in sorted(folders)]
    count = client.options(ignore_status=404).count
    everything = int(count(index=live.names.interviews)["count"])
    samples = int(count(index=live.names.interviews, query={"bool": {"should": below}})["count"])
    return samples, everything - samples
