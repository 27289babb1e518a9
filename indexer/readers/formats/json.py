"""JSON files: a single value, or JSON Lines with the wrong suffix."""

from collections.abc import Iterator

from indexer.errors import ReadingError
from indexer.language.messages import gettext as _
from indexer.readers import encoding
from indexer.readers.formats import asr, jsonl
from indexer.readers.formats.chats import json_export
from indexer.readers.source import Item, Source

_MAX_OBJECTS = 1_000_000  # including lists, some 400 MB in memory; ten hours word by word have 160,000


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a JSON file, or the interview in it."""
    import orjson

    decoded = encoding.read_text(source)
    text = decoded.text.removeprefix("\ufeff")
    if text.count("{") + text.count("[") > _MAX_OBJECTS or text.count(",") > 4 * _MAX_OBJECTS:
        objects = _("more than {number} objects of JSON").format(number=f"{_MAX_OBJECTS:,}")
        raise ReadingError(source.name, objects, next_step=_("Split the file."))
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if _is_json_lines(text):
            yield from jsonl.read(source)
            return
        raise ReadingError(source.name, _("not JSON: {error}").format(error=error.msg), error.lineno) from error
    except UnicodeEncodeError as error:  # a lone surrogate
        reason = _("not text: it contains half a character (a lone surrogate)")
        raise ReadingError(source.name, reason) from error
    yield from json_export.parse_chats(content) or asr.parse_values(content, source)
    if decoded.damage is not None:
        yield decoded.damage


def _is_json_lines(text: str) -> bool:
    """Return whether the first line is an object by itself."""
    import orjson

    try:
        return isinstance(orjson.loads(text.lstrip().partition("\n")[0]), dict)
    except orjson.JSONDecodeError:
        return False
