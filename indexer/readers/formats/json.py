"""JSON files: one value, whatever it holds, or JSON lines under the suffix of one."""

from collections.abc import Iterator

from indexer.errors import ReadingError
from indexer.readers import encoding
from indexer.readers.formats import asr, jsonl
from indexer.readers.source import Item, Source

_MOST = 1_000_000  # objects and lists, some 400 MB in memory; ten hours word by word have 160,000


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a JSON file, or the interview it is."""
    import orjson

    decoded = encoding.read(source)
    text = decoded.text.removeprefix("\ufeff")
    if text.count("{") + text.count("[") > _MOST or text.count(",") > 4 * _MOST:
        raise ReadingError(source.name, f"more than {_MOST:,} objects of JSON", next_step="Split the file.")
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if _is_json_lines(text):
            yield from jsonl.read(source)
            return
        raise ReadingError(source.name, f"not JSON: {error.msg}", error.lineno) from error
    except UnicodeEncodeError as error:  # half of a pair of surrogates
        raise ReadingError(source.name, "not text: a character in it is half of one") from error
    yield asr.item(content, source)
    if decoded.damage is not None:
        yield decoded.damage


def _is_json_lines(text: str) -> bool:
    """Tell whether the first line is an object by itself."""
    import orjson

    try:
        return isinstance(orjson.loads(text.lstrip().partition("\n")[0]), dict)
    except orjson.JSONDecodeError:
        return False
