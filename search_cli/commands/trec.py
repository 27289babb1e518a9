"""Run many queries from a file and print a TREC run."""

from collections.abc import Iterator
from pathlib import Path

from indexer.errors import ReadingError, UsageError
from indexer.language.messages import gettext as _
from indexer.language.system_errors import system_reason
from indexer.safe_file import read_bytes
from search_cli.commands import context
from search_cli.commands.output import write_text

_MAX_BYTES = 16_000_000  # some 300,000 queries
_DEPTH = 1000
"""Turns per query, as usual in evaluation campaigns."""


def run(file: Path, query: str, has_filters: bool, limit: int | None, by: str | None = None) -> None:
    """Print the TREC run of the queries in `file`; `-` is standard input."""
    from search_cli.rendering.formats.trec_run import trec_lines

    if query or has_filters:
        raise UsageError(
            _("--queries cannot be combined with a query or filters."), _("Remove the query and the filters.")
        )
    pairs = list(queries(file))
    ranked = context.archive().run(pairs, depth=limit or _DEPTH, by=by)
    write_text(line for query_id, best in ranked for line in trec_lines(query_id, best))


def queries(file: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and text of each query; raise `ReadingError` with the number of an invalid line."""
    name = _("standard input") if str(file) == "-" else str(file)
    for number, line in enumerate(_text(file, name).split("\n"), start=1):
        query_id, tab, query = line.partition("\t")
        if not line.strip():
            continue
        if not tab or not query_id.strip() or not query.strip():
            step = _("Example of a line: q1⇥小米 合作")
            raise ReadingError(name, _("not an id, a tab and a query"), number, step)
        yield query_id.strip(), query.strip()


def _text(file: Path, name: str) -> str:
    """Return the text of the file, or of standard input."""
    try:
        return read_bytes(file, _MAX_BYTES, pipes=True).decode("utf-8-sig")
    except OSError as error:
        raise ReadingError(name, system_reason(error) if error.strerror else _("cannot be read")) from error
    except UnicodeDecodeError as error:
        raise ReadingError(name, _("not UTF-8 (byte {number})").format(number=f"{error.start:,}")) from error
