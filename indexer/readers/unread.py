"""The files of a folder that are not read, by kind, with what would read them: nothing is passed over without a word.

A recording is left out of these if a transcript of the same name is beside it. Hidden files and sidecars are none.
"""

import os
import stat
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.readers import links
from indexer.readers.read import is_transcript_name, split_name
from indexer.report import LINK, NO_FILE, UnreadFiles

_KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "recording",
        "3gp aac aiff amr ape avi dss flac flv m4a m4b m4v mkv mov mp2 mp3 mp4 mpeg mpg mts oga ogg opus silk wav webm "
        "wma wmv",
        "Transcribe them first, and index the transcripts.",
    ),
    ("slide show", "dps key odp ppt pps ppsx pptx", "Save their text as .docx or .txt."),
    ("spreadsheet", "numbers xlsb xlt", "Save them as .xlsx."),
    ("document", "lwp pages sxw wpd wpt dot", "Open them in their program and save them as .docx."),
    ("document", "adoc asciidoc org rst tex textile", "Convert them to .md or .txt: pandoc FILE -o FILE.md"),
    ("mail", "emlx mbox msg oft ost pst", "Save the mails as .eml or .txt."),
    ("e-book", "azw azw3 caj chm djvu fb2 kfx mobi xps", "Convert them to .epub or .pdf, for example with Calibre."),
    ("notebook", "enex mxf one", "Export their pages as .html or .docx."),
    ("project", "atlproj hpr7 mex mx18 mx20 mx22 mx24 nvp nvpx qda qdpx", "Export their documents as .docx or .txt."),
    ("archive", "7z bz2 gz lz rar tar tgz xz zst", "Unpack them."),
    ("database", "accdb db mdb sqlite sqlite3", "Export the table with the text as .csv."),
    (
        "picture",
        "bmp gif heic heif jpe jpeg jpg png psd svg tif tiff webp",
        "If they are scanned pages: recognise their text (OCR) first.",
    ),
)
_KIND_OF_SUFFIX = {f".{suffix}": index for index, (_, suffixes, _) in enumerate(_KINDS) for suffix in suffixes.split()}
_RECORDING, _OTHER = 0, len(_KINDS)
_LINK, _NO_FILE = _OTHER + 1, _OTHER + 2
_OF_OTHER_REASONS = {
    _LINK: (LINK, "fangtan index FOLDER --follow-links, to read what they lead to."),
    _NO_FILE: (NO_FILE, ""),
}
_MAX_PATHS = 1000  # of one kind; the others are counted


def find_unread(paths: Sequence[Path], follow_links: bool = False) -> tuple[UnreadFiles, ...]:
    """Return the files below the folders among `paths` that are not read, by kind, in a stable order."""
    by_kind: dict[int, list[str]] = defaultdict(list)
    suffixes: Counter[str] = Counter()
    inside = links.real_folders(paths)
    for folder in dict.fromkeys(path for path in paths if path.is_dir()):
        for path, kind in _files(folder, inside, follow_links):
            by_kind[kind].append(_typed(path))
            if kind == _OTHER:
                suffixes[path.suffix.lower()] += 1
    return tuple(_unread(kind, names, suffixes) for kind, names in sorted(by_kind.items()))


def _unread(kind: int, names: Sequence[str], suffixes: Counter[str]) -> UnreadFiles:
    """Return the files of one kind."""
    if kind in _OF_OTHER_REASONS:
        noun, step = _OF_OTHER_REASONS[kind]
        return UnreadFiles(noun, len(names), tuple(names[:_MAX_PATHS]), step)
    if kind == _OTHER:
        known = ", ".join(suffix for suffix, _ in suffixes.most_common(5) if suffix)
        return UnreadFiles("other file", len(names), tuple(names[:_MAX_PATHS]), suffixes=known)
    name, _, next_step = _KINDS[kind]
    return UnreadFiles(name, len(names), tuple(names[:_MAX_PATHS]), next_step)


def _files(root: Path, inside: Sequence[str], follow_links: bool) -> Iterator[tuple[Path, int]]:
    """Yield the files below a folder that are not read and their kinds, sorted; Apple's documents may be folders."""
    for folder, folders, files in links.walk(root, inside, follow_links):
        visible = sorted(name for name in folders if not name.startswith("."))
        packages = [name for name in visible if Path(name).suffix.lower() in (".key", ".numbers", ".pages")]
        folders[:] = [name for name in visible if name not in packages]
        read = set(filter(is_transcript_name, files))
        stems = {split_name(name)[0] for name in read}
        for name in sorted([*files, *packages]):
            stem, suffix = split_name(name)
            is_transcribed = _KIND_OF_SUFFIX.get(suffix.lower()) == _RECORDING and stem in stems
            if name not in read and not is_transcribed and not name.startswith((".", "~$")) and suffix != ".toml":
                yield Path(folder, name), _KIND_OF_SUFFIX.get(suffix.lower(), _OTHER)
        for name in sorted([*read, *folders]):
            if kind := _kind_of_path(f"{folder}{os.sep}{name}", name in read, () if follow_links else inside):
                yield Path(folder, name), kind


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
