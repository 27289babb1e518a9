"""Timelines, word lists, comparisons and dispersion as CSV. The formats are stable, as that of hits.

`fangtan timeline --json` is one object with "query", "by", "split" (the field, "" without one), "across" (its values),
"turns", "undated", "interviews", "more" (values left out), "match" and "periods": {"period", "since", "until", "turns",
"characters", "counts": [one per value of "across"]}, which are the lines of `--jsonl` too. `--csv` has the same
columns, one per value of "across", and a last row for undated turns, whose period is empty.

`fangtan words --json` is one object with "query", "sort", "found" (all words), "turns", "of_turns" (those that match,
if only some were counted), "interviews", "total" (words of these turns), "others" (words of all other turns), "least",
"function_words", "match", "is_estimate" (whether counts of other turns are estimates) and "words": {"word", "count",
"per_10k", "interviews", "others", "others_per_10k", "score", "log_ratio"}, which are the lines of `--jsonl` and the
columns of `--csv` too. Frequencies are per 10,000 words.

`fangtan compare --json` is one object with "query", "by", "match", "both" (turns on either side at once), "left" and
"right": {"value", "turns", "characters", "words", "interviews", "first", "last", "all_characters", "per_10k",
"word_turns" (the turns whose words were counted)},
"left_words" and "right_words" (each as above, its "others" those of the other side), and "topics": {"topic", "left",
"right", "score", "log_ratio"}. `--jsonl` and `--csv` have a row for each number, topic and word: {"kind": "side",
"topic" or "word", "value", "left", "right", "score", "log_ratio"}; a score is negative if the right side has more.

`fangtan dispersion --json` is one object with "query", "words", "also", "match", "sort", "occurrences", "turns",
"found" (interviews with an occurrence), "parts" (interviews that pass the filters), "archive_interviews", "dp" and
"lines": {"interview_id", "short", "title", "date", "occurrences", "turns", "characters", "per_10k", "first",
"positions"}, which are the lines of `--jsonl` too. Positions are from 0, the start of the interview, to 1, its end.
`--csv` has the same columns, the positions joined with ；.
"""

from collections.abc import Iterator
from dataclasses import asdict

from search_cli.kwic.compare import Comparison
from search_cli.kwic.dispersion import Dispersion, DispersionLine
from search_cli.kwic.keyness import KeyWord
from search_cli.search.timeline import Timeline

Table = tuple[tuple[str, ...], list[tuple[object, ...]]]
"""A header and its rows."""


def timeline_table(found: Timeline) -> Table:
    """Return the header and the rows of a timeline."""
    header = ("period", "since", "until", "turns", "characters", *found.across)
    rows: list[tuple[object, ...]] = [
        (one.period, one.since, one.until, one.turns, one.characters, *one.counts) for one in found.periods
    ]
    undated = ("", "", "", found.undated, *[""] * (1 + len(found.across)))
    return header, [*rows, undated] if found.undated else rows


WORD_COLUMNS = ("word", "count", "per_10k", "interviews", "others", "others_per_10k", "score", "log_ratio")
"""The columns of a word list in `--csv`, and the fields of its lines in `--jsonl`."""


def word_row(one: KeyWord) -> list[object]:
    """Return the values of a word in the order of `WORD_COLUMNS`."""
    return [getattr(one, name) for name in WORD_COLUMNS]


COMPARISON_COLUMNS = ("kind", "value", "left", "right", "score", "log_ratio")
"""The columns of a comparison in `--csv`, and the fields of its lines in `--jsonl`."""

SIDE_NUMBERS = (*("turns", "characters", "words", "interviews", "first", "last", "all_characters", "per_10k"),)
"""What a comparison tells of each side."""


def comparison_rows(found: Comparison) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a comparison in the order of `COMPARISON_COLUMNS`: the sides, the topics, the words."""
    for name in ("value", *SIDE_NUMBERS):
        yield "side", name, getattr(found.left, name), getattr(found.right, name), None, None
    for topic in found.topics:
        yield "topic", topic.topic, topic.left, topic.right, topic.score, topic.log_ratio
    for one in found.left_words:
        yield "word", one.word, one.count, one.others, one.score, one.log_ratio
    for one in found.right_words:
        yield "word", one.word, one.others, one.count, -one.score, -one.log_ratio


def comparison_objects(found: Comparison) -> Iterator[dict[str, object]]:
    """Yield the rows of a comparison as objects."""
    return (dict(zip(COMPARISON_COLUMNS, row, strict=True)) for row in comparison_rows(found))


DISPERSION_COLUMNS = (
    *("interview_id", "short", "title", "date", "occurrences", "turns", "characters", "per_10k", "first", "positions"),
)
"""The columns of a dispersion in `--csv`, and the fields of its lines in `--jsonl`."""


def dispersion_object(found: Dispersion) -> dict[str, object]:
    """Return the object of a dispersion with its lines."""
    return {**asdict(found), "lines": [dispersion_line_object(one) for one in found.lines]}


def dispersion_line_object(one: DispersionLine) -> dict[str, object]:
    """Return the object of one interview; positions to a ten-thousandth."""
    return {**asdict(one), "positions": [round(position, 4) for position in one.positions]}


def dispersion_row(one: DispersionLine) -> list[object]:
    """Return the values of an interview in the order of `DISPERSION_COLUMNS`."""
    return [dispersion_line_object(one)[name] for name in DISPERSION_COLUMNS]
