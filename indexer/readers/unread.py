"""The files of a folder that are not read, by kind, with what would read them: nothing is passed over without a word.

A recording is left out of these if a transcript beside it has its name, or if it is one that transcripts name (`used`).
Hidden files and sidecars are none.
"""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.media_address import SUFFIXES
from indexer.readers import links, recordings
from indexer.readers.read import is_transcript_name, split_name
from indexer.report import LINK, NO_FILE, UnreadFiles

_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "recording",
        " ".join(suffix[1:] for suffix in SUFFIXES),
        gettext_noop("Transcribe them first, and index the transcripts."),
    ),
    ("slide show", "dps key odp ppt pps ppsx pptx", gettext_noop("Save their text as .docx or .txt.")),
    ("spreadsheet", "numbers xlsb xlt", gettext_noop("Save them as .xlsx.")),
    ("document", "lwp pages sxw wpd wpt dot", gettext_noop("Open them in their program and save them as .docx.")),
    (
        "document",
        "adoc asciidoc org rst tex textile",
        gettext_noop("Convert them to .md or .txt: pandoc FILE -o FILE.md"),
    ),
    ("mail", "emlx mbox msg oft ost pst", gettext_noop("Save the mails as .eml or .txt.")),
    (
        "e-book",
        "azw azw3 caj chm djvu fb2 kfx mobi xps",
        gettext_noop("Convert them to .epub or .pdf, for example with Calibre."),
    ),
    ("notebook", "enex mxf one", gettext_noop("Export their pages as .html or .docx.")),
    (
        "project",
        "atlproj hpr7 mex mx18 mx20 mx22 mx24 nvp nvpx qda qdpx",
        gettext_noop("Export their documents as .docx or .txt."),
    ),
    ("archive", "7z bz2 gz lz rar tar tgz xz zst", gettext_noop("Unpack them.")),
    ("database", "accdb db mdb sqlite sqlite3", gettext_noop("Export the table with the text as .csv.")),
    (
        "picture",
        "bmp gif heic heif jpe jpeg jpg png psd svg tif tiff webp",
        gettext_noop("If they are scanned pages: recognise their text (OCR) first."),
    ),
)
_KIND_OF_SUFFIX = {f".{suffix}": index for index, kind in enumerate(_KINDS) for suffix in kind[1].split()}
_RECORDING, _OTHER = 0, len(_KINDS)
_LINK, _NO_FILE = _OTHER + 1, _OTHER + 2
_OF_OTHER_REASONS = {
    _LINK: (LINK, gettext_noop("fangtan index FOLDER --follow-links, to read what they lead to.")),
    _NO_FILE: (NO_FILE, ""),
}
_MAX_PATHS = 1000  # of one kind; the others are counted

Used = Callable[[Sequence[str]], Collection[str]]
"""Returns which recordings, by their absolute paths, transcripts of the archive name."""


def find_unread(
    paths: Sequence[Path], follow_links: bool = False, used: Used = lambda _paths: ()
) -> tuple[UnreadFiles, ...]:
    """Return the files below the folders among `paths` that are not read, by kind, in a stable order."""
    by_kind: dict[int, list[str]] = defaultdict(list)
    suffixes: Counter[str] = Counter()
    inside = links.real_folders(paths)
    for folder in dict.fromkeys(path for path in paths if path.is_dir()):
        for path, kind in _without_used(_files(folder, inside, follow_links), used):
            by_kind[kind].append(_typed(path))
            if kind == _OTHER:
                suffixes[path.suffix.lower()] += 1
    return tuple(_unread(kind, names, suffixes) for kind, names in sorted(by_kind.items()))


def _without_used(files: Iterable[tuple[Path, int]], used: Used) -> Iterator[tuple[Path, int]]:
    """Yield the files but for the recordings that are used, which are asked for a thousand at a time."""
    remaining = iter(files)
    while batch := list(islice(remaining, _MAX_PATHS)):
        absolute = {path: _typed(path.absolute()) for path, kind in batch if kind == _RECORDING}
        found = used(list(absolute.values())) if absolute else ()
        yield from ((path, kind) for path, kind in batch if absolute.get(path) not in found)


def _unread(kind: int, names: Sequence[str], suffixes: Counter[str]) -> UnreadFiles:
    """Return the files of one kind."""
    if kind in _OF_OTHER_REASONS:
        noun, step = _OF_OTHER_REASONS[kind]
        return UnreadFiles(noun, len(names), tuple(names[:_MAX_PATHS]), step and _(step))
    if kind == _OTHER:
        known = _(", ").join(suffix for suffix, _count in suffixes.most_common(5) if suffix)
        return UnreadFiles("other file", len(names), tuple(names[:_MAX_PATHS]), suffixes=known)
    name, _suffixes, next_step = _KINDS[kind]
    return UnreadFiles(name, len(names), tuple(names[:_MAX_PATHS]), _(next_step))


def _files(root: Path, inside: Sequence[str], follow_links: bool) -> Iterator[tuple[Path, int]]:
    """Yield the files below a folder that are not read and their kinds, sorted; Apple's documents may be folders."""
    for folder, folders, files in links.walk(root, inside, follow_links):
        visible = sorted(name for name in folders if not name.startswith("."))
        packages = [name for name in visible if Path(name).suffix.lower() in (".key", ".numbers", ".pages")]
        folders[:] = [name for name in visible if name not in packages]
        read = set(filter(is_transcript_name, files))
        transcribed = _transcribed(read, files)
        for name in sorted([*files, *packages]):
            suffix = split_name(name)[1]
            if name not in read | transcribed and not name.startswith((".", "~$")) and suffix != ".toml":
                yield Path(folder, name), _KIND_OF_SUFFIX.get(suffix.lower(), _OTHER)
        for name in sorted([*read, *folders]):
            if kind := _kind_of_path(f"{folder}{os.sep}{name}", name in read, () if follow_links else inside):
                yield Path(folder, name), kind


def _transcribed(read: Collection[str], files: Sequence[str]) -> set[str]:
    """Return the recordings that are those of transcripts beside them, and others of the same stem: talk.mp3, .mp4."""
    here = recordings.by_stem(files)
    taken = {found for name in read if here and (found := recordings.of_name(name, here))}
    return {other for name in taken for other in here[split_name(name)[0]]}


def _kind_of_path(path: str, is_transcript: bool, inside: Sequence[str]) -> int:
    """Return the kind of a path that has the name of a transcript, or is a folder, and is not read; 0 if it is."""
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            is_file = not is_transcript or not Path(path).exists() or Path(path).is_file()
        else:
            is_file = not is_transcript or stat.S_ISREG(mode)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    if not is_file:
        return _NO_FILE
    is_link = stat.S_ISLNK(mode) and inside
    return _LINK if is_link and links.leads_out(os.path.realpath(path), inside) else 0


def _typed(path: Path) -> str:
    """Return a path as the user wrote it, as storable text."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")
