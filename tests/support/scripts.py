"""Transcripts in tests, written as people type them."""

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.model import Interview
from indexer.parser import inline_labels, labels
from indexer.parser.labels import Label
from indexer.parser.parse import parse
from indexer.readers.formats import markdown
from indexer.readers.script import Line, Script, split_lines


def script(text: str) -> Script:
    """Return a plain text as a reader gives it."""
    return Script(split_lines(text))


def marked(text: str) -> Script:
    """Return a Markdown text as a reader gives it."""
    return markdown.parse_markdown(text)


def lines(text: str) -> tuple[Line, ...]:
    """Return the lines of a plain text."""
    return split_lines(text)


def found(text: str) -> list[Label]:
    """Return everything in a plain text that may be a label."""
    given = lines(text)
    at_start = [label for index, line in enumerate(given) if (label := labels.candidate(index, line))]
    return list(inline_labels.add_inline_labels(at_start, given))


def said(text: str) -> list[tuple[str, str]]:
    """Return who says what, the lead included as said by nobody."""
    return [(turn.speaker, turn.text) for turn in parse(script(text)).turns]


def attributed(given: Script | str) -> Interview:
    """Return an interview as `fangtan parse` shows it."""
    return attribute(parse(given if isinstance(given, Script) else script(given)), Speakers())
