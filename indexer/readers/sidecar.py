"""The sidecar file: NAME.toml next to NAME.txt overrides the metadata of the transcript, and corrects who speaks.

title = "与小米手机合作发布红米手机"
date = 2013-08-02
outlet = "搜狐IT"
authors = ["记者甲"]                  # a text or a list of texts
url = "https://…"
media = "talk.mp3"                    # its recording: a file, from the folder of the transcript, or an address
language = "zh-Hans"
guests = ["林晓岚", {name = "郑志昊", affiliation = "腾讯副总裁"}]
corrections = '''
发言人2 = 王敏                        # who a label is; see `readers.correction_syntax`
line 40: 李华
leave out 88-95
'''
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from reprlib import repr as shortened

from indexer import safe_file
from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.model import Metadata
from indexer.readers.correction_syntax import SYNTAX, parse_correction
from indexer.readers.script import Correction

_KEYS = {
    "title": "title",
    "date": "date",
    "outlet": "outlet",
    "authors": "author",
    "url": "url",
    "media": "media",
    "language": "language",
    "guests": "guest",
}
_CORRECTIONS = "corrections"
_MAX_SHOWN = 80  # characters of an unknown key
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar file says: metadata that overrides that of the transcript, and corrections of who speaks."""

    overrides: Metadata = ()
    corrections: tuple[Correction, ...] = ()


def read(path: Path) -> Sidecar:
    """Return what the sidecar of `path` says, nothing if there is none; raise `ReadingError` with the bad line."""
    sidecar, text, content = _content(path)
    written = content.get(_CORRECTIONS, "")
    if not isinstance(written, str):
        raise ReadingError(str(sidecar), _("corrections is not a text"), next_step=_(SYNTAX))
    return Sidecar(tuple(_overrides(sidecar, content)), tuple(_corrections(sidecar, text, written)))


def _corrections(sidecar: Path, text: str, written: str) -> Iterator[Correction]:
    """Yield the corrections of a text, each with its line in the file; what follows a # is a comment."""
    numbers: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        numbers.setdefault(line.strip(), number)
    for line in written.splitlines():
        if said := _COMMENT.sub("", line).strip():
            number = numbers.get(line.strip(), 0)
            correction = parse_correction(said)
            if correction is None:
                reason = _("“{text}” is not a correction").format(text=said)
                raise ReadingError(str(sidecar), reason, number, next_step=_(SYNTAX))
            yield replace(correction, written_at=number)


def _content(path: Path) -> tuple[Path, str, dict[str, object]]:
    """Return the sidecar of a file, its text and its content; raise `ReadingError` if it is not TOML."""
    sidecar = path.with_suffix(".toml")
    if sidecar == path or str(path) == "-" or not sidecar.exists() or sidecar.is_dir():
        return sidecar, "", {}
    try:
        text = safe_file.read_bytes(sidecar, safe_file.MAX_SIDECAR_BYTES).decode("utf-8", errors="replace")
    except ReadingError as error:
        raise ReadingError(error.path, error.reason, next_step=_("Is it a sidecar? Rename it.")) from error
    return sidecar, text, safe_file.parse_toml(text, sidecar)


def changed_keys(path: Path, since: datetime) -> tuple[str, ...]:
    """Return the keys in the sidecar of `path` if it was written after the second `since`; empty if it is not read."""
    sidecar = path.with_suffix(".toml")
    try:
        times = sidecar.stat()
        if int(max(times.st_mtime, times.st_ctime)) <= int(since.timestamp()):
            return ()
        return tuple(dict.fromkeys(key for key, _value in read(path).overrides))
    except (OSError, ReadingError):
        return ()  # reading the transcript tells it


def _overrides(sidecar: Path, content: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield key and text of each entry; raise `ReadingError` for an unknown key."""
    for key, value in content.items():
        if key == _CORRECTIONS:
            continue
        if key not in _KEYS:
            known = _(", ").join((*_KEYS, _CORRECTIONS))
            reason = _("unknown key {key}; the known keys are {known}").format(key=key[:_MAX_SHOWN], known=known)
            raise ReadingError(str(sidecar), reason)
        for item in value if isinstance(value, list) else (value,):
            yield _KEYS[key], _text(sidecar, key, item)


def _text(sidecar: Path, key: str, value: object) -> str:
    """Return a value as text: a date in ISO form, a guest as name, tab, affiliation."""
    if isinstance(value, str):
        return value
    if key == "date" and isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if key == "guests" and isinstance(value, dict) and isinstance(value.get("name"), str):
        return f"{value['name']}\t{value.get('affiliation', '')}"
    raise ReadingError(str(sidecar), _("{key} cannot be {value}").format(key=key, value=shortened(value)))
