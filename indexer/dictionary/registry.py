"""Write accepted names to speakers.toml, and keep every other line.

change = accept(settings, [("唐鳳召集人", "唐鳳"), ("发言人2@meeting", "林晓岚")])   nothing is written
write(change)                                                                  the file is replaced

A name becomes an alias; one of an interview (发言人2@meeting) a label of that interview.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.dictionary.data_file import editable_path, read_text, replace_text
from indexer.enrich import speakers
from indexer.enrich.enrich import load_knowledge
from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.model import OF_INTERVIEW
from indexer.settings import Settings
from indexer.text.toml_string import quoted

FILE = "speakers.toml"


@dataclass(frozen=True, slots=True)
class RegistryChange:
    """The content of speakers.toml before and after, and the pairs of name and canonical name that are new in it."""

    path: Path
    before: str
    after: str
    accepted: tuple[tuple[str, str], ...]


def accept(settings: Settings, pairs: Sequence[tuple[str, str]]) -> RegistryChange:
    """Return the change that makes each first name one of the second; those that are so already are left out.

    Raises `SettingsError` if a name is somebody else's already.
    """
    path = editable_path(settings, FILE)
    before = after = read_text(path)
    known = speakers.parse(before.encode(), path)
    accepted = []
    for name, typed in pairs:
        canonical = known.canonical(typed)
        label, _at, interview_id = name.partition(OF_INTERVIEW)
        if canonical == (known.labelled(interview_id, label) if interview_id else known.names.get(name)):
            continue
        if canonical == name:
            told = _("{name} cannot be an alias of itself.").format(name=name)
            raise UsageError(told, _("Name somebody else after the =."))
        entry = f"{quoted(interview_id)} = [{quoted(label)}]" if interview_id else quoted(name)
        after = _added(after, canonical, "labels" if interview_id else "aliases", entry)
        known = speakers.parse(after.encode(), path)
        accepted.append((name, canonical))
    return RegistryChange(path, before, after, tuple(accepted))


def write(change: RegistryChange) -> None:
    """Replace the file, completely or not at all."""
    replace_text(change.path, change.before, change.after)
    speakers.load.cache_clear()
    load_knowledge.cache_clear()


def _added(text: str, name: str, key: str, entry: str) -> str:
    """Return the text with an entry in the list or table `key` of a person, who is added at the end if need be."""
    opening, closing = ("{", "}") if key == "labels" else ("[", "]")
    header = re.search(rf"^[ \t]*\[[ \t]*([\"']?){re.escape(name)}\1[ \t]*\][^\n]*(?:\n|\Z)", text, re.MULTILINE)
    if header is None:
        gap = "" if not text or text.endswith("\n\n") else "\n" if text.endswith("\n") else "\n\n"
        return f"{text}{gap}[{quoted(name)}]\n{key} = {opening}{entry}{closing}\n"
    following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(text, header.end())
    end = following.start() if following else len(text)
    found = re.compile(rf"^[ \t]*{key}[ \t]*=[ \t]*{re.escape(opening)}[ \t]*", re.MULTILINE).search(
        text, header.end(), end
    )
    if found is None:
        line_break = "" if text[: header.end()].endswith("\n") else "\n"
        return f"{text[: header.end()]}{line_break}{key} = {opening}{entry}{closing}\n{text[header.end() :]}"
    comma = "" if text[found.end() :].lstrip().startswith(closing) else ", "
    return f"{text[: found.end()]}{entry}{comma}{text[found.end() :]}"
