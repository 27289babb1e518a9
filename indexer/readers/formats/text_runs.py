"""Runs of text in documents: parts of a paragraph that are bold or not."""

from collections.abc import Iterable, Iterator, Sequence

TextRun = tuple[str, bool]
"""A text, and whether it is bold."""


def split_lines(runs: Iterable[TextRun]) -> Iterator[list[TextRun]]:
    """Yield the runs of each line."""
    line: list[TextRun] = []
    for text, bold in runs:
        first, *rest = text.split("\n")
        line.append((first, bold))
        for piece in rest:
            yield line
            line = [(piece, bold)]
    yield line


def bold_characters(line: Sequence[TextRun]) -> int:
    """Return the number of bold characters at the start of a line."""
    count = 0
    for text, bold in line:
        if not bold and text.strip():
            break
        count += len(text)
    return count if any(bold and text.strip() for text, bold in line) else 0
