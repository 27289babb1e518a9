"""Many queries in one run: lines of a query's id, a tab and the query in, a TREC run out."""

import sys
from collections.abc import Iterator
from pathlib import Path

from indexer.errors import ReadingError, UsageError
from search_cli.commands import context

_DEPTH = 1000
"""Turns a query, as evaluation campaigns take them."""


def run(file: Path, query: str, narrowed: bool, limit: int | None) -> None:
    """Print the TREC run of the queries in `file`; `-` is standard input."""
    from search_cli.rendering.formats.machine import trec_lines

    if query or narrowed:
        raise UsageError("--queries takes its queries from the file alone.", "Leave out the query and the filters.")
    asked = list(queries(file))
    ranked = context.archive().run(asked, depth=limit or _DEPTH)
    context.pour(line for query_id, best in ranked for line in trec_lines(query_id, best))


def queries(file: Path) -> Iterator[tuple[str, str]]:
    """Yield each query's id and text; raise `ReadingError` naming the line that has no tab."""
    name = "standard input" if str(file) == "-" else str(file)
    for number, line in enumerate(_text(file, name).split("\n"), start=1):
        query_id, tab, query = line.partition("\t")
        if not line.strip():
            continue
        if not tab or not query_id.strip() or not query.strip():
            raise ReadingError(name, "not a query's id, a tab and a query", number, "A line is such as: q1⇥小米 合作")
        yield query_id.strip(), query.strip()


def _text(file: Path, name: str) -> str:
    """Return the text of the file, or of standard input."""
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise ReadingError(name, error.strerror or "cannot be read") from error
    except UnicodeDecodeError as error:
        raise ReadingError(name, f"not UTF-8 (byte {error.start:,})") from error
