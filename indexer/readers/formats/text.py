"""Plain text, one `Line` per line; chats and pasted Markdown are recognised by what they look like."""

import re
from collections.abc import Iterator

from indexer.readers import encoding
from indexer.readers.formats import markdown
from indexer.readers.script import Script, split_lines
from indexer.readers.source import Item, Source
from indexer.readers.timestamped_text import with_times

_CLOCK = re.compile(r"\d[:：]\d\d")
_TOP = 20_000  # characters by which a chat is recognised


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a text file; a chat and pasted Markdown are read as such."""
    decoded = encoding.read_text(source)
    text = decoded.text
    yield _chat(text) or _script(text)
    if decoded.damage is not None:
        yield decoded.damage


def _chat(text: str) -> Script | None:
    """Return the script of a chat, None if the text is none: most have no two clock times at the top."""
    if len(_CLOCK.findall(text[:_TOP])) < 2:
        return None
    from indexer.readers.formats.chats import text_log

    return text_log.parse_chat(text)


def _script(text: str) -> Script:
    return markdown.parse_markdown(text) if markdown.is_markdown(text) else Script(with_times(split_lines(text)))
