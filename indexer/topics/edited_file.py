"""Edit topics.toml by single steps or as a whole, and update the archive to it: `fangtan topics edit` and the like.

change = edited(settings, topic_edits.rename("口罩、药师、防疫", "防疫"))   nothing is written
change = rewritten(settings, before, after)                                the same, of what a person wrote
find_plan(client, settings, change)                                        what it changes in the archive
carry_out(client, settings, change)                                        write the file, then the changed turns
"""

import tomllib
from typing import TYPE_CHECKING

from indexer.dictionary.data_file import editable_path, read_text, replace_text
from indexer.dictionary.diff import DictionaryDiff
from indexer.dictionary.reindex import Reindex
from indexer.enrich.enrich import load_knowledge
from indexer.enrich.topics import Topics
from indexer.errors import IndexMissingError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop
from indexer.settings import Settings
from indexer.text.toml_statements import changed, with_changes
from indexer.topics import archive_topics
from indexer.topics.archive_topics import FILE, TopicsChange
from indexer.topics.topic_edits import Edit
from indexer.topics.topics_file import TopicsDiff

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

_TEMPLATE = gettext_noop("""\
# Topics: what a stretch of talk is about, by the terms that are said in it. A / makes one a part of another.
#
#   ["商业/广告"]
#   terms = ["投放", "品牌"]
#   weights = {weights}
""")


def template() -> str:
    """Return what is edited where there are no topics yet."""
    return _(_TEMPLATE).format(weights='{"广告位" = 2.0}')


def edited(settings: Settings, edit: Edit) -> TopicsChange:
    """Return the change of topics.toml by a step of editing; nothing is written.

    Raises `SettingsError` for a file that is invalid or comes with fangtan, `UsageError` or `NotFoundError` for a step
    that cannot be done.
    """
    path, before = editable_path(settings, FILE), text(settings)
    Topics.parse(path, before.encode())  # an invalid entry is reported with its line
    content = tomllib.loads(before)
    changes = edit(content)
    after = with_changes(before, changes)
    if tomllib.loads(after) != changed(content, changes):
        told = _("{path} is written in a way that only you can change.").format(path=path)
        raise UsageError(told, "fangtan topics edit")
    change = TopicsChange(path, before, after, TopicsDiff(), 0)
    check(change)
    return change


def text(settings: Settings) -> str:
    """Return the text of topics.toml; raise `SettingsError` if it is the one that comes with fangtan."""
    return read_text(editable_path(settings, FILE))


def rewritten(settings: Settings, before: str, after: str) -> TopicsChange:
    """Return the change of topics.toml from one text to another, which may be invalid: see `check`."""
    return TopicsChange(editable_path(settings, FILE), before, "" if after == template() else after, TopicsDiff(), 0)


def check(change: TopicsChange) -> None:
    """Raise `SettingsError`, with its line, if the file would be invalid after a change."""
    Topics.parse(change.path, change.after.encode())


def find_plan(client: "Elasticsearch", settings: Settings, change: TopicsChange) -> Reindex | None:
    """Return the update of the archive to a change; None if nothing is indexed."""
    try:
        return archive_topics.plan_change(client, settings, change)
    except IndexMissingError:
        return None


def carry_out(client: "Elasticsearch", settings: Settings, change: TopicsChange) -> DictionaryDiff | None:
    """Write topics.toml, then update the archive; return what was written, None if nothing is indexed."""
    try:
        return archive_topics.carry_out(client, settings, change)
    except IndexMissingError:
        replace_text(change.path, change.before, change.after)
        Topics.forget()
        load_knowledge.cache_clear()
        return None
