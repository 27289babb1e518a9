"""Shell completion: fields, roles, and the archive's speakers, topics, outlets and interviews if Elasticsearch runs.

Pressing Tab never starts a node and never prints an error: without a response within a second, nothing is completed.

Names come from transcripts, which are untrusted, and are put on the command line: those that a shell might run are not
offered, and bash and PowerShell, which do not quote what they are offered, get names with spaces quoted.
"""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from indexer.errors import FangtanError
from indexer.language import messages
from indexer.language.languages import Language
from indexer.model import Role
from search_cli.query.request import FacetField

FIELDS = tuple(field.value for field in FacetField)
"""The fields of `--facet` and `fangtan facets`."""

VARIABLE = "_FANGTAN_COMPLETE"
"""Set by the completion script of a shell: complete_bash, complete_zsh, …."""

Offered = list[Any]
"""What is offered: values, or pairs of a value and what it means in the language of the reader."""

_UNSAFE = frozenset('\\$`"')
_SECONDS = 1
_VALUES = 10_000  # what Elasticsearch returns at once: in a larger archive, the most frequent


def speakers(incomplete: str) -> list[str]:
    """Complete a speaker."""
    return _values("speaker", incomplete)


def mentions(incomplete: str) -> list[str]:
    """Complete a person who is spoken of."""
    return _values("mentions", incomplete)


def topics(incomplete: str) -> list[str]:
    """Complete a topic."""
    return _values("topic", incomplete)


def outlets(incomplete: str) -> list[str]:
    """Complete an outlet."""
    return _values("outlet", incomplete)


def interviews(incomplete: str) -> list[str]:
    """Complete the id of an interview."""
    return _values("interview", incomplete)


def tags(incomplete: str) -> list[str]:
    """Complete a tag of the archive's file."""
    from indexer import settings
    from search_cli.tags import tags_file

    return _own(lambda: (tag for entry in tags_file.load(settings.load()) for tag in entry.tags), incomplete)


def tags_and_interviews(incomplete: str) -> list[str]:
    """Complete a tag, or the id of an interview."""
    return list(dict.fromkeys((*tags(incomplete), *interviews(incomplete))))


def query_words(incomplete: str) -> list[str]:
    """Complete the name of a saved search behind an @; other words are not completed."""
    return [f"@{name}" for name in saved_searches(incomplete[1:])] if incomplete.startswith("@") else []


def saved_searches(incomplete: str) -> list[str]:
    """Complete the name of a saved search."""
    from indexer import settings
    from search_cli.saved import searches_file

    return _own(lambda: searches_file.load(settings.load()), incomplete)


def _own(names: Callable[[], Iterable[str]], incomplete: str) -> list[str]:
    """Return the names of a file with a prefix; none if it cannot be read."""
    try:
        return [name for name in dict.fromkeys(names()) if name.startswith(incomplete) and _is_safe(name)]
    except (FangtanError, OSError):
        return []


def roles(incomplete: str) -> Offered:
    """Complete a role."""
    from search_cli.rendering.terminal import humanize

    return _explained((role.value for role in Role), incomplete, humanize.role)


def fields(incomplete: str) -> Offered:
    """Complete a field of facets."""
    from search_cli.rendering.terminal import humanize

    return _explained(FIELDS, incomplete, humanize.field)


def _explained(values: Iterable[str], incomplete: str, in_chinese: Callable[[str], str]) -> Offered:
    """Return the values with a prefix; for a reader of Chinese, each with what it means."""
    offered = [value for value in values if value.startswith(incomplete)]
    if messages.language() is Language.ENGLISH:
        return offered
    return [(value, in_chinese(value)) for value in offered]


def _values(field: str, incomplete: str) -> list[str]:
    """Return the archive's values of a field with a prefix; none if Elasticsearch is not available."""
    try:
        return [value for value in _frequent(field) if value.startswith(incomplete) and _is_safe(value)]
    except (FangtanError, OSError):
        return []


def _is_safe(value: str) -> bool:
    """Check that no shell runs a part of a value, and that it is one line."""
    return value.isprintable() and _UNSAFE.isdisjoint(value)


def complete(run: Callable[[], object]) -> None:
    """Print what `run` offers to the shell that asks, with names quoted as they are typed there."""
    offered = StringIO()
    try:
        with redirect_stdout(offered):
            run()
    finally:
        shell, typed = os.environ.get(VARIABLE, ""), os.environ.get("COMP_WORDS", "")
        sys.stdout.writelines(f"{quoted(line, shell, typed)}\n" for line in offered.getvalue().splitlines())


def quoted(line: str, shell: str, typed: str = "") -> str:
    """Return a line of a shell's completion with its value quoted; `typed` are the words so far, one a line."""
    from indexer.text.shell import escaped

    if shell == "complete_bash":
        is_in_quotes = typed.rpartition("\n")[2].startswith(("'", '"'))  # bash adds the second one itself
        return line if is_in_quotes else escaped(line)
    if shell in {"complete_powershell", "complete_pwsh"}:
        value, mark, text = line.partition(":::")
        return f"{value if escaped(value) == value else _in_powershell(value)}{mark}{text}"
    return line


def _in_powershell(value: str) -> str:
    doubled = value.replace("'", "''")
    return f"'{doubled}'"


def _frequent(field: str) -> list[str]:
    """Return the most frequent values of a field, if Elasticsearch runs."""
    from dataclasses import replace

    from indexer import settings as environment

    settings = environment.load()
    if not settings.url:
        from indexer.elastic.node import manager, paths, token

        urls = [node.url for node in manager.answering(settings)]
        if not urls:
            return []
        key = token.read(paths.node_paths(settings))
        settings = replace(
            settings, url=urls[0], more_urls=tuple(urls[1:]), api_key=key, username="", password="", ca_certs=""
        )
    from indexer.elastic.connection import connect
    from search_cli.archive import Archive

    retries = len(settings.more_urls)
    with connect(settings).options(request_timeout=_SECONDS, max_retries=retries) as client:
        (facet,) = Archive(settings, client).facets(field, size=_VALUES)
    return [bucket.value for bucket in facet.buckets]
