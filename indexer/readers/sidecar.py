"""What a person says of a transcript in a file beside it: NAME.toml next to NAME.txt overrides what the text says.

title = "与小米手机合作发布红米手机"
date = 2013-08-02
outlet = "搜狐IT"
authors = ["记者甲"]                  # a text or a list of them
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
    """Return what the sidecar of `path` says, nothing where there is none; raise `ReadingError` naming its bad line."""
    beside = path.with_suffix(".toml")
    if beside == path or str(path) == "-" or not beside.is_file():
        return ()
    import tomllib

    text = beside.read_text(encoding="utf-8", errors="replace")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))  # without one it is the end of the document
        line = int(place[1]) if place else text.count("\n") + 1
        raise ReadingError(str(beside), f"not TOML: {error}", line) from error
    return tuple(_pairs(beside, content))


def _pairs(beside: Path, content: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Yield key and text of each entry; raise `ReadingError` for a key that is none of ours."""
    for key, value in content.items():
        if key not in _KEYS:
            raise ReadingError(str(beside), f"unknown key {key}; known are {', '.join(_KEYS)}")
        for one in value if isinstance(value, list) else (value,):
            yield _KEYS[key], _text(beside, key, one)


def _text(beside: Path, key: str, value: object) -> str:
    """Return one value as text: a date in ISO form, a guest as name, tab, affiliation."""
    if isinstance(value, str):
        return value
    if key == "date" and isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if key == "guests" and isinstance(value, dict) and isinstance(value.get("name"), str):
        return f"{value['name']}\t{value.get('affiliation', '')}"
    raise ReadingError(str(beside), f"{key} cannot be {value!r}")
