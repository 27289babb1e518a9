"""Latin words that occur in no turn -> the nearest that do: iphnoe, iPhone. Only where nothing else was typed wrong.

Chinese is typed as whole words from lists, so that what is mistyped is another word (小咪), which may well be meant:
there `suggesting` asks "did you mean". Letters that occur nowhere are a slip.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Body = dict[str, Any]

SHORTEST = 4
"""Letters from which a word can be mistyped: of three, half of all words are one letter apart (IBM, IBN)."""
_LONG = 8  # letters from which two may be wrong


def correctable(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words, in normal form, that are looked for among those indexed: Latin letters alone."""
    return tuple(dict.fromkeys(one for one in words if len(one) >= SHORTEST and one.isascii() and one.isalpha()))


def body(words: Iterable[str]) -> Body:
    """Return the search for the indexed words that are nearest to each of `words`, if it is not indexed itself.

    The first letter holds: it is the one that is seldom wrong. A swapped pair counts as one letter.
    """
    return {"size": 0, "suggest": {word: {"text": word, "term": _term(word)} for word in words}}


def _term(word: str) -> Body:
    return {
        "field": "bigrams",  # where a run of letters stands by itself, also in iPhone6
        "suggest_mode": "missing",
        "max_edits": 2 if len(word) >= _LONG else 1,
        "prefix_length": 1,
        "min_word_length": SHORTEST,
        "size": 1,
    }


def corrected(response: Mapping[str, Any]) -> dict[str, str]:
    """Return by each mistyped word the nearest one, of equals the most frequent."""
    found = {}
    for word, entries in response["suggest"].items():
        if options := [option["text"] for entry in entries for option in entry["options"]]:
            found[word] = options[0]
    return found
