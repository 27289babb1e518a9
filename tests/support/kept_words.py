"""What holds of everything that was read: what the parser and the index rely on, and that no word of it is lost."""

import unicodedata
from collections import Counter
from collections.abc import Sequence

from indexer.errors import ReadingError
from indexer.model import Interview
from indexer.parser.parse import explain
from indexer.readers.script import Script
from indexer.readers.timestamps import MAX_MILLISECONDS


def check(found: Sequence[object]) -> None:
    """Hold what was read to what the parser and the index rely on."""
    for item in found:
        assert isinstance(item, Script | Interview | ReadingError)
        if not isinstance(item, Script):
            continue
        numbers = [line.number for line in item.lines]
        assert numbers == sorted(numbers)
        for line in item.lines:
            assert line.text.strip()
            assert line.number > 0
            assert 0 <= line.bold_prefix_length <= len(line.text)
            assert all(time is None or 0 <= time <= MAX_MILLISECONDS for time in (line.start, line.end))


def visible(text: str) -> Counter[str]:
    """Return the characters of a text that are not blank."""
    return Counter(one for one in text if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf"))


def everything(found: Sequence[object]) -> str:
    """Return the words of what was read; hold what the parser makes of it to the words it was given."""
    words = []
    for item in found:
        if isinstance(item, Script):
            pieces = explain(item)[1]
            assert "".join(piece.text for piece in pieces) == "".join(line.text for line in item.lines)
            words += [line.text + (line.label or "") for line in item.lines] + [value for _, value in item.metadata]
        elif isinstance(item, Interview):
            words += [turn.speaker + turn.text for turn in item.turns]
    return "".join(words)
