"""Checked quotations as JSON and CSV. The format is stable, as that of hits.

`--json` prints one object, {"verbatim", "across", "spliced", "near", "absent", "misattributed", "good": true or false,
"quotations": [quotation, ...]}, a quotation being, there and as a line of `--jsonl`:

    {"quotation", "line", "kind", "good", "likeness", "punctuation", "insertions": [...], "attributed_to": [...],
     "said_by": [...], "unknown_speakers": [...], "misattributed", "turns", "more",
     "changes": [{"what": "kept" | "dropped" | "added", "text"}, ...], "search": [...],
     "places": [{turn, "spans": [[first, past the last], ...], "said", "citation"}, ...]}

where a turn has the fields of a search, without marks. Kept and added changes joined are the text of the turn.
"attributed_to" are the people whom the article names, as it prints them, and "said_by" (an older key) their names in
the archive; "unknown_speakers" are those of whom it knows none. Who did say it is the "speaker" of the places.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from search_cli.citation import CitationStyle, citation
from search_cli.quotations.quotation import QuotationCheck, QuotationMatch, Verdict

QUOTATION_COLUMNS = (
    *("line", "quotation", "kind", "good", "likeness", "punctuation", "insertions", "attributed_to", "misattributed"),
    *("turns", "more", "changes", "speaker", "date", "outlet", "title", "address", "url", "said", "citation"),
    *("said_by", "unknown_speakers", "media_link"),
)
"""The columns of `--csv`; those from `speaker` to `citation` describe the first place: `speaker` is who said it there,
`attributed_to` whom the article names. `said_by`, the names of these in the archive, is the older column of that."""

_SIGNS = {"kept": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}


def quotations_object(checks: Sequence[QuotationCheck], style: CitationStyle) -> dict[str, Any]:
    """Return the object of all quotations, with counts."""
    counts = {str(kind): sum(check.kind is kind for check in checks) for kind in Verdict}
    return {
        **counts,
        "misattributed": sum(check.misattributed for check in checks),
        "good": all(check.good for check in checks),
        "quotations": [quotation_object(check, style) for check in checks],
    }


def quotation_object(check: QuotationCheck, style: CitationStyle) -> dict[str, Any]:
    """Return the object of a quotation."""
    names = ("insertions", "attributed_to", "said_by", "unknown_speakers", "misattributed", "turns", "more")
    return {
        "quotation": check.quotation.text,
        "line": check.quotation.line or None,
        "kind": str(check.kind),
        "good": check.good,
        "likeness": round(check.likeness, 3),
        "punctuation": check.punctuation,
        **{name: getattr(check, name) for name in names},
        "changes": [asdict(change) for change in check.changes],
        "search": check.search,
        "places": [_place(place, style) for place in check.places],
    }


def _place(place: QuotationMatch, style: CitationStyle) -> dict[str, Any]:
    turn = place.turn
    text = {"spans": place.spans, "said": place.text, "citation": citation(turn, style)}
    return {"address": turn.address, **asdict(turn), "media_link": turn.media_link, **text}


def change_text(check: QuotationCheck) -> str:
    """Return the changes as text: 月活跃用户数[-5-]{+6+}.11亿."""
    return "".join(_SIGNS[change.what].format(change.text) for change in check.changes)


def quotation_rows(checks: Iterable[QuotationCheck], style: CitationStyle) -> Iterator[list[object]]:
    """Yield the values of each quotation in the order of `QUOTATION_COLUMNS`."""
    for check in checks:
        fields = quotation_object(check, style)
        values = {**fields, "changes": change_text(check), "good": _yes(check.good)}
        values |= {name: _yes(fields[name]) for name in ("punctuation", "misattributed", "more")}
        first = fields["places"][0] if fields["places"] else {}
        yield [values[name] if name in values else first.get(name, "") for name in QUOTATION_COLUMNS]


def _yes(value: bool) -> str:
    return "yes" if value else "no"
