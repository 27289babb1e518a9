"""The folders of archives: where the files of what an archive knows lie."""

import os
from pathlib import Path

from indexer.errors import ReadingError, SettingsError
from indexer.language.messages import gettext as _
from indexer.safe_file import MAX_SIDECAR_BYTES, read_bytes

SEARCHES, SEEN, TAGS = "searches.toml", "seen.json", "tags.txt"
"""The files of saved searches, of what was seen of them, and of the tags of turns."""

DATA_FILES = ("topics.toml", "speakers.toml", "words.txt", "synonyms.txt", SEARCHES, SEEN, TAGS)
"""What an archive knows besides its transcripts; each may be missing."""

POINTER = "data-folder"
"""The file in an archive's folder that names the folder of its `DATA_FILES`, where they lie elsewhere."""


def user_folder() -> Path:
    """Return the platform's folder for fangtan's data, of this user."""
    from platformdirs import user_data_path

    return user_data_path("fangtan", appauthor=False)


def archive_folder(index: str) -> Path:
    """Return the folder of an archive's own."""
    return user_folder() / "archives" / index


def archive_data(index: str) -> Path:
    """Return the folder of an archive's `DATA_FILES`: its own, or the one that its transcripts brought."""
    pointer = archive_folder(index) / POINTER
    try:
        return Path(os.fsdecode(read_bytes(pointer, MAX_SIDECAR_BYTES).strip(b"\r\n")))
    except FileNotFoundError:
        return archive_folder(index)
    except (OSError, ReadingError) as error:
        from indexer.language.system_errors import system_reason

        reason = error.reason if isinstance(error, ReadingError) else system_reason(error)
        unreadable = _("{file} cannot be read: {reason}.").format(file=pointer, reason=reason)
        raise SettingsError(unreadable, _("Make it readable, or delete it.")) from error


def sample_data() -> Path:
    """Return the data folder of this checkout, of the sample interviews; an installed fangtan has none."""
    return Path(__file__).resolve().parents[2] / "data"
