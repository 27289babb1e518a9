"""The sidecar file: NAME.toml next to NAME.txt overrides the metadata of the transcript.

title = "与小米手机合作发布红米手机"
date = 2013-08-02
outlet = "搜狐IT"
authors = ["记者甲"]                  # a text or a list of texts
url = "https://…"
language = "zh-Hans"
guests = ["林晓岚", {name = "郑志昊", affiliation = "腾讯副总裁"}]
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from indexer.errors import ReadingError
from indexer.model import Metadata

_KEYS = {
    "title": "title",
    "date": "date",
    "outlet": "outlet",
    "authors": "author",
    "url": "url",
    "language": "language",
    "guests": "guest",
}


def read(path: Path) -> Metadata:
    """Return the overrides in the sidecar of `path`, empty if there is none; raise `ReadingError` with the bad line."""
    sidecar = path.with_suffix(".toml")
    if sidecar == path or str(path) == "-" or not sidecar.is_file():
        return ()
    import tomllib

    text = sidecar.read_text(encoding="utf-8", errors="replace")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"line (\d+)", str(error))  # missing for errors at the end of the document
        line = int(match[1]) if match else text.count("\n") + 1
        raise ReadingError(str(sidecar), f"not TOML: {error}", line) from error
    return tuple(_overrides(sidecar, content))


def changed_keys(path: Path, since: datetime) -> tuple[str, ...]:
    """Return the keys in the sidecar of `path` if it was written after the second `since`; empty if it is not read."""
    sidecar = path.with_suffix(".toml")
    try:
        times = sidecar.stat()
        if int(max(times.st_mtime, times.st_ctime)) <= int(since.timestamp()):
            return ()
        return tuple(dict.fromkeys(key for key, _ in read(path)))
    except (OSError, ReadingError):
        return ()  # reading the transcript tells it


def _overrides(sidecar: Path, content: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield key and text of each entry; raise `ReadingError` for an unknown key."""
    for key, value in content.items():
        if key not in _KEYS:
            raise ReadingError(str(sidecar), f"unknown key {key}; the known keys are {', '.join(_KEYS)}")
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
    raise ReadingError(str(sidecar), f"{key} cannot be {value!r}")
