r"""Results as CSV, UTF-8 with a header. The format is stable: columns may be added; none is renamed or removed.

Lists are joined with ；, and `question` is its text alone. Transcripts are untrusted and CSV is opened in spreadsheets:
a text that begins, after spaces, with = + - @ or their full-width forms (＝＋－＠), or with a tab or a line break, is
prefixed with an apostrophe, in pipes too; control characters are removed. Numbers, negative ones as well, are written
as they are: what is said (-5) is a text, a score is a number. `--jsonl` has the exact text.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from indexer.text.printable import without_unsafe
from search_cli.models import Hit

HIT_COLUMNS = (
    *("rank", "score", "address", "interview_id", "turn", "speaker", "role", "affiliation", "date", "outlet", "title"),
    *("topics", "question", "text", "label", "authors", "source", "url", "start", "end"),
    *("match", "mentions"),
)
"""The columns of `--csv`."""

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_BREAK = frozenset("\n")
_LARGE = 1e6
"""Numbers above are written without an exponent."""


def csv_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield hits as CSV: the header, then one line per hit."""
    return csv_table(HIT_COLUMNS, map(hit_row, hits))


def csv_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    r"""Yield lines of CSV (RFC 4180, but with `\n`) without cells that a spreadsheet would evaluate as formulas."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in chain((header,), rows):
        writer.writerow([csv_cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def csv_cell(value: object) -> str:
    """Format a value as a CSV cell: lists joined with ；, formulas disarmed, numbers unchanged."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return _number(value)
    text = "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    safe = without_unsafe(text, _BREAK)
    starts = (text, safe, safe.lstrip())
    return f"'{safe}" if any(start.startswith(_FORMULA) for start in starts) else safe


def _number(value: float) -> str:
    """Format a number: whole ones as they are, others to six digits."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.6g}" if abs(value) < _LARGE else f"{value:.0f}"


def hit_row(hit: Hit) -> list[object]:
    """Return the values of a hit in the order of `HIT_COLUMNS`."""
    turn = hit.turn
    question = "" if hit.question is None else hit.question.turn.text
    values = {"rank": hit.rank, "score": hit.score, "address": turn.address, "question": question}
    values["match"] = hit.match
    return [values[name] if name in values else getattr(turn, name) for name in HIT_COLUMNS]
