r"""Results as CSV, UTF-8 with a header. The format is stable: columns may be added; none is renamed or removed.

Lists are joined with ；, and `question` is its text alone. Transcripts are untrusted and CSV is opened in spreadsheets:
a text that begins, after spaces, with = + - @ or their full-width forms (＝＋－＠), or with a tab or a line break, is
prefixed with an apostrophe, in pipes too; control characters are removed. Numbers, negative ones as well, are written
as they are: what is said (-5) is a text, a score is a number. `--jsonl` has the exact text.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from indexer.errors import UsageError
from indexer.language.messages import gettext as _
from indexer.language.messages import sentences
from indexer.text.printable import without_unsafe
from search_cli.citation import CitationStyle, citation
from search_cli.models import Hit

HIT_COLUMNS = (
    *("rank", "score", "address", "interview_id", "turn", "speaker", "role", "affiliation", "date", "outlet", "title"),
    *("topics", "question", "text", "label", "authors", "source", "url", "start", "end"),
    *("match", "mentions", "tags", "note", "media", "media_link"),
)
"""The columns of `--csv`."""

HIT_FIELDS = (
    *HIT_COLUMNS,
    *("citation", "keywords", "notes", "exchange", "reply_to", "reply_to_speaker"),
)
"""The columns that can be asked for."""

_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
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
    safe = cell_text(value)
    return f"'{safe}" if is_formula(safe) or _joined(value).startswith(_FORMULA) else safe


def cell_text(value: object) -> str:
    """Return what a cell says: lists joined with ；, without characters that are not shown, formulas as they are."""
    lines = _joined(value).split("\n")
    return "\n".join(line if line.isprintable() else without_unsafe(line) for line in lines)


def is_formula(text: str) -> bool:
    """Check whether a spreadsheet may take the text of a cell for a formula."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def _joined(value: object) -> str:
    return "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _number(value: float) -> str:
    """Format a number: whole ones as they are, others to six digits."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.6g}" if abs(value) < _LARGE else f"{value:.0f}"


def hit_row(hit: Hit) -> list[object]:
    """Return the values of a hit in the order of `HIT_COLUMNS`."""
    return hit_values(hit, HIT_COLUMNS)


def hit_values(hit: Hit, fields: Sequence[str], style: CitationStyle = CitationStyle.PLAIN) -> list[object]:
    """Return the values of a hit in the order of `fields`, which are some of `HIT_FIELDS`."""
    return [_value(hit, name, style) for name in fields]


def _value(hit: Hit, name: str, style: CitationStyle) -> object:
    if name in {"rank", "score", "match", "tags", "note"}:
        return getattr(hit, name)
    if name == "question":
        return "" if hit.question is None else hit.question.turn.text
    return citation(hit.turn, style) if name == "citation" else getattr(hit.turn, name)


def hit_fields(typed: str) -> tuple[str, ...]:
    """Parse the names of columns, as in speaker,date,text; raise `UsageError` for one that there is not."""
    from difflib import get_close_matches

    names = tuple(dict.fromkeys(name.strip().lower() for name in typed.replace("，", ",").split(",") if name.strip()))
    for name in names:
        if name not in HIT_FIELDS:
            near = get_close_matches(name, HIT_FIELDS, n=1)
            unknown = _("There is no field {name} to export.").format(name=name)
            meant = _("Did you mean {name}?").format(name=near[0]) if near else ""
            step = _("Fields: {names}").format(names=_(", ").join(HIT_FIELDS))
            raise UsageError(sentences(unknown, meant), step)
    return names
