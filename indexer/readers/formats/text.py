"""Plain text, one `Line` per line; chats and pasted Markdown are recognised by what they look like."""

from collections.abc import Iterator

from indexer.readers import encoding
from indexer.readers.formats import markdown
from indexer.readers.formats.chats import text_log
from indexer.readers.script import Script, split_lines
from indexer.readers.source import Item, Source
from indexer.readers.timestamped_text import with_times


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a text file; a chat and pasted Markdown are read as such."""
    decoded = encoding.read_text(source)
    text = decoded.text
    yield text_log.parse_chat(text) or _script(text)
    if decoded.damage is not None:
        yield decoded.damage


def _script(text: str) -> Script:
    return markdown.parse_markdown(text) if markdown.is_markdown(text) else Script(with_times(split_lines(text)))
