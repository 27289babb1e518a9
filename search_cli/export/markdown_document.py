"""Hits as Markdown, for reading: who speaks, what is said, and a citation under each turn.

Nothing of a transcript is markup, whatever it says: all its marks are escaped, also those that GitHub and Pandoc have
beyond CommonMark (web addresses, mentions, lists by letters).
"""

import re
from collections.abc import Iterator

from indexer.language.messages import gettext as _
from search_cli.citation import CitationStyle, citation, escaped
from search_cli.export.clean_text import clean, clean_lines
from search_cli.export.content import ExportContent
from search_cli.export.turn_head import about_interview, expected, speaker_head, tags_note
from search_cli.export.whole_file import OpenFile
from search_cli.models import Hit

_LIST = re.compile(r"^(\w{1,9})\.(?=\s|$)")
_ADDRESS = re.compile(r"(?<=:)//|(?<=www)\.|@", re.IGNORECASE)


def write(content: ExportContent, target: OpenFile) -> None:
    """Write the title, then each turn, under the title of its interview where that changes."""
    for block in _blocks(content):
        target.file.write(f"{block}\n\n".encode("utf-8", "replace"))


def _blocks(content: ExportContent) -> Iterator[str]:
    """Yield the paragraphs."""
    yield f"# {markdown_text(content.heading)}"
    yield markdown_text(expected(content))
    interview = ""
    for hit in content.hits:
        if hit.turn.interview_id != interview:
            interview = hit.turn.interview_id
            yield from _interview(hit)
        yield from _turn(hit, content.style)


def _interview(hit: Hit) -> Iterator[str]:
    yield f"## {markdown_text(hit.turn.title or hit.turn.interview_id)}"
    if about := about_interview(hit.turn):
        yield markdown_text(about)


def _turn(hit: Hit, style: CitationStyle) -> Iterator[str]:
    """Yield the paragraphs of a turn."""
    if hit.question is not None:
        yield f"> {_('问 ')}{markdown_text(' '.join(hit.question.turn.text.split()))}"
    name, note = map(markdown_text, speaker_head(hit.turn))
    yield f"**{name}**{note}"
    yield from (markdown_text(line) for line in clean_lines(hit.turn.text) if line.strip())
    yield from (f"*{markdown_text(note)}*" for note in hit.turn.notes if note.strip())
    if tags := tags_note(hit):
        yield markdown_text(tags)
    yield f"—— {_citation(hit, style)}"


def _citation(hit: Hit, style: CitationStyle) -> str:
    """Return the citation; the default links to the interview where it is on the web."""
    if style is CitationStyle.GB7714:
        return markdown_text(citation(hit.turn, style))
    return clean(citation(hit.turn, CitationStyle.MARKDOWN))


def markdown_text(text: str) -> str:
    """Return a text on one line of which nothing is markup."""
    line = _LIST.sub(r"\1\\.", escaped(clean(text)))
    return _ADDRESS.sub(lambda match: f"\\{match[0][0]}{match[0][1:]}", line)
