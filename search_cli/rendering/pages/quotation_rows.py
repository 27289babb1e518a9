"""Checked quotations for other programs: JSON, JSON lines, CSV. Stable, as that of hits.

`--json` prints one object, {"verbatim", "across", "spliced", "near", "absent", "misattributed", "good": true or false,
"quotations": [quotation, ...]}, a quotation being, there and as a line of `--jsonl`:

    {"quotation", "line", "kind", "good", "likeness", "punctuation", "insertions": [...], "said_by": [...],
     "misattributed", "turns", "more", "changes": [{"what": "kept" | "dropped" | "added", "text"}, ...],
     "search": [...], "places": [{turn, "spans": [[first, past the last], ...], "said", "citation"}, ...]}

where a turn is as in `json_objects`, without marks. Kept and added changes together are what was said, as printed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from search_cli.citation import CitationStyle, citation
from search_cli.quotations.quotation import Checked, QuotationMatch, Verdict

COLUMNS = (
    *("line", "quotation", "kind", "good", "likeness", "punctuation", "insertions", "said_by", "misattributed"),
    *("turns", "changes", "speaker", "date", "outlet", "title", "address", "url", "said", "citation"),
)
"""The columns of `--csv`; those from `speaker` on are of the first place."""

_SIGNS = {"kept": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}


def whole_object(checked: Sequence[Checked], style: CitationStyle) -> dict[str, Any]:
    """Return the object that `--json` prints."""
    counts = {str(kind): sum(one.kind is kind for one in checked) for kind in Verdict}
    return {
        **counts,
        "misattributed": sum(one.misattributed for one in checked),
        "good": all(one.good for one in checked),
        "quotations": [quotation_object(one, style) for one in checked],
    }


def quotation_object(one: Checked, style: CitationStyle) -> dict[str, Any]:
    """Return one checked quotation."""
    names = ("insertions", "said_by", "misattributed", "turns", "more")
    return {
        "quotation": one.quotation.text,
        "line": one.quotation.line or None,
        "kind": str(one.kind),
        "good": one.good,
        "likeness": round(one.likeness, 3),
        "punctuation": one.punctuation,
        **{name: getattr(one, name) for name in names},
        "changes": [asdict(change) for change in one.changes],
        "search": one.search,
        "places": [_place(place, style) for place in one.places],
    }


def _place(place: QuotationMatch, style: CitationStyle) -> dict[str, Any]:
    turn = place.turn
    own = {"spans": place.spans, "said": said(place), "citation": citation(turn, style)}
    return {"address": turn.address, **asdict(turn), **own}


def said(place: QuotationMatch) -> str:
    """Return what was said at a place, as printed, …… between its parts."""
    return "……".join(place.turn.text[start:end] for start, end in place.spans)


def change_text(one: Checked) -> str:
    """Return the changes in one line: 月活跃用户数[-5-]{+6+}.11亿."""
    return "".join(_SIGNS[change.what].format(change.text) for change in one.changes)


def rows(checked: Iterable[Checked], style: CitationStyle) -> Iterator[list[object]]:
    """Yield a row of `COLUMNS` a quotation."""
    for one in checked:
        found = quotation_object(one, style)
        own = {**found, "changes": change_text(one), "good": _yes(one.good)}
        own |= {name: _yes(found[name]) for name in ("punctuation", "misattributed")}
        first = found["places"][0] if found["places"] else {}
        yield [own[name] if name in own else first.get(name, "") for name in COLUMNS]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
