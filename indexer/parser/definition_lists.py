"""Definition lists of web pages: a conversation (<dt>记者</dt><dd>…</dd>), or else fields or a glossary, as text.

Readers give the term as the label of its lines, as subtitles give the speaker; only the whole text tells which it is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from indexer.parser import lexicon, names
from indexer.readers.script import Line

_MIN_TERMS = 3  # of a glossary; fewer may be people who speak once


def fields_as_text(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with the terms that name nobody before their text: 时间：2020年1月2日, 锚：用来停船。."""
    terms = Counter(line.label for line in lines if line.label and line.start is None)
    if not terms:
        return lines
    is_glossary = len(terms) >= _MIN_TERMS and all(names.likeness(term)[0] < 2.0 for term in terms) and _once(lines)
    fields = {term for term in terms if is_glossary or names.fold(term) in lexicon.HEADER_KEYS - lexicon.ROLE_WORDS}
    return (
        [_as_text(line) if line.label in fields and line.start is None else line for line in lines] if fields else lines
    )


def _once(lines: Sequence[Line]) -> bool:
    """Return whether no label comes back after another one."""
    labels = [line.label for line in lines if line.label]
    blocks = [label for index, label in enumerate(labels) if not index or labels[index - 1] != label]
    return len(blocks) == len(set(blocks))


def _as_text(line: Line) -> Line:
    """Return a line with its label as text."""
    return replace(line, text=f"{line.label}：{line.text}", label=None)
