"""Count turns without fangtan's queries: read every turn as it is stored, and look for words in its text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch, helpers

from indexer.text.normalize import normalize

_HAN = r"\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_LETTER = rf"[^\W\d_{_HAN}]"


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as stored: its text, and that of the question it answers, in lower-case Simplified characters.

    `words` are those of the index; `date` is "" without one.
    """

    address: str
    interview: str
    speaker: str
    text: str
    question: str
    date: str = ""
    words: tuple[str, ...] = ()


def stored_turns(client: Elasticsearch, index: str) -> list[StoredTurn]:
    """Read all turns of an index, by address."""
    names = ["interview_id", "turn", "speaker", "text", "reply_to", "date", "words"]
    sources: dict[str, Mapping[str, Any]] = {
        hit["_id"]: hit["_source"] for hit in helpers.scan(client, index=index, query={"_source": names}, size=2000)
    }
    texts = {address: normalize(source.get("text", "")).text for address, source in sources.items()}
    return [
        StoredTurn(
            address,
            source["interview_id"],
            source.get("speaker", ""),
            texts[address],
            texts.get(f"{source['interview_id']}#{source.get('reply_to')}", ""),
            source.get("date", ""),
            tuple(source.get("words", "").split()),
        )
        for address, source in sorted(sources.items())
    ]


def holds(word: str, text: str) -> bool:
    """Tell whether a normal text holds a word: Han anywhere, spaces between them ignored, other letters as a whole."""
    return _pattern(word).search(text) is not None


def _pattern(word: str) -> re.Pattern[str]:
    characters = re.escape(word) if re.fullmatch(f"{_LETTER}+", word) else r"\s*".join(map(re.escape, word))
    return re.compile(f"{_border(word[0], ahead=False)}{characters}{_border(word[-1], ahead=True)}")


def _border(character: str, *, ahead: bool) -> str:
    """Return the pattern for the end of a run of letters, or of a number with its decimals."""
    if re.match(_LETTER, character):
        return f"(?!{_LETTER})" if ahead else f"(?<!{_LETTER})"
    if character.isdecimal():
        return r"(?!\.?\d)" if ahead else r"(?<!\d)(?<!\d\.)"
    return ""


def words_of(text: str) -> Iterator[str]:
    """Yield the runs of Han characters, and of other letters, in a text."""
    for run in re.findall(rf"[{_HAN}]+|{_LETTER}+", text):
        if all(unicodedata.category(character)[0] == "L" for character in run):
            yield run
