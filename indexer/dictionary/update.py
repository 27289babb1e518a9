"""Words into the dictionary and out of it, and the archive brought to it: what `fangtan dict` does.

change = adding(settings, ["红米手机"], "nz")      what would stand in words.txt; nothing is written
relearning(client, settings, change)               what that means for the archive, to ask before it is done
carry_out(client, settings, change)                words.txt, then the archive
"""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.dictionary import edit
from indexer.dictionary.diff import Difference
from indexer.dictionary.reindex import Relearning
from indexer.elastic.error_mapping import map_errors
from indexer.enrich import speakers
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.enrich.topics import Topics
from indexer.errors import SettingsError, StaleIndexError, UsageError
from indexer.indexing.fingerprint import meta
from indexer.settings import Settings
from indexer.store import indices, lock, mapping
from indexer.text import analysis, word_list
from indexer.text.analysis import Analyzer
from indexer.text.jieba_data import Frequencies
from indexer.text.word_list import Entry

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

FILE = "words.txt"


@dataclass(frozen=True, slots=True)
class Change:
    """The dictionary before and after, as texts of the file; `words` are those added, or those taken out.

    `written` says that the file is so already: the run that wrote it may not have reached the archive.
    """

    path: Path
    words: tuple[str, ...]
    before: str
    after: str
    written: bool = False


def listed(settings: Settings) -> tuple[Entry, ...]:
    """Return the words of the dictionary in the order of the file."""
    return word_list.read(settings.data / FILE)


def adding(settings: Settings, typed: Sequence[str], tag: str) -> Change:
    """Return the dictionary with words added, each with the frequency that jieba computes for it.

    Words that are listed already are kept. Raises `UsageError` for what is no word, or what jieba knows as one already.
    """
    words = tuple(dict.fromkeys(edit.checked(one, tag) for one in typed))
    path, text = _text(settings)
    there = {entry.word for entry in listed(settings)}
    fresh = [word for word in words if word not in there]
    if not fresh:
        return Change(path, words, edit.without(text, words), text, written=True)
    bare = [Entry(word, None, tag) for word in fresh]
    analyzer = _analyzer(edit.added(text, bare))
    for word in fresh:
        _check_effect(word, analyzer)
    entries = [Entry(word, analyzer.segmenter.frequencies[word], tag) for word in fresh]
    return Change(path, tuple(fresh), text, edit.added(text, entries))


def removing(settings: Settings, typed: Sequence[str]) -> Change:
    """Return the dictionary with words taken out; raise `NotFoundError` for one it does not list."""
    from indexer.text.normalize import normalize

    words = tuple(dict.fromkeys(normalize(one).text.strip() for one in typed))
    path, text = _text(settings)
    for word in words:
        edit.check_there(word, listed(settings))
    return Change(path, words, text, edit.without(text, words))


def relearning(client: "Elasticsearch", settings: Settings, change: Change) -> Relearning | None:
    """Return what brings the archive to the changed dictionary, None where nothing is indexed.

    Raises `StaleIndexError` where the archive is of neither the one nor the other: it needs a rebuild anyway.
    """
    with map_errors(settings):
        live = indices.live(indices.found(client, settings))
    if live is None:
        return None
    old, new = (_knowledge(settings, text) for text in (change.before, change.after))
    if mapping.stale(live.meta, meta(old)) and (changed := mapping.stale(live.meta, meta(new))):
        raise StaleIndexError(
            f"Since this archive was indexed, {' and '.join(changed)} changed: it must be read anew, with all words.",
            "fangtan index --rebuild, and then this again.",
        )
    return Relearning(client, live, old, new)


def carry_out(client: "Elasticsearch", settings: Settings, change: Change) -> Difference | None:
    """Write the dictionary, then bring the archive to it; return what was written, None where nothing is indexed."""
    with map_errors(settings), lock.held(client, settings) as alive:
        found = relearning(client, settings, change)
        _write(change)
        return found.carry_out(alive) if found is not None else None


def _knowledge(settings: Settings, text: str) -> Knowledge:
    """Return what is known with another dictionary."""
    data = settings.data
    return Knowledge(_analyzer(text), Topics.load(data / "topics.toml"), speakers.load(data / "speakers.toml"))


def _analyzer(text: str) -> Analyzer:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(text.encode())
        return Analyzer(path)


def _check_effect(word: str, analyzer: Analyzer) -> None:
    """Raise `UsageError` for a word that would change nothing, or cannot be kept whole."""
    if analyzer.segmenter.words(word) != [word]:
        raise UsageError(
            f"{word} cannot be one word: jieba always cuts it into {' '.join(analyzer.segmenter.words(word))}.",
            "Add the parts that are words.",
        )
    # jieba computes one more than the frequency a word has
    if analyzer.segmenter.frequencies[word] <= (Frequencies().of(word) or -1) + 1:
        raise UsageError(
            f"jieba knows {word} already: adding it would change nothing.", f"Search for it: fangtan search {word}"
        )


def _text(settings: Settings) -> tuple[Path, str]:
    """Return where the dictionary is and what it says; raise where it is not the user's to edit."""
    path = (settings.data / FILE).resolve()
    if path.is_relative_to(Path(__file__).resolve().parents[1]):
        raise SettingsError(
            f"{path} is the dictionary that comes with fangtan: an update would undo what is written there.",
            f"Copy {path.parent} to a folder of yours, and set FANGTAN_DATA to it.",
        )
    word_list.read(path)  # names the line that is wrong
    return path, path.read_bytes().decode()


def _write(change: Change) -> None:
    """Put the new dictionary in the place of the old one, whole or not at all."""
    if change.written:
        return
    path = change.path
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.read_bytes().decode() != change.before:
            raise UsageError(f"{path} was changed meanwhile.", "Run the same command again.")
        fresh.write_bytes(change.after.encode())
        fresh.chmod(path.stat().st_mode)
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise SettingsError(
            f"{path} cannot be written: {error.strerror}.", "Make the folder writable, or set FANGTAN_DATA to another."
        ) from error
    _forget()


def _forget() -> None:
    """Let what this process knows of the dictionary be read again."""
    analysis.load.cache_clear()
    load_knowledge.cache_clear()
