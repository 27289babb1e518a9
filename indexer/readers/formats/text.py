"""Plain text: a line a `Line`."""

import re
from collections.abc import Iterator

from indexer.readers import encoding
from indexer.readers.script import Line, Script
from indexer.readers.source import Item, Source

# not str.splitlines: that also breaks at form feeds and the separators \x1c-\x1e, and line numbers would drift
_BREAK = re.compile(r"\r\n|\n|\r")


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a text file; pasted Markdown is read as such."""
    from indexer.readers.formats import markdown

    decoded = encoding.read(source)
    text = decoded.text
    yield markdown.script(text) if markdown.is_markdown(text) else Script(lines(text))
    if decoded.damage is not None:
        yield decoded.damage


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines that are not blank; a gap in their numbers is where the blank ones were."""
    return tuple(
        Line(number, line) for number, line in enumerate(_BREAK.split(text), start=1) if not line.isspace() and line
    )
