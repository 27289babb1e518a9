"""Concordances and collocates as JSON and CSV. The format is stable, as that of hits.

A line of a concordance is, in `--jsonl` and in "lines" of `--json`:

    {"left", "keyword", "right", "speaker", "role", "date", "address", "interview_id", "turn", "start", "end", "outlet",
     "title"}

left, keyword and right are as printed, without line breaks and control characters; "start" and "end" are offsets in the
turn's exact text, in characters from 0. `--json` is one object with "query", "words", "also", "match", "sort",
"occurrences", "turns", "interviews", "archive_interviews" and "lines". `--csv` has the same columns.

`--count` prints, with `--json`, one object with "query", "words", "also", "match", "rows", "columns" (the fields; "" if
there is one), "across" (the values of the columns), "occurrences", "turns", "interviews", "archive_interviews", "found"
(the number of all rows) and "lines": {"value", "occurrences", "turns", "counts": [one per value of "across"]}, which
are the lines of `--jsonl` too. `--csv` has the columns of the fields: the value, occurrences, turns, and one per value
of "across".

Collocates have the fields of `Collocates`; "turns" are fewer than "of_turns" if only some were read.
"""

from dataclasses import asdict
from typing import Any

from search_cli.kwic.collocates import Collocate, Collocates
from search_cli.kwic.concordance import Concordance, Occurrence
from search_cli.kwic.counts import OccurrenceCounts

OCCURRENCE_COLUMNS = (
    *("left", "keyword", "right", "speaker", "role", "date", "address"),
    *("interview_id", "turn", "start", "end", "outlet", "title"),
)
"""The columns of a concordance in `--csv`, and the fields of its lines in `--jsonl`."""

COLLOCATE_COLUMNS = ("word", "near", "left", "right", "all", "expected", "score")
"""The columns of collocates in `--csv`, and the fields of their lines in `--jsonl`."""

_COUNTS = ("query", "words", "also", "match", "sort", "occurrences", "turns", "interviews", "archive_interviews")


def concordance_object(concordance: Concordance) -> dict[str, Any]:
    """Return the object of a concordance with its lines."""
    counts = {name: getattr(concordance, name) for name in _COUNTS}
    return {**counts, "lines": [occurrence_object(occurrence) for occurrence in concordance.lines]}


def occurrence_object(occurrence: Occurrence) -> dict[str, Any]:
    """Return the object of one line."""
    return {name: getattr(occurrence, name) for name in OCCURRENCE_COLUMNS}


def occurrence_row(occurrence: Occurrence) -> list[object]:
    """Return the values of a line in the order of `OCCURRENCE_COLUMNS`."""
    return [getattr(occurrence, name) for name in OCCURRENCE_COLUMNS]


def collocates_object(collocates: Collocates) -> dict[str, Any]:
    """Return the object of a word's collocates."""
    return asdict(collocates)


def collocate_object(collocate: Collocate) -> dict[str, Any]:
    """Return the object of one collocate."""
    return asdict(collocate)


def collocate_row(collocate: Collocate) -> list[object]:
    """Return the values of a collocate in the order of `COLLOCATE_COLUMNS`."""
    return [getattr(collocate, name) for name in COLLOCATE_COLUMNS]


def counts_object(found: OccurrenceCounts) -> dict[str, Any]:
    """Return the object of counted occurrences."""
    return asdict(found)


def counts_table(found: OccurrenceCounts) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    """Return the header and the rows of counted occurrences."""
    header = (found.rows, "occurrences", "turns", *found.across)
    return header, [(row.value, row.occurrences, row.turns, *row.counts) for row in found.lines]
