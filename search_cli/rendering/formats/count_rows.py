"""Timelines, word lists, comparisons and dispersion as CSV. The formats are stable, as that of hits.

`fangtan timeline --json` is one object with "query", "by", "split" (the field, "" without one), "across" (its values),
"turns", "undated", "interviews", "more" (values left out), "match" and "periods": {"period", "since", "until", "turns",
"characters", "counts": [one per value of "across"]}, which are the lines of `--jsonl` too. `--csv` has the same
columns, one per value of "across", and a last row for undated turns, whose period is empty.

`fangtan words --json` is one object with "query", "sort", "found" (all words), "turns", "interviews", "total" (words of
these turns), "others" (words of all other turns), "least", "function_words", "match" and "words": {"word", "count",
"per_10k", "interviews", "others", "others_per_10k", "score", "log_ratio"}, which are the lines of `--jsonl` and the
columns of `--csv` too. Frequencies are per 10,000 words.
"""

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
    return header, [*rows, ("", "", "", found.undated)] if found.undated else rows


WORD_COLUMNS = ("word", "count", "per_10k", "interviews", "others", "others_per_10k", "score", "log_ratio")
"""The columns of a word list in `--csv`, and the fields of its lines in `--jsonl`."""


def word_row(one: KeyWord) -> list[object]:
    """Return the values of a word in the order of `WORD_COLUMNS`."""
    return [getattr(one, name) for name in WORD_COLUMNS]
