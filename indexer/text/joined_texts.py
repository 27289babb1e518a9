"""Join the turns of an interview to one text, whose parts are converted at once and told apart again."""

from collections.abc import Iterable, Iterator, Sequence

SEPARATOR = "\x01"
"""Between two turns: neither a letter nor a space, no part of any word or number, and in no real text."""

BATCH = 100_000
"""Characters from which no further text is joined: memory does not grow with the length of an interview."""


def joined(texts: Sequence[str]) -> str | None:
    """Return texts joined by `SEPARATOR`; None if one of them contains it."""
    text = SEPARATOR.join(texts)
    return text if text.count(SEPARATOR) == len(texts) - 1 else None


def batches(texts: Iterable[str]) -> Iterator[list[str]]:
    """Yield texts in their order, as many together as are joined."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def separated(terms: str) -> list[str]:
    """Return the terms of each text; `terms` are those of joined texts, joined by spaces, with the separators."""
    return [text.strip(" ") for text in terms.split(SEPARATOR)]
