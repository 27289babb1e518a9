"""Add words to the dictionary or remove them, and update the archive: `fangtan dict`.

change = add_words(settings, ["红米手机"], "nz")   the text of words.txt afterwards; nothing is written
plan_reindex(client, settings, change)             what it changes in the archive
carry_out(client, settings, change)                write words.txt, then update the archive
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.dictionary import edit
from indexer.dictionary.data_file import editable_path, read_text, replace_text
from indexer.dictionary.diff import DictionaryDiff
from indexer.dictionary.reindex import Reindex
from indexer.elastic.connection import locked
from indexer.elastic.error_mapping import map_errors
from indexer.embeddings import turn_vectors
from indexer.enrich import speakers
from indexer.enrich.enrich import Knowledge, load_knowledge
from indexer.enrich.topics import Topics
from indexer.errors import FangtanError, StaleIndexError, UsageError
from indexer.indexing.fingerprint import meta
from indexer.indexing.relabel import Relabel
from indexer.language.messages import gettext as _
from indexer.language.messages import pgettext
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
class DictionaryChange:
    """The text of the dictionary before and after a change; `words` are those added or removed.

    `written`: the file is already as after the change; the run that wrote it may not have updated the archive.
    """

    path: Path
    words: tuple[str, ...]
    before: str
    after: str
    written: bool = False


def list_words(settings: Settings) -> tuple[Entry, ...]:
    """Return the entries of the dictionary in the order of the file."""
    return word_list.read(settings.data_file(FILE))


def add_words(settings: Settings, typed: Sequence[str], tag: str) -> DictionaryChange:
    """Return the change that adds words, each with the frequency that jieba suggests.

    Words that are listed already remain as they are. Raises `UsageError` for what is not a word, or what is one for
    jieba already.
    """
    words = tuple(dict.fromkeys(edit.check_word(word, tag) for word in typed))
    path, text = _text(settings)
    known = {entry.word for entry in list_words(settings)}
    new = [word for word in words if word not in known]
    if not new:
        return DictionaryChange(path, words, edit.without(text, words), text, written=True)
    without_frequency = [Entry(word, None, tag) for word in new]
    analyzer = _analyzer(edit.added(text, without_frequency))
    for word in new:
        _check_effect(word, analyzer)
    entries = [Entry(word, analyzer.segmenter.frequencies[word], tag) for word in new]
    return DictionaryChange(path, tuple(new), text, edit.added(text, entries))


def remove_words(settings: Settings, typed: Sequence[str]) -> DictionaryChange:
    """Return the change that removes words; raise `NotFoundError` for one that is not listed.

    Those that a removal which was cut short has taken out of the file are removed from the archive.
    """
    from indexer.text.normalize import normalize

    words = tuple(dict.fromkeys(normalize(word).text.strip() for word in typed))
    path, text = _text(settings)
    if (cut_short := _cut_short(path, words)) is not None:
        return DictionaryChange(path, words, cut_short, text, written=True)
    for word in words:
        edit.check_listed(word, list_words(settings))
    return DictionaryChange(path, words, text, edit.without(text, words))


def plan_reindex(client: "Elasticsearch", settings: Settings, change: DictionaryChange) -> Reindex | None:
    """Return the update of the archive to the changed dictionary; None if nothing is indexed.

    Raises `StaleIndexError` if the archive was built with neither dictionary: it needs a rebuild anyway.
    """
    with map_errors(settings):
        live = indices.live(indices.found(client, settings))
    if live is None:
        return None
    old, new = (_knowledge(settings, text) for text in (change.before, change.after))
    if mapping.stale(live.meta, meta(old)) and (changed := mapping.stale(live.meta, meta(new))):
        raise StaleIndexError(
            _("Since this archive was indexed, {names} changed: it must be rebuilt first.").format(
                names=pgettext("between changes", " and ").join(map(_, changed))
            ),
            _("fangtan index --rebuild, then run the same command again."),
        )
    return Reindex(client, live, old, new)


def carry_out(client: "Elasticsearch", settings: Settings, change: DictionaryChange) -> DictionaryDiff | None:
    """Write the dictionary, then update the archive; return what was written, None if nothing is indexed."""
    with map_errors(settings), lock.held(client, settings) as heartbeat:
        reindex = plan_reindex(locked(client, heartbeat), settings, change)
        _write(change)
        diff = _update(reindex, settings, heartbeat) if reindex is not None else None
        _before(change.path).unlink(missing_ok=True)
        return diff


def _update(reindex: Reindex, settings: Settings, heartbeat: Callable[[], None]) -> DictionaryDiff:
    """Update the archive and its vectors, and return what was written."""
    diff = reindex.carry_out(heartbeat)
    relabel = Relabel(reindex.client, reindex.live.names, reindex.new)
    if not relabel.is_pending:  # a changed speakers.toml is not applied unasked
        relabel.carry_out(heartbeat)
    diff.unembedded = turn_vectors.keep_up(reindex.client, settings, reindex.live.names, heartbeat).problem
    return diff


def _knowledge(settings: Settings, text: str) -> Knowledge:
    """Return the knowledge with another dictionary."""
    topics, known = (settings.data_file(name) for name in ("topics.toml", "speakers.toml"))
    return Knowledge(_analyzer(text), Topics.load(topics), speakers.load(known))


def _analyzer(text: str) -> Analyzer:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_bytes(text.encode())
        return Analyzer(path)


def _check_effect(word: str, analyzer: Analyzer) -> None:
    """Raise `UsageError` for a word that would change nothing, or that jieba splits anyway."""
    if analyzer.segmenter.words(word) != [word]:
        raise UsageError(
            _("{word} cannot be one word: jieba always splits it into {parts}.").format(
                word=word, parts=" ".join(analyzer.segmenter.words(word))
            ),
            _("Add the parts that are words."),
        )
    # jieba computes one more than the frequency a word has
    if analyzer.segmenter.frequencies[word] <= (Frequencies().of(word) or -1) + 1:
        raise UsageError(
            _("jieba already knows {word}: adding it would change nothing.").format(word=word),
            _("Search for it: fangtan search {word}").format(word=word),
        )


def _text(settings: Settings) -> tuple[Path, str]:
    """Return the path and the text of the dictionary; raise `SettingsError` for an invalid entry."""
    path = editable_path(settings, FILE)
    word_list.read(path)  # an invalid line is reported with its number
    return path, read_text(path)


def _write(change: DictionaryChange) -> None:
    """Replace the dictionary, completely or not at all."""
    if change.written:
        return
    before = _before(change.path)
    try:
        if change.path.exists():  # with the old words, the archive can be updated when this is cut short
            replace_text(before, read_text(before), change.before)
        replace_text(change.path, change.before, change.after)
    except FangtanError:
        before.unlink(missing_ok=True)
        raise
    _clear_caches()


def _before(path: Path) -> Path:
    """Return where the dictionary as it was is kept while the archive is updated."""
    return path.with_name(f".{path.name}.before")


def _cut_short(path: Path, words: Sequence[str]) -> str | None:
    """Return the dictionary from which words were removed, if the update of the archive did not end."""
    if not _before(path).exists():
        return None
    listed = {entry.word for entry in word_list.read(_before(path))}
    left = {entry.word for entry in word_list.read(path)}
    return read_text(_before(path)) if listed.issuperset(words) and left.isdisjoint(words) else None


def _clear_caches() -> None:
    """Clear the dictionary caches of this process."""
    analysis.load.cache_clear()
    load_knowledge.cache_clear()
