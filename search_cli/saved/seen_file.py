"""Read and write `seen.json`: when each saved search was looked at, how many turns it had, and which were seen.

    {"format": 1, "searches": {"小米": {"looked_at": "2026-11-28T10:12:00+00:00", "all_seen_at": "…", "turns": 7,
     "interviews": 1, "seen": "…"}}}

A turn that was seen is kept as the hash of its interview and its words (`text.word_hash`), eight bytes of base64: it is
the same turn after a rebuild, under another number, and where only spaces or punctuation differ. A million take 11 MB.
"""

import json
import sys
from array import array
from base64 import b64decode, b64encode
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from indexer.dictionary.data_file import editable_path, locked, replace_text
from indexer.errors import SettingsError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.safe_file import MAX_WORDS_BYTES, read_bytes, told_as_settings
from indexer.settings import Settings
from indexer.settings.folders import SEEN

_FORMAT = 1
_STEP = gettext_noop("Delete it: every turn of the saved searches is new then.")


@dataclass(frozen=True, slots=True)
class SeenTurns:
    """The hashes of turns that were seen, sorted."""

    hashes: "array[int]" = field(default_factory=lambda: array("Q"))

    @classmethod
    def of(cls, hashes: Iterable[int]) -> "SeenTurns":
        """Return turns by their hashes in any order."""
        return cls(array("Q", sorted(set(hashes))))

    def __contains__(self, one: int) -> bool:
        """Tell whether a turn was seen."""
        place = bisect_left(self.hashes, one)
        return place < len(self.hashes) and self.hashes[place] == one

    @property
    def text(self) -> str:
        """Return it as it is written."""
        return b64encode(_little(self.hashes).tobytes()).decode()

    @classmethod
    def parse(cls, text: str) -> "SeenTurns":
        """Parse what was written; raise `ValueError` for anything else."""
        hashes = array("Q")
        hashes.frombytes(b64decode(text, validate=True))
        return cls(_little(hashes))


@dataclass(frozen=True, slots=True)
class LastLook:
    """The last look at a saved search: when (ISO, UTC), its turns and interviews then, and the turns that were seen.

    `all_seen_at` is when all of its turns were seen; with a later look, some were left.
    """

    looked_at: str
    all_seen_at: str
    turns: int
    interviews: int
    seen: SeenTurns = field(default_factory=SeenTurns)


def load(settings: Settings) -> dict[str, LastLook]:
    """Return the last look at each saved search that was looked at; raise `SettingsError` for a damaged file."""
    return _parsed(settings, _text(settings))


def _text(settings: Settings) -> str:
    path = editable_path(settings, SEEN)
    if not path.exists():
        return ""
    with told_as_settings(path, _(_STEP)):
        return read_bytes(path, MAX_WORDS_BYTES).decode()


def _parsed(settings: Settings, text: str) -> dict[str, LastLook]:
    if not text:
        return {}
    try:
        content = json.loads(text)
        if content["format"] != _FORMAT:
            raise ValueError
        return {str(name): _look(one) for name, one in content["searches"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        path = editable_path(settings, SEEN)
        told = _("{path} is not what fangtan new wrote: it is damaged.").format(path=path)
        raise SettingsError(told, _(_STEP)) from error


def _look(one: Any) -> LastLook:  # noqa: ANN401 - JSON
    times, numbers = (one["looked_at"], one["all_seen_at"]), (one["turns"], one["interviews"])
    if not all(isinstance(number, int) for number in numbers):
        raise TypeError
    for time in filter(None, times):
        datetime.fromisoformat(time)
    return LastLook(*times, *numbers, SeenTurns.parse(one["seen"]))


def mark(settings: Settings, name: str, look: LastLook) -> None:
    """Keep a look at a saved search as the last one."""
    _change(settings, lambda looks: looks.__setitem__(name, look))


def rename(settings: Settings, old: str, new: str) -> None:
    """Keep the last look at a saved search under another name."""

    def change(looks: dict[str, LastLook]) -> None:
        if old in looks:
            looks[new] = looks.pop(old)

    _change(settings, change)


def forget(settings: Settings, names: Iterable[str]) -> None:
    """Forget what was seen of saved searches."""

    def change(looks: dict[str, LastLook]) -> None:
        for name in names:
            looks.pop(name, None)

    _change(settings, change)


def _change(settings: Settings, change: Callable[[dict[str, LastLook]], None]) -> None:
    """Change the file, completely or not at all."""
    path = editable_path(settings, SEEN)
    with locked(path):
        text = _text(settings)
        looks = _parsed(settings, text)
        change(looks)
        plain = ("looked_at", "all_seen_at", "turns", "interviews")
        searches = {
            name: {**{field: getattr(one, field) for field in plain}, "seen": one.seen.text}
            for name, one in looks.items()
        }
        after = json.dumps({"format": _FORMAT, "searches": searches}, ensure_ascii=False, indent=1) + "\n"
        if len(after.encode()) > MAX_WORDS_BYTES:
            told = _("The saved searches have too many turns to remember which were seen.")
            raise SettingsError(told, _("Narrow them."))
        if searches or text:
            replace_text(path, text, after)


def _little(hashes: "array[int]") -> "array[int]":
    """Return hashes in the order of bytes of the file, or of this machine."""
    if sys.byteorder == "little":
        return hashes
    swapped = array("Q", hashes)
    swapped.byteswap()
    return swapped
