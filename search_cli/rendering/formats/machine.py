r"""Results for other programs: JSON, JSON lines, CSV, addresses, a TREC run. Always UTF-8, `\n` at line ends.

These forms are stable: fields may be added, none is renamed or dropped.

`--json` prints one object:

    {"query", "words": [...], "match", "every", "most", "some", "total", "also": [...], "interviews",
     "archive_interviews", "milliseconds", "page", "limit", "hits": [hit, ...], "facets": [{"field", "total", "other",
     "buckets": [{"value", "count", "share"}, ...]}, ...]}

a hit being, in `--json` and as a line of `--jsonl`:

    {"rank", "score", "address", "interview_id", "turn", "speaker", "label", "role", "affiliation", "text",
     "marks": [[first, past the last], ...], "title", "date", "outlet", "authors": [...], "source", "url", "exchange",
     "reply_to", "topics": [...], "keywords": [...], "start", "end", "question": turn or null,
     "before": [turn, ...], "after": [turn, ...], "versions": [id, ...]}

where a turn has the same fields without rank, score and versions (other transcripts of the interview). Marks count
characters (code points) of "text" from 0; "start" and "end" are milliseconds; what a transcript does not say is "" or
null. Text is exact: control and bidirectional characters are written as \uXXXX escapes, so that printing a line does
not steer a terminal.

`--csv` has a header; lists are joined with ；, and `question` is its text alone. Texts come from strangers and CSV is
opened in spreadsheets, so a cell that begins with = + - @ (or a tab) gets an apostrophe before it, and control
characters are left out: for the exact text use `--jsonl`.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from indexer.text.printable import UNSAFE, plain
from search_cli.models import Facet, Hit, Marked, Ranked, SearchResult, SpokenTurn

COLUMNS = (
    *("rank", "score", "address", "interview_id", "turn", "speaker", "role", "affiliation", "date", "outlet", "title"),
    *("topics", "question", "text", "label", "authors", "source", "url", "start", "end"),
)
"""The columns of `--csv`."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def result_object(result: SearchResult) -> dict[str, Any]:
    """Return the object that `--json` prints."""
    names = ("query", "words", "match", "every", "most", "some", "total", "also")
    counted = {name: getattr(result, name) for name in names}
    paged = {
        name: getattr(result, name) for name in ("interviews", "archive_interviews", "milliseconds", "page", "limit")
    }
    facets = [facet_object(facet) for facet in result.facets]
    return {**counted, **paged, "hits": [hit_object(hit) for hit in result.hits], "facets": facets}


def hit_object(hit: Hit) -> dict[str, Any]:
    """Return a hit as it is printed by `--json` and `--jsonl`."""
    return {
        "rank": hit.rank,
        "score": hit.score,
        **turn_object(Marked(hit.turn, hit.marks)),
        "question": None if hit.question is None else turn_object(hit.question),
        "before": [turn_object(near) for near in hit.before],
        "after": [turn_object(near) for near in hit.after],
        "versions": hit.versions,
    }


def turn_object(marked: Marked) -> dict[str, Any]:
    """Return a turn with its marks."""
    return {"address": marked.turn.address, **asdict(marked.turn), "marks": marked.marks}


def facet_object(facet: Facet) -> dict[str, Any]:
    """Return a facet: its field, its values with counts and shares."""
    return asdict(facet)


def json_text(value: object, indent: int | None = None) -> str:
    """Return `value` as JSON, on one line or indented: exact, and safe to print, unsafe characters being escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(character: str) -> str:
    """Return one character of a JSON text, as an escape where a terminal would obey it; such stand in strings only."""
    if character == "\n" or unicodedata.category(character) not in UNSAFE:
        return character  # a line break is between values: those inside strings are escapes already
    code = ord(character)
    if code < 0x10000:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


def csv_lines(hits: Iterable[Hit]) -> Iterator[str]:
    """Yield the header and a line a hit."""
    yield from csv_table(COLUMNS, (row(hit) for hit in hits))


def csv_table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Yield lines of CSV (RFC 4180, but for the line ends), no cell of which a spreadsheet takes for a formula."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (header, *rows):
        writer.writerow([cell(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def cell(value: object) -> str:
    """Return a value as a CSV cell: a list joined with ；, text disarmed, numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return f"{value:.6g}" if isinstance(value, float) else str(value)
    text = "；".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    armed = text.startswith(_FORMULA)
    safe = "".join(one for one in text if one == "\n" or unicodedata.category(one) not in UNSAFE)
    return f"'{safe}" if armed or safe.startswith(_FORMULA) else safe


def row(hit: Hit) -> list[object]:
    """Return a hit's cells, in the order of `COLUMNS`."""
    turn: SpokenTurn = hit.turn
    question = "" if hit.question is None else hit.question.turn.text
    own = {"rank": hit.rank, "score": hit.score, "address": turn.address, "question": question}
    return [own[name] if name in own else getattr(turn, name) for name in COLUMNS]


def address_line(turn: SpokenTurn) -> str:
    """Return a turn's address as a line of `--ids`."""
    return f"{plain(turn.address)}\n"


def trec_lines(query_id: str, ranked: Iterable[Ranked]) -> Iterator[str]:
    """Yield the lines of a TREC run: `qid Q0 interview_id#turn rank score fangtan`.

    A space in an id would shift the columns: it is written as %20.
    """
    for one in ranked:
        yield f"{_solid(query_id)} Q0 {_solid(one.address)} {one.rank} {one.score:.6f} fangtan\n"


def _solid(text: str) -> str:
    """Return `text` without white space or control characters."""
    return "".join(f"%{ord(one):02X}" if one.isspace() or unicodedata.category(one) in UNSAFE else one for one in text)
