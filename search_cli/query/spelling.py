"""Correct Latin words that no turn has to the nearest one that occurs: iphnoe to iPhone.

Chinese is typed by choosing words from lists, so a mistake is another word (小咪), which may be intended: there
`search/suggest.py` asks "did you mean". Letters that occur nowhere are a misspelling.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from search_cli.json_types import Body

SHORTEST = 4
"""Letters of the shortest word that is corrected: of three, half of all words are one letter apart (IBM, IBN)."""
_LONG = 8  # letters; in words as long, two may be wrong


def correctable(words: Iterable[str]) -> tuple[str, ...]:
    """Return the words that can be corrected, each once: of Latin letters only. Words are in normal form."""
    return tuple(dict.fromkeys(one for one in words if len(one) >= SHORTEST and one.isascii() and one.isalpha()))


def body(words: Iterable[str]) -> Body:
    """Return the search for the nearest indexed word to each of `words` that is not indexed itself.

    The first letter is kept: it is rarely wrong. Two swapped letters count as one error.
    """
    return {"size": 0, "suggest": {word: {"text": word, "term": _term(word)} for word in words}}


def _term(word: str) -> Body:
    return {
        "field": "bigrams",  # has the letters of iPhone6 as a term of their own
        "suggest_mode": "missing",
        "max_edits": 2 if len(word) >= _LONG else 1,
        "prefix_length": 1,
        "min_word_length": SHORTEST,
        "size": 1,
    }


def corrected(response: Mapping[str, Any]) -> dict[str, str]:
    """Return the correction of each misspelt word: the nearest one, of equals the most frequent."""
    found = {}
    for word, entries in response["suggest"].items():
        if options := [option["text"] for entry in entries for option in entry["options"]]:
            found[word] = options[0]
    return found
