"""The search for the turns that may say a quotation. Pure."""

import re

from indexer.text.normalize import normalize
from indexer.text.tokens import HAN, bigrams
from search_cli.json_types import Body, Clause
from search_cli.query.bodies import HIDDEN
from search_cli.query.clauses import exactly
from search_cli.quotations.ellipsis import Interpretation

LOOKED_AT = 10
"""Turns that are compared letter by letter."""

_MOST = 240  # pairs of a long quotation that are looked for: its beginning, its middle and its end
_PHRASES = 4
_CLAUSE = 24
_RUN = re.compile(f"[{HAN}]{{4,{_CLAUSE}}}")
_LETTER_BY_LETTER = 24.0  # a clause that stands there counts more than three rare pairs


def candidates_body(reading: Interpretation) -> Body:
    """Return the search for the turns that share most pairs of characters with a quotation, whole clauses first."""
    text = "\n".join(normalize(part).text for part in reading.parts)
    pairs = list(dict.fromkeys(bigrams(text)))
    if len(pairs) > _MOST:
        third, middle = _MOST // 3, len(pairs) // 2
        pairs = pairs[:third] + pairs[middle - third // 2 : middle + third // 2] + pairs[-third:]
    clauses = sorted(dict.fromkeys(_RUN.findall(text)), key=len, reverse=True)[:_PHRASES]
    exact: list[Clause] = [{"constant_score": {"filter": exactly(one), "boost": _LETTER_BY_LETTER}} for one in clauses]
    shared: Clause = {"match": {"bigrams": " ".join(pairs)}} if pairs else exactly("".join(text.split()))
    return {
        "query": {"bool": {"should": [shared, *exact], "minimum_should_match": 1}},
        "size": LOOKED_AT,
        "_source": {"excludes": HIDDEN},
        "track_total_hits": False,
        "sort": [{"_score": "desc"}, {"interview_id": "asc"}, {"turn": "asc"}],
    }
