"""Subtitles: a cue a line, with its times and, where a voice is given, its speaker.

SubRip and Advanced SubStation (.ass) are read by pysubs2, and what recognisers print by `stamped`. WebVTT is split into
cues here: pysubs2 keeps its voices (`<v 主持人>`), but takes identifiers of cues for speech and leaves out a last line
that is a number, and lines with two times in them, as automatic captions have: 好<00:00:01.200>的<00:00:01.500>吧
"""

import re
import warnings
from collections.abc import Iterator
from html import unescape

from indexer.readers import encoding, timestamped_text, timestamps
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source

# with the identifier above: a number, or any line after a blank one
_TIMES = re.compile(
    rf"(?:^\d+[ \t]*\n|(?<=\n\n)[^\n]+\n)?^[ \t]*({timestamps.PRINTED})[ \t]*-->[ \t]*({timestamps.PRINTED})[^\n]*",
    re.MULTILINE,
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]+)>")
_TAG = re.compile(r"</?[a-z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}", re.IGNORECASE)
_BEGINS = re.compile(r"[-–—]\s?\S|[^\s：:，。？！]{1,10}[：:]|【[^】]{1,12}】")
_NOT_A_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def read(source: Source) -> Iterator[Item]:
    """Yield the one transcript of a subtitle file."""
    decoded = encoding.read(source)
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    yield Script(tuple(_cues(text)) or split_lines(text))
    if decoded.damage is not None:
        yield decoded.damage


def _cues(text: str) -> Iterator[Line]:
    """Return the cues of whichever kind of subtitles this is."""
    if text.startswith("WEBVTT"):
        return _vtt(text)
    if timestamped_text.is_stamped(text):
        return iter(timestamped_text.lines(text))
    if text.lstrip().startswith("[Script Info]"):
        return _ass(text)
    found = tuple(_srt(text))
    return iter(found) if found else _vtt(text)  # times as WebVTT writes them: 00:01.000, no hours


def _ass(text: str) -> Iterator[Line]:
    """Yield the cues of an Advanced SubStation file, each with the name it gives; drawings and comments say nothing."""
    import pysubs2

    try:
        with warnings.catch_warnings(action="ignore"):  # of fields without a number, which say nothing here
            subtitles = pysubs2.SSAFile.from_string(text, format_="ass")
    except (ValueError, pysubs2.exceptions.Pysubs2Error):
        return
    for number, cue in enumerate(subtitles, start=1):
        if not cue.is_drawing and not cue.is_comment:
            for said in _joined(cue.plaintext):
                yield Line(number, said, label=cue.name.strip() or None, start=_known(cue.start), end=_known(cue.end))


def _known(time: int) -> int:
    return min(max(time, 0), timestamps.LATEST)


def _srt(text: str) -> Iterator[Line]:
    """Yield the cues of a SubRip file."""
    import pysubs2

    numbered = f"{text}\n\n0"  # the number of no cue: a number at the end is taken for the next one's, and left out
    subtitles = pysubs2.SSAFile.from_string(numbered, format_="srt", keep_unknown_html_tags=True, keep_newlines=True)
    for number, cue in enumerate(subtitles, start=1):
        yield from _cue(number, cue.text.replace("\\N", "\n"), _known(cue.start), _known(cue.end))


def _vtt(text: str) -> Iterator[Line]:
    """Yield the cues of a WebVTT file, notes and styles left out; a block without times goes on with the cue above."""
    _, *pieces = _TIMES.split(text)
    cues = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    for number, (start, end, spoken) in enumerate(cues, start=1):
        first, *others = re.split(r"\n{2,}", spoken)
        for block in (first, *(one for one in others if not _NOT_A_CUE.match(one))):
            yield from _cue(number, block, timestamps.milliseconds(start), timestamps.milliseconds(end))


def _cue(number: int, text: str, start: int | None, end: int | None) -> Iterator[Line]:
    """Yield a cue: a line a voice, one line where no voice is given."""
    pieces = _VOICE.split(text)
    before, voices = pieces[0], pieces[1:]
    for label, spoken in ((None, before), *zip(voices[::2], voices[1::2], strict=True)):
        for said in _joined(unescape(_TAG.sub("", spoken))):
            yield Line(number, said, label=unescape(label).strip() if label else None, start=start, end=end)


def _joined(text: str) -> Iterator[str]:
    """Yield a cue's lines as one, but those apart that another speaker begins: with a label, or with a dash.

    A space stands between them only where two letters or digits meet.
    """
    joined = ""
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        if joined and _BEGINS.match(line):
            yield joined
            joined = line
        else:
            apart = joined and joined[-1].isascii() and line[0].isascii()
            joined += f" {line}" if apart else line
    if joined:
        yield joined
