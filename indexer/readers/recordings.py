"""The recording of a transcript: named in it or by the user, or the file of the same name beside it."""

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath, PureWindowsPath

from indexer.media_address import SUFFIXES, is_recording, is_web, local_path

# talk.zh-Hans.srt is one of several subtitles of talk.mp4, talk.mp3.srt those of talk.mp3
_LANGUAGE = re.compile(r"\.(?:[a-z]{2,3}(?:[-_][A-Za-z]{2,4}){0,2}|chs|cht|sc|tc)", re.ASCII)
Recordings = dict[str, list[str]]
"""The recordings of a folder by their stems."""

_FOLDERS = 64
"""Folders whose recordings are kept in mind; a run reads one after another."""


def located(written: str, transcript: Path, *, alone: bool = True) -> str:
    """Return the recording of a transcript, an absolute path or a web address; "" if it has none.

    `written` is as the transcript or the user names it, its folder that of the transcript. Where it is not there, as
    files of linguists are written on other machines, the file of that name beside the transcript is taken, then that
    of the transcript's own name; a name alone (CHAT) has no suffix. `alone`: its file has no other transcript.
    """
    if is_web(written):
        return written
    folder, path = Path(os.path.abspath(transcript.parent)), local_path(written)  # noqa: PTH100 - links stay
    named = path if is_recording(path) else ""
    if named and (found := os.path.normpath(folder / named)) and os.path.isfile(found):  # noqa: PTH113
        return _as_text(found)
    here = in_folder(str(folder))
    last = (PureWindowsPath(path) if "\\" in path else PurePosixPath(path)).name
    name = last if last in here.get(_stem(last), ()) else _first(here.get(last, ())) if last else ""
    name = name or (beside(transcript) if alone else "")
    if name:
        return _as_text(str(folder / name))
    return _as_text(os.path.normpath(folder / named)) if named else ""


def beside(transcript: Path) -> str:
    """Return the name of the recording beside a transcript that has its name, "" if there is none."""
    return "" if str(transcript) == "-" else of_name(transcript.name, in_folder(str(transcript.parent)))


def of_name(name: str, recordings: Recordings) -> str:
    """Return the recording of a transcript by its name, among those of its folder by their stems."""
    if not recordings:
        return ""
    stem = _stem(name)
    if stem in recordings.get(_stem(stem), ()):
        return stem
    shorter = _stem(stem) if _LANGUAGE.fullmatch(stem[len(_stem(stem)) :]) else ""
    return _first(recordings.get(stem, ())) or _first(recordings.get(shorter, ()))


def by_stem(names: Sequence[str]) -> Recordings:
    """Return the recordings among the files of a folder."""
    found: Recordings = {}
    for name in names:
        if is_recording(name) and not name.startswith("."):
            found.setdefault(_stem(name), []).append(name)
    return found


def in_folder(folder: str) -> Recordings:
    """Return the recordings of a folder, which is listed again once it has changed."""
    try:
        return _listed(folder or ".", os.stat(folder or ".").st_mtime_ns)  # noqa: PTH116 - asked for each file
    except OSError:
        return {}


@lru_cache(maxsize=_FOLDERS)
def _listed(folder: str, _changed: int) -> Recordings:
    return by_stem(sorted(os.listdir(folder)))  # noqa: PTH208 - a hundred thousand names are no paths


def _first(names: Sequence[str]) -> str:
    """Return the recording that is taken of several of one name."""
    return min(names, key=lambda name: (SUFFIXES.index(Path(name).suffix.lower()), name), default="")


def _stem(name: str) -> str:
    return os.path.splitext(name)[0]  # noqa: PTH122 - asked of each file of a folder


def _as_text(path: str) -> str:
    """Return a path as storable text."""
    return path.encode("utf-8", "replace").decode("utf-8")
